"""``pwtui keys``: what the keys do, by the keymap that is chosen, and those of the user's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tui.action import Action
from tui.actions import ACTIONS
from tui.keymap.live import DEFAULT, Keymap
from tui.where import ANYWHERE, CHOOSING, EVERYWHERE, FORMS, LISTS, READ, TYPED, Where

Tell = Callable[[str], None]
Row = tuple[str, str]

WHERES: Mapping[frozenset[Where], str] = {
    ANYWHERE: "everywhere",
    LISTS: "in the lists",
    READ: "on patches and in the diff",
    TYPED: "where one types",
    CHOOSING | {Where.FORM}: "where one chooses, and in the form of a check",
    FORMS: "in the welcome, and in the form of a check",
}
"""Places of several panes; a single one has its own name."""


def place_of(where: frozenset[Where]) -> str:
    """Return in words where an action means something."""
    if where > ANYWHERE:
        return "everywhere, dialogs too" if where == EVERYWHERE else WHERES[ANYWHERE]
    return WHERES.get(where) or "in the " + ", ".join(sorted(where))


def tell_keys(own: Sequence[Row], problems: Sequence[str], tell: Tell, keymap: Keymap = DEFAULT) -> int:
    """Print the keys, by where they do something; return the exit status, 1 where one of yours is bad.

    Between the keys and what they do stands what ``[bind]`` of the config file calls the action.
    """
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for action in ACTIONS:
        keys, text = row_of(action, keymap)
        groups.setdefault(place_of(action.where), []).append((keys or "-", action.id, text))
    if own:
        groups["yours, in the lists and in the diff"] = [(keys, "", text) for keys, text in own]
    rows = [row for some in groups.values() for row in some]
    width, ids = (max(len(row[column]) for row in rows) for column in (0, 1))
    tell(f"Keymap: {keymap.name}\n")
    for title, some in groups.items():
        tell(f"{title[0].upper()}{title[1:]}")
        for keys, id, text in some:
            tell(f"  {keys:<{width}}  {id:<{ids}}  {text}")
        tell("")
    for problem in problems:
        tell(problem)
    return 1 if problems else 0


def row_of(action: Action, keymap: Keymap = DEFAULT) -> Row:
    """Return the keys of an action, empty for one that has none, and what it does."""
    return keymap.listed(action), keymap.help(action)


def own_keys(env: Mapping[str, str]) -> tuple[list[Row], list[str], Keymap]:
    """Return the keys of the user's own as the config file has them, what is wrong there, and the keymap."""
    from tui.config.paths import config_path

    path = config_path(env)
    if path is None or not path.exists():
        return [], [], DEFAULT
    from tui.config.settings_file import read_settings_file
    from tui.keymap.choosing import make_keymap

    file = read_settings_file(path)
    keymap, problems = make_keymap(file.keymap, file.binds, file.keymap_at)
    own = [(bound.key, ", ".join(bound.words)) for bound in file.keys]
    own += [(command.key, command.run) for command in file.commands]
    if own:
        from tui.keymap.own import own_faults

        problems += own_faults(file.keys, file.commands, keymap)
    return own, [*file.problems, *problems], keymap

"""``pwtui keys``: what the keys do, from the table of actions, and those of the user's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tui.actions import ACTIONS, ANYWHERE, LISTS, READ, Action, Where, show_keys

Tell = Callable[[str], None]
Row = tuple[str, str]

WHERES: Mapping[frozenset[Where], str] = {
    ANYWHERE: "everywhere",
    LISTS: "in the lists",
    READ: "on patches and in the diff",
}
"""Places of several panes; a single one has its own name."""


def place_of(where: frozenset[Where]) -> str:
    """Return in words where an action means something."""
    return WHERES.get(where) or "in the " + ", ".join(sorted(where))


def tell_keys(own: Sequence[Row], problems: Sequence[str], tell: Tell) -> int:
    """Print the keys, by where they do something; return the exit status, 1 where one of yours is bad."""
    groups: dict[str, list[Row]] = {}
    for action in ACTIONS:
        groups.setdefault(place_of(action.where), []).append(row_of(action))
    if own:
        groups["yours, in the lists and in the diff"] = list(own)
    width = max(len(keys) for rows in groups.values() for keys, _ in rows)
    for title, rows in groups.items():
        tell(f"{title[0].upper()}{title[1:]}")
        for keys, text in rows:
            tell(f"  {keys:<{width}}  {text}")
        tell("")
    for problem in problems:
        tell(problem)
    return 1 if problems else 0


def row_of(action: Action) -> Row:
    """Return the keys of an action, and what it does."""
    return " ".join(show_keys(action)), action.help


def own_keys(env: Mapping[str, str]) -> tuple[list[Row], list[str]]:
    """Return the keys of the user's own as the config file has them, and what is wrong with them there."""
    from tui.config.paths import config_path

    path = config_path(env)
    if path is None or not path.exists():
        return [], []
    from tui.config.settings_file import read_settings_file

    file = read_settings_file(path)
    return [(bound.key, ", ".join(bound.words)) for bound in file.keys], list(file.problems)

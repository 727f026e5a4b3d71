"""Actions with one key: the last one again, and those that the user has bound to keys."""

from __future__ import annotations

from collections.abc import Sequence

from tui.action import Action
from tui.core.bound import Bound
from tui.core.deed import Deed
from tui.core.text import clean
from tui.screens.targets import Targets
from tui.screens.triage import Triage


class Repeating(Triage):
    """What does with one key what else takes several."""

    _own: tuple[Bound, ...] = ()

    def action_repeat(self) -> None:
        """Do the last action again."""
        if (last := self.last) is None:
            keys = ", ".join(self.key_of(id) for id in ("set_state", "delegate", "archive"))
            self.say(f"Nothing to repeat yet: {keys}, and keys of your own, can be.")
        else:
            self.act(lambda targets: self.do(targets, last._replace(key=self.key_of("repeat"))))

    # -- keys of the user's own ----------------------------------------------------

    def bind_keys(self, wanted: Sequence[Bound]) -> list[str]:
        """Bind keys to actions with values; return a line for each that cannot be, or may not work."""
        from tui.keymap.own import own_key  # only where there are some

        problems: list[str] = []
        own: dict[str, Bound] = {}
        for written in wanted:
            at = f"{written.at}:" if written.at else "config.toml, keys:"
            try:
                key, bound = own_key(written.key, self.keymap, own), written.of(self.me.username)
            except ValueError as error:
                problems.append(f"{at} {clean(written.key)} {error}.")
                continue
            except LookupError:
                problems.append(f"{at} {clean(written.key)}: who “me” is must be set, as me.")
                continue
            own[key] = bound
            problems += [f"{at} {clean(bound.key)}: {why}" for why in self._doubts(bound)]
        self._own = tuple(own.values())
        self.own_keymap = self.keymap.with_own(
            Action(f"bound({at})", (key,), words, f"{words} (yours)")
            for at, (key, one) in enumerate(own.items())
            if (words := clean(", ".join(one.words)))
        )
        return problems

    def _doubts(self, bound: Bound) -> list[str]:
        """Say which states and maintainers are not known, as far as those of the server are."""
        known = self.store.states()
        found = [
            f"no state “{clean(slug)}” is known, only {', '.join(map(clean, known))}."
            for slug in bound.states
            if slug not in known
        ]
        project = self.sync.project
        names = [user.username for user in project.maintainers] if project else []
        lower = [name.lower() for name in names]
        found += [
            f"no maintainer “{clean(name)}” is known, only {', '.join(map(clean, names))}."
            for name in bound.delegates
            if names and name.lower() not in lower
        ]
        return found

    def action_bound(self, index: int) -> None:
        """Do what the user has bound to a key."""
        self.act(lambda targets: self._do_bound(targets, self._own[index]))

    def _do_bound(self, targets: Targets, bound: Bound) -> None:
        if doubts := self._doubts(bound):
            self.sync.learn_states(targets.rows[0].patch.id)
            self.say(f"{clean(bound.key)}: {doubts[0]}")
            return
        project = self.sync.project
        try:
            steps = bound.steps_for(project.maintainers if project else ())
        except LookupError:
            self.say(f"The project's maintainers are not known yet. {self.key_of('refresh')} asks for them.")
        else:
            self.do(targets, Deed(steps, bound.key, bound.moves_on))

"""Keys of the user's own, and the actions with values that they do: ``A = ["state accepted", "next"]``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tui.core.deed import Step
from tui.core.intent import Field, Value
from tui.core.model import User

NOBODY, ME = "nobody", "me"
NEXT = "next"
_ARCHIVES = {"archive": True, "unarchive": False}
_VERBS = "state NAME, delegate NAME, archive, unarchive or next"


class Rebound(NamedTuple):
    """The keys that are to do one action of the table, in place of those of the table."""

    action: str
    """Its id, as it is written."""
    keys: tuple[str, ...]
    """Sequences as they are written."""
    at: str
    """Where that is: a file and a line."""


class Bound(NamedTuple):
    """A key, and what it does."""

    key: str
    """As the user wrote it."""
    words: tuple[str, ...]
    """What it does, as the user wrote it."""
    steps: tuple[Step, ...]
    """A delegate's value is the user name here: ids are the server's, and not known before."""
    moves_on: bool
    """Whether the cursor goes on in any case."""
    at: str = ""
    """Where it is written: a file and a line."""

    @property
    def states(self) -> list[str]:
        """The states that it sets, one at most."""
        return [str(value) for field, value in self.steps if field is Field.STATE]

    @property
    def delegates(self) -> list[str]:
        """The users that it delegates to, one at most."""
        return [str(value) for field, value in self.steps if field is Field.DELEGATE and value is not None]

    def of(self, username: str) -> Bound:
        """Return the same with a name for ``delegate me``.  Raises LookupError where there is none."""
        if ME in self.delegates and not username:
            raise LookupError(ME)
        steps = (Step(field, username if self._is_me(field, value) else value) for field, value in self.steps)
        return self._replace(steps=tuple(steps))

    @staticmethod
    def _is_me(field: Field, value: Value) -> bool:
        return field is Field.DELEGATE and value == ME

    def steps_for(self, maintainers: Sequence[User]) -> tuple[Step, ...]:
        """Return the steps with the ids of users.  Raises LookupError for one who is no maintainer."""
        ids = {user.username.lower(): user.id for user in maintainers}
        return tuple(
            Step(field, ids[value.lower()] if field is Field.DELEGATE and isinstance(value, str) else value)
            for field, value in self.steps
        )


def read_bound(key: str, words: Sequence[str]) -> Bound:
    """Understand what a key is to do.  Raises ValueError with what is wrong, as the end of a sentence."""
    steps: dict[Field, Step] = {}
    moves_on = False
    for text in words:
        verb, _, name = text.strip().partition(" ")
        if text.strip() == NEXT:
            moves_on = True
            continue
        step = _read_step(verb, name.strip())
        if step is None:
            raise ValueError(f"cannot do “{text}”; write {_VERBS}")
        if step.field in steps:
            raise ValueError(f"sets the {step.field} twice")
        steps[step.field] = step
    if not steps:
        raise ValueError(f"changes nothing; write {_VERBS}")
    return Bound(key, tuple(words), tuple(steps.values()), moves_on)


def _read_step(verb: str, name: str) -> Step | None:
    if verb in _ARCHIVES and not name:
        return Step(Field.ARCHIVED, _ARCHIVES[verb])
    if verb == "state" and name:
        return Step(Field.STATE, re.sub(r"[\s_]+", "-", name.lower()))
    if verb == "delegate" and name:
        return Step(Field.DELEGATE, None if name.lower() == NOBODY else name)
    return None

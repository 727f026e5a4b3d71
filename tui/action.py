"""What there is to know of one thing that a user can do; all of them are in tui.actions."""

from typing import NamedTuple

from tui.where import ANYWHERE, Where

DIGITS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0")


class Action(NamedTuple):
    """One thing that a user can do; the screen's method ``action_<id>`` does it."""

    id: str
    keys: tuple[str, ...]
    """Textual's names, the one to show first; of a sequence, with blanks between them."""
    title: str
    """One to three words, for the footer and the palette."""
    help: str
    """A sentence without a full stop; ``{mark}`` stands for the key of the action of that name."""
    where: frozenset[Where] = ANYWHERE
    footer: int = 0
    """Its rank in the footer, 1 the most useful; 0 is not shown there."""
    on_diff: bool = False
    """Whether it acts on the diff wherever the keys go, and so can do nothing while none is in sight."""
    shown: str = ""
    """How its keys are written where they are too many to name."""
    takes_digit: bool = False
    """Whether it is told which digit it was that called it."""

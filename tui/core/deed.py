"""What one key does to patches: one field, or several at once, each set to a value."""

from typing import NamedTuple

from tui.core.intent import Field, Value


class Step(NamedTuple):
    """One field, and the value that it is to have."""

    field: Field
    value: Value


class Deed(NamedTuple):
    """What a key does; the journal takes it back as a whole."""

    steps: tuple[Step, ...]
    key: str
    """As a person writes it, for the journal."""
    moves_on: bool = False
    """Whether the cursor goes on to the next row that needs an action, whatever is set."""

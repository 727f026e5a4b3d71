"""What the signs in a row mean, for the help."""

from __future__ import annotations

from tui.core.flags import Flag
from tui.screens.dialogs import Choice
from tui.widgets.rows import FLAG_SIGNS, NOTED, OPEN

HAS, TAG = "has:", "tag:"
"""What a sign's value begins with where a query finds the rows that have it."""


def sign_choices(stale_days: int) -> list[Choice]:
    """Return a line of the help for each sign before a series' name."""
    meanings = {
        Flag.DISAGREE: "Patches disagree: some are closed, some are not",
        Flag.INCOMPLETE: "Patches are missing that its author announced",
        Flag.STALE: f"Open, and nothing happened for {stale_days} days",
    }
    flags = [
        Choice(f"{HAS}{flag}", FLAG_SIGNS[flag], f"{words}; {HAS}{flag} finds it", "sign flag")
        for flag, words in meanings.items()
    ]
    note = Choice(
        f"{HAS}note", NOTED, f"You have a note on it, or on a patch of it; {HAS}note finds it", "sign"
    )
    asks = "Two comments ask for something that is not addressed"
    talk = [
        Choice(f"{HAS}open", f"{OPEN}2", f"{asks}; {HAS}open finds it", "sign talk"),
        Choice(f"{HAS}unread", "3/7", f"Three of seven comments unread; {HAS}unread finds it", "sign talk"),
        Choice(f"{TAG}reviewed-by", "1 2 -", "Who acked, reviewed, tested; tag: finds it", "sign talk"),
    ]
    older = Choice("sign", "+3", "So many older versions are folded under it; + unfolds them", "sign stack")
    return [*flags, note, *talk, older]

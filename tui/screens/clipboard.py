"""What goes to the terminal's clipboard at once: a program hands it over in one escape sequence (OSC 52)."""

from __future__ import annotations

from collections.abc import Iterable

from tui.core.text import defuse

ROOM = 750_000
"""Bytes.  tmux drops a sequence of more than 1 MB, which these are in base64, and so is nothing copied; and
what is painted next waits for all of it to go through the line."""
SIZE = "0.75 MB"
SHORTEST = 15
"""Characters that a shorter line counts for: to look at one takes as long, and 50,000 take 60 ms."""


def fit(lines: Iterable[str]) -> tuple[str | None, bool]:
    """Return as many lines as there is room for, and whether those are all; None where the first is too long.

    They may be pasted into a shell, so nothing in them may act there; tabs and lines stay.  Of a million
    lines no more are looked at than there is room for.
    """
    taken: list[str] = []
    room = ROOM + 1
    for line in lines:
        room -= max(len(line) + 1, SHORTEST)
        if room < 0:
            return _cut(taken), False
        taken.append(line)
    text = _cut(taken)
    return text, text is not None and text.count("\n") == len(taken) - 1


def _cut(lines: list[str]) -> str | None:
    """Return the first of some lines which are no more bytes than there is room for."""
    raw = defuse("\n".join(lines)).encode("utf-8", "replace")
    end = len(raw) if len(raw) <= ROOM else raw.rfind(b"\n", 0, ROOM + 1)
    return raw[:end].decode() if lines and end >= 0 else None


def has_room(text: str) -> bool:
    """Say whether a text can be copied as a whole."""
    return len(text) <= ROOM and len(text.encode("utf-8", "replace")) <= ROOM

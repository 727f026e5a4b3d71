"""An app that pages through a patch with the characters of a range, alone and in escape sequences.

Run in a terminal of its own by test_terminal_bytes.py.
"""

from __future__ import annotations

import unicodedata

from tests.widgets.reader_rig import Frame
from tui.diff.document import Document, build_document
from tui.widgets.reader import Reader

WAYS = (
    ("", ""),
    ("\x1b[", "m"),
    ("\x1b]0;", "\x07"),
    ("\x1bP", "\x1b\\"),
    ("\x9b", "m"),
    ("\x9d52;c;", "\x9c"),
)
"""Alone, and in CSI, OSC and DCS, the latter and the former in C1 too."""
PER_LINE = 32
PLAIN = frozenset(("Lo", "So", "Co", "Cn"))
"""Categories of nearly all code points, none of which differs from the next: each in one of the ways."""


def code_points(first: int, end: int, step: int) -> tuple[list[str], list[str]]:
    """Characters of a range but the line feed: all special ones, and every so manyth of the plain ones."""
    special: list[str] = []
    plain: list[str] = []
    for character in map(chr, range(first, end)):
        (plain if unicodedata.category(character) in PLAIN else special).append(character)
    return [character for character in special if character != "\n"], plain[::step]


def make_lines(first: int, end: int, step: int) -> list[str]:
    """Lines that have these characters."""
    special, plain = code_points(first, end, step)
    chunks = [special[n : n + PER_LINE] for n in range(0, len(special), PER_LINE)]
    lines = [f"{opening}{''.join(chunk)}{closing}" for chunk in chunks for opening, closing in WAYS]
    for number, n in enumerate(range(0, len(plain), PER_LINE)):
        opening, closing = WAYS[number % len(WAYS)]
        lines.append(f"{opening}{''.join(plain[n : n + PER_LINE])}{closing}")
    return lines


def make_document(first: int, end: int, step: int) -> Document:
    """A patch of such lines, with some in its message, its names and what else is shown."""
    lines = make_lines(first, end, step)
    few = [line.replace("\r", "") for line in lines[:12]]
    name = "".join(few).replace("\t", "")[:200]
    header = f"diff --git a/{name} b/{name}\nindex 1..2\x1b[5m 100644\n--- a/{name}\n+++ b/{name}\n"
    body = "".join(f"+{line}\n" for line in lines)
    diff = f"{header}@@ -0,0 +1,{len(lines)} @@ {name}\n{body}\x1b[31m torn \x9b7m\n"
    return build_document("\n".join([*few, "", f"Cc: {name}"]), diff, subject=name, author=name)


class Pages(Frame):
    """Goes down page by page, and leaves."""

    def __init__(self, first: int, end: int, step: int) -> None:
        super().__init__()
        self.made = make_document(first, end, step)

    def on_mount(self) -> None:
        """Show it all, once there is a place for it."""
        self.made.fold_all(False)
        self.call_after_refresh(self.begin)

    def begin(self) -> None:
        """Show the first page."""
        self.query_one(Reader).show(self.made)
        self.call_after_refresh(self.go_on)

    def go_on(self) -> None:
        """Show the next page; where there is none, leave."""
        if self.query_one(Reader).page_down() is True:
            self.call_after_refresh(self.go_on)
        else:
            self.exit()


def run(first: str, end: str, step: str) -> None:
    """Page through a range of code points."""
    Pages(int(first), int(end), int(step)).run()

"""The text of a mail that is markup, its quotations marked as in a mail of text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_HIDDEN = ("style", "script", "head", "title")
_BLOCKS = ("p", "div", "tr", "li", "blockquote", "h1", "h2", "h3")


def read_markup(content: str) -> str:
    """Return the text of a mail in HTML.  Total: what is no markup is text."""
    reader = _Reader()
    reader.feed(content)
    reader.close()
    reader.end_line(is_forced=False)
    return "\n".join(reader.lines).strip("\n")


class _Reader(HTMLParser):
    """Lines of text, each with as many signs of quoting as it stands in quotations."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.depth = self.hidden = self.kept = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _HIDDEN:
            self.hidden += 1
        elif tag == "pre":
            self.kept += 1
        elif tag in ("br", *_BLOCKS):
            self.end_line(is_forced=tag == "br")
        self.depth += tag == "blockquote"

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in ("pre", *_BLOCKS):
            self.end_line(is_forced=tag == "p")
            self.kept = max(0, self.kept - (tag == "pre"))
        self.depth = max(0, self.depth - (tag == "blockquote"))

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        pieces = data.split("\n") if self.kept else [re.sub(r"[ \t\n\r]+", " ", data)]
        for number, piece in enumerate(pieces):
            if number:
                self.end_line(is_forced=True)
            self.lines[-1] += piece if self.kept or self.lines[-1] else piece.lstrip(" ")

    def end_line(self, *, is_forced: bool) -> None:
        if self.lines[-1].strip() or is_forced:
            mark = ">" * self.depth + " " if self.depth else ""
            self.lines[-1] = (mark + self.lines[-1]).rstrip()
            self.lines.append("")

"""White space that is wrong, and changes that are nothing but white space."""

from __future__ import annotations

import re

from tui.diff.words import Ranges, Words, split_tokens

_WRONG_INDENT = re.compile(r" +(?=\t)")
_SPACE = " \t\r"
"""Git takes a form feed for none."""


def errors(text: str) -> Ranges:
    """Return the white space that git would complain about in an added line, given without its sign.

    Git's defaults: white space at the end, and blanks before a tab in the indentation.  One
    carriage return at the end is none here: files of Windows have it in every line.
    """
    text = text.removesuffix("\r")
    end = len(text.rstrip(_SPACE))
    indent = len(text) - len(text.lstrip(" \t"))
    found = [match.span() for match in _WRONG_INDENT.finditer(text, 0, min(indent, end))]
    if end < len(text):
        found.append((end, len(text)))
    return tuple(found)


def only(words: Words, hunk: int, line: int) -> bool:
    """Say whether a removed or added line differs from its partner in nothing but white space.

    That is white space between words, not inside: `a = b` is `a=b`, `un do` is not `undo`.
    """
    partner = words.partner(hunk, line)
    return partner >= 0 and _said(words.text(hunk, line)) == _said(words.text(hunk, partner))


def _said(text: str) -> list[str]:
    return [token for token in split_tokens(text) if not token.isspace()]

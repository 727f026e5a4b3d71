"""Which lines of a letter are lines of a diff, quoted or not.

A reviewer quotes a piece of the diff and trims what is around it; another writes what they would
do instead.  Lists are marked by ``-`` and ``+`` too, so signs alone do not make a diff.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.core.letter import Line

_FILE = re.compile(
    r"diff (?:--git|--cc|--combined|-[a-zA-Z]+) \S|Index: \S|index [0-9a-f]{4,}\.\.[0-9a-f]{4,}|"
    r"(?:new|deleted) file mode \d{6}|(?:old|new) mode \d{6}|(?:dis)?similarity index \d+%|"
    r"(?:rename|copy) (?:from|to) \S|GIT binary patch"
)
_OLD, _NEW = re.compile(r"--- (?:a/|/dev/null|\S+/)\S*"), re.compile(r"\+\+\+ (?:b/|/dev/null|\S+/)\S*")
_HUNK = re.compile(r"@@+ -\d+(?:,\d+)? .*@@")
_ADDED = re.compile(r"\+(?! \S|1\b)(?:\s*\S|\s*$)")
"""A plus that is no list's: nothing, a tab or several blanks follow, or at once the text."""
_REMOVED = re.compile(r"-(?! \S|-|>)(?:\s*\S)")
_SIGNS = "+- \\"


def mark_diffs(lines: list[Line]) -> None:
    """Give the lines of diffs their signs.  A diff that is quoted goes on behind what is said in between."""
    is_open: dict[int, bool] = {}
    number = 0
    while number < len(lines):
        depth, end = lines[number].depth, number
        while end < len(lines) and lines[end].depth == depth:
            end += 1
        is_open[depth] = _mark_run(lines, number, end, is_open=depth > 0 and is_open.get(depth, False))
        number = end


def _mark_run(lines: list[Line], first: int, end: int, *, is_open: bool) -> bool:
    """Mark the lines of one depth; return whether a diff is open at its end."""
    texts = [line.text.rstrip("\r") for line in lines[first:end]]
    loose = _find_loose(texts, is_quoted=lines[first].depth > 0)
    for number, text in enumerate(texts):
        sign = _header(texts, number)
        if sign:
            is_open = True
        elif is_open:
            sign = _sign(texts, number)
            is_open = bool(sign)
        if not sign and number in loose:
            sign = text[:1] if text[:1] in _SIGNS and text else " "
        if sign:
            lines[first + number] = lines[first + number]._replace(sign=sign)
    return is_open


def _header(texts: Sequence[str], number: int) -> str:
    """Return ``h`` or ``@`` for the header of a file or a hunk, else nothing."""
    text = texts[number]
    if _HUNK.match(text):
        return "@"
    after = texts[number + 1] if number + 1 < len(texts) else ""
    before = texts[number - 1] if number else ""
    is_pair = (_OLD.match(text) and _NEW.match(after)) or (_NEW.match(text) and _OLD.match(before))
    return "h" if is_pair or _FILE.match(text) or text.startswith(("+++ b/", "--- a/")) else ""


def _sign(texts: Sequence[str], number: int) -> str:
    """Return the sign of a line in an open diff; nothing for one that is none of it."""
    text = texts[number]
    if text == "-- ":
        return ""
    if text[:1] in _SIGNS and text.strip():
        return text[0]
    if text[:1] == "\t":
        return " "
    if text.strip():
        return ""
    follows = next((after for after in texts[number + 1 :] if after.strip()), "+")
    return " " if follows[:1] in "+-\\@ \t" or follows.startswith("diff ") else ""


def _find_loose(texts: Sequence[str], *, is_quoted: bool) -> set[int]:
    """Return lines of paragraphs that are a diff without a header: all signed, and some plainly code."""
    found: set[int] = set()
    paragraph: list[int] = []
    for number in range(len(texts) + 1):
        if number < len(texts) and texts[number].strip():
            paragraph.append(number)
            continue
        signed = [n for n in paragraph if texts[n][0] in "+-\\ \t"]
        added = [n for n in paragraph if _ADDED.match(texts[n])]
        removed = [n for n in paragraph if _REMOVED.match(texts[n])]
        is_all = len(signed) == len(paragraph)
        is_meant = bool(added or removed) if is_quoted else bool(added) and len(paragraph) > 1
        if is_all and is_meant:
            found.update(paragraph)
        elif is_quoted and is_meant:
            found.update(added + removed)
        paragraph = []
    return found

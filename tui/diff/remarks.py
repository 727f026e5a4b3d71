"""Remarks of a comment, each with the line of the diff that it is about.

A remark stands below what it quotes, so it belongs to the last line quoted above it.  Where the
text found is not certainly the one that was meant, a remark has no place: a reader is better served by
none than by a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tui.core.letter import Kind, Line
from tui.diff.quotable import Quotable, squeeze
from tui.diff.quote_search import Above, Quoted, find_quoted


class Remark(NamedTuple):
    """What is said about a line of a diff."""

    line: int
    """The line of the diff's index below which it belongs."""
    first: int
    """It is the lines of its letter from this one on."""
    end: int
    """Exclusive."""


_GAP = re.compile(r"(?<=(q)) +(?=q)|(?<=(o)) +(?=o)")
_ELISION = re.compile(
    r"\s*(?:[\[<({]+\s*(?:\.{2,}|…+|(?:[^\]>)}]{0,12}\b)?(?:snip|snipped|cut|trim|trimmed|skip|skipped|"
    r"deleted|removed|omitted)\b[^\]>)}]{0,40})\s*[\]>)}]*|\.{3,}|…+|(?:snip|snipped)[.! ]{0,3}|"
    r"-{2,} ?(?:>8|8<|✂).*)\s*",
    re.I,
)
_COURTESY = re.compile(
    r"(?:many |kind |best |warm )?(?:thanks|thank you|thx|cheers|regards|br|best|hth|greetings|"
    r"mit freundlichen grüßen|cordialement)\b[^.?]{0,24}[.!,]*",
    re.I,
)
_CLOSING = re.compile(
    r"(?:but )?(?:otherwise|apart from|other than|aside from|besides|with (?:that|this|these|those)|overall|"
    r"in general|the rest|everything else|anyway|lgtm|looks good|applied|queued)\b.*",
    re.I,
)
"""How people begin to speak of the whole again, below the rest of what they quoted."""
NAMES = 3
"""Lines of names that follow a word of courtesy, at most."""


def place_remarks(letter: Sequence[Line], diff: Quotable) -> list[Remark]:
    """Return what a letter says about lines of a diff, in the order of the letter.

    What quotes something else, or something that cannot be found for certain, is not among them.
    """
    if not diff.index.kinds.strip("t"):
        return []
    roles = _roles(letter, diff)
    placed: list[Remark] = []
    above = Above()
    number = 0
    while number < len(letter):
        end = number
        while end < len(letter) and roles[end] == roles[number]:
            end += 1
        if roles[number] == "q":
            first, last = _own_words(letter, roles, end)
            above.take([_quoted(letter[n]) for n in range(number, end)], diff)
            if first < last:
                below = _quoted_below(letter, roles, last)
                line = find_quoted(above, below, diff)
                if line >= 0:
                    above.place(line)
                    placed.append(Remark(line, first, last))
        number = end
    return placed


def _quoted(line: Line) -> Quoted:
    is_gap = not line.sign and _ELISION.fullmatch(line.text) is not None and bool(line.text.strip())
    key = "" if is_gap or line.kind is Kind.ATTRIBUTION else squeeze(line.text)
    return Quoted(key, line.depth, line.sign, line.text, is_gap)


def _roles(letter: Sequence[Line], diff: Quotable) -> str:
    """Return for each line whether it is quoted (q), own words (o) or nothing to go by (a blank).

    Blank lines are quoted where only such stand between, and so are ends of long lines that
    a client wrapped behind the sign of quoting.
    """
    roles = ["o"] * len(letter)
    for number, line in enumerate(letter):
        if line.depth:
            roles[number] = "q"
        elif line.kind in (Kind.ATTRIBUTION, Kind.SIGNATURE, Kind.FOOTER) or not line.text.strip():
            roles[number] = " "
        elif _ELISION.fullmatch(line.text) or (
            number and roles[number - 1] == "q" and _is_wrapped(letter, number, diff)
        ):
            roles[number] = "q"
    return _close_gaps("".join(roles))


def _close_gaps(roles: str) -> str:
    """Make quoted what is blank between quoted lines, and own what is blank between own ones."""
    return _GAP.sub(lambda found: (found[1] or found[2]) * len(found[0]), roles)


def _is_wrapped(letter: Sequence[Line], number: int, diff: Quotable) -> bool:
    """Say whether a line ends the quoted one above it: both together are in the diff, not that one."""
    head, tail = squeeze(letter[number - 1].text), squeeze(letter[number].text)
    if number > 1 and not letter[number - 1].depth:
        head = squeeze(letter[number - 2].text) + head
    if len(head) < 4 or not tail:
        return False
    for has_signs in (True, False):
        stream = diff.stream(has_signs=has_signs)
        if stream.text.find(head + tail) >= 0 and not stream.find(head):
            return True
    return False


def _own_words(letter: Sequence[Line], roles: str, first: int) -> tuple[int, int]:
    """Return which lines from there on are said; none where they are only courtesy or trailers."""
    while first < len(letter) and roles[first] == " ":
        first += 1
    end = first
    while end < len(letter) and roles[end] == "o":
        end += 1
    if "q" not in roles[end:]:
        closing = range(max(first, end - NAMES - 1), end)
        end = next((n for n in closing if _COURTESY.fullmatch(letter[n].text.strip())), end)
        if first < end and _CLOSING.match(letter[first].text.strip()):
            return first, first
    said = any(
        letter[number].text.strip() and letter[number].kind is not Kind.TRAILER
        for number in range(first, end)
    )
    while end > first and not letter[end - 1].text.strip():
        end -= 1
    return (first, end) if said else (first, first)


def _quoted_below(letter: Sequence[Line], roles: str, first: int) -> list[Quoted]:
    """Return what is quoted next, as far as something else stands between."""
    while first < len(letter) and roles[first] == " ":
        first += 1
    below: list[Quoted] = []
    for number in range(first, min(len(letter), first + 12)):
        if roles[number] != "q":
            break
        below.append(_quoted(letter[number]))
    return below

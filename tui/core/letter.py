"""The text of a mail line by line: what is quoted and how deep, what is a diff, what a signature.

Nothing is lost: every line of the text comes out once, in its order (but for lines that
``format=flowed`` says are one).  Text is as it came, not clean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import NamedTuple

from tui.core.trailers import place_trailers


class Kind(IntEnum):
    """What a line of a letter is."""

    TEXT = 0
    """Said by its author."""
    QUOTE = 1
    ATTRIBUTION = 2
    """Says who is quoted below, as ``On ... wrote:`` does."""
    TRAILER = 3
    SIGNATURE = 4
    """From ``-- `` on."""
    FOOTER = 5
    """What a mailing list or a telephone adds."""


class Line(NamedTuple):
    """A line of a letter."""

    text: str
    """Without the signs of quoting."""
    depth: int = 0
    """How often it is quoted."""
    kind: Kind = Kind.TEXT
    sign: str = ""
    """Of a line of a diff: ``+``, ``-``, a blank or a backslash; ``@`` for a hunk's header, ``h`` file's."""


_QUOTED = re.compile(r" ?>(?: ?>)* ?")
_INITIALS = re.compile(r"[A-Z]{2,3}>(?: |$)")
_BARS = re.compile(r"(?:\| ?)+")
_FLOWED = re.compile(r"format\s*=\s*\"?flowed", re.I)
_DELETES_SPACE = re.compile(r"delsp\s*=\s*\"?yes", re.I)

_WROTE = (
    r"(?:wrote|writes|said|schrieb|schreibt|a écrit|escribió|ha scritto|escreveu|schreef|skrev|"
    r"napisał(?:\(a\)|a)?|napsal\(?a?\)?|пишет|написал|写道|さんは書きました)"
)
_ATTRIBUTION = re.compile(
    r"(?:\[?(?:On|At|In|Am|Le|El|Il|Em|Op|Den|W dniu|Dne|Quoting|From)\b|\*|\d).*"
    rf"{_WROTE}(?:\s[^.:]{{0,80}})?\s*[:：]\s*\]?",
    re.I | re.S,
)
_SHORT_ATTRIBUTION = re.compile(
    rf"[^.!?]{{0,120}}(?:\b|>|\")\s*{_WROTE}\s*[:：]|.{{0,160}}<\S+@\S+>[^:]{{0,40}}:", re.I
)
_ORIGINAL = re.compile(
    r"\s*-{2,}\s*(?:Original Message|Original Appointment|Forwarded message|Forwarded by .{0,80}|"
    r"Ursprüngliche Nachricht|Message d'origine|Mensaje original|Messaggio originale|Mensagem original|"
    r"Oorspronkelijk bericht|原始邮件|邮件原件)\s*-{2,}\s*",
    re.I,
)
_OUTLOOK = re.compile(r"\*?(From|Von|De|Da|Van|发件人)\*?\s?[:：]", re.I)
_OUTLOOK_NEXT = re.compile(
    r"\*?(Sent|Date|To|Cc|Subject|Gesendet|Datum|An|Betreff|Envoyé|À|Objet|发送时间|收件人|主题)\*?\s?[:：]",
    re.I,
)
_FOOTER = re.compile(
    r"(?:_{12,}|={30,})\s*|Sent from (?:my|Mail|Yahoo|Outlook)\b.{0,60}|Get Outlook for .{0,60}|"
    r"Von meinem .{0,40} gesendet\.?",
    re.I,
)
FOOTER_LINES = 8
"""What follows a ruled line is a list's footer only when it is so short, and ends the mail."""
WIDEST_ATTRIBUTION = 400


def read_letter(content: str, headers: Sequence[tuple[str, str]] = ()) -> list[Line]:
    """Return the lines of a comment's text; ``headers`` tell whether its paragraphs flow (RFC 3676)."""
    from tui.core.inline_diff import mark_diffs
    from tui.core.undone import undo

    raw = undo(content).replace("\r\n", "\n").rstrip("\n").split("\n")
    lines = _split_quotes(raw if content.strip() else [])
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    if _FLOWED.search(kind):
        lines = _join_flowed(lines, deletes_space=_DELETES_SPACE.search(kind) is not None)
    for mark in (_mark_original, _mark_attributions, _mark_signature, _mark_footer):
        mark(lines)
    mark_diffs(lines)
    _mark_trailers(lines)
    return lines


# -- quoting -----------------------------------------------------------------


def _split_quotes(raw: Sequence[str]) -> list[Line]:
    """Tell the signs of quoting from the text behind them."""
    bars = _barred(raw)
    initials = _lines_with(raw, _INITIALS.match, at_least=2)
    lines: list[Line] = []
    for number, text in enumerate(raw):
        found = None if text.startswith(">From ") else _QUOTED.match(text)
        if found is None and number in initials:
            found = _INITIALS.match(text)
        elif found is None and number in bars:
            found = _BARS.match(text)
        if found is None:
            lines.append(Line(text))
            continue
        depth = found[0].count(">") + found[0].count("|")
        lines.append(Line(text[found.end() :], depth, Kind.QUOTE))
    return lines


def _lines_with(raw: Sequence[str], looks: Callable[[str], object], *, at_least: int) -> set[int]:
    found = {number for number, text in enumerate(raw) if looks(text)}
    return found if len(found) >= at_least else set()


def _barred(raw: Sequence[str]) -> set[int]:
    """Return the lines that a bar quotes: runs of two or more, with no other bar, as tables have it."""
    found: set[int] = set()
    run: list[int] = []
    for number in range(len(raw) + 1):
        text = raw[number] if number < len(raw) else ""
        if text.startswith("|") and (text[1:2] in ("", " ", "|")):
            run.append(number)
            continue
        if len(run) > 1 and not any("|" in raw[n].lstrip("| ") for n in run):
            found.update(run)
        run = []
    return found


def _join_flowed(lines: Sequence[Line], *, deletes_space: bool) -> list[Line]:
    """Join what ends in a blank with what follows it at the same depth; a diff's lines stay as they are."""
    joined: list[Line] = []
    flows = False
    for line in lines:
        text = line.text[1:] if line.depth == 0 and line.text[:1] == " " else line.text
        is_plain = text[:1] not in ("+", "-", "@", "") and bool(text.strip())
        if flows and is_plain and joined[-1].depth == line.depth:
            before = joined[-1].text
            joined[-1] = line._replace(text=(before[:-1] if deletes_space else before) + text)
        else:
            joined.append(line._replace(text=text))
        flows = is_plain and text.endswith(" ") and text != "-- "
    return joined


# -- what stands around the text ----------------------------------------------


def _mark_original(lines: list[Line]) -> None:
    """Where an answer stands above the whole mail that it answers, quote that: nothing marks its lines."""
    for number, line in enumerate(lines):
        if line.depth:
            continue
        is_header = (
            _OUTLOOK.match(line.text)
            and len([True for after in lines[number + 1 : number + 6] if _OUTLOOK_NEXT.match(after.text)])
            >= 2
        )
        if not (_ORIGINAL.fullmatch(line.text) or is_header):
            continue
        head = number
        while head < len(lines) and (
            head == number or _OUTLOOK.match(lines[head].text) or _OUTLOOK_NEXT.match(lines[head].text)
        ):
            lines[head] = lines[head]._replace(kind=Kind.ATTRIBUTION)
            head += 1
        for below in range(head, len(lines)):
            quoted = lines[below]
            lines[below] = quoted._replace(depth=quoted.depth + 1, kind=Kind.QUOTE)
        return


def _mark_attributions(lines: list[Line]) -> None:
    """Find who is quoted in the paragraph above each block that is quoted once more than it."""
    for number in range(1, len(lines)):
        deeper = lines[number]
        above = number - 1
        if lines[above].depth < deeper.depth and not lines[above].text.strip():
            above -= 1
        if above < 0 or lines[above].depth >= deeper.depth:
            continue
        first = _attribution(lines, above)
        for here in range(first, above + 1):
            lines[here] = lines[here]._replace(kind=Kind.ATTRIBUTION)


def _attribution(lines: Sequence[Line], last: int) -> int:
    """Return the first of the lines, at most four, that are an attribution; behind the last where none is."""
    texts: list[str] = []
    for first in range(last, max(-1, last - 4), -1):
        line = lines[first]
        if line.depth != lines[last].depth or not line.text.strip() or line.kind is Kind.ATTRIBUTION:
            break
        texts.insert(0, line.text.strip())
        text = " ".join(texts)
        if len(text) > WIDEST_ATTRIBUTION:
            break
        if _ATTRIBUTION.fullmatch(text):
            return first
    text = lines[last].text.strip()[: WIDEST_ATTRIBUTION + 1]
    return last if texts and _SHORT_ATTRIBUTION.fullmatch(text) else last + 1


def _mark_signature(lines: list[Line]) -> None:
    """Mark from the last ``-- `` on, as far as something quoted; mailers strip its blank."""
    for number, line in enumerate(lines):
        if line.depth or line.kind is not Kind.TEXT or line.text.rstrip("\r") not in ("-- ", "--"):
            continue
        end = next(
            (n for n in range(number, len(lines)) if lines[n].depth or lines[n].kind is not Kind.TEXT),
            len(lines),
        )
        if line.text.startswith("-- ") or end - number <= 2 * FOOTER_LINES:
            for here in range(number, end):
                lines[here] = lines[here]._replace(kind=Kind.SIGNATURE)


def _mark_footer(lines: list[Line]) -> None:
    for number in range(max(0, len(lines) - FOOTER_LINES), len(lines)):
        line = lines[number]
        if line.depth == 0 and line.kind is Kind.TEXT and _FOOTER.fullmatch(line.text.strip()):
            if any(after.depth for after in lines[number:]):
                continue
            for here in range(number, len(lines)):
                lines[here] = lines[here]._replace(kind=Kind.FOOTER)
            return


def _mark_trailers(lines: list[Line]) -> None:
    own = [line.text if line.kind is Kind.TEXT and not line.sign else ">" for line in lines]
    for placed in place_trailers(own):
        for number in range(placed.first, placed.after):
            lines[number] = lines[number]._replace(kind=Kind.TRAILER)

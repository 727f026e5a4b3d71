"""The colours of code in mails: lexed by the reader's own process when a mail comes in sight."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.style import Style

from tui.core.colors import Colors
from tui.core.letter import Line
from tui.diff.lexers import lexer_name
from tui.diff.tinter import Job, shared
from tui.diff.wire import LONGEST
from tui.widgets.palette import style
from tui.widgets.reader_body import CLASS_ROLES
from tui.widgets.reader_text import show
from tui.widgets.talk_rows import Post, TalkRow

MOST = 2_000
"""Lines of code of one mail that get colours."""
_NAMED = re.compile(r"\+\+\+ (?:b/)?(\S+)|diff --git \S+ (?:b/)?(\S+)|Index: (\S+)")
_BODY = ("+", "-", " ")


class Tints:
    """What is known of the colours of some mails."""

    def __init__(self, path: str = "") -> None:
        """``path`` names the file whose language code is in that names none."""
        self._path = path
        self._mails: dict[int, dict[int, tuple[Job, int]]] = {}
        """Of a mail by its key: of each of its lines the job, and which of its lines it is there."""
        self._jobs: list[Job] = []
        """Those that are not done."""
        self._late = False
        """Whether there was too much under way to ask for all."""

    @property
    def is_waiting(self) -> bool:
        """Whether colours are still to come."""
        return self._late or bool(self._jobs)

    def poll(self) -> bool:
        """Take what has come; say whether something has, or is to be asked for again."""
        shared().poll()
        done = self._late or any(job.done for job in self._jobs)
        self._jobs = [job for job in self._jobs if not job.done]
        self._late = False
        return done

    def spans(self, post: Post, line: int) -> bytes:
        """Return the colours of a line of a mail as far as they are known, asked for with all of its."""
        if post.key not in self._mails and post.letter is not None:
            self._ask(post.key, post.letter)
        job, row = self._mails.get(post.key, {}).get(line, (None, 0))
        return (job.spans(row) or b"") if job is not None else b""

    def _ask(self, key: int, letter: Sequence[Line]) -> None:
        found: dict[int, tuple[Job, int]] = {}
        for path, numbers in _pieces(letter, self._path):
            name = lexer_name(path)
            for other in ("-", "+") if name else ():
                side = [number for number in numbers if letter[number].sign != other]
                given = [number for number in side if other == "-" or letter[number].sign == "-"]
                marked = [("+" if number in given else " ") + _code(letter[number]) for number in side]
                job = shared().ask(name, marked, guess=True) if given else None
                if given and job is None:
                    self._late = True
                    return
                if job is not None:
                    self._jobs.append(job)
                    found.update((number, (job, row)) for row, number in enumerate(given))
        self._mails[key] = found


def _pieces(letter: Sequence[Line], path: str) -> Iterator[tuple[str, list[int]]]:
    """Yield the pieces of code in a letter, and the file that each is of."""
    count = 0
    for is_code, group in groupby(range(len(letter)), key=lambda number: letter[number].sign in _BODY):
        numbers = list(group)
        count += len(numbers)
        if is_code and count <= MOST:
            yield path, numbers
        for number in () if is_code else numbers:
            if letter[number].sign == "h" and (named := _NAMED.match(letter[number].text)):
                path = named[1] or named[2] or named[3]


def _code(line: Line) -> str:
    text = line.text.rstrip("\r")
    return text[1:] if text[:1] in _BODY and len(text) <= LONGEST else "" if text[:1] in _BODY else text


def colored(row: TalkRow, line: Line, spans: bytes, ink: Style, colors: Colors) -> list[tuple[str, Style]]:
    """Return the text of a row of code in its colours; it is a piece of the clean line."""
    shown = show(line.text)
    ground = ink.bgcolor.name if ink.bgcolor is not None else ""
    first = int(line.text[:1] in _BODY)
    place = shown.position(first)
    pieces = [(0, place, ink)]
    for kind, length in zip(spans[::2], spans[1::2], strict=True):
        first += length
        end = shown.position(first)
        color = getattr(colors, CLASS_ROLES[kind]) if kind else colors.text
        pieces.append((place, end, style(color, ground)))
        place = end
    pieces.append((place, len(shown.text), ink))
    begin, end = row.start, row.start + len(row.text)
    cut = ((max(start, begin), min(stop, end), look) for start, stop, look in pieces)
    return [(shown.text[start:stop], look) for start, stop, look in cut if start < stop]

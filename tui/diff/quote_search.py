"""Finds the line of a diff that was quoted last, or says that it is not certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tui.diff.quotable import Quotable, Stream


class Quoted(NamedTuple):
    """A quoted line."""

    key: str
    """What of it survives the mail; nothing for a blank one, and for one that stands for what was cut."""
    depth: int
    sign: str
    text: str
    is_gap: bool = False
    """Whether it says that something was cut here."""


class _Hit(NamedTuple):
    end: int
    """Where in the stream the quoted line ends."""
    begin: int
    """How far back the lines above it are there too."""
    lines: int
    is_whole: bool
    """Whether that is all that is quoted without a gap, from the beginning of a line."""
    goes_on: int
    """How many letters of what is quoted next follow."""

    @property
    def weight(self) -> int:
        return self.end - self.begin + self.goes_on


@dataclass
class Above:
    """What a letter quoted so far, and where that was."""

    block: list[Quoted] = field(default_factory=list)
    """Since the last remark."""
    line: int = -1
    """The line of the last remark that found its place."""
    file: int = -1
    hunk: int = -1
    """What the last quoted header named; -1 for none."""

    def take(self, quoted: list[Quoted], diff: Quotable) -> None:
        """Take what is quoted next."""
        self.block = quoted
        for line in quoted:
            if line.sign == "h":
                file = diff.file_named(line.text)
                begins = line.text.startswith("diff ")
                is_named = begins or line.text.startswith(("+++ ", "--- ", "Index: "))
                if file != self.file and is_named and (file >= 0 or begins):
                    self.file, self.hunk = file, -1
            elif line.sign == "@":
                self.hunk = diff.hunk_named(line.text)
                if self.hunk >= 0:
                    self.file = diff.index.hunks[self.hunk].file

    def place(self, line: int) -> None:
        """Note where the remark below it belongs."""
        self.line = line


_SIGNED = re.compile(r"\+(?!\+)|-(?!-)")
ALONE = 4
"""Letters of a line that is found by itself, when it is nowhere else in the diff."""
INSIDE = 14
"""Letters of a piece that begins within a line of the diff, as the end of a wrapped one does."""
STRONG = 40
"""Letters found that outweigh a header which says that they are elsewhere, and words of the message."""
LIKE = 0.75
"""Of a damaged line, how much must be the same."""
LONGEST = 300
GARBLED = 3
"""Lines at the end that may be damaged, where those above them are found."""


def find_quoted(above: Above, below: Sequence[Quoted], diff: Quotable) -> int:
    """Return the line of the index that was quoted last; -1 where that is not certain."""
    readings = _readings(above.block)
    for number, upper in enumerate(readings):
        found = _best(_keys(upper), upper, above, () if number else below, diff)
        if found >= 0:
            return found
    for upper in readings:
        found = _find_garbled(upper, above, diff)
        if found >= 0:
            return found
    return -1


def _readings(block: Sequence[Quoted]) -> list[Sequence[Quoted]]:
    """Return what may have been meant: all that is quoted; and without the words of others that stand below.

    Those are quoted less often than the diff that they were about.
    """
    readings: list[Sequence[Quoted]] = [block]
    last = len(block)
    while last and not block[last - 1].key:
        last -= 1
    if last:
        depth = block[last - 1].depth
        deeper = last
        while deeper and block[deeper - 1].depth <= depth:
            deeper -= 1
        if deeper:
            readings.append(block[:deeper])
    return readings


def _keys(block: Sequence[Quoted]) -> list[str]:
    """Return the keys of the last lines, as far back as nothing was cut between them."""
    keys: list[str] = []
    for line in reversed(block):
        if line.is_gap and keys:
            break
        if line.key:
            keys.append(line.key)
    return keys[::-1]


def _best(
    keys: list[str], block: Sequence[Quoted], above: Above, below: Sequence[Quoted], diff: Quotable
) -> int:
    """Return the one line that fits best; -1 where none fits, or several do."""
    if not keys:
        return -1
    next_keys = _next_keys(below)
    choices: list[tuple[_Hit, int]] = []
    # Where no sign is left, a line of context would pass for the only one that has such a text.
    for has_signs in (True, False) if any(_SIGNED.match(key) for key in keys) else (False,):
        stream = diff.stream(has_signs=has_signs)
        hits = [_measure(stream, end, keys, next_keys) for end in _candidates(stream, keys)]
        choices = [(hit, stream.line_at(hit.end)) for hit in hits if _is_enough(stream, hit, keys)]
        if choices:
            break
    if not choices or _is_of_message(keys, choices, block, diff):
        return -1
    near = [choice for choice in choices if _is_where_headers_say(choice[1], above, diff)]
    if not near and max(hit.weight for hit, _ in choices) < STRONG:
        return -1
    return _choose(near or choices, above, stream)


def _next_keys(below: Sequence[Quoted]) -> list[str]:
    keys: list[str] = []
    for line in below:
        if line.is_gap:
            break
        if line.key:
            keys.append(line.key)
    return keys


def _candidates(stream: Stream, keys: list[str]) -> list[int]:
    """Return where the last lines may be: as many of them together as are found."""
    for count in (8, 5, 3, 2, 1):
        if count <= len(keys) or count == 1:
            found = stream.find("".join(keys[-count:]))
            if found:
                return found
    return []


def _measure(stream: Stream, end: int, keys: list[str], next_keys: list[str]) -> _Hit:
    """Return how much of what is quoted is around a place."""
    begin, lines, text = end, 0, stream.text
    for key in reversed(keys):
        if begin < len(key) or not text.startswith(key, begin - len(key)):
            break
        begin -= len(key)
        lines += 1
    goes_on = 0
    for key in next_keys:
        if not text.startswith(key, end + goes_on):
            break
        goes_on += len(key)
    is_whole = lines == len(keys) and stream.begins_line(begin)
    return _Hit(end, begin, lines, is_whole, goes_on)


def _is_enough(stream: Stream, hit: _Hit, keys: list[str]) -> bool:
    """Say whether it can be no accident that a text is here."""
    size = hit.end - hit.begin
    if not stream.begins_line(hit.begin):
        return size >= INSIDE
    return hit.is_whole or size >= ALONE or hit.goes_on >= ALONE


def _is_of_message(
    keys: list[str], choices: list[tuple[_Hit, int]], block: Sequence[Quoted], diff: Quotable
) -> bool:
    """Say whether words were quoted that are the message's as well as the diff's."""
    if any(line.sign for line in block if line.key):
        return False
    return keys[-1] in diff.message and max(hit.weight for hit, _ in choices) < STRONG


def _is_where_headers_say(line: int, above: Above, diff: Quotable) -> bool:
    """Say whether a line is in the file, and not above the hunk, that a quoted header named."""
    if above.file >= 0 and diff.file_of(line) != above.file:
        return False
    return above.hunk < 0 or diff.hunk_of(line) >= above.hunk


def _choose(choices: list[tuple[_Hit, int]], above: Above, stream: Stream) -> int:
    """Return the line with the most around it; of several alike the one below the remark before."""
    # Who goes on quoting where they stopped quotes what follows.
    adjoining = [
        choice for choice in choices if choice[0].is_whole and _adjoins(stream, choice[0].begin, above.line)
    ]
    if len(adjoining) == 1:
        return adjoining[0][1]
    most = max(hit.weight for hit, _ in choices)
    best = [choice for choice in choices if choice[0].weight == most]
    if len(best) > 1 and above.line >= 0:
        best = [choice for choice in best if choice[1] > above.line] or best
    return best[0][1] if len(best) == 1 else -1


def _adjoins(stream: Stream, begin: int, line: int) -> bool:
    """Say whether a text begins right behind a line."""
    return stream.ends_line(begin) and stream.line_at(begin) == line


def _find_garbled(block: Sequence[Quoted], above: Above, diff: Quotable) -> int:
    """Find lines that are damaged by what stands above them, and by what is still like the diff in them."""
    for count in range(1, GARBLED + 1):
        keys = _keys(block)
        upper, lower = keys[:-count], keys[-count:]
        if len(upper) < 2 and sum(map(len, upper)) < INSIDE:
            return -1
        line = _best(upper, block, above, (), diff)
        if line >= 0:
            return _step(diff, line, lower)
    return -1


def _step(diff: Quotable, line: int, keys: Sequence[str]) -> int:
    """Return the line that follows so many others, when each of those is like its key; else -1."""
    stream = diff.stream(has_signs=True)
    end = stream.end_of(line)
    for key in keys:
        end, text = stream.after(end)
        if end < 0 or not _is_like(key, text):
            return -1
    return stream.line_at(end)


def _is_like(key: str, text: str) -> bool:
    """Say whether a key is a text with some letters changed, or cut short."""
    for sign in ("", text[:1]):
        bare = text.removeprefix(sign)
        head = key.removesuffix("[...]").removesuffix("...")
        if head != key and len(head) >= ALONE and bare.startswith(head):
            return True
        if len(key) < LONGEST and len(bare) < LONGEST:
            from difflib import SequenceMatcher  # rarely needed

            if SequenceMatcher(None, key, bare, autojunk=False).ratio() >= LIKE:
                return True
    return False

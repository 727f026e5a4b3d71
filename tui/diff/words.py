"""Which words of a changed line changed, against the line that it came from.

Lines are paired inside a block of removed lines and the added ones below it: in order, so that
the pairs are as alike as they can be, and never where lines have little in common.  All work is
bounded and done for the part of a block that is asked for: in one of 5,000 removed and 5,000
added lines a page costs what it costs anywhere, some 0.6 ms.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from math import isqrt
from typing import NamedTuple

from tui.diff.index import DiffIndex

Ranges = tuple[tuple[int, int], ...]
"""Ranges of characters in a line without its signs, in order and apart; the ends are exclusive."""

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_MARKS = "\u0300-\u036f\u200d\ufe00-\ufe0f"
_TOKEN = re.compile(rf"[^\W{_CJK}](?:[^\W{_CJK}]|[{_MARKS}])*|\s+|.[{_MARKS}]*")
"""Identifiers whole, white space whole; what is written without blanks, such as Chinese, by character."""

ALIKE = 0.4
"""How much of two lines must be the same for one to have become the other."""
LONGEST = 1000
"""Characters; nobody reads the marks of a longer line, and they would cost."""
CELLS = 40_000
"""Tokens of one line times tokens of the other, beyond which only their common ends are told."""
_HITS = 4000
"""The same for equal tokens, which difflib goes through one by one: 1 ms at the worst."""
_BLOCK = 900
"""Removed lines times added lines that are compared each with each."""
_LINES = 256
"""Lines of either side in one piece of a block that has more."""
_SHIFT = 8
"""Lines that an end of a piece may be off, looking for lines that are the same on both sides."""

KEPT = 2_000
"""Lines, about, whose partners and ranges are kept."""

_ALONE = (-1, ())


class _Piece(NamedTuple):
    """Removed and added lines that may be partners; line numbers of the index, ends exclusive."""

    old: int
    old_end: int
    new: int
    new_end: int


class Words:
    """The changed words of a diff.  Pieces of blocks are worked out when a line of one is asked for."""

    def __init__(self, index: DiffIndex) -> None:
        self._index = index
        self._known: dict[int, tuple[int, Ranges]] = {}
        """By line: partner and ranges."""
        self._last = _Piece(0, 0, 0, 0)
        """The block that was asked for last: to find it takes 0.3 ms where it has 200,000 lines."""

    def ranges(self, hunk: int, line: int) -> Ranges:
        """Return what changed in a line of a hunk; nothing where it has no partner or little in common."""
        return self._ask(hunk, line)[1]

    def partner(self, hunk: int, line: int) -> int:
        """Return the line that a removed or added line became or was; -1 where none is like it."""
        return self._ask(hunk, line)[0]

    def text(self, hunk: int, line: int) -> str:
        """Return a line of a hunk without its signs."""
        return self._index.lines[line][self._index.hunks[hunk].signs :]

    def _ask(self, hunk: int, line: int) -> tuple[int, Ranges]:
        if self._index.kinds[line] not in "+-":
            return _ALONE
        if line not in self._known:
            if not self._last.old <= line < self._last.new_end:
                self._last = self._block(hunk, line)
            block = self._last
            if block.old == block.old_end or block.new == block.new_end:
                # Nothing to be paired with, and there may be 200,000 lines of it.
                return _ALONE
            if len(self._known) > KEPT:
                self._known.clear()
            self._work_out(hunk, self._piece(hunk, line, block))
        return self._known[line]

    # -- blocks --------------------------------------------------------------

    def _piece(self, hunk: int, line: int, block: _Piece) -> _Piece:
        """Return the piece of its block that a line is in."""
        olds, news = block.old_end - block.old, block.new_end - block.new
        if olds * news <= _BLOCK:
            return block
        pieces = max(isqrt(olds * news // _BLOCK) + 1, -(-max(olds, news) // _LINES))
        added = line >= block.new
        first, size = (block.new, news) if added else (block.old, olds)
        number = ((line - first + 1) * pieces - 1) // size
        # The end of a piece may be some lines off, on either side.
        if line < self._cut(hunk, block, number, pieces)[added]:
            number -= 1
        elif line >= self._cut(hunk, block, number + 1, pieces)[added]:
            number += 1
        old, new = self._cut(hunk, block, number, pieces)
        old_end, new_end = self._cut(hunk, block, number + 1, pieces)
        return _Piece(old, old_end, new, new_end)

    def _block(self, hunk: int, line: int) -> _Piece:
        """Return removed lines and the added ones below them, as far as they reach without context."""
        kinds, start, end = self._index.kinds, self._index.hunks[hunk].start, self._index.hunks[hunk].end
        first = max(kinds.rfind(" ", start, line), start) + 1
        last = kinds.find(" ", line, end)
        last = end if last < 0 else last
        turn = kinds.rfind("+-", first, line + 1)
        first = first if turn < 0 else turn + 1
        turn = kinds.find("+-", line, last)
        last = last if turn < 0 else turn + 1
        new = kinds.find("+", first, last)
        new = last if new < 0 else new
        return _Piece(first, new, new, last)

    def _cut(self, hunk: int, block: _Piece, number: int, pieces: int) -> tuple[int, int]:
        """Return where a piece begins on both sides: at a line they share near where it is due, if any."""
        olds, news = block.old_end - block.old, block.new_end - block.new
        old, new = block.old + number * olds // pieces, block.new + number * news // pieces
        if not 0 < number < pieces:
            return old, new
        shift = min(_SHIFT, olds // pieces // 2 - 1)
        reach = min(_SHIFT * 2, news // pieces // 2 - 1)
        lines, kinds, signs = self._index.lines, self._index.kinds, self._index.hunks[hunk].signs
        near: dict[str, int] = {}
        for line in range(new - reach, new + reach + 1):
            key = lines[line][signs:].strip()
            near[key] = -1 if key in near or len(key) < 3 or kinds[line] != "+" else line
        for off in range(shift + 1):
            for line in {old - off, old + off}:
                found = near.get(lines[line][signs:].strip(), -1)
                if found >= 0 and kinds[line] == "-":
                    return line, found
        return old, new

    # -- pairs ---------------------------------------------------------------

    def _work_out(self, hunk: int, piece: _Piece) -> None:
        """Pair the lines of a piece and keep what changed in them."""
        olds = self._read(hunk, "-", piece.old, piece.old_end)
        news = self._read(hunk, "+", piece.new, piece.new_end)
        for side in (range(piece.old, piece.old_end), range(piece.new, piece.new_end)):
            self._known.update(dict.fromkeys(side, _ALONE))
        tokens = [[one for _, one in side] for side in (olds, news)]
        for i, j in pair(*tokens):
            old, new = tokens[0][i], tokens[1][j]
            likeness, old_ranges, new_ranges = compare(old, new)
            if likeness >= ALIKE and not _is_noise(old, new):
                self._known[olds[i][0]] = news[j][0], old_ranges
                self._known[news[j][0]] = olds[i][0], new_ranges

    def _read(self, hunk: int, kind: str, first: int, end: int) -> list[tuple[int, list[str]]]:
        """Return the lines of a kind that are not too long, with their tokens."""
        lines, kinds, signs = self._index.lines, self._index.kinds, self._index.hunks[hunk].signs
        return [
            (line, split_tokens(lines[line][signs:]))
            for line in range(first, end)
            if kinds[line] == kind and len(lines[line]) <= LONGEST
        ]


def split_tokens(text: str) -> list[str]:
    """Split a line into words, signs and white space: joined they are the line."""
    return _TOKEN.findall(text)


def pair(olds: Sequence[list[str]], news: Sequence[list[str]]) -> list[tuple[int, int]]:
    """Pair lines in order so that the sum of their likenesses, squared, is greatest.

    Squared, as one good pair is worth more than two poor ones.  Likeness is that of the sets of
    their words here: 0.3 us a pair.
    """
    if len(olds) == 1 == len(news):
        return [(0, 0)]
    left, right = [_bag(line) for line in olds], [_bag(line) for line in news]
    if len(left) == len(right) and all(
        4 * len(a & b) > len(a) + len(b) for a, b in zip(left, right, strict=True)
    ):
        # Line by line more than half the same: mostly so, and nothing better is looked for.
        return [(k, k) for k in range(len(left))]
    sums = [[0.0] * (len(news) + 1)]
    scores: list[list[float]] = []
    for bag in left:
        above, row = sums[-1], [0.0]
        best, size = 0.0, len(bag)
        marks = [4.0 * len(bag & other) ** 2 / (size + len(other)) ** 2 for other in right]
        for j, score in enumerate(marks):
            if score > 0.04 and above[j] + score > best:
                best = above[j] + score
            if above[j + 1] > best:
                best = above[j + 1]
            row.append(best)
        sums.append(row)
        scores.append(marks)
    return _trace(sums, scores)


def _trace(sums: list[list[float]], scores: list[list[float]]) -> list[tuple[int, int]]:
    """Walk back through the sums and return the pairs that made them."""
    pairs: list[tuple[int, int]] = []
    i, j = len(sums) - 1, len(sums[0]) - 1
    while i and j:
        if sums[i][j] == sums[i - 1][j]:
            i -= 1
        elif sums[i][j] == sums[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def _bag(tokens: list[str]) -> frozenset[str]:
    """Return the words of a line; of one that has none its signs, and of a blank one a mark for that."""
    words = frozenset(filter(_is_word, tokens))
    return words or frozenset(token for token in tokens if not token.isspace()) or frozenset(("",))


def compare(old: list[str], new: list[str]) -> tuple[float, Ranges, Ranges]:
    """Return how alike two lines of tokens are, from 0 to 1, and what changed in each.

    Words count by their letters, signs half a letter, white space not at all: `f(a, b);` and
    `g(c, d);` have little in common.
    """
    head, shorter = 0, min(len(old), len(new))
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    blocks = [(head + i, head + j, size) for i, j, size in _match(a, b)]
    blocks = [(0, 0, head), *blocks, (len(old) - tail, len(new) - tail, tail)]
    same = sum(_weight(old[i : i + size]) for i, _, size in blocks)
    whole = _weight(old) + _weight(new)
    likeness = 2 * same / whole if whole else 1.0
    return likeness, _gaps(old, [(i, n) for i, _, n in blocks]), _gaps(new, [(j, n) for _, j, n in blocks])


def _is_noise(old: list[str], new: list[str]) -> bool:
    """Say whether all that two lines may share is one sign, as ``{ }`` and ``}`` do: that tells nothing.

    What changed in white space only is told all the same.
    """
    sides = [[token for token in side if not token.isspace()] for side in (old, new)]
    shorter = min(sides, key=len)
    return len(shorter) == 1 and not _is_word(shorter[0]) and sides[0] != sides[1]


def _is_word(token: str) -> bool:
    return token[0].isalnum() or token[0] == "_"


def _match(a: list[str], b: list[str]) -> list[tuple[int, int, int]]:
    """Return what two middles share; nothing where that would cost too much to find out."""
    if not a or not b or len(a) * len(b) > CELLS:
        return []
    counts = Counter(b)
    if len(a) * len(b) > _HITS and sum(counts[token] for token in a) > _HITS:
        return []
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return [(i, j, size) for i, j, size in matcher.get_matching_blocks() if size]


def _weight(tokens: list[str]) -> int:
    return sum(2 * len(token) if _is_word(token) else not token.isspace() for token in tokens)


def _gaps(tokens: list[str], blocks: list[tuple[int, int]]) -> Ranges:
    """Return the characters between blocks of tokens; gaps with but white space between them are one."""
    gaps: list[tuple[int, int]] = []
    place = done = 0
    joins = False
    for first, size in blocks:
        if first > done:
            end = place + sum(map(len, tokens[done:first]))
            if joins:
                gaps[-1] = gaps[-1][0], end
            else:
                gaps.append((place, end))
            place, joins = end, True
        shared = tokens[first : first + size]
        place += sum(map(len, shared))
        joins = joins and all(map(str.isspace, shared))
        done = first + size
    return tuple(gaps)

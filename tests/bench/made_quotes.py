"""Made comments on made diffs, the lines that their remarks are about, and all that mail does to quotes."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

from tests.bench.made_diff import make_patch
from tui.diff.index import DiffIndex, index_diff

SAYINGS = (
    "Why is this needed?",
    "This can be NULL here, I think.",
    "Please use a helper for that; the next\npatch does the same thing again.",
    "nit: a blank line above, please",
    "Is the lock held at this point? I could not find where\nit is taken.",
    "This leaks on error.\n\nThe caller does not free it either.",
    "I would rather have that in a header:\n\n#define FOO 1\n\nbut that is a matter of taste.",
    "s/teh/the/",
    "+1",
    "Same here.",
    "- once here\n- and once below",
)
MESSAGE = (
    "net: make the ring aware of its descriptors",
    "",
    "The ring is reset before its descriptors are mapped, so that the",
    "first interrupt is lost.  Map them before.",
)


class Case(NamedTuple):
    """A comment, the diff that it is about, and where its remarks belong."""

    name: str
    """What was done to it."""
    diff: str
    content: str
    lines: tuple[int, ...]
    """The line of the diff for each remark that has one."""
    message: str = "\n".join(MESSAGE)


def make_cases(count: int, seed: int = 7) -> Iterator[Case]:
    """Yield so many cases, the same ones for a seed."""
    for number in range(count):
        chance = random.Random(seed * 100_003 + number)
        diff = make_patch(chance.choice((60, 150, 400, 900)), files=chance.choice((1, 1, 2, 4)), seed=number)
        yield _Commenter(chance, diff).write()


class _Commenter:
    """Writes one comment on a diff."""

    def __init__(self, chance: random.Random, diff: str) -> None:
        self._chance = chance
        self._diff = diff
        self._index: DiffIndex = index_diff(diff)
        self._truth: list[int] = []
        self._habits: list[str] = []

    def write(self) -> Case:
        chance = self._chance
        quotes = self._choose_quotes()
        damage = chance.choices(DAMAGES, WEIGHTS)[0]
        mark = chance.choice(("> ", "> ", "> ", ">", "> > "))
        self._habits += [damage, mark.strip()]
        out = [f"On Tue, 3 Mar 2026 at 10:{chance.randrange(60):02}, Anna Example <anna@example.org> wrote:"]
        if mark == "> > ":
            out = ["On Tue, 3 Mar 2026, Bob Example wrote:", "> On Mon, 2 Mar 2026, Anna Example wrote:"]
        if chance.random() < 0.3:
            out += [f"{mark}{line}".rstrip() for line in MESSAGE]
            if chance.random() < 0.5:
                out += ["", "The first sentence says nothing.", ""]
        for lines, anchor in quotes:
            quoted = self._spoil([self._text(line) for line in lines], damage)
            out += [
                mark + line if line is not None and not line.startswith("\0") else str(line)[1:]
                for line in quoted
            ]
            if mark == "> > " and anchor >= 0 and chance.random() < 0.5:
                out += [">", "> I am not sure about that one."]
            if anchor >= 0:
                self._truth.append(anchor)
                blank = [""] if chance.random() < 0.9 or damage == "wrapped without marks" else []
                out += [*blank, *chance.choice(SAYINGS).split("\n"), ""]
        if chance.random() < 0.3:
            out += (
                ["Otherwise it looks good.", "", "Thanks,", "Carl"]
                if not quotes[-1][1] >= 0
                else ["Thanks,", "Carl"]
            )
        text = "\n".join(out)
        if chance.random() < 0.1:
            text = text.replace("\n", "\r\n")
        return Case(", ".join(self._habits), self._diff, text, tuple(self._truth))

    # -- what is quoted -------------------------------------------------------

    def _choose_quotes(self) -> list[tuple[list[int], int]]:
        """Return runs of lines of the diff, each with the line that the remark below it is about, or -1."""
        index, chance = self._index, self._chance
        way = chance.choice(("whole", "whole", "hunk", "hunk", "trimmed", "trimmed", "marked"))
        self._habits.append(way)
        bodies = [n for n, kind in enumerate(index.kinds) if kind in " +-" and len(index.lines[n]) > 1]
        wanted = sorted(chance.sample(bodies, chance.choice((1, 1, 2, 3, 4))))
        quotes: list[tuple[list[int], int]] = []
        done = -1
        for anchor in wanted:
            hunk = next(h for h in index.hunks if h.start < anchor < h.end)
            file = index.files[hunk.file]
            if way == "whole":
                lines = list(range(max(done + 1, file.start), anchor + 1))
            elif way == "hunk":
                lines = list(range(max(done + 1, hunk.start), anchor + 1))
                if done < file.start and chance.random() < 0.5:
                    lines = [*range(file.start, file.body), *lines]
            else:
                lines = self._trim(anchor, max(done + 1, hunk.start), is_marked=way == "marked")
            quotes.append((lines, anchor))
            done = anchor
        if chance.random() < 0.4 and way != "marked":
            rest = min(len(index.lines) - 1, done + chance.randrange(1, 30))
            quotes.append((list(range(done + 1, rest)), -1))
        return quotes

    def _trim(self, anchor: int, least: int, *, is_marked: bool) -> list[int]:
        """Return so many lines before a line that a person would know the place again."""
        chance = self._chance
        first, letters = anchor, 0
        room = chance.randrange(1, 7)
        while first > least and (anchor - first + 1 < room or letters < 25):
            letters += len(self._index.lines[first].strip())
            first -= 1
        lines = list(range(first, anchor + 1))
        if is_marked:
            hunk = next(h for h in self._index.hunks if h.start < anchor < h.end)
            head = (
                [hunk.start] if first > hunk.start and chance.random() < 0.5 and hunk.start >= least else []
            )
            lines = [*head, -1, *lines]
        return lines

    def _text(self, line: int) -> str:
        if line >= 0:
            return self._index.lines[line]
        return self._chance.choice(("[...]", "[snip]", "<snip>", "...", "[ ... ]"))

    # -- what mail does to it ---------------------------------------------------

    def _spoil(self, lines: list[str], damage: str) -> list[str]:
        chance = self._chance
        if damage == "tabs to spaces":
            return [line.expandtabs(8) for line in lines]
        if damage == "white space made single":
            return [line[:1] + " ".join(line[1:].split()) if line else line for line in lines]
        if damage == "ends stripped":
            return [line.rstrip() for line in lines]
        if damage == "signs lost":
            return [line[1:] if line[:1] in (" ", "+", "-") else line for line in lines]
        if damage == "marks changed":
            return [
                line.replace('"', "\u201d").replace("'", "\u2019").replace("->", "->\u00a0") for line in lines
            ]
        if damage == "wrapped":
            return [piece for line in lines for piece in _wrap(line)]
        if damage == "wrapped without marks":
            return [
                piece if not number else "\0" + piece
                for line in lines
                for number, piece in enumerate(_wrap(line))
            ]
        if damage == "filled anew":
            return _fill(lines)
        if damage == "last line garbled" and len(lines) > 3 and len(lines[-1]) > 20:
            at = chance.randrange(5, len(lines[-1]) - 5)
            return [*lines[:-1], lines[-1][:at] + "=" + lines[-1][at + 2 :]]
        if damage == "last line cut" and len(lines) > 3 and len(lines[-1]) > 30:
            return [*lines[:-1], lines[-1][:25] + " [...]"]
        return lines


DAMAGES = (
    "none",
    "tabs to spaces",
    "white space made single",
    "ends stripped",
    "signs lost",
    "marks changed",
    "wrapped",
    "wrapped without marks",
    "filled anew",
    "last line garbled",
    "last line cut",
)
WEIGHTS = (20, 15, 10, 10, 8, 5, 12, 6, 6, 4, 4)


def _wrap(line: str, width: int = 66) -> list[str]:
    return textwrap.wrap(line, width, drop_whitespace=True, break_long_words=False) or [""]


def _fill(lines: list[str]) -> list[str]:
    """Fill what stands between blank lines anew, as a client does that takes a diff for prose."""
    filled: list[str] = []
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            paragraph.append(line.strip())
            continue
        filled += textwrap.wrap(" ".join(paragraph), 70) if paragraph else [""]
        paragraph = []
    return filled

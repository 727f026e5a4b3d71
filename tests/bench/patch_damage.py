"""What mail and people do to patches: cheap damage, by a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

SEED = 3

NOISE = (
    *("", " ", "+", "-", "+x", "-y", " z", "prose", "-- ", "--", "---", "--- a/q", "+++ b/q", "++ x", "\\ x"),
    *(
        "@@ -1 +1 @@",
        "@@ -0,0 +1,3 @@",
        "@@ -1,2 +0,0 @@ f",
        "@@",
        "@@@ -1 -1 +1 @@@",
        "@@ -1 +1",
        "\t",
        "\x0c",
    ),
    *("diff --git a/x b/x", "diff --git a/x b/y", "diff --cc x", "diff -u a/x b/x", "Index: q", "=" * 67),
    *("\\ No newline at end of file", "GIT binary patch", "literal 3", "KcmZQzU|?Vb0RR91", "delta 5"),
    *("Binary files a/x and b/x differ", "Files x and y differ", "index 1234567..89abcde 100644"),
    *("new file mode 100644", "deleted file mode 100644", "old mode 100644", "new mode 100755"),
    *(
        "rename from x",
        "rename to y",
        "similarity index 96%",
        "copy from x",
        "--- /dev/null",
        "+++ /dev/null",
    ),
    *("-- \n2.39.5", "____\nlist mailing list\nlist@example.org", "> quoted", "From: A <a@example.org>"),
)
LETTERS = ' +-@\\\r\t0129,abd/"\x0c\u2028é\x1b'

Mutation = Callable[[random.Random, list[str], int], None]


def _delete(chance: random.Random, lines: list[str], at: int) -> None:
    del lines[at]


def _delete_some(chance: random.Random, lines: list[str], at: int) -> None:
    del lines[at : at + chance.randrange(1, 6)]


def _repeat(chance: random.Random, lines: list[str], at: int) -> None:
    lines[at:at] = lines[at : at + chance.randrange(1, 6)]


def _swap(chance: random.Random, lines: list[str], at: int) -> None:
    other = chance.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]


def _insert(chance: random.Random, lines: list[str], at: int) -> None:
    lines[at:at] = chance.choice(NOISE).split("\n")


def _wrap(chance: random.Random, lines: list[str], at: int) -> None:
    cut = chance.randrange(len(lines[at]) + 1)
    lines[at : at + 1] = [lines[at][:cut], lines[at][cut:]]


def _join(chance: random.Random, lines: list[str], at: int) -> None:
    lines[at : at + 2] = ["".join(lines[at : at + 2])]


def _change(chance: random.Random, lines: list[str], at: int) -> None:
    line = lines[at]
    place = min(chance.randrange(len(line) + 1), chance.randrange(len(line) + 1))
    lines[at] = line[:place] + chance.choice(LETTERS) + line[place + chance.randrange(2) :]


def _recount(chance: random.Random, lines: list[str], at: int) -> None:
    headers = [n for n, line in enumerate(lines) if line[:2] == "@@"]
    if headers:
        at = chance.choice(headers)
        digits = [n for n, letter in enumerate(lines[at]) if letter.isdigit()]
        place = chance.choice(digits or [0])
        lines[at] = lines[at][:place] + chance.choice("0123459") + lines[at][place + 1 :]


def _cut(chance: random.Random, lines: list[str], at: int) -> None:
    del lines[max(at, 1) :]


def _behead(chance: random.Random, lines: list[str], at: int) -> None:
    del lines[: at // 2]


def _strip(chance: random.Random, lines: list[str], at: int) -> None:
    lines[:] = [line.rstrip(" \t") for line in lines]


def _carry(chance: random.Random, lines: list[str], at: int) -> None:
    lines[at:] = [f"{line}\r" for line in lines[at:]]


def _indent(chance: random.Random, lines: list[str], at: int) -> None:
    end = at + chance.choice((1, 1, 3, len(lines)))
    lines[at:end] = [chance.choice((" ", "> ", "\t")) + line for line in lines[at:end]]


MUTATIONS: tuple[Mutation, ...] = (
    *(
        _delete,
        _delete_some,
        _repeat,
        _swap,
        _insert,
        _insert,
        _insert,
        _wrap,
        _join,
        _change,
        _change,
        _change,
    ),
    *(_recount, _recount, _cut, _behead, _strip, _carry, _indent),
)


def mutants(pool: list[str], count: int, seed: int = SEED) -> Iterator[str]:
    """Yield so many damaged patches: one to three of the pool in a row, damaged in one to four places."""
    chance = random.Random(seed)
    for _ in range(count):
        text = "".join(chance.choice(pool) for _ in range(chance.choice((1, 1, 1, 2, 3))))
        lines = text.split("\n")
        for _ in range(chance.choice((1, 1, 2, 3, 4))):
            if lines:
                chance.choice(MUTATIONS)(chance, lines, chance.randrange(len(lines)))
        yield "\n".join(lines)

"""How many lines of a diff get other colours than in the true file, lexed whole.

Run by hand: ``python tests/bench/bench_colour.py [clone ...]``.  From the history of the clones,
where some are named; else from files that are on this machine (Python's library and headers,
the system's headers, sources of Rust where its toolchain or a package brought them), each
changed here and there.  git makes the diffs, with three lines of context.  Both sides of all
lines are looked at, context as the new side's.  ``--show`` prints the lines that differ.
"""

from __future__ import annotations

import random
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tui.diff.highlight import Painter
from tui.diff.index import DiffIndex, index_diff
from tui.diff.lexers import lexer_name, load_lexer
from tui.diff.tint import tint

LANGUAGES = {"C": ("c", "h"), "Python": ("py",), "Rust": ("rs",)}
FILES = 150
COMMITS = 250
LINES = 5_000
SKIPPED_ABOVE = 6_000
"""Lines of a file that is not looked at, for it is most likely made by a program."""


class Pair(NamedTuple):
    """A file before and after, and the diff between them."""

    old: str
    new: str
    diff: str


def edit(text: str, chance: random.Random) -> str:
    """Return a text with lines taken out, put in or changed here and there.

    None with a quote or a star, so that what was a comment or a string stays one.
    """
    lines: list[str] = []
    place = chance.randrange(40)
    for number, line in enumerate(text.split("\n")):
        lines.append(line)
        if number > place and line.strip() and not set(line) & set("\"'`*/\\"):
            what = chance.randrange(3)
            if what == 0:
                lines.pop()
            elif what == 1:
                lines.append(line)
            else:
                lines[-1] = line.replace("e", "ee")
            place += chance.choice((1, 1, 2, 30, 80))
    return "\n".join(lines)


def local_files(language: str) -> list[Path]:
    """Return files of a language that this machine has."""
    paths = sysconfig.get_paths()
    roots = {
        "C": [paths["include"], "/usr/include/linux", "/usr/include"],
        "Python": [paths["stdlib"], paths["purelib"]],
        "Rust": [
            str(Path.home() / ".cargo"),
            str(Path.home() / ".rustup"),
            paths["purelib"],
            "/usr/lib/rustlib",
        ],
    }[language]
    found = [
        path for root in roots for ending in LANGUAGES[language] for path in Path(root).rglob(f"*.{ending}")
    ]
    return random.Random(1).sample(sorted(found), min(FILES, len(found)))


def make_pairs(language: str) -> Iterator[Pair]:
    """Yield files of this machine, each changed."""
    for number, path in enumerate(local_files(language)):
        text = path.read_text(encoding="utf-8", errors="replace")
        with tempfile.TemporaryDirectory() as folder:
            for name, side in (("old", text), ("new", edit(text, random.Random(number)))):
                (Path(folder) / f"{name}.{LANGUAGES[language][0]}").write_text(side, encoding="utf-8")
            old, new = sorted(Path(folder).iterdir(), reverse=True)
            diff = git(folder, "diff", "--no-index", old.name, new.name)
            yield Pair(old.read_text(encoding="utf-8"), new.read_text(encoding="utf-8"), diff)


def read_history(language: str, clone: str) -> Iterator[Pair]:
    """Yield what the last commits of a clone changed."""
    wanted = [f"*.{ending}" for ending in LANGUAGES[language]]
    told = git(clone, "log", "--no-merges", f"-{COMMITS}", "-p", "--format=", "--full-index", "--", *wanted)
    for piece in ("\n" + told).split("\ndiff --git ")[1:]:
        named = [line for line in piece.split("\n")[:8] if line.startswith("index ")]
        if named and "\n@@ " in piece:
            old, new = (
                "" if not name.strip("0") else git(clone, "cat-file", "blob", name)
                for name in named[0].split()[1].split("..")
            )
            yield Pair(old, new, f"diff --git {piece}\n")


def git(folder: str, *words: str) -> str:
    """Return what git prints."""
    done = subprocess.run(["git", "-C", folder, *words], capture_output=True, check=False)
    return done.stdout.decode(errors="replace")


def compare(pair: Pair, *, show: bool) -> tuple[int, int]:
    """Return how many lines of a diff have the wrong colours, and how many there are."""
    index = index_diff(pair.diff)
    if not index.hunks or max(pair.old.count("\n"), pair.new.count("\n")) > SKIPPED_ABOVE:
        return 0, 0
    lexer = load_lexer(lexer_name(index.files[0].path))
    assert lexer is not None
    truth = {
        "-": list(tint(lexer, pair.old.split("\n"))),
        "+": list(tint(lexer, pair.new.split("\n"))),
    }
    painter = Painter(index)
    wrong = lines = 0
    for number, line, side, place in walk(index):
        painter.advance(number, line, 60)
        lines += 1
        if place < len(truth[side]) and painter.spans(number, line) != truth[side][place]:
            wrong += 1
            if show:
                got, true = (list(x or b"") for x in (painter.spans(number, line), truth[side][place]))
                sys.stdout.write(f"{line - index.hunks[number].start:4} {index.lines[line]}\n{got}\n{true}\n")
    return wrong, lines


def walk(index: DiffIndex) -> Iterator[tuple[int, int, str, int]]:
    """Yield hunk, line, side and the line of that side's file, for each line of all hunks."""
    for number, hunk in enumerate(index.hunks):
        old, new = hunk.old_start - 1, hunk.new_start - 1
        for line in range(hunk.start + 1, hunk.end):
            kind = index.kinds[line]
            if kind in " +-":
                yield number, line, "-" if kind == "-" else "+", old if kind == "-" else new
                old += kind != "+"
                new += kind != "-"


def measure(language: str, clones: list[str], *, show: bool = False) -> tuple[int, int]:
    """Return wrong lines and all lines of a language."""
    wrong = lines = 0
    pairs = [read_history(language, clone) for clone in clones] if clones else [make_pairs(language)]
    for some in pairs:
        taken = 0
        for pair in some:
            if taken > LINES:
                break
            bad, all_of_it = compare(pair, show=show)
            wrong, lines, taken = wrong + bad, lines + all_of_it, taken + all_of_it
    return wrong, lines


if __name__ == "__main__":
    clones = [word for word in sys.argv[1:] if not word.startswith("--")]
    for language in LANGUAGES:
        wrong, lines = measure(language, clones, show="--show" in sys.argv)
        said = f"{100 * wrong / lines:.2f} % of {lines:,} lines" if lines else "no files here"
        sys.stdout.write(f"{language}: {said}\n")

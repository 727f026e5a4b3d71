"""Made series in two versions, and a git repository that holds both.

A patch is a list of edits, each of which finds its place by the function and the line that it
is about: so patches can be put in another order, divided, joined, and laid on another base.
"""

from __future__ import annotations

import copy
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

from tui.diff.sheet import Text

WORDS = (
    *("ring", "queue", "descriptor", "frame", "page", "buffer", "clock", "timer", "guest", "vector"),
    *("mask", "offset", "length", "status", "fence", "token", "cursor", "batch", "window", "latch"),
)
VERBS = ("load", "store", "clear", "arm", "check", "drain", "flush", "reset", "map", "copy", "start", "stop")

Functions = dict[str, list[str]]
Tree = dict[str, Functions]


class Edit(NamedTuple):
    """Lines that come into a function behind one of it, in the place of so many that follow."""

    path: str
    function: str
    """One that is not there is made, at the end of the file."""
    anchor: str
    lines: tuple[str, ...]
    replaced: int = 0


@dataclass
class Made:
    """One patch."""

    subject: str
    edits: list[Edit]
    words: str = "What it is good for."


@dataclass
class Version:
    """A base, and the patches on it."""

    base: Tree
    patches: list[Made]
    happened: list[str] = field(default_factory=list)
    """What was done to the version before, to tell where something differs."""


class Maker:
    """Makes versions; the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._count = 0

    # -- code ------------------------------------------------------------------

    def line(self) -> str:
        """Return a line of code that is there once, or now and then one that is everywhere."""
        random = self.random
        if random.random() < 0.2:
            return random.choice(("\tif (!ok)", "\t\treturn -1;", "", "\t}", "\tbreak;", "\tout(0);"))
        self._count += 1
        verb, one, other = random.choice(VERBS), random.choice(WORDS), random.choice(WORDS)
        form = random.choice(
            ("\t{1} = {0}_{2}({1}, {3});", "\tif ({0}_{1}({2}) > {3})", "\t{0}({1}->{2}, {3}, flags);")
        )
        return form.format(verb, one, other, self._count)

    def name(self) -> str:
        """Return the name of a function."""
        self._count += 1
        return f"{self.random.choice(VERBS)}_{self.random.choice(WORDS)}_{self._count}"

    def function(self, lines: int) -> tuple[str, list[str]]:
        """Return a function of so many lines."""
        name = self.name()
        return name, [f"static int {name}(int x)", "{", *(self.line() for _ in range(lines)), "}", ""]

    def tree(self, files: int, functions: int) -> Tree:
        """Return some files."""
        return {
            f"src/{self.random.choice(WORDS)}{number}.c": dict(
                self.function(self.random.randrange(8, 30)) for _ in range(functions)
            )
            for number in range(files)
        }

    # -- a first version -------------------------------------------------------

    def patch(self, base: Tree, lines: int) -> Made:
        """Return a patch of about so many lines."""
        random = self.random
        edits: list[Edit] = []
        left = lines
        paths = random.sample(sorted(base), min(len(base), random.randrange(1, 4)))
        while left > 0:
            size = min(left, random.choice((1, 2, 3, 5, 8, 20, 40)))
            path = random.choice(paths)
            name = random.choice(sorted(base[path]))
            if size >= 20:
                made, body = self.function(size)
                edits.append(Edit(path, made, "", tuple(body)))
            else:
                anchor = random.choice(base[path][name][1:-2])
                lines_in = tuple(self.line() for _ in range(size))
                edits.append(Edit(path, name, anchor, lines_in, random.choice((0, 0, 1, 2))))
            left -= size
        verb, word, area = random.choice(VERBS), random.choice(WORDS), random.choice(WORDS)
        return Made(f"{area}: {verb} the {word} {self._count}", edits)

    def version(self, patches: int, lines: int, files: int = 12) -> Version:
        """Return a series on a base of its own."""
        base = self.tree(files, 14)
        sizes = [max(2, int(lines * self.random.uniform(0.3, 1.7))) for _ in range(patches)]
        return Version(base, [self.patch(base, size) for size in sizes])

    # -- another version ---------------------------------------------------------

    def next(self, before: Version, deeds: int) -> Version:
        """Return a version to which so many things were done."""
        made = copy.deepcopy(before)
        made.happened = []
        ways: tuple[Callable[[Version], str], ...] = (
            *(self.edit, self.edit, self.edit, self._reorder, self._split, self._drop),
            *(self._add, self._merge, self._rename, self.rebase, self.rebase),
        )
        for _ in range(deeds):
            made.happened.append(self.random.choice(ways)(made))
        return made

    def edit(self, version: Version) -> str:
        """Change some lines of one patch."""
        number = self.random.randrange(len(version.patches))
        share = self.random.choice((0.02, 0.05, 0.1, 0.2))
        patch = version.patches[number]
        patch.edits = [edit._replace(lines=tuple(self._edited(edit.lines, share))) for edit in patch.edits]
        return f"edited {number + 1} by {share:.0%}"

    def _edited(self, lines: tuple[str, ...], share: float) -> Iterator[str]:
        for line in lines:
            if self.random.random() >= share:
                yield line
            elif self.random.random() < 0.7:
                yield from (self.line() for _ in range(self.random.randrange(1, 3)))

    def _reorder(self, version: Version) -> str:
        old, new = (self.random.randrange(len(version.patches)) for _ in range(2))
        version.patches.insert(new, version.patches.pop(old))
        return f"moved {old + 1} to {new + 1}"

    def _split(self, version: Version) -> str:
        number = self.random.randrange(len(version.patches))
        patch = version.patches[number]
        if len(patch.edits) < 2:
            return "split nothing"
        cut = self.random.randrange(1, len(patch.edits))
        rest = Made(f"{patch.subject}: the rest", patch.edits[cut:])
        patch.edits = patch.edits[:cut]
        version.patches.insert(number + 1, rest)
        return f"split {number + 1}"

    def _drop(self, version: Version) -> str:
        if len(version.patches) < 3:
            return "dropped nothing"
        number = self.random.randrange(len(version.patches))
        del version.patches[number]
        return f"dropped {number + 1}"

    def _add(self, version: Version) -> str:
        number = self.random.randrange(len(version.patches) + 1)
        version.patches.insert(number, self.patch(version.base, self.random.randrange(5, 80)))
        return f"added {number + 1}"

    def _merge(self, version: Version) -> str:
        if len(version.patches) < 3:
            return "merged nothing"
        number = self.random.randrange(len(version.patches) - 1)
        version.patches[number].edits += version.patches.pop(number + 1).edits
        return f"merged {number + 2} into {number + 1}"

    def _rename(self, version: Version) -> str:
        number = self.random.randrange(len(version.patches))
        patch = version.patches[number]
        patch.subject = f"{self.random.choice(WORDS)}: {self.random.choice(VERBS)} it {self._count} times"
        self._count += 1
        return f"renamed {number + 1}"

    def rebase(self, version: Version) -> str:
        """Put a version on a base that has changed."""
        for functions in version.base.values():
            for body in functions.values():
                if self.random.random() < 0.3:
                    place = self.random.randrange(2, max(3, len(body) - 2))
                    if self.random.random() < 0.5:
                        body[place] = self.line()
                    else:
                        body[place:place] = [self.line() for _ in range(self.random.randrange(1, 6))]
        return "rebased"


def apply(tree: Tree, patch: Made) -> None:
    """Change a tree as a patch does."""
    for edit in patch.edits:
        functions = tree.setdefault(edit.path, {})
        if not edit.anchor:
            functions[edit.function] = list(edit.lines)
            continue
        body = functions.setdefault(edit.function, ["{", "}", ""])
        place = body.index(edit.anchor) + 1 if edit.anchor in body else max(1, len(body) - 2)
        body[place : min(place + edit.replaced, len(body) - 2)] = edit.lines


# -- git -------------------------------------------------------------------------


def run_git(folder: Path, *words: str, stdin: bytes | None = None) -> str:
    """Run git in a folder and return what it writes.  Raises CalledProcessError."""
    done = subprocess.run(["git", *words], cwd=folder, input=stdin, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "surrogateescape")


def commit(folder: Path, name: str, version: Version) -> None:
    """Write a version into a repository, as the branches NAME-base and NAME."""
    tree = copy.deepcopy(version.base)
    stream = [_commit(f"{name}-base", "base", tree, None)]
    for number, patch in enumerate(version.patches):
        apply(tree, patch)
        parent = None if number else f"refs/heads/{name}-base"  # after that it is the branch's own
        stream.append(_commit(name, f"{patch.subject}\n\n{patch.words}\n", tree, parent))
    run_git(folder, "fast-import", "--quiet", "--force", stdin=b"".join(stream))


def _commit(branch: str, message: str, tree: Tree, parent: str | None) -> bytes:
    told = message.encode()
    head = b"commit refs/heads/%b\ncommitter A Maker <maker@example.org> 1700000000 +0000\ndata %d\n%b\n" % (
        branch.encode(),
        len(told),
        told,
    )
    parts = [head, f"from {parent}\n".encode() if parent else b"", b"deleteall\n"]
    for path, functions in tree.items():
        text = "\n".join(line for body in functions.values() for line in body).encode() + b"\n"
        parts.append(b"M 100644 inline %b\ndata %d\n%b\n" % (path.encode(), len(text), text))
    return b"".join(parts)


def read_texts(folder: Path, name: str) -> list[Text]:
    """Return the patches of a version as a server gives them."""
    log = run_git(folder, "log", "--reverse", "-p", "--format=%x01%s%x02%b%x03", f"{name}-base..{name}")
    found = []
    for one in log.split("\x01")[1:]:
        subject, _, rest = one.partition("\x02")
        body, _, diff = rest.partition("\x03")
        found.append(Text(f"[PATCH] {subject}", body.strip("\n"), diff.lstrip("\n")))
    return found


_ROW = re.compile(r"\s*(\d+|-):\s+\S+ ([=!<>])\s+(\d+|-):")


def range_diff(folder: Path, old: str, new: str, *words: str) -> str:
    """Return what ``git range-diff`` says of two versions."""
    return run_git(folder, "range-diff", "--no-color", *words, f"{old}-base..{old}", f"{new}-base..{new}")


def read_pairs(folder: Path, old: str, new: str) -> set[tuple[int, int]]:
    """Return the patches that git pairs, counted from 0."""
    rows = map(_ROW.match, range_diff(folder, old, new, "--no-patch").splitlines())
    return {(int(row[1]) - 1, int(row[3]) - 1) for row in rows if row and row[2] in "=!"}

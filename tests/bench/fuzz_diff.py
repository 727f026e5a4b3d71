"""Damaged patches by the million against the index and the document: nothing raises, no line is lost.

Run by hand: ``python tests/bench/fuzz_diff.py [patches] [compared with git] [seed]``.  The same
seed gives the same patches, as far as git makes the same diffs.  Of each patch: the index's lines
joined are the text; every line is in one place; the document shows each.  Of every so many: where
``git apply --numstat`` takes it, files and counts are git's (names that are not are counted); where
unidiff takes it too, and the index finds no damage, so is the number of hunks in each file.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from unidiff.errors import UnidiffParseError
from unidiff.patch import PatchSet

from tests.bench.patch_damage import SEED, mutants
from tests.bench.patch_pool import Git, make_pool
from tui.diff.document import build_document
from tui.diff.files import File
from tui.diff.index import DiffIndex, index_diff
from tui.diff.row import Kind

SHOWN = 10
"""Failures that are printed in full."""


def check(text: str, *, with_document: bool = True) -> DiffIndex:
    """Index a text and lay it out.  Raises AssertionError where a line is lost, or stands in two places."""
    index = index_diff(text)
    assert "\n".join(index.lines) == text, "lines joined are another text"
    assert len(index.kinds) == len(index.lines), "a line has no kind"
    _check_ranges(index)
    if with_document:
        _check_document(text, index)
    return index


def _check_ranges(index: DiffIndex) -> None:
    last = hunks = 0
    for file in index.files:
        assert last <= file.start <= file.body <= file.end, "files overlap"
        assert hunks <= file.first_hunk <= file.end_hunk, "files share hunks"
        last, hunks = file.end, file.end_hunk
        assert set(index.kinds[file.start : file.body]) <= {"h"}, "a header has lines of another kind"
        for hunk in index.hunks[file.first_hunk : file.end_hunk]:
            assert file.body <= hunk.start < hunk.end <= file.end, "a hunk is outside of its file"
    assert max(last, 0) <= len(index.lines), "a file is longer than the text"
    last, expected = 0, list("x" * len(index.lines))
    for number, hunk in enumerate(index.hunks):
        assert last <= hunk.start < hunk.end <= len(index.lines), "hunks overlap"
        last = hunk.end
        owner = index.files[hunk.file] if hunk.file >= 0 else None
        assert owner is None or owner.first_hunk <= number < owner.end_hunk, "a hunk has the wrong file"
        assert index.kinds[hunk.start] == "@", "a hunk has no header"
        assert set(index.kinds[hunk.start + 1 : hunk.end]) <= set(" +-\\t"), "a hunk has a strange line"
        expected[hunk.start : hunk.end] = index.kinds[hunk.start : hunk.end]
    outside = {kind for kind, seen in zip(index.kinds, expected, strict=True) if seen == "x"}
    assert outside <= set("hbt"), "a signed line is in no hunk"


def _check_document(text: str, index: DiffIndex) -> None:
    document = build_document("", text)
    document.fold_all(False)
    if not text.strip():
        return  # It says that there is no diff.
    assert document.index.lines == index.lines, "the document is of another text"
    shown = []
    for number in range(document.count):
        row = document.row(number)
        if row.line >= 0 and row.kind is not Kind.FILE:
            shown.append(row.line)
            assert row.text == index.lines[row.line], "a row has another line's text"
    told = {line for file in index.files if not file.raw for line in range(file.start, file.body)}
    end = len(index.lines) - (index.lines[-1] == "")
    assert shown == [line for line in range(end) if line not in told], "a line is not shown once"


Counts = list[tuple[str, str, str]]


def ask_git(git: Git, text: str) -> Counts | None:
    """Return added and removed lines and the name of each file by git; None where it refuses the patch."""
    # It wants a line feed at the end, which every mail has.
    patch = text if text.endswith("\n") else f"{text}\n"
    out = git.run("apply", "--numstat", "-z", stdin=patch.encode("utf-8", "surrogateescape"))
    if out is None:
        return None
    rows = (row.split("\t", 2) for row in out.decode("utf-8", "replace").split("\0")[:-1])
    return [(added, removed, name) for added, removed, name in rows]


def count_as_git(index: DiffIndex) -> Counts:
    """Return the same by the index, of those files that git takes for a part of a patch.

    A name is empty where the header is damaged, which may say two, and in all of a patch that has a
    header of one line, the name in which git may give to another file.
    """
    passed_over = [file for file in index.files if not _is_known_to_git(index, file)]
    is_bare = any(index.lines[file.start].startswith("diff --git ") for file in passed_over)
    return [
        (*(("-", "-") if _is_binary_to_git(index, file) else (str(file.added), str(file.removed))), name)
        for file in index.files
        if _is_known_to_git(index, file)
        for name in ["" if is_bare or file.trouble or file.raw else file.path]
    ]


def is_same_name(ours: tuple[str, str, str], theirs: tuple[str, str, str]) -> bool:
    """Say whether two names are; git cuts as many folders off as it guesses, the index a prefix."""
    mine, other = ours[2], theirs[2]
    longer, shorter = sorted((f"/{mine}", f"/{other}"), key=len, reverse=True)
    return not mine or longer.endswith(shorter) or other == "dev/null"


def _is_known_to_git(index: DiffIndex, file: File) -> bool:
    """Say no of what git passes over: combined diffs, binaries without its header, a header of one line."""
    start = index.lines[file.start]
    if start.startswith("diff --git "):
        return file.body > file.start + 1 and not index.lines[file.start + 1].startswith(
            ("Binary ", "Files ")
        )
    hunks = index.hunks[file.first_hunk : file.end_hunk]
    return bool(hunks) and all(hunk.signs == 1 for hunk in hunks)


def _is_binary_to_git(index: DiffIndex, file: File) -> bool:
    """Say no of a binary whose line lost its end or got a carriage return: to readers it still is one."""
    last, behind = (*index.lines[file.body - 1 : file.body + 1], "")[:2]
    return file.binary and (last.endswith(" differ") or behind == "GIT binary patch")


def ask_unidiff(text: str) -> list[int] | None:
    """Return the hunks of each file by unidiff; None where it refuses the patch."""
    try:
        return [len(file) for file in PatchSet.from_string(text)]
    except (UnidiffParseError, ValueError, IndexError, AttributeError, AssertionError):
        return None


@dataclass
class Report:
    """What came of a run."""

    patches: int = 0
    taken: int = 0
    """By git, of those that it was asked about."""
    asked: int = 0
    judged: int = 0
    """Taken by unidiff too."""
    misnamed: int = 0
    """Where git reads a name otherwise: a damaged header may say two, or end a name in an odd place."""
    failures: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.patches:,} patches, {len(self.failures)} failures; git asked about {self.asked:,}, "
            f"took {self.taken:,}, {self.misnamed} with a name read otherwise; "
            f"unidiff took {self.judged:,} of these"
        )


def fuzz(
    count: int,
    compared: int,
    folder: Path,
    seed: int = SEED,
    tell: Callable[[str], object] = repr,
    *,
    documents: int = 1,
) -> Report:
    """Check so many damaged patches, some of them against git; lay out each, or one of so many."""
    pool = make_pool(folder)
    git = Git(folder)
    every = max(1, count // compared) if compared else count + 1
    report, began = Report(), perf_counter()
    for text in mutants(pool, count, seed):
        report.patches += 1
        try:
            index = check(text, with_document=report.patches % documents == 0)
            if report.patches % every == 0:
                _compare(git, text, index, report)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            report.failures.append(f"patch {report.patches}: {type(error).__name__} {error}\n{text!r}")
            if len(report.failures) <= SHOWN:
                tell(report.failures[-1])
        if report.patches % 10_000 == 0:
            tell(f"{report}; {report.patches / (perf_counter() - began):,.0f}/s")
    return report


def _compare(git: Git, text: str, index: DiffIndex, report: Report) -> None:
    report.asked += 1
    theirs = ask_git(git, text)
    if theirs is None:
        return
    report.taken += 1
    ours = count_as_git(index)
    assert [row[:2] for row in ours] == [row[:2] for row in theirs], f"git counts {theirs}, the index {ours}"
    report.misnamed += not all(map(is_same_name, ours, theirs))
    hunks = ask_unidiff(text)
    is_damaged = any(file.trouble for file in index.files) or any(hunk.signs > 1 for hunk in index.hunks)
    if hunks is None or is_damaged or len(hunks) != len(index.files):
        return
    report.judged += 1
    found = [file.end_hunk - file.first_hunk for file in index.files]
    assert found == hunks, f"unidiff counts hunks {hunks}, the index {found}"


def main() -> int:
    """Run as the command line says, and return the exit code."""
    words = [int(word.replace("_", "")) for word in sys.argv[1:]]
    count, compared, seed = [*words, *(1_000_000, 50_000, SEED)[len(words) :]]
    with tempfile.TemporaryDirectory(prefix="pwtui-fuzz-") as folder:
        place = Path(folder) / "git"
        place.mkdir()
        report = fuzz(count, compared, place, seed, lambda line: print(line, flush=True))
    print(f"seed {seed}: {report}")
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main())

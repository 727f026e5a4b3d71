"""Mail made to end the reader or to keep it busy.

Where nothing is measured, the sizes are such that more work than one pass would never end.
"""

from __future__ import annotations

import pytest

from tui.core.text import cells
from tui.diff.document import build_document
from tui.diff.forms import Shape
from tui.diff.headline import is_hostile
from tui.diff.hunks import PARENTS, read_header
from tui.diff.index import index_diff
from tui.diff.judge import ask_unidiff
from tui.diff.lead import FOLDED_CHARACTERS
from tui.diff.mailstat import cut_stat
from tui.diff.prose import LONGEST, fold, is_prose, join
from tui.diff.row import Kind
from tui.diff.stat import stat_rows
from tui.diff.torn import mend

MEGA = 1_000_000
DIGITS = "9" * 4400
DIFF = "diff --git a/a.c b/a.c\nindex 1..2 100644\n--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-a\n+b\n"
NEW = "diff --git a/x b/x\nnew file mode 100644\nindex 0..1\nGIT binary patch\nliteral {}\n"


@pytest.mark.parametrize(
    "stat",
    [
        f" {DIGITS} files changed",
        f" 1 file changed, {DIGITS} insertions(+)",
        f" a.c | {DIGITS} +-\n 1 file changed, 1 insertion(+), 1 deletion(-)",
        f" a.c | Bin {DIGITS} -> {DIGITS} bytes\n 1 file changed, 1 insertion(+), 1 deletion(-)",
    ],
)
def test_numbers_too_long_for_int_stay_text(stat: str) -> None:
    line = stat.split("\n")[0]
    document = build_document(f"Why.\n---\n{stat}", DIFF)
    assert line in [document.row(n).text for n in range(document.count)]


@pytest.mark.parametrize("size", [DIGITS, "٣" * 4400, "²"])
def test_numbers_too_long_for_int_in_a_diff(size: str) -> None:
    header = f"@@ -{size},{size} +{size},{size} @@"
    for diff in (
        DIFF.replace("@@ -1 +1 @@", header),
        NEW.format(size),
        DIFF.replace("100644", size),
        f"diff --git a/x b/y\nsimilarity index {size}%\nrename from x\nrename to y\n",
    ):
        document = build_document(f"Why.\n---\n mode change {size} => {size} a.c", diff)
        assert len(document.file_rows) == 1
        assert ask_unidiff(document.index, 0) is not None


@pytest.mark.parametrize(
    "line", [" " * 3 * MEGA, " a" + " " * 3 * MEGA, " a" + " |" * MEGA, " a | 1" + " " * 3 * MEGA + "x"]
)
def test_a_line_above_the_sums_is_read_once(line: str) -> None:
    message = f"{line}.\n 1 file changed, 1 insertion(+), 1 deletion(-)"
    assert cut_stat(message, index_diff(DIFF)) == f"{line}."


def test_many_files_and_what_happened_to_them() -> None:
    names = range(50_000)
    diff = "".join(f"diff --git a/{n} b/{n}\nold mode 100644\nnew mode 100755\n" for n in names)
    sums = " 50000 files changed\n"
    modes = "".join(f" mode change 100644 => 100755 {n}\n" for n in names)
    index = index_diff(diff)
    assert cut_stat(f"Why.\n---\n{sums}{modes}", index) == "Why."
    wrong = f"Why.\n---\n{sums}{modes} mode change 100644 => 100755 x"
    assert cut_stat(wrong, index) == wrong
    # Many sums for many files, none of which is right.
    message = " 50000 files changed, 1 insertion(+)\n" * 50_000
    assert cut_stat(message, index) == message


def test_many_empty_lines_below_the_stat() -> None:
    message = (
        "Why.\n---\n 1 file changed, 1 insertion(+), 1 deletion(-)\n" + "\n" * 2 * MEGA + "base-commit: 1"
    )
    assert cut_stat(message, index_diff(DIFF)) == "Why.\n---\nbase-commit: 1"


def test_braces_and_arrows_without_end() -> None:
    name = "{" * 2_000 + " => " * 2_000
    diff = f"diff --git a/x b/y\nsimilarity index 90%\nrename from x\nrename to {name}\n"
    message = f" 1 file changed\n rename {name} (90%)"
    assert cut_stat(message, index_diff(diff)) == message


@pytest.mark.parametrize("letter", ["é", "漢", "\u0301", "\u202e"])
def test_the_longest_name_is_cut_in_one_pass(letter: str) -> None:
    name = letter * MEGA
    (stat,) = stat_rows(index_diff(f"diff --git a/{name} b/{name}\nold mode 100644\nnew mode 100755\n"))
    assert stat.name.startswith("…")
    assert len(stat.name) < 10_000
    assert cells(stat.name) <= 50


def test_many_torn_files() -> None:
    names = range(200_000)
    lost = "".join("old mode 100644\nnew mode 100755\n" for _ in names)
    message, diff, whole = mend(f"Why.\n\n{lost}", "".join(f"diff --git a/{n} b/{n}\n" for n in names))
    # Without a binary, Patchwork would not have torn it.
    assert (message, whole) == (f"Why.\n\n{lost}", True)
    binary = "diff --git a/x b/x\nindex 1..2\nGIT binary patch\nliteral 1\n\n"
    message, diff, whole = mend(
        f"Why.\n\n{lost.rstrip()}", binary + "".join(f"diff --git a/{n} b/{n}\n" for n in names)
    )
    assert (message, whole) == ("Why.", True)
    assert diff.count("\n") == 5 + 3 * len(names)


def test_more_parents_than_any_merge_has_are_no_hunk() -> None:
    def header(parents: int) -> str:
        signs = "@" * (parents + 1)
        return f"{signs} {'-1 ' * parents}+1 {signs}"

    assert read_header(header(PARENTS)) is not None
    assert read_header(header(PARENTS + 1)) is None
    wide = index_diff(f"{header(100_000)}\n" + "  a\n" * 200_000)
    assert not wide.hunks
    assert wide.kinds == "t" * 200_002


def test_unidiff_is_not_asked_what_takes_it_for_ever() -> None:
    for line in ("Binary files " + " and " * 100_000, "diff --git " + " ://" * 100_000):
        index = index_diff(f"{DIFF}{line}\n@@ -5 +5,9 @@\n-a\n+b\n")
        assert len(index.files) == 1
        assert index.files[0].trouble
        assert ask_unidiff(index, 0) == ""
    assert ask_unidiff(index_diff(DIFF.replace("+1 @@", "+1,9 @@")), 0)


def test_blanks_without_end_are_not_folded_one_by_one() -> None:
    line = "x" + "\xa0" * (LONGEST - 1)
    assert fold(line, 40) == [(0, "x")]
    many = [fold(f"{n}" + " " * (LONGEST - 10), 40) for n in range(200)]
    assert all(len(pieces) == 1 for pieces in many)


def test_a_paragraph_is_joined_up_to_what_is_folded() -> None:
    lines = ["word " * 14 + "end"] * 1_000
    ranges = list(join(lines, 40))
    assert [first for first, _ in ranges[1:]] == [end for _, end in ranges[:-1]]
    assert 5 < len(ranges) < 20
    assert all(sum(len(line) + 1 for line in lines[first:end]) <= LONGEST + 1 for first, end in ranges)
    assert not is_prose("a" * (LONGEST + 1))


@pytest.mark.parametrize("line", ["word " * 20, "語" * 900])
def test_so_much_of_a_message_is_folded(line: str) -> None:
    document = build_document("\n\n".join([line] * 20_000), DIFF)
    plain = document.count
    document.lay_out(Shape(60))
    folded = document.count - plain
    assert 0 < folded < 2 * FOLDED_CHARACTERS
    stat = document.row_at(39_999)
    assert stat == 39_999 + folded
    assert document.where(stat) == (39_999, 0)
    assert document.row(stat - 1).text == line
    assert document.row(stat + 2).kind is Kind.SUMMARY
    document.lay_out(Shape(0))
    assert document.count == plain


def test_hostile_characters_are_found_among_many() -> None:
    text = "é" * MEGA
    for line, hostile in ((text, False), (text + "\u202e", True)):
        index = index_diff(f"--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+{line}\n")
        assert is_hostile(index.lines.text) is hostile

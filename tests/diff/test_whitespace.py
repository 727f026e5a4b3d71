"""White space that git complains of, and changes of nothing else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.diff.index import index_diff
from tui.diff.whitespace import errors, only
from tui.diff.words import Words


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("", ()),
        ("x", ()),
        ("x  ", ((1, 3),)),
        ("\tx\t", ((2, 3),)),
        ("  \tx", ((0, 2),)),
        ("\t \t  \tx ", ((1, 2), (3, 5), (7, 8))),
        ("x  \ty", ()),
        (" \t", ((0, 2),)),
        ("x\r", ()),
        ("x \r", ((1, 2),)),
        ("x\r\r", ((1, 2),)),
        ("\r", ()),
    ],
)
def test_errors(text: str, ranges: tuple[tuple[int, int], ...]) -> None:
    assert errors(text) == ranges


@given(st.text(alphabet=" \tab\r\f", max_size=12))
def test_ranges_are_in_order_and_white(text: str) -> None:
    end = 0
    for first, last in errors(text):
        assert end <= first < last <= len(text)
        assert text[first:last].isspace()
        end = last


def test_git_complains_of_the_same_lines(tmp_path: Path) -> None:
    lines = ["a", "a ", " \tb", "\tb", "\t b", "c \td", "e\t", "  f", "\t \tg", "h\f", "i j"]
    (tmp_path / "x").write_text("\n".join(lines) + "\n")
    git = ["git", "-c", "core.whitespace=", "diff", "--no-index", "--check", "/dev/null", "x"]
    told = subprocess.run(git, cwd=tmp_path, capture_output=True, text=True).stdout
    wrong = {line.split(":")[1] for line in told.splitlines() if line.startswith("x:")}
    assert wrong == {str(number) for number, line in enumerate(lines, 1) if errors(line)}


DIFF = """\
--- a/x
+++ b/x
@@ -1,4 +1,6 @@
-a = b;
-undo();
-\tf(x);
+a=b;
+un do();
+    f(x);
 c
+
+ \t
"""


def test_only_white_space() -> None:
    words = Words(index_diff(DIFF))
    assert [line for line in range(3, 12) if only(words, 0, line)] == [3, 5, 6, 8]

"""What the editor gets of a file: its new side, as a part that says so."""

from __future__ import annotations

import pytest

from tui.diff.index import index_diff
from tui.diff.newside import new_side

DIFF = """\
--- a/x.c
+++ b/x.c
@@ -1,3 +1,3 @@
 one
-two
+2
 three

@@ -10,2 +10,1 @@
 ten
-eleven
"""


def test_a_part_says_so_and_knows_its_lines() -> None:
    index = index_diff(DIFF.replace("three\n\n", "three\n"))
    text, at = new_side(index, 0)
    lines = text.split("\n")
    assert lines == [
        "[A part of x.c: what the diff shows of it.]",
        "[From line 1.]",
        "one",
        "2",
        "three",
        "[From line 10.]",
        "ten",
        "",
    ]
    shown = {line: lines[number - 1] for line, number in at.items()}
    assert shown == {
        2: "[From line 1.]",
        3: "one",
        4: "2",
        5: "2",
        6: "three",
        7: "[From line 10.]",
        8: "ten",
        9: "ten",
    }


@pytest.mark.parametrize(("mark", "end"), [("", "\n"), ("\\ No newline at end of file\n", "")])
def test_a_new_file_is_whole(mark: str, end: str) -> None:
    index = index_diff(f"--- /dev/null\n+++ b/x\n@@ -0,0 +1,2 @@\n+a\n+b\r\n{mark}")
    text, at = new_side(index, 0)
    assert text == f"a\nb\r{end}"
    assert (at[2], at[3], at[4]) == (1, 1, 2)


def test_a_damaged_new_file_is_a_part() -> None:
    index = index_diff("--- /dev/null\n+++ b/x\n@@ -0,0 +1,9 @@\n+a\n")
    assert new_side(index, 0)[0] == "[A part of x: what the diff shows of it.]\n[From line 1.]\na\n"


@pytest.mark.parametrize(
    "text",
    [
        "--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n",
        "diff --git a/x b/x\nold mode 100644\nnew mode 100755\n",
        "Binary files a/x and b/x differ\n",
    ],
)
def test_what_has_no_new_side(text: str) -> None:
    assert new_side(index_diff(text), 0) == ("", {})


def test_a_merge_and_a_name_that_would_be_two_lines() -> None:
    index = index_diff('diff --cc "x\\ny"\n--- a/x\n+++ b/x\n@@@ -1,1 -1,1 +1,1 @@@\n- a\n -b\n++c\n')
    index.files[0].new_path = "x\ny"
    text, at = new_side(index, 0)
    assert text.split("\n")[1:] == ["[From line 1.]", "c", ""]
    assert {at[4], at[5], at[6]} == {3}

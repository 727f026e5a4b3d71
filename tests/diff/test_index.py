"""The index is right about every kind of diff, and says so when one is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.diff.files import BARE
from tui.diff.hunks import LONG, ODD, SHORT, UNEVEN
from tui.diff.index import STRAY, DiffIndex, index_diff
from tui.diff.lines import TakesLong

GIT = """\
diff --git a/src/a.c b/src/a.c
index 1234567..89abcde 100644
--- a/src/a.c
+++ b/src/a.c
@@ -1,3 +1,4 @@ int main(void)
 one
-two
+2
+2.5
 three
"""


def index(text: str) -> DiffIndex:
    found = index_diff(text)
    assert "\n".join(found.lines) == text
    assert len(found.kinds) == len(found.lines)
    return found


def test_git_diff() -> None:
    found = index(GIT)
    (file,) = found.files
    (hunk,) = found.hunks
    assert (file.path, file.added, file.removed, file.trouble) == ("src/a.c", 2, 1, "")
    assert (hunk.start, hunk.end, hunk.file, hunk.section) == (4, 10, 0, "int main(void)")
    assert (hunk.old_start, hunk.old_count, hunk.new_start, hunk.new_count) == (1, 3, 1, 4)
    assert found.kinds == "hhhh@ -++ t"


@pytest.mark.parametrize(
    ("header", "old", "new"),
    [
        ("diff --git a/x b/x\nold mode 100644\nnew mode 100755\n", "x", "x"),
        ("diff --git a/x b/x\nnew file mode 100644\nindex 0000000..e69de29\n", "", "x"),
        ("diff --git a/x b/x\ndeleted file mode 100644\nindex e69de29..0000000\n", "x", ""),
        (
            "diff --git a/x y b/z b/w\nsimilarity index 100%\nrename from x y\nrename to z b/w\n",
            "x y",
            "z b/w",
        ),
        ("diff --git a/x y b/x y\nindex 1..2 100644\nBinary files a/x y and b/x y differ\n", "x y", "x y"),
        ('diff --git "a/\\303\\244\\"" "b/\\303\\244\\""\nold mode 100644\nnew mode 100755\n', 'ä"', 'ä"'),
        ("diff --git a/d b/x b/d b/x\nold mode 100644\nnew mode 100755\n", "d b/x", "d b/x"),
        (
            "diff --git pixel.bmp pixel.bmp\nnew file mode 100644\nGIT binary patch\nliteral 3\n",
            "",
            "pixel.bmp",
        ),
        ("--- a/x\t2020-01-01\n+++ b/x\t2020-01-02\n@@ -1 +1 @@\n-a\n+b\n", "x", "x"),
        ("diff -ruN old/x new/x\n--- old/x\n+++ new/x\n@@ -1 +1 @@\n-a\n+b\n", "old/x", "new/x"),
        ("Index: x\n=====\nRCS file: /x,v\n--- x\n+++ x\n@@ -1 +1 @@\n-a\n+b\n", "x", "x"),
        ("Binary files a/x.png and b/x.png differ\n", "x.png", "x.png"),
        (
            "diff --git a/x b/x\r\nindex 1..2 100644\r\n--- a/x\r\n+++ b/x\r\n@@ -1 +1 @@\r\n-a\r\n+b\r\n",
            "x",
            "x",
        ),
        ("diff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x\n@@@ -1,1 -1,1 +1,1 @@@\n- a\n -b\n++c\n", "x", "x"),
    ],
)
def test_names(header: str, old: str, new: str) -> None:
    found = index(header)
    (file,) = found.files
    assert (file.old_path, file.new_path, file.trouble) == (old, new, "")
    assert all(not hunk.trouble for hunk in found.hunks)


def test_what_a_header_says() -> None:
    renamed = index("diff --git a/x b/y\nsimilarity index 96%\nrename from x\nrename to y\n").files[0]
    assert (renamed.renamed, renamed.similarity) == (True, "96%")
    mode = index("diff --git a/x b/x\nold mode 100644\nnew mode 100755\n").files[0]
    assert (mode.old_mode, mode.new_mode) == ("100644", "100755")
    header = "diff --git a/x b/x\nindex 1..2 100644\n"
    binary = index(
        header + "GIT binary patch\nliteral 142\nzcmZ?r?PGv\n\nliteral 0\nHcmV\n\n" + "-- \n2.39\n"
    )
    assert (binary.files[0].binary, binary.files[0].size) == (True, 142)
    assert binary.kinds == "hhbbbbbbbttt"


def test_signature_and_footer_are_no_part_of_the_hunk() -> None:
    footer = "-- \n2.39.5\n\n____________\na list - of people\n- and more\n"
    found = index(GIT + footer)
    assert found.hunks[0].end == 10
    assert not found.hunks[0].trouble
    assert found.kinds[10:] == "t" * 7


def test_lines_that_look_like_headers_inside_a_hunk_are_content() -> None:
    text = "--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n--- a/y\n+++ b/y\n @@ -1 +1 @@\n diff --git a/x b/x\n"
    found = index(text)
    assert len(found.files) == 1
    assert found.kinds == "hh@-+  t"


def test_prose_is_text() -> None:
    text = "diff --git is a command\n--- not a name\n+++ nor this\n@@ what\nBinary files are bad\n"
    found = index(text)
    assert not found.files and not found.hunks
    assert set(found.kinds) == {"t"}


def test_no_newline_markers() -> None:
    note = "\\ No newline at end of file\n"
    found = index(f"--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n{note}+b\n{note}")
    assert found.kinds == "hh@-\\+\\t"
    assert not found.hunks[0].trouble


def test_combined_diff_counts_each_parent() -> None:
    text = "diff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x\n@@@ -1,3 -1,1 +1,3 @@@ f\n  a\n- b\n +c\n++d\n"
    (hunk,) = index(text).hunks
    assert (hunk.signs, hunk.trouble, hunk.section) == (2, "", "f")


@pytest.mark.parametrize(
    ("body", "trouble", "kinds"),
    [
        ("@@ -1,3 +1,3 @@\n a\n-b\n+c\n", SHORT, "@ -+t"),
        ("@@ -1,2 +1,2 @@\n a\n-b\n+c\n+d\n", LONG, "@ -++t"),
        ("@@ -1,2 +1,2 @@\n a wrapped\nline\n-b\n+c\n", ODD, "@ t-+t"),
        ("@@ -1,9 +1,9 @@\n a\n@@ -50 +50 @@\n-b\n+c\n", SHORT, "@ @-+t"),
        ("@@ -1,9 +1,9 @@\n a wrapped\nline\n-b\n+c\n", ODD, "@ t-+t"),
        ("@@ -1,9 +1,2 @@\n a\n-b\n+c\n d\n", UNEVEN, "@ -+tt"),
        ("@@ -1,9 +1,9 @@\n a\n-b\n+c\n-- \n2.39.5\n\n", SHORT, "@ -+tttt"),
        ("@@ -1,9 +1,9 @@\n a\n-b\n+c\n\n-- \n2.39.5\n___\n", SHORT, "@ -+ttttt"),
        ("@@ -1,9 +1,9 @@\n a\n-b\n+c\n-- \n-d\n", SHORT, "@ -+--t"),
    ],
)
def test_damaged_hunks_are_whole_and_marked(body: str, trouble: str, kinds: str) -> None:
    found = index("--- a/x\n+++ b/x\n" + body)
    assert found.kinds == "hh" + kinds
    assert found.hunks[0].trouble == trouble
    assert found.files[0].trouble == trouble


def test_other_marks() -> None:
    assert index("@@ -1 +1 @@\n-a\n+b\n").hunks[0].trouble == STRAY
    assert index("diff --git a/x b/x\n").files[0].trouble == BARE
    liar = index("diff --git a/README b/README\nindex 1..2\n--- a/x\n+++ b/Makefile\n@@ -1 +1 @@\n-a\n+b\n")
    assert "Makefile" in liar.files[0].trouble
    assert liar.files[0].raw


@pytest.mark.parametrize(
    ("header", "raw"),
    [
        ("diff --git a/x b/x\nindex 1..2 100644\n", False),
        ("diff --git a/x b/x\nindex 1..2 and a hidden remark\n", True),
        ("diff --git a/x b/x\ndeleted file mode of some kind\n", True),
        ("diff --git a/x b/x\nindex 1..2\nBinary files a/x and b/x differ\n", False),
        ("diff --git a/x b/x\nindex 1..2\nBinary files a/x and more differ\n", True),
        ("--- a/x\t2020-01-01 00:00:00.0 +0100\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n", False),
        ("--- a/x\ta remark\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n", True),
        ("Index: x\n=====\n--- x\n+++ x\n@@ -1 +1 @@\n-a\n+b\n", False),
        ("Index: x\nprose\n--- x\n+++ x\n@@ -1 +1 @@\n-a\n+b\n", True),
    ],
)
def test_a_header_that_says_more_than_its_row_is_shown_raw(header: str, raw: bool) -> None:
    assert index(header).files[0].raw is raw


def test_stripped_blank_context_is_context() -> None:
    found = index("--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n\n-a\n+b\n\n")
    assert found.kinds == "hh@ -+ t"
    assert not found.hunks[0].trouble


def test_stripped_blank_context_of_a_crlf_mail_is_context() -> None:
    found = index("--- a/x\r\n+++ b/x\r\n@@ -1,3 +1,3 @@\r\n\r\n-a\r\n+b\r\n c\r\n")
    assert found.kinds == "hh@ -+ t"
    assert not found.hunks[0].trouble


def test_odd_line_separators_do_not_split() -> None:
    found = index("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\x0cb\u2028c\rd\n+b\n")
    assert found.kinds == "hh@-+t"


def test_absurd_numbers() -> None:
    huge = "9" * 5000
    found = index(f"--- a/x\n+++ b/x\n@@ -{huge},{huge} +1 @@\n-a\n")
    assert found.hunks[0].trouble


def test_sample_mails_lose_nothing(shared: Path) -> None:
    for path in sorted((shared / "mails").rglob("*.mbox")):
        index(path.read_bytes().decode("utf-8", "replace"))


def test_a_combined_hunk_cut_short_leaves_the_next_file_its_names() -> None:
    short = "diff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x\n@@@ -1,9 -1,9 +1,9 @@@\n  a\n- b\n"
    found = index(f"{short}--- a/y\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n")
    assert [(file.path, file.trouble) for file in found.files] == [("x", SHORT), ("y", "")]


def test_lines_that_look_like_names_are_content_of_a_combined_hunk() -> None:
    found = index(
        "diff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x\n@@@ -1 -1 +1 @@@\n--- a\n+++ b\n@@@ -9 -9 +9 @@@\n"
    )
    assert [hunk.end - hunk.start for hunk in found.hunks] == [3, 1]
    assert not found.hunks[0].trouble


def test_a_plain_file_has_no_combined_hunk() -> None:
    git = "diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
    found = index(f"{git}@@@ -1 -1 +1 @@@\n  a\n")
    assert len(found.hunks) == 1
    assert found.kinds == "hhhh@-+ttt"


@pytest.mark.parametrize(
    "header",
    [
        "--- a/x\n+++ b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n",
        "--- a/x\nindex 1..2 100644\n+++ b/x\n",
        "+++ b/x\n--- a/x\nindex 1..2 100644\n",
    ],
)
def test_names_may_stand_anywhere_in_a_git_header(header: str) -> None:
    found = index(f"diff --git a/x b/x\n{header}@@ -1 +1 @@\n-a\n+b\n")
    (file,) = found.files
    assert (file.path, file.added, file.removed, file.raw, file.trouble) == ("x", 1, 1, True, "")


def test_names_without_a_hunk_are_all_there_is() -> None:
    found = index("diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\nprose\n")
    (file,) = found.files
    assert (file.path, file.trouble, found.kinds) == ("x", BARE, "hhhhtt")


def test_git_header_with_files_that_differ() -> None:
    header = "diff --git a/x b/x\nindex 1..2 100644\n"
    assert index(f"{header}Files a/x and b/x differ\n").files[0].binary
    assert not index(f"{header}Files of prose\n").files[0].binary
    assert not index(f"{header}GIT binary patchwork\n").files[0].binary


def test_names_of_another_file_are_no_part_of_a_header() -> None:
    found = index("diff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x\n--- a/y\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n")
    assert [(file.path, file.trouble) for file in found.files] == [("x", BARE), ("y", "")]


def test_a_name_that_ends_with_a_blank_keeps_it() -> None:
    renamed = index("diff --git a/x b/y \nsimilarity index 100%\nrename from x\nrename to y \n").files[0]
    assert (renamed.old_path, renamed.new_path) == ("x", "y ")


def test_a_stray_name_in_a_git_header_is_no_file() -> None:
    head = "diff --git a/x b/y\nsimilarity index 89%\n--- a/q\nrename from x\nrename to y\n"
    (file,) = index(f"{head}--- a/x\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n").files
    assert (file.old_path, file.new_path, file.raw) == ("x", "y", True)


def test_a_deleted_file_has_no_new_name() -> None:
    head = "diff --git a/x b/x\ndeleted file mode 100644\nindex 1..0\n--- a/x\n"
    assert "y" in index(f"{head}+++ b/y\n@@ -1 +0,0 @@\n-a\n").files[0].trouble
    assert index(f"{head}+++ /dev/null\n@@ -1 +0,0 @@\n-a\n").files[0].trouble == ""


def test_an_index_that_takes_long_is_given_up_where_that_is_asked_for() -> None:
    for text in ("Binary files a and b differ\n" * 3, "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"):
        with pytest.raises(TakesLong):
            index_diff(text, 1e-9)
        assert index_diff(text).kinds == index_diff(text, 60).kinds

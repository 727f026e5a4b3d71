"""Every kind of diff that mail brings is shown whole, and marked where it is damaged."""

from __future__ import annotations

import pytest

from tests.bench.fuzz_diff import check
from tui.diff.document import build_document
from tui.diff.hunks import LONG, ODD, SHORT
from tui.diff.index import STRAY, index_diff
from tui.diff.row import Kind

HEAD = "diff --git a/x.c b/x.c\nindex 1..2 100644\n--- a/x.c\n+++ b/x.c\n"
HUNK = "@@ -1,3 +1,4 @@ int f(void)\n one\n-two\n+2\n+2.5\n three\n"
PLAIN = "--- x.c.orig\t2024-01-02 03:04:05.000000000 +0100\n+++ x.c\t2024-01-02 03:04:06.000000000 +0100\n"
COMBINED = (
    "diff --cc x.c\nindex 1,2..3\n--- a/x.c\n+++ b/x.c\n"
    "@@@ -1,4 -1,3 +1,4 @@@ int f(void)\n  one\n- two\n -zwei\n++2\n +drei\n  three\n"
)
SIGNATURE = "-- \n2.39.5\n"
FOOTER = "_______________________________________________\nlist mailing list\n- list@example.org\n"

SOUND = {
    "git": HEAD + HUNK,
    "combined": COMBINED,
    "combined, by its long name": COMBINED.replace("--cc", "--combined"),
    "diff -u": PLAIN + HUNK,
    "diff -u below a command": f"diff -u x.c.orig x.c\n{PLAIN}{HUNK}",
    "diff -u below Index": f"Index: x.c\n{'=' * 67}\n{PLAIN}{HUNK}",
    "Subversion": f"Index: x.c\n{'=' * 67}\n--- x.c\t(revision 12)\n+++ x.c\t(working copy)\n{HUNK}",
    "CVS": f"Index: x.c\n{'=' * 67}\nRCS file: /cvs/x.c,v\ndiff -u -r1.1 x.c\n{PLAIN}{HUNK}",
    "quoted": 'diff --git "a/\\303\\244\\t.c" "b/\\303\\244\\t.c"\nindex 1..2 100644\n'
    f'--- "a/\\303\\244\\t.c"\n+++ "b/\\303\\244\\t.c"\n{HUNK}',
    "blanks in a name": "diff --git a/a b/c d b/a b/c d\nindex 1..2 100644\n"
    f"--- a/a b/c d\t\n+++ b/a b/c d\t\n{HUNK}",
    "no prefix": (HEAD + HUNK).replace("a/", "").replace("b/", ""),
    "CRLF": (HEAD + HUNK).replace("\n", "\r\n"),
    "CRLF in the file": HEAD + HUNK.replace("two\n", "two\r\n").replace("2\n", "2\r\n"),
    "blank context, stripped": HEAD + HUNK.replace(" one\n", "\n"),
    "blank context, stripped, CRLF": (HEAD + HUNK.replace(" one\n", "\n")).replace("\n", "\r\n"),
    "a signature": HEAD + HUNK + SIGNATURE,
    "a signature right behind blank context": HEAD + HUNK.replace(" three\n", "\n") + SIGNATURE,
    "a list's footer": HEAD + HUNK + FOOTER,
    "a signature and a footer": HEAD + HUNK + SIGNATURE + "\n" + FOOTER,
    "prose around": f"Hello,\n- this\n+ that\n@@ what\n\n{HEAD}{HUNK}\nRegards,\n--\nme\n",
    "a diff that removes one": "--- a/p\n+++ b/p\n@@ -1,4 +0,0 @@\n--- a/y\n-+++ b/y\n-@@ -1 +1 @@\n--- \n",
}
DAMAGED = {
    "cut short": (HEAD + HUNK.replace(" three\n", ""), SHORT),
    "cut short before a signature": (HEAD + HUNK.replace("+2.5\n three\n", "") + SIGNATURE, SHORT),
    "cut short before a file": (
        HEAD + HUNK.replace("+2.5\n three\n", "") + HEAD.replace("x", "y") + HUNK,
        SHORT,
    ),
    "wrapped": (HEAD + HUNK.replace(" three", " three\nand four"), ""),
    "wrapped in the middle": (HEAD + HUNK.replace("-two", "-two\nand so on"), ODD),
    "a line too many": (HEAD + HUNK + "+extra\n", LONG),
    "a line lost": (HEAD + HUNK.replace("-two\n", ""), SHORT),
    "combined, cut short": (COMBINED.replace(" +drei\n  three\n", ""), SHORT),
    "without a file": (HUNK, STRAY),
    "another name": (HEAD.replace("--- a/x.c", "--- a/y.c") + HUNK, "its header names other files: y.c"),
}


@pytest.mark.parametrize("kind", SOUND)
def test_sound_diffs(kind: str) -> None:
    found = check(SOUND[kind])
    assert len(found.files) == 1
    assert [file.trouble for file in found.files] == [""]
    assert len(found.hunks) == 1
    assert found.files[0].added + found.files[0].removed >= 3


@pytest.mark.parametrize("kind", DAMAGED)
def test_damaged_diffs(kind: str) -> None:
    text, trouble = DAMAGED[kind]
    found = check(text)
    troubles = [file.trouble for file in found.files] or [hunk.trouble for hunk in found.hunks]
    assert troubles[0] == trouble


def test_a_wrapped_last_line_is_shown_below_its_hunk() -> None:
    text = DAMAGED["wrapped"][0]
    document = build_document("", text)
    rows = [document.row(n) for n in range(document.count)]
    assert rows[-1].text == "and four"
    assert rows[-1].kind is Kind.RAW


@pytest.mark.parametrize("kind", SOUND)
def test_diffs_in_the_message_are_shown_there(kind: str) -> None:
    content = f"As in:\n\n{SOUND[kind]}"
    document = build_document(content, HEAD + HUNK)
    shown = "\n".join(document.row(n).text for n in range(document.count))
    for line in filter(None, content.replace("\r", "").split("\n")):
        assert line in shown


@pytest.mark.parametrize(
    ("text", "files", "hunks"),
    [
        (
            "".join(f"diff --git a/{n} b/{n}\nold mode 100644\nnew mode 100755\n" for n in range(20_000)),
            20_000,
            0,
        ),
        (f"--- a/x\n+++ b/x\n@@ -0,0 +1,200000 @@\n{'+x' + chr(10)}" + "+x\n" * 199_999, 1, 1),
        (f"--- a/x\n+++ b/x\n@@ -0,0 +1,200001 @@\n{'+x' + chr(10)}" + "+x\n" * 199_999, 1, 1),
        ("\n" * 100_000, 0, 0),
        ("--- a/x\n+++ b/x\n@@ -1,100000 +1,100000 @@\n" + "\n" * 100_000, 1, 1),
        ("--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+" + "x" * 1_000_000 + "\n", 1, 1),
        ("@@ -1,9 +1,9 @@\n" * 50_000, 0, 50_000),
        ("@@@ -1,9 -1,9 +1,9 @@@\n-- \n" * 25_000, 0, 25_000),
        ("diff --git a/x b/x\n" * 50_000, 50_000, 0),
    ],
)
def test_the_huge_is_indexed_in_one_pass(text: str, files: int, hunks: int) -> None:
    found = index_diff(text)
    assert (len(found.files), len(found.hunks)) == (files, hunks)
    assert len(found.kinds) == len(found.lines)

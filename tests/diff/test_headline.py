"""The header row of a file says what happened to it."""

from __future__ import annotations

import pytest

from tui.diff.headline import both_names, describe, is_hostile
from tui.diff.index import index_diff

GIT = "diff --git a/x b/x\n"
HUNK = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"


@pytest.mark.parametrize(
    ("diff", "words"),
    [
        (f"{GIT}index 1..2 100644\n{HUNK}", ""),
        (f"{GIT}new file mode 100644\nindex 0..2\n", "new file"),
        (f"{GIT}new file mode 100755\nindex 0..2\n", "new file, mode 100755"),
        (f"{GIT}new file mode 120000\nindex 0..2\n", "new file, symbolic link"),
        (f"{GIT}deleted file mode 100644\nindex 1..0\n", "deleted"),
        (
            "diff --git a/x b/y\nsimilarity index 96%\nrename from x\nrename to y\nindex 1..2 100644\n",
            "renamed from x 96%",
        ),
        ("diff --git a/x b/y\nsimilarity index 100%\ncopy from x\ncopy to y\n", "copied from x 100%"),
        (f"{GIT}old mode 100644\nnew mode 100755\n", "mode 100644 → 100755"),
        (f"{GIT}index 1..2 100644\nBinary files a/x and b/x differ\n", "binary"),
        (f"{GIT}index 1..2 100644\nGIT binary patch\nliteral 142\nzcmZ\n\n", "binary, 142 bytes"),
        (f"{GIT}index {'1' * 40}..{'2' * 40} 160000\n{HUNK}", "submodule 111111111111..222222222222"),
        (f"{GIT}new file mode 160000\nindex 0000000..1234567\n", "new file, submodule 1234567"),
        (f"{GIT}deleted file mode 160000\nindex 1234567..0000000\n", "deleted, submodule 1234567"),
        ("--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+b\n", "new file"),
        ("--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-b\n", "deleted"),
        ("--- x.c\n+++ y.c\n@@ -1 +1 @@\n-a\n+b\n", "was x.c"),
        ("--- old/net/x.c\n+++ new/net/y.c\n@@ -1 +1 @@\n-a\n+b\n", "was old/net/x.c"),
        ("--- old/net/x.c.orig\n+++ new/net/x.c\n@@ -1 +1 @@\n-a\n+b\n", ""),
        ("--- linux.orig/net/x.c\n+++ net/x.c\n@@ -1 +1 @@\n-a\n+b\n", ""),
        ("Binary files a/x and b/x differ\n", "binary"),
        ("Binary files a/x and /dev/null differ\n", "deleted, binary"),
    ],
)
def test_what_happened(diff: str, words: str) -> None:
    (file,) = index_diff(diff).files
    assert describe(file) == words


@pytest.mark.parametrize(
    ("old", "new", "briefly", "both"),
    [
        ("x", "y", "x", "x → y"),
        ("net/a.c", "lib/b.c", "net/a.c", "net/a.c → lib/b.c"),
        ("net/core/a.c", "net/core/b.c", "…/a.c", "net/core/{a.c → b.c}"),
        ("net/core/a.c", "net/ipv4/a.c", "…/core/…", "net/{core → ipv4}/a.c"),
        ("a.c", "net/a.c", "a.c", "{ → net}/a.c"),
        ("net/a.c", "a.c", "net/…", "{net → }/a.c"),
        ("net/core/x/a.c", "net/core/y/x/a.c", "…/core/x/…", "net/core/{ → y}/x/a.c"),
        ("net/x/x/a.c", "net/x/a.c", "…/x/…", "net/x/{x → }/a.c"),
    ],
)
def test_of_an_old_name_only_what_differs_is_told_where_there_is_little_room(
    old: str, new: str, briefly: str, both: str
) -> None:
    names = f"rename from {old}\nrename to {new}\n"
    (file,) = index_diff(f"diff --git a/{old} b/{new}\nsimilarity index 96%\n{names}").files
    assert describe(file) == f"renamed from {old} 96%"
    assert describe(file, 1) == f"renamed from {briefly} 96%"
    assert describe(file, 2) == "renamed 96%"
    assert both_names(old, new) == both


@pytest.mark.parametrize(
    ("line", "hostile"),
    [
        ("plain", False),
        ("na\u00efve \u4e2d\u6587\u3000\x0c\r", False),
        *[
            (f"a{character}b", True)
            for character in "\x1b\x00\x7f\x9b\u202e\u200b\ufeff\u00ad\ud800\U000e0041"
        ],
    ],
)
def test_hidden_characters_are_told_of(line: str, hostile: bool) -> None:
    index = index_diff(f"--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+{line}\n")
    assert is_hostile(index.lines.text) is hostile

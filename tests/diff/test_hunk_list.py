"""The hunks of a diff are kept by columns, and come out as they stand in it."""

from __future__ import annotations

from tui.diff.hunks import Hunk
from tui.diff.index import index_diff

DIFF = """\
diff --git a/a.c b/a.c
--- a/a.c
+++ b/a.c
@@ -1,2 +1,2 @@ int main(void) @@ odd
-one
+two
 three
@@ -10 +10,2 @@
 ten
+eleven
diff --cc b.c
--- a/b.c
+++ b/b.c
@@@ -1 -1 +1 @@@ merged
--one
++two
"""
STRAY = "@@ -7 +7 @@\n-a\n+b\n"


def test_hunks_come_out_as_their_headers_say() -> None:
    """Also sections that have an ``@@`` of their own, and combined ones."""
    hunks = index_diff(DIFF).hunks

    assert list(hunks) == [
        Hunk(3, 7, 0, 1, 2, 1, 2, "int main(void) @@ odd"),
        Hunk(7, 10, 0, 10, 1, 10, 2, ""),
        Hunk(13, 16, 1, 1, 1, 1, 1, "merged", signs=2),
    ]
    assert hunks[-1] == hunks[2] and hunks[1:] == [hunks[1], hunks[2]]
    assert list(hunks.starts) == [3, 7, 13]
    assert hunks.combined == [hunks[2]] and not hunks.stray
    assert hunks.highest == 12


def test_a_hunk_below_no_file_is_stray() -> None:
    """As in a diff that was torn."""
    hunks = index_diff(STRAY + DIFF).hunks

    assert hunks.stray == [hunks[0]]

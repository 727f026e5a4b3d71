"""The same changes stay the same on another base, and nothing else does."""

from __future__ import annotations

import pytest

from tui.diff.sheet import Numbers, Sheet, Text
from tui.diff.substance import Seal, has_same_changes, pack, seal_leaf, seal_words, unpack

DIFF = """\
diff --git a/ring.c b/ring.c
index 1234567..89abcde 100644
--- a/ring.c
+++ b/ring.c
@@ -10,7 +10,8 @@ int ring_init(struct ring *r)
 \tr->head = 0;
 \tr->tail = 0;

-\tr->size = size;
+\tr->size = roundup(size);
+\tr->mask = r->size - 1;
 \tr->flags = 0;
 \treturn 0;
 }
"""


NUMBERS = Numbers()


def sheet(diff: str, content: str = "Why.", name: str = "[PATCH v2 1/2] ring: round up") -> Sheet:
    return Sheet(Text(name, content, diff), NUMBERS)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("@@ -10,7 +10,8 @@", "@@ -310,7 +314,8 @@"),
        ("int ring_init(struct ring *r)", "int ring_start(struct ring *r)"),
        (" \tr->tail = 0;", " \tr->tail = r->head;"),
        (" \tr->head = 0;\n", " \tr->head = 0;\n"),
        ("1234567..89abcde", "aaaaaaa..bbbbbbb"),
        (" \treturn 0;\n }\n", " \treturn ring_check(r);\n }\n"),
    ],
)
def test_a_rebase_changes_nothing(old: str, new: str) -> None:
    assert old in DIFF
    assert has_same_changes(sheet(DIFF), sheet(DIFF.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("roundup(size)", "roundup(size) "),
        ("+\tr->mask", "+    r->mask"),
        ("-\tr->size = size;\n", "-\tr->size = bytes;\n"),
        ("b/ring.c", "b/rings.c"),
        ("index 1234567..89abcde 100644", "old mode 100644\nnew mode 100755\nindex 1234567..89abcde"),
        # The added line is put behind one that stayed.
        (
            "+\tr->mask = r->size - 1;\n \tr->flags = 0;\n",
            " \tr->flags = 0;\n+\tr->mask = r->size - 1;\n",
        ),
    ],
)
def test_what_is_changed_is_told(old: str, new: str) -> None:
    assert old in DIFF
    assert not has_same_changes(sheet(DIFF), sheet(DIFF.replace(old, new)))


def test_the_same_lines_at_another_place_are_a_change() -> None:
    hunk = "@@ -1,3 +1,4 @@\n one thing\n+\tlock(r);\n two things\n three things\n"
    head = DIFF[: DIFF.index("@@")]
    there = hunk.replace(" one thing\n+\tlock(r);\n two things\n", " one thing\n two things\n+\tlock(r);\n")
    assert not has_same_changes(sheet(head + hunk), sheet(head + there))
    elsewhere = hunk.replace("one", "four").replace("two", "five").replace("three", "six")
    assert not has_same_changes(sheet(head + hunk), sheet(head + elsewhere))


def test_a_message_is_known_by_its_words_and_not_by_its_trailers() -> None:
    before = seal_words(sheet("", "Why not.\n\nSigned-off-by: A <a@example.org>\n---\nv2: better"))
    tagged = "Why not.\n\nReviewed-by: B <b@example.org>\nSigned-off-by: A <a@example.org>"
    assert before == seal_words(sheet("", tagged, "[PATCH v3 2/9] ring: round up"))
    assert before != seal_words(sheet("", "Why then."))
    assert before != seal_words(sheet("", "Why not.", "[PATCH] ring: round down"))


def test_places_can_be_kept() -> None:
    seal = seal_leaf(sheet(DIFF).leaves[0])
    places = unpack(seal.places)
    assert places and places[0][0] and places[0][1]
    assert pack(places) == seal.places
    assert unpack("") == () and unpack("what|ever;") == ()
    assert Seal(seal.digest, seal.places).is_same(seal)

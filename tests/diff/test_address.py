"""Addresses of lines, and what is found in them."""

from __future__ import annotations

import pytest

from tui.diff.address import Address, line_at
from tui.diff.document import build_document
from tui.diff.hunk_list import HunkList
from tui.diff.hunks import Hunk
from tui.diff.index import index_diff
from tui.diff.row import Kind
from tui.diff.search import compile_search

DIFF = """\
diff --git a/old.c b/new.c
similarity index 90%
rename from old.c
rename to new.c
--- a/old.c
+++ b/new.c
@@ -10,3 +12,4 @@ f
 one
-two
+2
+2.5
 three
\\ No newline at end of file
--- a/b
+++ b/b
@@ -1 +1 @@
-two
+TWO
"""


def test_addresses_lead_there_and_back() -> None:
    document = build_document("Why.", DIFF)
    top = document.place_of(6)
    found = [document.address(place) for place in range(top, top + 7)]
    assert found == [
        None,
        Address("new.c", "new", 12),
        Address("old.c", "old", 11),
        Address("new.c", "new", 13),
        Address("new.c", "new", 14),
        Address("new.c", "new", 15),
        None,
    ]
    assert [document.place_at(address) for address in found if address] == [*range(top + 1, top + 6)]
    assert document.place_at(Address("old.c", "old", 12)) == top + 5
    for path, side, number in (("new.c", "new", 16), ("new.c", "new", 11), ("x", "new", 12), ("b", "old", 0)):
        assert document.place_at(Address(path, side, number)) is None
    assert document.address(0) is None


def test_lines_and_places() -> None:
    document = build_document("Why.", DIFF)
    rows = document.file_rows
    assert [document.place_of(line) for line in (0, 3, 5, 14)] == [rows[0], rows[0], rows[0], rows[1]]
    assert document.line_of(rows[0]) == -1
    assert document.line_of(0) == -1
    assert document.line_of(document.places - 1) == len(document.index.lines) - 2


def test_a_stray_hunk_has_no_address() -> None:
    document = build_document("", "@@ -1 +1 @@\n-a\n+b\n")
    assert [document.address(place) for place in range(document.places)] == [None] * document.places


def test_numbers_at_the_end_of_a_long_hunk_and_back() -> None:
    size = 30_000
    body = "\n".join(["-a", "+b", " c"] * size)
    document = build_document("", f"--- a/x\n+++ b/x\n@@ -1,{2 * size} +5,{2 * size} @@\n{body}\n")
    last = document.row(document.count - 1)
    assert (last.old, last.new) == (2 * size, 2 * size + 4)
    first = document.row(document.hunk_rows[0] + 1)
    assert (first.old, first.new) == (1, 0)
    place = document.place_at(Address("x", "new", size))
    assert place is not None
    assert document.address(place) == Address("x", "new", size)


def test_text_is_without_signs_and_found() -> None:
    document = build_document("Two reasons.", DIFF)
    hits = document.haystack.find(compile_search("two"))
    assert [document.text_at(place) for place in hits] == ["Two reasons.", "two", "two", "TWO"]
    assert document.haystack.find(compile_search("-two")) == []
    assert [document.plain_row(place).kind for place in document.haystack.find(compile_search("old.c"))] == [
        Kind.STAT,
        Kind.FILE,
    ]
    starts = document.haystack.find(compile_search("^2", regex=True))
    assert [document.text_at(place) for place in starts] == [
        "2 files changed, 3 insertions(+), 2 deletions(-)",
        "2",
        "2.5",
    ]


def test_what_is_folded_is_found() -> None:
    document = build_document("", DIFF)
    document.fold_all(True)
    place = document.haystack.find(compile_search("TWO"))[0]
    assert document.row(document.row_at(place)).kind is Kind.FOLD
    assert document.unfold(place)
    assert document.row(document.row_at(place)).text == "+TWO"


def test_one_of_many_hunks_is_found_without_reading_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    hunks = "".join(f"@@ -{n} +{n} @@\n-a{n}\n+b{n}\n" for n in range(1, 501))
    index = index_diff(f"--- a/x.c\n+++ b/x.c\n{hunks}@@ -900,9 +900,9 @@\n-damaged\n+damaged\n")
    made: list[int] = []
    plain = HunkList._make

    def make(self: HunkList, number: int) -> Hunk:
        made.append(number)
        return plain(self, number)

    monkeypatch.setattr(HunkList, "_make", make)
    for side, text in (("old", "-a400"), ("new", "+b400")):
        line = line_at(index, Address("x.c", side, 400))
        assert line is not None
        assert index.lines[line] == text
    assert set(made) == {399}
    assert line_at(index, Address("x.c", "new", 700)) is None
    damaged = line_at(index, Address("x.c", "new", 900))
    assert damaged is not None
    assert index.lines[damaged] == "+damaged"
    document = build_document("", index.lines.text)
    made.clear()
    assert len(list(document.lines_at(range(document.places)))) > 1000
    assert made == []

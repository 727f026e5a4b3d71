"""Rows of every shape against those worked out the long way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diff import naive_rows
from tui.diff.document import Document, build_document
from tui.diff.forms import Shape
from tui.diff.row import Kind

MESSAGE = "Why it is so, and of late it is\n\nSigned-off-by: A <a@example.org>\n"


def fold_some(document: Document, numbers: list[int]) -> tuple[set[int], set[int]]:
    """Fold or open what is at some places; return what is folded, told from its rows alone."""
    for number in numbers:
        place = number % document.places
        before = document.folds
        assert document.fold(place) is (document.folds != before)
    files = {n for n in range(len(document.index.files)) if document.is_folded(file=n)}
    return files, {n for n in range(len(document.index.hunks)) if document.is_folded(hunk=n)}


@settings(max_examples=150, deadline=None)
@given(naive_rows.DIFFS, naive_rows.SHAPES, st.lists(st.integers(0, 200), max_size=4))
def test_rows_of_every_shape(diff: str, shape: Shape, numbers: list[int]) -> None:
    document = build_document(MESSAGE, diff)
    document.lay_out(shape)
    files, hunks = fold_some(document, numbers)
    expected = naive_rows.rows(document.index, shape, files, hunks)
    lead = document.count - len(expected)
    assert lead > 0
    found = [document.row(number) for number in range(document.count)]
    assert [naive_rows.seen(row) for row in found[lead:]] == expected
    assert [n for n, row in enumerate(found) if row.kind is Kind.FILE] == list(document.file_rows)
    assert [n for n, row in enumerate(found) if row.kind is Kind.HUNK] == list(document.hunk_rows)


@settings(max_examples=150, deadline=None)
@given(naive_rows.DIFFS, naive_rows.SHAPES, naive_rows.SHAPES, st.lists(st.integers(0, 200), max_size=4))
def test_a_place_is_the_same_text_at_every_shape(
    diff: str, shape: Shape, other: Shape, numbers: list[int]
) -> None:
    document = build_document(MESSAGE, diff)
    texts = [document.text_at(place) for place in range(document.places)]
    document.fold_all(False)  # a packed binary starts folded
    assert document.count == document.places
    for form in (shape, other, shape):
        document.lay_out(form)
        fold_some(document, numbers)
        for row in range(document.count):
            place, start = document.where(row)
            assert document.row_at(place, start) == row
            assert 0 <= start <= len(texts[place])
        for place in range(document.places):
            shown = document.row(document.row_at(place))
            line = document.line_of(place)
            if line >= 0 and shown.kind is not Kind.FOLD:
                sides = (shown.left, shown.right) if shown.kind is Kind.PAIR else (shown,)
                assert line in [part.line for part in sides if part is not None]
                assert document.place_of(line) == place
        assert [document.text_at(place) for place in range(document.places)] == texts


@settings(max_examples=100, deadline=None)
@given(naive_rows.DIFFS, naive_rows.SHAPES, st.lists(st.integers(0, 200), max_size=6))
def test_every_line_is_shown_or_folded(diff: str, shape: Shape, numbers: list[int]) -> None:
    document = build_document("", diff)
    document.lay_out(shape)
    fold_some(document, numbers)
    for place in range(document.places):
        hides = document.row(document.row_at(place)).kind is Kind.FOLD
        assert document.unfold(place) is hides
        assert document.row(document.row_at(place)).kind is not Kind.FOLD
    shown: set[int] = set()
    for number in range(document.count):
        row = document.row(number)
        shown |= {part.line for part in (row, row.left, row.right) if part is not None}
    index = document.index
    last = len(index.lines) - (index.lines[-1] == "")
    assert {index.kinds[line] for line in set(range(last)) - shown} <= {"h", "b"}
    raw = {line for file in index.files if file.raw for line in range(file.start, min(file.end, last))}
    assert raw <= shown


@settings(max_examples=100, deadline=None)
@given(naive_rows.DIFFS, naive_rows.SHAPES)
def test_addresses_lead_back(diff: str, shape: Shape) -> None:
    document = build_document("", diff)
    document.lay_out(shape)
    for place in range(document.places):
        address = document.address(place)
        if address is not None:
            there = document.place_at(address)
            assert there is not None
            row = document.plain_row(there)
            assert (row.old if address.side == "old" else row.new) == address.number


@pytest.mark.parametrize("tabs", [1, 2, 5])
def test_no_piece_is_lost_where_there_is_too_much_to_measure(
    tabs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.diff.wrap.EFFORT", 0)
    lines = ["a\tb" + "y" * 300, *("\t" * tabs + "x" * length for length in range(60, 320, 7))]
    added = "".join(f"+{line}\n" for line in lines)
    document = build_document("", f"--- a/x.c\n+++ b/x.c\n@@ -0,0 +1,{len(lines)} @@\n{added}")
    document.lay_out(Shape(100, 100, wrap=True))
    rows = [row for row in map(document.row, range(document.count)) if row.kind is Kind.BODY]
    first = rows[0].line
    shown = [
        "".join(row.text[1:][row.start : row.end] for row in rows if row.line == first + number)
        for number in range(len(lines))
    ]
    assert shown == lines


@pytest.mark.parametrize("split", [False, True])
def test_all_pieces_of_a_long_line_are_of_one_text(split: bool) -> None:
    document = build_document("", f"--- a/x\n+++ b/x\n@@ -1 +1 @@\n-{'a' * 5_000}\n+{'b' * 5_000}\n")
    document.lay_out(Shape(100, 50, split=split, wrap=True))
    rows = [row for row in map(document.row, range(document.count)) if row.kind in (Kind.BODY, Kind.PAIR)]
    pieces = [side for row in rows for side in (row.left, row.right, row) if side is not None and side.end]
    assert len(pieces) >= 200
    assert len({id(piece.text) for piece in pieces}) == 2

"""Rows noted below lines: where they are, and that nothing else moves."""

from __future__ import annotations

import random

import pytest

from tests.bench.made_diff import make_patch
from tui.diff.document import Document, build_document
from tui.diff.forms import Shape
from tui.diff.row import Kind, Row

SHAPES = [
    Shape(80, 70),
    Shape(80, 30, wrap=True),
    Shape(160, 70, split=True),
    Shape(160, 25, split=True, wrap=True),
]


def made(shape: Shape, notes: dict[int, int], folds: bool = False) -> tuple[Document, list[Row]]:
    document = build_document("Made up.\n", make_patch(300, files=3))
    document.lay_out(shape)
    if folds:
        document.fold(document.place_of(document.index.files[1].start))
    before = [document.row(number) for number in range(document.count)]
    document.set_notes(lambda _: notes)
    return document, before


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("folds", [False, True])
def test_notes_stand_below_their_lines_and_all_else_is_as_before(
    shape: Shape, seed: int, folds: bool
) -> None:
    chance = random.Random(seed)
    plain = build_document("Made up.\n", make_patch(300, files=3))
    bodies = [n for n, kind in enumerate(plain.index.kinds) if kind in " +-@"]
    notes = {line: chance.randrange(1, 6) for line in chance.sample(bodies, 12)}
    document, before = made(shape, notes, folds)
    rows = [document.row(number) for number in range(document.count)]
    assert [row for row in rows if row.kind is not Kind.NOTE] == before
    for number, row in enumerate(rows):
        place, start = document.where(number)
        assert document.row_at(place, start) == number
        if row.kind is Kind.NOTE:
            assert row.start < notes[row.line]
    noted = [(row.line, row.start) for row in rows if row.kind is Kind.NOTE]
    shown = [line for line in sorted(notes) if not document.hides(document.place_of(line))]
    assert sorted(noted) == [(line, number) for line in shown for number in range(notes[line])]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_note_is_right_below_the_last_row_of_its_line(shape: Shape) -> None:
    document, _ = made(shape, {})
    for line in (n for n, kind in enumerate(document.index.kinds) if kind in " +-"):
        noted = {line: 2}
        document.set_notes(lambda _: noted)  # noqa: B023
        place = document.place_of(line)
        first = next(
            n for n in range(document.row_at(place), document.count) if document.row(n).kind is Kind.NOTE
        )
        above = document.row(first - 1)
        sides = [side.line for side in (above.left, above.right) if side] or [above.line]
        assert line in sides or document.row(first - 1).kind is Kind.PAIR
        assert [document.row(first + n).start for n in range(2)] == [0, 1]


def test_without_notes_all_is_as_it_was() -> None:
    document, before = made(SHAPES[0], {5: 3})
    document.set_notes(None)
    assert [document.row(number) for number in range(document.count)] == before


def test_notes_are_counted_anew_for_another_width() -> None:
    document, before = made(SHAPES[0], {})
    document.set_notes(lambda width: {6: width // 10})
    assert document.count == len(before) + 8
    document.lay_out(Shape(40, 30))
    assert sum(document.row(n).kind is Kind.NOTE for n in range(document.count)) == 4

"""Colour comes late, never holds a page up, and stays away where no lexer can be had."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import pytest

from tests.widgets.reader_rig import many
from tui.diff import highlight
from tui.diff.document import Document, build_document
from tui.diff.row import Kind
from tui.diff.tinter import Tinter
from tui.widgets.reader_ink import Ink


@pytest.fixture
def tinter(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tinter]:
    """A process of the test's own."""
    tinter = Tinter()
    monkeypatch.setattr(highlight, "shared", lambda: tinter)
    yield tinter
    tinter.close()


def body_rows(document: Document) -> list[int]:
    return [n for n in range(document.count) if document.row(n).kind is Kind.BODY]


def come(ink: Ink, rows: range) -> set[int]:
    """Wait for what rows lack; return the rows that were drawn anew."""
    done: set[int] = set()
    for _ in range(2000):
        done.update(ink.work(rows, 0.004))
        if not ink.is_waiting:
            return done
        ink._painter.poll(0.05)
    raise AssertionError("it never came")


def test_the_first_row_asks_for_the_page(tinter: Tinter) -> None:
    document = build_document("", many(1, 6, 3))
    ink = Ink(document)
    rows = body_rows(document)
    assert ink.spans(rows[0], document.row(rows[0]), perf_counter() + 0.01) is None
    assert ink._painter.asked == 6
    assert come(ink, range(document.count)) == set(rows)
    assert all(ink.spans(row, document.row(row), 0.0) for row in rows)


def test_once_there_colors_come_with_the_first_paint(tinter: Tinter) -> None:
    document = build_document("", many(1, 1, 5))
    come_first, ink = Ink(document), Ink(document)
    row = body_rows(document)[0]
    come_first.look_ahead(range(document.count))
    come(come_first, range(document.count))
    assert tinter.is_prompt
    assert ink.spans(row, document.row(row), perf_counter() + 20)
    assert not ink.lacks(range(row, row + 1))


def test_what_scrolled_by_is_not_waited_for(tinter: Tinter) -> None:
    document = build_document("", many(1, 1, 5))
    ink = Ink(document)
    ink.look_ahead(range(document.count))
    assert ink.is_waiting
    assert ink.work(range(1000, 1001), 0.004) == []
    assert not ink.is_waiting


def test_without_a_process_all_is_plain_and_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    tinter = Tinter(["/nowhere/python"])
    monkeypatch.setattr(highlight, "shared", lambda: tinter)
    document = build_document("", many(2, 2, 3))
    ink = Ink(document)
    rows = body_rows(document)
    assert [ink.spans(row, document.row(row), 0.0) for row in rows] == [b""] * len(rows)
    assert not ink.is_waiting

"""Lines folded at words, by the cells they take."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.text import cells, clean
from tui.diff.prose import fold, is_prose


def texts(line: str, width: int, hang: int = 0) -> list[str]:
    return [text for _, text in fold(line, width, hang)]


def test_folds_at_words() -> None:
    assert texts("one two  three", 8) == ["one two", "three"]
    assert texts("one two", 7) == ["one two"]
    assert texts("Cc: one two three", 12, 3) == ["Cc: one two", "   three"]
    assert texts("- one two three", 12) == ["- one two", "  three"]
    assert texts("12. one two three four", 16) == ["12. one two", "    three four"]


def test_breaks_what_is_wider_than_a_row() -> None:
    assert texts("see https://example.org/1", 10) == ["see https:", "//example.", "org/1"]
    assert texts("漢字かな漢字", 5) == ["漢字", "かな", "漢字"]
    assert texts("漢字", 1) == ["漢", "字"]


def test_measures_what_is_shown() -> None:
    assert texts("a\u202eb cd ef", 8) == ["a⟨202E⟩b", "cd ef"]


@given(st.text(st.characters(exclude_characters="\n"), max_size=80), st.integers(1, 30), st.integers(0, 6))
def test_nothing_is_lost(line: str, width: int, hang: int) -> None:
    pieces = fold(line, width, hang)
    shown = clean(line)
    assert "".join(clean(text) for _, text in pieces).replace(" ", "") == shown.replace(" ", "")
    assert all(cells(text) <= max(2, width) for _, text in pieces)
    starts = [start for start, _ in pieces]
    assert starts == sorted(set(starts))
    assert starts[0] == 0


@pytest.mark.parametrize("line", ["", " code", "> quoted", "| table |", "\tcode", "-----", "a     b", "a\tb"])
def test_what_is_no_prose(line: str) -> None:
    assert not is_prose(line)


def test_what_is_prose() -> None:
    assert is_prose("Words.  And more.")

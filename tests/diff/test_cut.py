"""Long lines in pieces that fit."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diff.naive_rows import pieces
from tui.core.text import cells, clean
from tui.diff.cut import WIDEST, count_simply, cut

CODE = st.text(st.sampled_from("ab {}\t\t\r\f"), max_size=60)
ODD = st.text(st.sampled_from("ab \t漢字é\u0301\u202e\x1b\r\U000e0001"), max_size=60)


def texts(text: str, width: int, *, measured: bool = True) -> list[str]:
    starts = [*cut(text, width, measured=measured), len(text)]
    return [text[start:end] for start, end in pairwise(starts)]


@settings(max_examples=250)
@given(st.one_of(CODE, ODD), st.integers(1, 40))
def test_pieces_are_as_long_as_fits(text: str, width: int) -> None:
    assert texts(text, width) == [text[start:end] for start, end in pieces(text, width)]


@settings(max_examples=250)
@given(st.one_of(CODE, ODD), st.integers(WIDEST, 40))
def test_unmeasured_pieces_fit_too(text: str, width: int) -> None:
    found = texts(text, width, measured=False)
    assert "".join(found) == text
    assert all(cells(clean(piece)) <= width for piece in found)


@settings(max_examples=250)
@given(CODE, st.integers(1, 60))
def test_the_length_tells_how_many(text: str, width: int) -> None:
    assert count_simply(text, width) in (0, len(pieces(text, width)))


@pytest.mark.parametrize("indent", range(4))
def test_indented_code_is_counted_by_its_length(indent: int) -> None:
    text = "\t" * indent + "x" * 100
    assert count_simply(text, 40) == len(cut(text, 40)) == -(-(100 + 8 * indent) // 40)
    assert count_simply("漢" * 10, 40) == 0


def test_no_wide_character_is_cut_and_no_mark_is_left_alone() -> None:
    assert texts("漢字漢字", 3) == ["漢", "字", "漢", "字"]
    assert texts("ae\u0301ae\u0301", 2) == ["ae\u0301", "ae\u0301"]
    assert texts("a\u202eb", 4) == ["a", "\u202e", "b"]
    assert texts("ab\tc", 8) == ["ab\t", "c"]
    assert texts("abcdef\tc", 7) == ["abcdef", "\t", "c"]


def test_a_line_of_1_mb_is_cut_by_arithmetic() -> None:
    starts = cut("x" * 1_000_000, 80)
    assert isinstance(starts, range)
    assert (len(starts), starts[-1]) == (12_500, 999_920)

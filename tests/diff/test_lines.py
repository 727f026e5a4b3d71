"""The lines of a text against a list of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.diff import lines as room
from tui.diff.lines import split_lines

TEXT = st.text("ab\n\n\r\u2028\f\U0001f600", max_size=60)


@given(TEXT, st.integers(1, 20), st.integers(-70, 70), st.integers(-70, 70), st.integers(1, 3))
def test_they_are_as_a_list_of_them(text: str, chunk: int, first: int, end: int, step: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "_CHUNK", chunk)
        lines, heads = split_lines(text)
        expected = text.split("\n")
        assert list(lines) == expected
        assert len(lines) == len(heads) == len(expected)
        assert [lines[n] for n in range(len(expected))] == expected
        assert [lines[n - len(expected)] for n in range(len(expected))] == expected
        assert lines[first:end:step] == expected[first:end:step]
        stop = min(max(first, 0) + max(end, 0), len(expected))
        assert lines.between(max(first, 0), stop) == "\n".join(expected[max(first, 0) : stop])
        assert lines == split_lines(text)[0]
        assert heads == "".join(line.rstrip("\r")[:1] or "\n" for line in expected)


@pytest.mark.parametrize("number", [2, -3])
def test_what_is_beyond_them_is_none(number: int) -> None:
    with pytest.raises(IndexError):
        split_lines("a\nb")[0][number]


def test_characters_are_counted_without_line_feeds() -> None:
    lines, _ = split_lines("abc\n\nde")
    assert lines.length(0, 3) == 5
    assert lines.length(1, 2) == 0
    assert lines != split_lines("abc\n\nd")[0]

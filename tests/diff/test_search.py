"""Searches find what they should, fast where there is much, and never hang."""

from __future__ import annotations

import re
import sys
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.diff import haystack as straw
from tui.diff import search as module
from tui.diff.haystack import Haystack
from tui.diff.search import BadSearch, Search, bound, compile_search, fold

SLOW = "(a+)+$"
HOSTILE = "a" * 5000 + "b"


@pytest.mark.parametrize(
    ("needle", "text", "ranges"),
    [
        ("foo", "a Foo foo", ((2, 5), (6, 9))),
        ("Foo", "a Foo foo", ((2, 5),)),
        ("aa", "aaaaa", ((0, 2), (2, 4))),
        ("", "abc", ()),
        ("é", "É é", ((0, 1), (2, 3))),
        ("x", "\u0130X", ((1, 2),)),
        ("a.c", "abc a.c", ((4, 7),)),
        ("z", "abc", ()),
    ],
)
def test_plain(needle: str, text: str, ranges: tuple[tuple[int, int], ...]) -> None:
    search = compile_search(needle)
    assert search.ranges(text) == ranges
    assert search.matches(text) == bool(ranges)
    assert not search.regex


@pytest.mark.parametrize(
    ("needle", "text", "ranges"),
    [
        ("fo+", "a Foo fo", ((2, 5), (6, 8))),
        ("Fo+", "a Foo fo", ((2, 5),)),
        (r"\Soo\W", "Foo;", ((0, 4),)),
        ("x*", "axxb", ((1, 3),)),
        ("^", "abc", ()),
        ("c$", "abc\r", ((2, 3),)),
        ("a|(b)", "ab", ((0, 1), (1, 2))),
        ("[[a]", "[", ((0, 1),)),
    ],
)
def test_regex(needle: str, text: str, ranges: tuple[tuple[int, int], ...]) -> None:
    search = compile_search(needle, regex=True)
    assert search.ranges(text) == ranges
    assert search.matches(text) == bool(ranges)
    assert Haystack(["", text]).find(search) == [1] * bool(ranges)
    assert search.regex


@pytest.mark.parametrize(("text", "place"), [("a(b", 1), ("*", 0), ("[a", 0), ("a\\", 1)])
def test_what_is_no_regex_says_why_and_where(text: str, place: int) -> None:
    with pytest.raises(BadSearch) as caught:
        compile_search(text, regex=True)
    assert caught.value.position == place
    assert str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_cannot_be_compiled_is_no_crash() -> None:
    with pytest.raises(BadSearch, match="too large"):
        compile_search("(" * 20_000 + ")" * 20_000, regex=True)


def test_a_slow_expression_leaves_a_line_out() -> None:
    search = compile_search(SLOW, regex=True)
    assert search.ranges(HOSTILE) == ()
    assert search.ranges("xa") == ((1, 2),)


def test_a_slow_expression_is_given_up_in_the_end() -> None:
    search = compile_search(SLOW, regex=True)
    lines = ["aa", *[HOSTILE] * 200, "aa"]
    assert Haystack(lines).find(search) == [0]
    assert search.ranges("aa") == ()


def test_lines_beside_a_slow_one_are_found() -> None:
    search = compile_search(SLOW, regex=True)
    assert Haystack(["a", HOSTILE, "b", "ba"]).find(search) == [0, 3]


def test_long_lines_are_searched_so_far() -> None:
    search = compile_search("x+", regex=True)
    assert search.ranges("x" * 50_000) == ((0, module.LONGEST),)


def test_no_expression_where_nothing_could_stop_it(monkeypatch: pytest.MonkeyPatch) -> None:
    refused: list[str] = []

    def refuse() -> None:
        for call in (lambda: compile_search("a", regex=True), lambda: bound(lambda: 1, 1)):
            try:
                call()
            except (BadSearch, RuntimeError) as error:
                refused.append(str(error))

    thread = threading.Thread(target=refuse)
    thread.start()
    thread.join()
    assert len(refused) == 2
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(BadSearch):
        compile_search("a", regex=True)


def test_errors_and_results_pass_through() -> None:
    assert bound(lambda: 7, 1) == 7
    with pytest.raises(ZeroDivisionError):
        bound(lambda: 1 / 0, 1)
    assert bound(lambda: re.search(SLOW, HOSTILE), 0.01) is None


@pytest.mark.parametrize("regex", [False, True])
def test_lines_are_taken_as_far_as_a_search_gets(regex: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(straw, "_SLICE", 0.0)
    lines = iter([f"line {number}" for number in range(5000)])
    haystack = Haystack(lines)
    search = compile_search("7$" if regex else "7", regex=regex)
    begun = haystack.steps(search)
    assert next(begun)[:1] == [7]
    assert len(list(lines)) == 4000
    found = Haystack(f"line {number}" for number in range(5000)).find(search)
    assert found == [n for n in range(5000) if (str(n)[-1] == "7" if regex else "7" in str(n))]


def test_a_haystack_with_odd_lines() -> None:
    lines = ["a\nb", "", "c\r", "\u2028d", "e\x0c", "C"]
    haystack = Haystack(lines)
    assert haystack.find(compile_search("b")) == [0]
    assert haystack.find(compile_search("c")) == [2, 5]
    assert haystack.find(compile_search("C")) == [5]
    assert haystack.find(compile_search("d")) == [3]
    assert haystack.find(compile_search("c$", regex=True)) == [2, 5]
    assert haystack.find(compile_search("a\nb")) == []
    assert Haystack([]).find(compile_search("a")) == []
    assert Haystack([""]).find(compile_search("a")) == []


def test_many_hits_and_a_regex_come_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"line {n} Value" for n in range(3000)]
    monkeypatch.setattr(straw, "_SLICE", 0.0)
    for needle, regex in (("value", False), ("Value", False), ("val.e", True)):
        steps = list(Haystack(lines).steps(compile_search(needle, regex=regex)))
        assert len(steps) > 2
        assert [number for found in steps for number in found] == list(range(3000))


LINES = st.lists(st.text(alphabet="abA\u0130ßé.", max_size=6), max_size=12)


@given(LINES, st.text(alphabet="abAé.", max_size=2), st.integers(1, 20))
@settings(max_examples=200, deadline=None)
def test_a_haystack_finds_what_lines_have(lines: list[str], needle: str, block: int) -> None:
    search = compile_search(needle)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_BLOCK", block)
        found = Haystack(lines).find(search)
    assert found == [n for n, line in enumerate(lines) if search.matches(line)]
    assert all(bool(search.ranges(line)) == search.matches(line) for line in lines)


def test_folding_keeps_the_length_of_every_letter() -> None:
    letters = "".join(map(chr, range(0x20000)))
    assert len(fold(letters)) == len(letters)


def test_lines_that_are_all_slow_come_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(straw, "_SLICE", 0.0)
    asked: list[str] = []

    def slow(search: Search, text: str) -> list[tuple[int, int]]:
        asked.append(text)
        return [(0, 1)] if "2" in text else []

    search = compile_search("x", regex=True)
    monkeypatch.setattr(Search, "_spans", slow)
    monkeypatch.setattr(module, "bound", lambda call, seconds: None if "lambda" in repr(call) else call())
    steps = Haystack(f"line {number}" for number in range(20)).steps(search)
    assert next(steps) == []
    assert asked == ["line 0"]
    assert [number for found in steps for number in found] == [2, 12]


def test_long_lines_are_taken_by_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(straw, "_SLICE", 0.0)
    texts = [f"{'x' * 9_000}{number}" for number in range(1000)]
    lines = iter(texts)
    assert next(Haystack(lines).steps(compile_search("x7"))) == [7]
    assert len(list(lines)) == 950
    assert Haystack(texts).find(compile_search("x7$", regex=True)) == [7]
    assert Haystack(texts).find(compile_search("x7")) == [7, *range(70, 80), *range(700, 800)]


@given(LINES, st.text(alphabet="abAé.", max_size=2), st.booleans())
@settings(max_examples=200, deadline=None)
def test_the_first_is_the_first_of_all(lines: list[str], needle: str, regex: bool) -> None:
    search = compile_search(needle, regex=regex)
    assert [search.first(line) for line in lines] == [next(iter(search.ranges(line)), None) for line in lines]


def test_a_line_that_has_it_everywhere_is_looked_at_as_far_as_the_first() -> None:
    search = compile_search("x")
    assert search.first(" " + "x" * 1_000_000) == (1, 2)

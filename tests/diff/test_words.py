"""Words that changed: lines are paired sensibly, ranges are right, and the work is bounded."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.diff import words as module
from tui.diff.index import index_diff
from tui.diff.words import Ranges, Words, compare, split_tokens


def diff(olds: list[str], news: list[str], rest: list[str] | None = None) -> Words:
    """One hunk of a block of changes, and what follows."""
    body = [f"-{line}" for line in olds] + [f"+{line}" for line in news] + (rest or [])
    old, new = (sum(line[:1] != sign for line in body) for sign in "+-")
    return Words(index_diff("\n".join(["--- a/x", "+++ b/x", f"@@ -1,{old} +1,{new} @@", *body, ""])))


def pairs(words: Words, count: int) -> list[tuple[int, int]]:
    """Pairs of lines, counted from the first of the hunk, which must agree from both ends."""
    found = [(line, words.partner(0, line + 3) - 3) for line in range(count)]
    told = [(line, other) for line, other in found if other >= 0]
    assert {(b, a) for a, b in told} == set(told)
    return [(a, b) for a, b in told if a < b]


def marked(text: str, ranges: Ranges) -> list[str]:
    return [text[first:end] for first, end in ranges]


def both(old: str, new: str) -> tuple[list[str], list[str]]:
    words = diff([old], [new])
    return marked(old, words.ranges(0, 3)), marked(new, words.ranges(0, 4))


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("int foo_bar = 1;", "int foo_baz = 1;", ["foo_bar"], ["foo_baz"]),
        ("return 0;", "return -EINVAL;", ["0"], ["-EINVAL"]),
        ("f(a, b);", "f(a, int c, b);", [], ["int c, "]),
        ("\tx = compute(y);", "    x = compute(y);", ["\t"], ["    "]),
        ("a = b", "a=b", [" ", " "], []),
        ("int x;", "int x; ", [], [" "]),
        ("int x;\r", "int x;", ["\r"], []),
        ("please call one two;", "please call six ten;", ["one two"], ["six ten"]),
        ("日本語テキスト", "日本文テキスト", ["語"], ["文"]),
        ("naïve = cafe\u0301(1)", "naïve = the\u0301(1)", ["cafe\u0301"], ["the\u0301"]),
        ("\t}", "  }", ["\t"], ["  "]),
        ("};", "}};", [], ["}"]),
        ("", "  ", [], ["  "]),
        ("same words here", "same words here", [], []),
    ],
)
def test_ranges(old: str, new: str, gone: list[str], come: list[str]) -> None:
    assert both(old, new) == (gone, come)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("foo(a, b);", "bar(c, d);"),
        ("if (x) {", "return something_else(entirely);"),
        ("", "int x;"),
        ("x = 1", "/* a remark */"),
        ("{ }", "}"),
        ("}", "};"),
    ],
)
def test_none_where_lines_have_little_in_common(old: str, new: str) -> None:
    words = diff([old], [new])
    assert (words.partner(0, 3), words.partner(0, 4)) == (-1, -1)
    assert both(old, new) == ([], [])


def test_pairs_are_the_most_alike_in_order() -> None:
    olds = ["int first(void);", "long second(int n);"]
    news = ["/* what it does */", "int first(int count);", "", "long second(int n, int m);"]
    assert pairs(diff(olds, news), 6) == [(0, 3), (1, 5)]


def test_pairs_never_cross() -> None:
    olds = ["alpha beta gamma", "one two three four"]
    assert pairs(diff(olds, ["one two three five", "alpha beta delta"]), 4) == [(1, 2)]


def test_only_lines_of_one_block_are_pairs() -> None:
    words = diff(["int alpha = 1;"], [], [" context", "+int alpha = 2;"])
    assert pairs(words, 3) == []
    words = diff(["int alpha = 1;"], ["int alpha = 2;"], ["-int beta = 1;", "+int beta = 2;", "-gone"])
    assert pairs(words, 5) == [(0, 1), (2, 3)]


def test_no_newline_marks_between() -> None:
    text = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-int a = 1;\n\\ No newline\n+int a = 2;\n\\ No newline\n"
    words = Words(index_diff(text))
    assert (words.partner(0, 3), words.partner(0, 4), words.ranges(0, 5)) == (5, -1, ((8, 9),))


def test_context_and_headers_have_no_marks() -> None:
    words = diff(["int a = 1;"], ["int a = 2;"], [" int a;"])
    assert [words.ranges(0, line) for line in (0, 2, 5)] == [(), (), ()]


def test_signs_of_a_merge_are_no_text() -> None:
    text = "diff --cc x\n--- a/x\n+++ b/x\n@@@ -1,1 -1,1 +1,1 @@@\n--int a = 1;\n++int a = 2;\n"
    words = Words(index_diff(text))
    assert words.ranges(0, 5) == ((8, 9),)


def test_pieces_of_a_large_block_keep_lines_together() -> None:
    olds = [f"value_{n} = compute({n}, flags);" for n in range(400)]
    news = ["if (ready) {", *(f"\t{line}" for line in olds), "}"]
    words = diff(olds, news)
    found = pairs(words, len(olds) + len(news))
    assert found == [(n, 401 + n) for n in range(400)]


@pytest.mark.parametrize(("olds", "news"), [(5000, 1), (1, 5000), (1000, 30), (700, 699)])
def test_a_lopsided_block_is_consistent(olds: int, news: int) -> None:
    words = diff([f"a{n} = b{n};" for n in range(olds)], [f"a{n} = c{n};" for n in range(news)])
    found = pairs(words, olds + news)
    assert [new for _, new in found] == sorted({new for _, new in found})


def test_a_page_of_a_large_block_is_all_that_is_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    words = diff([f"a{n} = b{n};" for n in range(5000)], [f"a{n} = c{n};" for n in range(5000)])
    asked: list[str] = []

    def count(text: str) -> list[str]:
        asked.append(text)
        return split_tokens(text)

    monkeypatch.setattr(module, "split_tokens", count)
    for line in range(2000, 2050):
        words.ranges(0, line)
    assert 0 < len(asked) < 300


def test_what_is_remembered_stays_small() -> None:
    words = diff([f"a{n} = b{n};" for n in range(8000)], [f"a{n} = c{n};" for n in range(8000)])
    for line in range(3, 16003):
        words.ranges(0, line)
    assert len(words._known) < 11_000


def test_long_lines_have_none() -> None:
    old = "word " * 300
    assert both(old + "a", old + "b") == ([], [])


def test_costly_middles_are_one_range(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = "same " * 9 + "a, b, " * 9 + "end", "same " * 9 + "b; a; " * 9 + "end"
    assert len(both(old, new)[0]) > 1
    monkeypatch.setattr(module, "CELLS", 100)
    assert both(old, new) == (["a, b, " * 8 + "a, b,"], ["b; a; " * 8 + "b; a;"])


LINE = st.text(alphabet=" \tab_(1é語;", max_size=12)


@given(st.lists(LINE, max_size=6), st.lists(LINE, max_size=6))
@settings(max_examples=200, deadline=None)
def test_what_is_not_marked_is_the_same(olds: list[str], news: list[str]) -> None:
    words = diff(olds, news, [" end"])
    for old, new in pairs(words, len(olds) + len(news)):
        rests = []
        for line, text in ((old, olds[old]), (new, news[new - len(olds)])):
            place, kept = 0, ""
            for first, end in words.ranges(0, line + 3):
                assert place <= first < end <= len(text)
                kept += text[place:first]
                place = end
            rests.append("".join((kept + text[place:]).split()))
        assert rests[0] == rests[1]


@given(LINE, LINE)
def test_likeness_is_the_same_from_both_sides_of_equal_lines(old: str, new: str) -> None:
    likeness, gone, come = compare(split_tokens(old), split_tokens(new))
    assert 0 <= likeness <= 1
    assert ((gone, come) == ((), ())) == (old == new)

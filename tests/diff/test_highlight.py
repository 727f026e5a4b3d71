"""Colour comes per side, lazily, within its time, and covers the lines it colours exactly."""

from __future__ import annotations

import pytest

from tui.diff.highlight import CLASSES, Painter
from tui.diff.index import index_diff
from tui.diff.tinter import Tinter


def diff_of(path: str, body: list[str]) -> str:
    old = sum(line[:1] != "+" for line in body)
    new = sum(line[:1] != "-" for line in body)
    return "\n".join([f"--- a/{path}", f"+++ b/{path}", f"@@ -1,{old} +1,{new} @@", *body, ""])


def paint(painter: Painter, line: int, hunk: int = 0) -> list[tuple[str, int]]:
    """Colour a line to its end; return the classes and lengths."""
    for _ in range(1000):
        if (spans := painter.spans(hunk, line)) is not None:
            return [(CLASSES[k], n) for k, n in zip(spans[::2], spans[1::2], strict=True)]
        painter.advance(hunk, line, 1.0)
    raise AssertionError("no colour after 1,000 seconds")


def test_sides_have_states_of_their_own() -> None:
    painter = Painter(index_diff(diff_of("x.c", ["-/* an open comment", "+int a;", " return b;"])))
    assert paint(painter, 3) == [("comment", 18)] or paint(painter, 3)[0][0] != "type"
    assert paint(painter, 4)[0] == ("type", 3)
    assert paint(painter, 5)[0] == ("keyword", 6)


def test_comment_over_lines() -> None:
    painter = Painter(index_diff(diff_of("x.c", ["+/* one", "+ two */", "+int x = 3;"])))
    assert paint(painter, 3) == [("comment", 6)]
    assert paint(painter, 4) == [("comment", 7)]
    assert [kind for kind, _ in paint(painter, 5)].count("number") == 1


def test_spans_cover_the_line() -> None:
    lines = [f"+    x{n} = call('{'y' * n}', {n})  # why" for n in range(1, 60)]
    painter = Painter(index_diff(diff_of("x.py", lines)))
    for number, line in enumerate(lines):
        assert sum(length for _, length in paint(painter, number + 3)) == len(line) - 1


def test_nothing_is_lexed_before_it_is_asked_for() -> None:
    painter = Painter(index_diff(diff_of("x.c", ["+int a;"] * 600)))
    assert painter.spans(0, 3) is None
    assert paint(painter, 3)
    assert painter.spans(0, 552) is None


def test_no_time_is_no_wait() -> None:
    painter = Painter(index_diff(diff_of("x.c", ["+int a = f(1, 2, 3);"] * 200)))
    painter.advance(0, 202, 0.0)
    assert painter.spans(0, 202) is None
    assert ("type", 3) in paint(painter, 202)


def test_the_old_side_is_lexed_only_where_lines_are_removed() -> None:
    tinter = Tinter()
    painter = Painter(index_diff(diff_of("x.c", [" int a;", "-int b;", "+int c;", " int d;"])), tinter)
    painter.advance(0, 3, 5.0)
    painter.advance(0, 5, 5.0)
    painter.advance(0, 6, 5.0)
    assert painter.asked == 1
    assert paint(painter, 4)[0] == ("type", 3)
    assert painter.asked == 2
    tinter.close()


def test_the_oldest_colors_go_when_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.diff.highlight.KEPT", 25_000)
    painter = Painter(index_diff(diff_of("x.c", ["+int a;"] * 3000)))
    paint(painter, 3)
    paint(painter, 2900)
    assert painter.spans(0, 3) is not None
    for line in (600, 900, 1200, 1500):
        paint(painter, line)
    assert painter.spans(0, 3) is None
    assert painter.spans(0, 1500)
    assert paint(painter, 3)[0] == ("type", 3)


def test_blank_runs_and_long_lines_stay_plain() -> None:
    body = ["+int a;", *["+"] * 8000, "+int " + "b" * 600, "+int c;"]
    painter = Painter(index_diff(diff_of("x.c", body)))
    assert paint(painter, 4003) == []
    assert paint(painter, len(body) + 1) == []
    assert paint(painter, len(body) + 2)[0] == ("type", 3)


def test_a_jump_into_a_huge_hunk_lexes_only_near_it() -> None:
    painter = Painter(index_diff(diff_of("x.c", [f"+int a{n};" for n in range(30_000)])))
    assert paint(painter, 29_000)[0] == ("type", 3)
    assert painter.spans(0, 3) is None


def test_unknown_languages_and_strays_are_plain() -> None:
    assert paint(Painter(index_diff(diff_of("README", ["+int a;"]))), 3) == []
    assert paint(Painter(index_diff("@@ -0,0 +1 @@\n+int a;\n")), 1) == []


def test_a_file_without_an_ending_says_who_reads_it() -> None:
    body = ["+#!/usr/bin/env python3", "+def f(): pass"]
    painter = Painter(index_diff(diff_of("check", body)))
    assert paint(painter, 4)[0] == ("keyword", 3)
    changed = ["-#!/bin/sh", "-if true; then", "+#!/usr/bin/python3", "+def f(): pass"]
    painter = Painter(index_diff(diff_of("check", changed)))
    assert paint(painter, 4)[0] == ("keyword", 2)
    assert paint(painter, 6)[0] == ("keyword", 3)
    later = diff_of("check", body).replace("-1,0 +1,2", "-1,0 +9,2")
    assert paint(Painter(index_diff(later)), 4) == []

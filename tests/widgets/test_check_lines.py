"""Checks as lines: within their room, clean, the same keys when made anew."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from rich.cells import cell_len

from tui.core.check_draft import CheckDraft
from tui.core.checks import Turn, make_matrix
from tui.core.colors import Colors
from tui.core.filing import Filing
from tui.core.intent import Status
from tui.core.model import Check, CheckState, User
from tui.core.text import is_clean
from tui.widgets.check_lines import Frame, Line, filing_lines, key_of, patch_lines, turn_lines
from tui.widgets.check_matrix import matrix_lines, shown_columns

NOON = datetime(2026, 3, 1, 12)
CI, OTHER = User(1, "ci"), User(2, "other-with-a-very-long-name")
ROOMS = (1, 8, 20, 46, 80, 200)


def frame(room: int, ahead: int = 0) -> Frame:
    return Frame(room, Colors(), NOON, timedelta(hours=ahead))


def check(
    id: int,
    state: CheckState = CheckState.FAIL,
    context: str = "unit",
    words: str = "it broke",
    user: User | None = CI,
) -> Check:
    return Check(
        id, 10, NOON - timedelta(hours=9 - id), state, context, words, "https://ci.example.org/1", user
    )


def text(line: Line) -> str:
    return "".join(run for run, _ in line.cells)


def test_lines_stand_in_groups_the_worst_first() -> None:
    checks = [check(1), check(2, CheckState.SUCCESS, "build"), check(3, CheckState.FAIL, "boot")]
    groups = [text(line).strip() for line in patch_lines(checks, set(), frame(80)) if "group" in line.key]
    assert groups == ["✗ Failed 2", "✓ Succeeded 1"]
    keys = [line.key for line in patch_lines(checks, set(), frame(80))]
    assert keys.index("check boot 1") < keys.index("check unit 1") < keys.index("check build 1")


def test_ages_are_told_by_the_server_s_own_clock() -> None:
    assert " 8h " in text(patch_lines([check(1)], set(), frame(80))[1])
    assert " 19h " in text(patch_lines([check(1)], set(), frame(80, ahead=11))[1])


def test_what_is_opened_has_all_of_it_and_what_was_before() -> None:
    checks = [check(1, CheckState.PENDING, words="waits"), check(2, words="word " * 40)]
    lines = patch_lines(checks, {key_of(checks[1])}, frame(60))
    told = "\n".join(map(text, lines))
    assert told.count("word") > 40
    assert "https://ci.example.org/1" in told
    assert "#2, 2026-03-01 05:00 UTC, 7h ago by ci" in told
    assert "· " in text(lines[-1])
    assert "waits" in text(lines[-1])
    assert lines[-1].check == checks[0]


@pytest.mark.parametrize("room", ROOMS)
def test_no_line_is_wider_than_its_room_where_that_is_any(room: int) -> None:
    dice = random.Random(room)
    words = ["a", "\x1b[31m", "\u202e", "中文", "\n", "\t", " ", "[bold]", "x" * 300]
    checks = [
        check(
            id,
            dice.choice(list(CheckState)),
            dice.choice(("unit", "中文" * 30, "\x07", "b" * 99)),
            "".join(dice.choices(words, k=9)),
            dice.choice((CI, OTHER, None)),
        )
        for id in range(1, 9)
    ]
    opened = {key_of(one) for one in checks}
    filing = Filing(1, 1, 10, CheckDraft(CheckState.FAIL, "unit"), Status.FAILED, 1, "no\x1b" * 50, {}, NOON)
    lines = [*patch_lines(checks, opened, frame(room)), *filing_lines([filing], frame(room))]
    matrix = make_matrix({10: checks}, [10, 11])
    lines += matrix_lines(matrix, {10: "[1/2] 中文\x1b" * 20}, 0, frame(room))
    lines += turn_lines([Turn("中文" * 30, None, CheckState.FAIL, (10,))], "Since v1", {10: "1"}, frame(room))
    for line in lines:
        assert is_clean(text(line))
        if room >= 80:
            assert cell_len(text(line)) <= room, text(line)


def test_why_a_check_was_not_filed_is_told_whole() -> None:
    reason = " ".join(f"word{n}" for n in range(30))
    filing = Filing(1, 1, 10, CheckDraft(CheckState.FAIL, "unit"), Status.FAILED, 1, reason, {}, NOON)
    lines = [line for line in filing_lines([filing], frame(60)) if line.filing]
    assert len(lines) > 2
    assert reason in " ".join(text(line).strip() for line in lines)
    assert len({line.key for line in lines}) == len(lines)


@pytest.mark.parametrize("room", ROOMS)
def test_the_column_with_the_cursor_is_always_in_sight(room: int) -> None:
    checks = [check(1, context=f"context-{number:02}") for number in range(40)]
    matrix = make_matrix({10: checks}, [10])
    for column in range(40):
        assert column in shown_columns(matrix, column, room)
        assert f"{column + 1}" in text(matrix_lines(matrix, {}, column, frame(room))[0])


def test_what_turned_is_named_with_the_patches() -> None:
    turns = [
        Turn("a", CheckState.SUCCESS, CheckState.FAIL, (10, 11)),
        Turn("b", CheckState.FAIL, CheckState.SUCCESS, (10,)),
        Turn("c", None, CheckState.FAIL, (11,)),
        Turn("d", CheckState.FAIL, CheckState.FAIL, (11,)),
        Turn("e", CheckState.WARNING, None, ()),
    ]
    lines = turn_lines(turns, "Since v2", {10: "1", 11: "2"}, frame(80))
    assert [text(line).split("  ")[-1] for line in lines[1:]] == [
        "turned red: 1, 2",
        "turned green: 1",
        "fails now: 2",
        "fails elsewhere now: 2",
        "says nothing now",
    ]

"""Searching in the diff: the line, what it shows while one types, from hit to hit."""

from __future__ import annotations

import pytest
from textual import events

from tests.screens.conftest import Seat, Sit
from tui.diff.search import Search
from tui.where import Where

pytestmark = pytest.mark.anyio

SERIES = "virtio: stop interrupting guests"


def word_at_cursor(seat: Seat) -> str:
    return seat.browser.reader.text_at(seat.browser.reader.cursor)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_the_first_hit_shows_as_one_types_and_enter_keeps_it(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        reader = await seat.reads(SERIES, patch=1)
        await seat.press("slash", *"avail")
        first = reader.cursor
        assert first > 0
        assert "avail" in word_at_cursor(seat).lower()
        assert f"1 of {len(reader.hits)}" in seat.last_line
        await seat.press("enter")
        assert reader.cursor == first
        assert f"1 of {len(reader.hits)}" in seat.last_line
        await seat.press("n")
        assert reader.cursor == reader.hits[1]
        assert f"2 of {len(reader.hits)}" in seat.last_line


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_hits_are_gone_to_one_after_the_other_where_prose_is_set_anew(
    sit: Sit, size: tuple[int, int]
) -> None:
    async with sit(size) as seat:
        reader = await seat.reads(SERIES, patch=0)
        await seat.press("slash", *"the", "enter")
        count = len(reader.hits)
        for number in (*range(2, count + 1), 1):
            await seat.press("n")
            assert f"{number} of {count}" in seat.last_line
            assert reader.hit == number - 1
        for number in (count, count - 1):
            await seat.press("N")
            assert f"{number} of {count}" in seat.last_line


async def test_escape_goes_back_to_where_one_was(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads(SERIES, patch=1)
        await seat.press("space", "j")
        spot = reader.spot
        await seat.press("slash", *"Signed-off-by", "escape")
        assert reader.spot == spot
        assert not reader.hits
        assert seat.at(Where.DIFF)
        assert "search" in seat.last_line


async def test_escape_takes_the_marks_away_before_it_leaves(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        reader = await seat.reads(SERIES, patch=1)
        await seat.press("slash", *"avail", "enter")
        assert f"1 of {len(reader.hits)}. Esc takes the marks away." in seat.last_line
        cursor = reader.cursor
        await seat.press("V", "escape")
        assert reader.hits
        await seat.press("escape")
        assert not reader.hits
        assert seat.at(Where.DIFF)
        assert reader.cursor == cursor
        await seat.press("escape")
        assert seat.at(Where.PATCHES)
        await seat.press("enter", "slash", *"not there at all", "enter", "escape")
        assert seat.at(Where.PATCHES)


async def test_hits_go_round_and_say_so(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads(SERIES, patch=1)
        await seat.press("slash", *"avail", "enter", "N")
        count = len(reader.hits)
        assert reader.cursor == reader.hits[-1]
        assert f"{count} of {count}, from the end" in seat.last_line
        await seat.press("n")
        assert f"1 of {count}, from the top" in seat.last_line
        await seat.press("3", "n")
        assert f"4 of {count}" in seat.last_line


async def test_a_capital_tells_capitals_apart(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads(SERIES, patch=1)
        await seat.press("slash", *"virtio", "enter")
        either = len(reader.hits)
        await seat.press("slash", *"VIRTIO", "enter")
        assert 0 <= len(reader.hits) < either


async def test_ctrl_r_takes_it_as_a_regular_expression(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads(SERIES, patch=1)
        await seat.press("slash", *"^sign.*>$")
        assert "plain" in seat.last_line
        assert not reader.hits
        await seat.press("ctrl+r")
        assert "regex" in seat.last_line
        assert word_at_cursor(seat).startswith("Signed-off-by")
        await seat.press("enter", "slash", "(")
        assert "✗" not in seat.last_line
        assert "at 1" in seat.last_line


async def test_what_is_no_regular_expression_stays_in_the_line(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads(SERIES, patch=1)
        await seat.press("slash", "ctrl+r", *"(ava", "enter")
        assert seat.last_line.strip().startswith("/ (ava")
        assert "cannot search: missing )" in seat.last_line
        assert "at 1" in seat.last_line
        await seat.press(*"il)", "enter")
        assert reader.hits
        assert f"1 of {len(reader.hits)}" in seat.last_line
        await seat.press("slash", "(", "enter", "escape", "slash", "up")
        assert seat.last_line.strip().startswith("/ (avail)")


async def test_what_is_not_there_is_said(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.reads(SERIES, patch=1)
        await seat.press("slash", *"no such words")
        assert "Nothing has" in seat.last_line
        await seat.press("enter")
        assert "Nothing has “no such words”" in seat.last_line


async def test_searches_come_back_with_up_and_down(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.reads(SERIES, patch=1)
        await seat.press("slash", *"avail", "enter", "slash", *"flags", "enter", "slash", *"x", "up")
        assert "/ flags" in seat.last_line
        await seat.press("up", "up")
        assert "/ avail" in seat.last_line
        await seat.press("down", "down")
        assert seat.last_line.strip().startswith("/ x")


async def test_the_line_is_edited_with_the_usual_keys(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.reads(SERIES, patch=1)
        await seat.press("slash", *"one two", "ctrl+w", *"3", "home", *"0", "end", "backspace", "left", *"x")
        assert "/ 0onex " in seat.last_line
        await seat.press("ctrl+k", "ctrl+u")
        assert seat.last_line.strip().startswith("/  ")
        seat.app.post_message(events.Paste("pasted\x1b[31m\nnext line"))
        await seat.until(lambda: "/ pasted[31m" in seat.last_line)
        await seat.press("ctrl+u")
        seat.app.post_message(events.Paste("two\twords\rnext line"))  # as a terminal sends lines
        await seat.until(lambda: "/ two words " in seat.last_line)
        assert "next line" not in seat.last_line


async def test_a_burst_of_keys_goes_where_it_was_meant(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads(SERIES, patch=1)
        for key in ("slash", *"avail", "enter", "n", "n"):
            seat.app.post_message(events.Key(key, "/" if key == "slash" else key if len(key) == 1 else None))
        await seat.until(lambda: f"3 of {len(reader.hits)}" in seat.last_line)
        assert reader.cursor == reader.hits[2]


async def test_a_hit_in_a_fold_opens_it(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads(SERIES, patch=1)
        await seat.press("slash", *"avail", "enter", "F")
        document = reader.document
        assert document is not None
        assert len(document.folds) == 2
        await seat.press("n", "n", "n")
        assert len(document.folds) < 2
        assert document.where(document.row_at(reader.cursor))[0] == reader.cursor


async def test_keys_that_come_at_once_are_one_search(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sit((120, 36)) as seat:
        reader = await seat.reads(SERIES, patch=1)
        searched: list[str | None] = []
        plain = reader.search

        def search(sought: Search | None) -> None:
            searched.append(None if sought is None else sought.text)
            plain(sought)

        monkeypatch.setattr(reader, "search", search)
        for key in ("slash", *"avail"):
            seat.app.post_message(events.Key(key, "/" if key == "slash" else key))
        await seat.until(lambda: f"1 of {len(reader.hits)}" in seat.last_line)
        assert searched == ["avail"]
        for key in ("backspace", "backspace", "escape"):
            seat.app.post_message(events.Key(key, None))
        await seat.until(lambda: "search" in seat.last_line)
        assert searched == ["avail", None]


async def test_enter_keeps_what_was_typed_right_before_it(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        reader = await seat.reads(SERIES, patch=1)
        for key in ("slash", *"no", "ctrl+u", "ctrl+r", *"(ava", "enter"):
            seat.app.post_message(events.Key(key, "/" if key == "slash" else key if len(key) == 1 else None))
        await seat.until(lambda: "cannot search: missing )" in seat.last_line)
        assert not reader.hits
        for key in (*"il)", "enter"):
            seat.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await seat.until(lambda: f"1 of {len(reader.hits)}" in seat.last_line)
        assert reader.sought is not None
        assert reader.sought.text == "(avail)"

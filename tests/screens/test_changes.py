"""The Changes tab: versions compared, what changed in a patch in place of the table, and back."""

from __future__ import annotations

import pytest

from tests.screens.conftest import Seat, Sit
from tui.diff.row import Kind
from tui.screens.changes import ALONE, NOTHING, Changes
from tui.where import Where

pytestmark = pytest.mark.anyio

SERIES = "send memory over"


def changes(seat: Seat) -> Changes:
    page = seat.browser.page_of(Where.CHANGES)
    assert isinstance(page, Changes)
    return page


async def opens(seat: Seat, name: str = SERIES) -> None:
    await seat.loaded()
    await seat.goes_to(name)
    await seat.press("C")
    await seat.sees("From v")


def row_with(seat: Seat, words: str) -> str:
    found = [line for line in seat.text.split("\n") if words in line]
    assert found, seat.text
    return found[0]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_a_series_is_compared_with_the_version_before(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        await opens(seat)
        assert seat.at(Where.CHANGES)
        await seat.sees("From v3 to v4: 4 unchanged, 1 changed", "v4 of 4")
        assert "1 → 1 = unchanged" in row_with(seat, "give a section")
        assert "5 → 5 ! changed" in row_with(seat, 'add the "streams"')
        assert "0 → 0" in row_with(seat, "Cover letter")
        assert "> new" in row_with(seat, "5 Under review")


async def test_what_changed_in_a_patch_is_shown_in_place(sit: Sit) -> None:
    async with sit() as seat:
        await opens(seat)
        await seat.press("G", "enter")
        await seat.sees("v3 5 → v4 5", "Changed since v3", "@@ -")
        assert changes(seat).is_open
        await seat.press("right_parenthesis")
        reader = changes(seat).reader
        assert reader and reader.document
        assert reader.document.row(reader.line).kind is Kind.HUNK
        await seat.press("vertical_line")
        assert "Side by side." in seat.last_line
        await seat.press("F")
        assert "All files are folded: f opens one, F all." in seat.last_line
        await seat.press("F", "h")
        assert "This is the beginning of the lines." in seat.last_line
        await seat.press("right_parenthesis", "right_parenthesis", "9", "right_parenthesis")
        assert "No hunk further down." in seat.last_line
        await seat.press("escape")
        await seat.sees("From v3 to v4")
        assert seat.at(Where.CHANGES)
        await seat.press("right_parenthesis")
        assert "Open a patch first" in seat.last_line
        await seat.press("escape")
        assert seat.at(Where.PATCHES)


async def test_it_follows_the_patch_that_is_read(sit: Sit) -> None:
    async with sit() as seat:
        await opens(seat)
        await seat.press("enter")
        await seat.sees("v3 → v4: cover letter")
        await seat.press("right_square_bracket")
        await seat.sees("v3 1 → v4 1", "Unchanged since v3")
        await seat.press("escape", "right_square_bracket")
        await seat.sees("From v3 to v4")
        assert "2 → 2" in row_with(seat, "▸ 2")


async def test_any_two_versions_are_compared(sit: Sit) -> None:
    async with sit() as seat:
        await opens(seat)
        await seat.press("less_than_sign")
        await seat.sees("From v2 to v4")
        await seat.press("less_than_sign")
        await seat.sees("From v1 to v4")
        await seat.press("less_than_sign")
        assert "No older version is here." in seat.last_line
        await seat.press("greater_than_sign")
        await seat.sees("From v2 to v4")
        await seat.press("g", "down", "down", "enter")
        await seat.sees("From v3 to v4")
        await seat.press("greater_than_sign")
        assert "That is the version before this." in seat.last_line


async def test_a_series_alone_says_so(sit: Sit) -> None:
    async with sit() as seat:
        await seat.loaded()
        await seat.goes_to("gpio")
        await seat.press("C")
        await seat.sees(ALONE)
        await seat.press("enter", "less_than_sign", "G", "space", "R", "j")
        assert ALONE in seat.text


async def test_what_became_of_patches_is_named(sit: Sit) -> None:
    async with sit((200, 60)) as seat:
        await opens(seat, "remember the last exits")
        await seat.sees("From v3 to v4: 3 unchanged, 2 reworded, 1 changed, 1 dropped, 1 added", "v4 of 4")
        assert "6 → 6 = unchanged, moved" in row_with(seat, "→ 6 ")
        assert "- → 4 > added" in row_with(seat, "the recorder of exits ")
        assert "7 → - < dropped" in row_with(seat, "7 → -")
        assert "5 → 7 ! reworded" in row_with(seat, "→ 7 ")
        await seat.press("less_than_sign", "less_than_sign")
        await seat.sees("From v1 to v4")
        await seat.press("escape", "escape", "plus", "j", "j", "C")
        await seat.sees("From v1 to v2")
        assert "2 → 2 ! changed, split into 2, 3" in row_with(seat, "2 → 2")
        assert "- → 3 > split from 2" in row_with(seat, "→ 3 ")


async def test_a_patch_that_is_in_one_version_only_is_shown_whole(sit: Sit) -> None:
    async with sit((200, 60)) as seat:
        await opens(seat, "remember the last exits")
        await seat.press("G", "enter")
        await seat.sees("No more in v4: dropped.", "recorder_copy(&vcpu->recorder, last, 8)")


async def test_a_message_that_was_reworded_is_compared(sit: Sit) -> None:
    async with sit((200, 60)) as seat:
        await opens(seat, "remember the last exits")
        await seat.press("j", "enter")
        await seat.sees("Reworded since v3", "Commit message  +2 -1", "without it.")


async def test_without_a_series_nothing_is_said_of_versions(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("C", "shift+tab", "2")
        await seat.until(lambda: seat.browser.series.current is None)
        await seat.sees(NOTHING)
        assert ALONE not in seat.text

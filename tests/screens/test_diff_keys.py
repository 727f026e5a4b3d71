"""What the keys do to the diff: counts, shapes, folds, patches end to end."""

from __future__ import annotations

import pytest

from tests.screens.conftest import Sit
from tui.actions import ACTIONS, footer_actions
from tui.diff.row import Kind
from tui.keymap.live import DEFAULT
from tui.where import Where

pytestmark = pytest.mark.anyio

VIRTIO = "virtio: stop interrupting guests"
RESET = "hw: reset values in tables"
SIZES = [(80, 24), (120, 36), (200, 60)]


# -- the table -------------------------------------------------------------------


def test_no_key_means_two_things_in_one_pane() -> None:
    for where in Where:
        keys = [key for action in ACTIONS if where in action.where for key in action.keys]
        assert len(keys) == len(set(keys)), where


def test_the_footer_names_only_what_can_act() -> None:
    without = {action.id for action in footer_actions(Where.SERIES, diff_in_sight=False)}
    beside = {action.id for action in footer_actions(Where.SERIES, diff_in_sight=True)}
    assert "next_file" in beside - without
    assert footer_actions(Where.DIFF, diff_in_sight=True)[-1].id == "help"


async def test_the_footer_follows_what_is_in_sight(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        assert "next file" not in seat.last_line
        await seat.press("enter", "enter")
        assert "next file" in seat.last_line
        assert seat.last_line.endswith("? help")
        await seat.press("q", "q")
        await seat.pilot.resize_terminal(200, 40)
        await seat.until(lambda: "space mark" in seat.last_line)


async def test_help_names_what_the_diff_can_do(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.reads(VIRTIO, patch=1)
        await seat.press("question_mark", *"search")
        await seat.sees("Search this text")
        helped = [DEFAULT.shown(action) for action in ACTIONS if action.id == "count"]
        assert helped == [["1 … 9"]]


# -- counts ------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_count_repeats_a_motion(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        reader = await seat.reads(VIRTIO, patch=1)
        await seat.press("g", "1")
        assert seat.last_line.endswith(" 1")
        await seat.press("2")
        assert seat.last_line.endswith(" 12")
        before = reader.line
        await seat.press("j")
        assert reader.line == before + 12
        await seat.press("j", "3", "k")
        assert reader.line == before + 10
        await seat.press("g", "3", "right_parenthesis")
        document = reader.document
        assert document is not None
        assert reader.line == document.hunk_rows[2]
        await seat.press("2", "right_square_bracket")
        assert seat.browser.patches.cursor == 3


async def test_escape_drops_a_count_and_nothing_else(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads(VIRTIO, patch=1)
        await seat.press("g", "4", "escape")
        assert seat.at(Where.DIFF)
        await seat.press("j")
        assert reader.line == 1
        await seat.press("0", "j")
        assert reader.line == 2


async def test_a_huge_count_ends_at_the_end(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads(VIRTIO, patch=1)
        document = reader.document
        assert document is not None
        for motion in ("j", "space", "ctrl+d", "right_curly_bracket"):
            await seat.press("g", *"99999999999", motion)
            assert reader.line > document.count // 3, motion


async def test_a_number_and_G_go_to_a_line_of_the_new_file(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads(VIRTIO, patch=1)
        document = reader.document
        assert document is not None
        last = document.index.hunks[-1]
        await seat.press("2", "right_curly_bracket", *str(last.new_start + 1), "G")
        address = reader.address()
        assert address is not None
        assert address.number == last.new_start + 1
        assert address.path == document.index.files[1].path
        assert f"{address.path}:{address.number}" in seat.text
        await seat.press(*"9999", "G")
        assert "Line 9999 is not in this diff" in seat.last_line


# -- enter ---------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_enter_goes_from_the_diffstat_to_a_file_and_opens_what_is_folded(
    sit: Sit, size: tuple[int, int]
) -> None:
    async with sit(size) as seat:
        reader = await seat.reads(VIRTIO, patch=1)
        document = reader.document
        assert document is not None
        stat = next(row for row in range(document.count) if document.row(row).kind is Kind.STAT)
        await seat.press(*["j"] * (stat + 1))
        assert document.row(reader.line).file == 1
        await seat.press("enter")
        assert reader.current_file == 1
        assert reader.line == document.file_rows[1]
        await seat.press("f", "enter")
        assert not document.folds
        await seat.press("F", "right_curly_bracket", "j", "enter")
        await seat.sees("@@ ")
        assert seat.at(Where.DIFF)


# -- across the end ----------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_space_twice_at_the_end_goes_to_the_next_patch(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        reader = await seat.reads(RESET, patch=2)
        at = seat.browser.patches.cursor
        await seat.press("G", "space")
        assert "space again goes to the next" in seat.last_line
        await seat.press("k", "G", "space")
        assert seat.browser.patches.cursor == at
        await seat.press("space")
        assert seat.browser.patches.cursor == at + 1
        await seat.until(seat.shows_its_patch)
        assert reader.place == 0
        await seat.press("b")
        assert "b again goes to the one before" in seat.last_line
        await seat.press("b")
        assert seat.browser.patches.cursor == at
        await seat.until(seat.shows_its_patch)
        document = reader.document
        assert document is not None
        assert reader.line == document.count - 1


async def test_the_last_patch_says_so(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.reads(VIRTIO, patch=4)
        at = seat.browser.patches.cursor
        await seat.press("G", "space", "space", "space")
        assert seat.browser.patches.cursor == at
        assert "End of the last patch" in seat.last_line


async def test_folds_are_kept_with_the_place(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads(VIRTIO, patch=1)
        await seat.press("F")
        document = reader.document
        assert document is not None
        folds = document.folds
        assert len(folds) == 2
        await seat.press("right_square_bracket")
        await seat.until(seat.shows_its_patch)
        assert reader.document is not None
        assert not reader.document.folds
        await seat.press("left_square_bracket")
        await seat.until(seat.shows_its_patch)
        assert reader.document is not None
        assert reader.document.folds == folds


# -- shape ---------------------------------------------------------------------------


async def test_every_change_of_shape_is_said(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        reader = await seat.reads(VIRTIO, patch=1)
        for key, words in (
            ("vertical_line", "Side by side."),
            ("vertical_line", "One below the other."),
            ("w", "Long lines are wrapped."),
            ("w", "Long lines run on"),
            ("W", "White space: marks"),
            ("F", "All files are folded"),
            ("F", "All files are open"),
            ("M", "."),
        ):
            await seat.press(key)
            assert words in seat.last_line, key
        await seat.press("g", "f")
        assert "Nothing to fold here" in seat.last_line
        await seat.press("right_parenthesis", "f")
        assert reader.document is not None
        assert len(reader.document.folds) == 1


@pytest.mark.parametrize("size", SIZES)
async def test_the_title_says_file_and_line(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        reader = await seat.reads(VIRTIO, patch=1)
        await seat.press("right_parenthesis", "j", "j")
        address = reader.address()
        assert address is not None
        files = len(reader.document.index.files) if reader.document else 0
        count = (
            f"{reader.current_file + 1}/{files}"
            if size[0] < 100
            else f"file {reader.current_file + 1} of {files}"
        )
        await seat.sees(f"{address.path}:{address.number}", count, " %")
        await seat.press("G")
        await seat.sees("100 %")

"""Private notes: written with n, shown in the row, told where the cursor rests, sent nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.conftest import Seat, Sit
from tests.screens.test_stacks import line
from tui.core.change import Kind
from tui.demo.server import DemoServer
from tui.screens.note_editor import NoteEditor

pytestmark = pytest.mark.anyio

SERIES = "hw: reset values in tables"
SIZES = [(80, 24), (120, 36), (200, 60)]


async def written(seat: Seat, text: str) -> None:
    """Write a note with the keys."""
    await seat.press("n")
    assert isinstance(seat.app.screen, NoteEditor)
    await seat.press(*[" " if c == " " else "ctrl+j" if c == "\n" else c for c in text], "enter")
    assert len(seat.app.screen_stack) == 1


@pytest.mark.parametrize("size", SIZES)
async def test_a_note_on_a_series(sit: Sit, demo: DemoServer, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        await seat.settled()
        demo.requests.clear()
        await written(seat, "ask mira\nabout it")
        store = seat.browser.store
        assert store.note(Kind.SERIES, series_id) == "ask mira\nabout it"
        assert "¶" in line(seat, series_id)
        await seat.press("j", "k")
        await seat.sees("¶ ask mira / about it")
        await seat.press("j")
        assert "ask mira" not in seat.last_line
        assert not [seen for seen in demo.requests if seen.method != "GET"]
        assert store.intents() == []


async def test_a_note_can_be_changed_and_taken_away(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        await written(seat, "abc")
        await written(seat, "d")
        assert seat.browser.store.note(Kind.SERIES, series_id) == "abcd"
        await seat.press("n", "backspace", "escape")
        assert seat.browser.store.note(Kind.SERIES, series_id) == "abcd"
        await seat.press("n", *["backspace"] * 4, "enter")
        assert seat.browser.store.note(Kind.SERIES, series_id) == ""
        assert "The note is gone" in seat.last_line
        assert "¶" not in line(seat, series_id)


async def test_a_note_on_a_patch_shows_on_its_series_too(sit: Sit) -> None:
    async with sit((200, 60)) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        await seat.press("enter", "j", "j")
        patch_id = seat.browser.patches.current
        assert patch_id
        await written(seat, "wrong")
        assert seat.browser.store.note(Kind.PATCHES, patch_id) == "wrong"
        patches = seat.browser.patches
        assert "¶" in patches.render_line(patches.cursor - patches.scroll_offset.y).text
        assert "¶" in line(seat, series_id)
        await seat.press("escape", "j", "k")
        await seat.sees("¶ 2: wrong")


async def test_a_cover_letters_note_is_that_of_its_series(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        await seat.press("enter")
        assert (seat.browser.patches.current or 0) < 0
        await written(seat, "cover")
        assert seat.browser.store.note(Kind.SERIES, series_id) == "cover"


async def test_a_note_outlasts_the_run(sit: Sit, tmp_path: Path) -> None:
    async with sit((80, 24), data=tmp_path) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        await written(seat, "kept")
    async with sit((80, 24), data=tmp_path) as seat:
        assert "¶" in line(seat, series_id)
        await seat.sees("¶ kept")


async def test_a_hostile_paste_is_harmless(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        seat.browser.store.put_note(Kind.SERIES, series_id, "\x1b[31mred [bold]\u202e" + "x" * 10_000)
        await seat.press("j", "k")
        await seat.sees("␛[31mred [bold]⟨202E⟩xxx")
        await seat.press("n")
        assert "\x1b" not in seat.text
        await seat.press("escape")


async def test_the_editor_fits_any_terminal(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("n", *"abc")
        for size in ((80, 24), (40, 10), (10, 4), (1, 1), (120, 36)):
            await seat.pilot.resize_terminal(*size)
            await seat.pilot.pause()
        await seat.press("enter")
        assert seat.browser.store.sizes().notes == 1


async def test_a_note_that_cannot_be_kept_is_told(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.store.trouble import StoreTrouble

    async with sit((80, 24)) as seat:
        await seat.loaded()

        def refuse(*_: object) -> None:
            raise StoreTrouble("the disk is full")

        monkeypatch.setattr(seat.browser.store, "put_note", refuse)
        await seat.press("n", "x", "enter")
        assert "the disk is full" in seat.last_line

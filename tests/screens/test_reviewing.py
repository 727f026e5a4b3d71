"""Patches and files marked as looked at, and what is the same as in a version before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.screens.conftest import Seat, Sit

pytestmark = pytest.mark.anyio

SERIES = "send memory over"


def patch_line(seat: Seat, number: int) -> str:
    patches = seat.browser.patches
    return patches.render_line(number - patches.scroll_offset.y).text


async def opens(seat: Seat, name: str = SERIES) -> None:
    await seat.loaded()
    await seat.goes_to(name)
    await seat.press("enter")
    await seat.settled()


async def test_a_patch_is_marked_and_not_marked_again(sit: Sit) -> None:
    async with sit() as seat:
        await opens(seat)
        await seat.press("j", "v")
        await seat.until(lambda: re.search(r"✓ (=v\d )?(☐\d )?migration", patch_line(seat, 1)))
        await seat.sees("1/5 seen")
        await seat.press("v")
        await seat.until(lambda: "seen" not in seat.text.split("\n")[-2])
        assert "not marked any more" in seat.last_line


async def test_marked_rows_are_marked_together(sit: Sit) -> None:
    async with sit() as seat:
        await opens(seat)
        await seat.press("j", "space", "space", "v")
        await seat.sees("2/5 seen")
        assert "2 patches are marked as seen" in seat.last_line


async def test_a_file_is_marked_in_the_diff(sit: Sit) -> None:
    async with sit() as seat:
        reader = await seat.reads(SERIES, 5)
        assert reader.document
        files = len(reader.document.index.files)
        assert files > 1
        await seat.press("right_curly_bracket", "v")
        await seat.until(lambda: reader.page and reader.page.marked_files == {0})
        await seat.sees("◔")
        assert any(" ✓ " in line and "─────" in line for line in seat.text.split("\n"))
        for _ in range(files - 1):
            await seat.press("right_curly_bracket", "v")
        await seat.sees("1/5 seen")
        assert reader.page and reader.page.marked_files == set(range(files))
        await seat.press("v")
        await seat.until(lambda: reader.page and len(reader.page.marked_files) == files - 1)


async def test_marks_are_looked_up_again_only_when_something_was_written(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit() as seat:
        reader = await seat.reads(SERIES, 5)
        await seat.press("right_curly_bracket", "v")
        await seat.until(lambda: reader.page and reader.page.marked_files == {0})
        await seat.settled()
        asked: list[int] = []
        plain = seat.browser.store.looked_at

        def looked_at(digests: Iterable[str]) -> list[tuple[str, str]]:
            found = list(digests)
            asked.append(len(found))
            return plain(found)

        monkeypatch.setattr(seat.browser.store, "looked_at", looked_at)
        await seat.press("H", "D", "z", "z")
        assert not asked
        assert reader.page
        assert reader.page.marked_files == {0}
        await seat.press("v")
        await seat.until(lambda: reader.page and not reader.page.marked_files)
        assert asked


async def test_the_marks_of_a_late_document_show(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.widgets.reader.AT_ONCE", 0)
    async with sit() as seat:
        reader = await seat.reads(SERIES, 5)
        await seat.press("right_curly_bracket", "v")
        await seat.until(lambda: reader.page and reader.page.marked_files == {0})
        await seat.press("left_square_bracket", "right_square_bracket")
        await seat.until(seat.shows_its_patch)
        await seat.until(lambda: reader.page and reader.page.marked_files == {0})


async def test_a_mark_holds_in_the_next_version_where_the_patch_is_only_rebased(
    sit: Sit, tmp_path: Path
) -> None:
    async with sit((200, 60), data=tmp_path) as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        await seat.press("C")
        await seat.sees("From v3 to v4")
        await seat.press("D", "escape", "escape", "plus", "j")  # to v3
        rows = seat.browser.store.series_rows([seat.browser.series.current or 0])
        assert rows[0].series.version == 3
        await seat.press("enter")
        await seat.settled()
        await seat.press("g", "j", "V", "G", "v")
        await seat.sees("5/5 seen")
    async with sit((200, 60), data=tmp_path) as seat:
        await seat.loaded()
        await opens(seat)
        await seat.sees("4/5 seen")
        await seat.until(lambda: "=v" in patch_line(seat, 1))
        assert "✓" in patch_line(seat, 1)
        assert "=v" not in patch_line(seat, 5)
        assert "◔" in patch_line(seat, 5)


async def test_a_row_of_the_comparison_can_be_marked(sit: Sit) -> None:
    async with sit() as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        await seat.press("C")
        await seat.sees("From v3 to v4")
        await seat.press("j", "j", "v")
        await seat.sees("1/5 seen")
        assert "✓" in patch_line(seat, 2)

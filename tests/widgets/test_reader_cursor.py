"""The cursor line and the header that stays: what moves, what stays in sight."""

from __future__ import annotations

import pytest
from textual import events

from tests.widgets.reader_rig import many, reading, screen, until
from tui.core.colors import Colors
from tui.diff.address import Address
from tui.diff.document import build_document
from tui.widgets.reader import Reader
from tui.widgets.reader_leaf import Spot
from tui.widgets.reader_overlay import CURSOR

pytestmark = pytest.mark.anyio
COLORS = Colors()


def grounds(reader: Reader, y: int) -> set[str]:
    """The backgrounds in a line of the screen."""
    return {s.style.bgcolor.name for s in reader.render_line(y) if s.style and s.style.bgcolor}


async def test_the_view_follows_the_cursor_with_a_margin() -> None:
    async with reading("", many(1, 1, 500), (100, 20)) as (reader, _):
        for _ in range(16):
            assert reader.line_down()
        assert (reader.row, reader.line) == (0, 16)
        assert reader.line_down()
        assert (reader.row, reader.line) == (1, 17)
        for _ in range(12):
            reader.line_up()
        assert (reader.row, reader.line) == (1, 5)
        reader.line_up()
        assert (reader.row, reader.line) == (1, 4)
        reader.bottom()
        reader.move(-18)
        # Three rows, and the header that is drawn over the top one.
        assert reader.line - reader.row == 4
        assert reader.top()
        assert not reader.line_up()


async def test_the_cursor_is_seen_with_colour_and_without() -> None:
    async with reading("", many(1, 1, 50)) as (reader, pilot):
        reader.focus()
        reader.move(6)
        await pilot.pause()
        assert reader.render_line(6).text.startswith(CURSOR)
        assert grounds(reader, 6) == {COLORS.cursor_line}
        assert [y for y in range(20) if reader.render_line(y).text.startswith(CURSOR)] == [6]
        reader.blur()
        await pilot.pause()
        assert reader.render_line(6).text.startswith(CURSOR)
        assert COLORS.cursor_line not in grounds(reader, 6)


async def test_the_header_of_a_file_stays_while_its_lines_scroll() -> None:
    async with reading("Why.", many(3, 1, 40), (100, 12)) as (reader, _):
        document = reader.document
        assert document is not None
        assert "f0.c" not in screen(reader)[0]
        for file, row in enumerate(document.file_rows):
            reader.open_at(row + 10, row + 15)
            assert screen(reader)[0].startswith(f"─ f{file}.c  +40")
            reader.open_at(row, row)
            assert screen(reader)[0].strip("─ ").startswith(f"f{file}.c")
            assert "@@" in screen(reader)[1]


async def test_the_wheel_takes_the_cursor_along() -> None:
    async with reading("", many(1, 1, 500), (100, 20)) as (reader, pilot):
        reader.move(2)
        for _ in range(8):
            reader.post_message(events.MouseScrollDown(reader, 5, 5, 0, 1, 0, False, False, False))
        await until(pilot, lambda: reader.row > 8)
        assert reader.line == reader.row + 1
        assert CURSOR in reader.render_line(1).text


async def test_pages_keep_the_cursor_where_it_is_on_the_screen() -> None:
    async with reading("", many(1, 1, 500), (100, 20)) as (reader, _):
        reader.move(9)
        reader.page_down()
        assert reader.line - reader.row == 9
        reader.page_up()
        assert reader.line == 9
        reader.bottom()
        assert not reader.page_down()
        assert reader.line == reader.virtual_size.height - 1
        reader.top()
        reader.move(5)
        assert not reader.page_up()
        assert reader.line == 0


async def test_leaps_take_a_count_and_end_with_the_last() -> None:
    async with reading("", many(5, 2, 30), (100, 20)) as (reader, _):
        assert reader.next_file(3)
        assert reader.current_file == 2 or reader.current_file == 3
        here = reader.current_file
        assert reader.previous_file(2)
        assert reader.current_file == here - 2
        assert reader.next_hunk(99)
        assert reader.current_file == 4
        assert not reader.next_hunk()
        reader.go_to_file(1)
        assert "f1.c" in screen(reader)[0]


async def test_the_cursor_has_an_address() -> None:
    async with reading("Why.", many(1, 1, 30)) as (reader, _):
        assert reader.address() is None
        reader.next_hunk()
        reader.move(3)
        assert reader.address() == Address("f0.c", "new", 3)


async def test_files_are_seen_when_their_end_is() -> None:
    async with reading("", many(3, 1, 30), (100, 20)) as (reader, pilot):
        await pilot.pause()
        assert reader.seen_files == set()
        reader.move(40)
        await until(pilot, lambda: reader.seen_files == {0})
        reader.bottom()
        await until(pilot, lambda: reader.seen_files == {0, 2})


async def test_the_end_of_what_is_folded_is_not_seen() -> None:
    async with reading("", many(3, 1, 30), (100, 20)) as (reader, pilot):
        reader.toggle_all_folds()
        reader.bottom()
        await pilot.pause()
        reader.toggle_fold()
        reader.bottom()
        await until(pilot, lambda: reader.seen_files == {2})
    async with reading("No diff.", "", (100, 20)) as (reader, pilot):
        await pilot.pause()
        assert reader.seen_files == set()


async def test_place_cursor_and_folds_are_found_again() -> None:
    diff = many(3, 2, 30)
    async with reading("", diff, (100, 20)) as (reader, pilot):
        reader.next_file(2)
        reader.toggle_fold()
        reader.next_file()
        reader.move(10)
        await pilot.pause()
        spot, rows = reader.spot, screen(reader)
        reader.show(build_document("", "x"))
        reader.show(build_document("", diff), spot)
        await pilot.pause()
        assert screen(reader) == rows
        assert reader.spot[:3] == spot[:3]
        assert spot != Spot()

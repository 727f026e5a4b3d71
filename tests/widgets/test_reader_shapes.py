"""Side by side, wrapped, folded, scrolled sideways: the cursor's line stays where it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from tests.widgets.reader_rig import many, reading, screen, until
from tui.diff.document import build_document
from tui.diff.row import Row
from tui.widgets import reader_lines
from tui.widgets.reader import Reader
from tui.widgets.reader_body import Marks, draw_body
from tui.widgets.reader_strip import Frame

pytestmark = pytest.mark.anyio

CHANGE = """diff --git a/x.c b/x.c
index 1..2 100644
--- a/x.c
+++ b/x.c
@@ -1,6 +1,7 @@ int f(void)
 int first;
-int second_is_old;
-int third_is_old;
+int second_is_new;
+int third_is_new;
+int more;
 int last;
 int a;
 int b;
"""
LONG = "--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-" + "old " * 60 + "\n+" + "new " * 60 + "\n"


def rows_with(reader: Reader, text: str) -> list[str]:
    return [row for row in screen(reader) if text in row]


async def test_rows_that_were_to_be_drawn_ahead_may_be_gone_when_there_is_time() -> None:
    async with reading("", many(3, 1, 90), (80, 20)) as (reader, _):
        assert reader.page is not None
        reader.page.look_ahead(range(100, 120))
        assert reader.is_waiting
        reader.toggle_all_folds()
        assert reader.document is not None
        assert reader.document.count < 20
        reader.page.work(reader.in_sight(), 1.0)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lines of hunks that are drawn from now on."""
    lines: list[int] = []

    def draw(row: Row, frame: Frame, signs: int, marks: Marks) -> Strip:
        lines.append(row.line)
        return draw_body(row, frame, signs, marks)

    monkeypatch.setattr(reader_lines, "draw_body", draw)
    return lines


async def test_lines_are_drawn_ahead_for_the_keys_that_change_their_shape(drawn: list[int]) -> None:
    async with reading("", many(2, 3, 40), (160, 20)) as (reader, pilot):
        for toggle in (reader.toggle_split, reader.toggle_split, reader.toggle_wrap, reader.toggle_wrap):
            reader.page_down()
            await pilot.pause()  # that it is painted
            await until(pilot, lambda: not reader.is_waiting)
            drawn.clear()
            toggle()
            reader.render_lines(Region(0, 0, *reader.size))
            assert drawn == []


async def test_a_leap_leads_to_rows_that_are_drawn(drawn: list[int]) -> None:
    async with reading("", many(3, 3, 40), (120, 20)) as (reader, pilot):
        reader.next_file()
        await pilot.pause()
        await until(pilot, lambda: not reader.is_waiting)
        drawn.clear()
        for leap in (reader.bottom, reader.top):
            assert leap()
            reader.render_lines(Region(0, 0, *reader.size))
        assert drawn == []


@pytest.mark.parametrize("height", [24, 50, 120])
async def test_a_step_draws_the_rows_that_come_near_alone(drawn: list[int], height: int) -> None:
    async with reading("", many(6, 3, 400), (120, height)) as (reader, pilot):
        for _ in range(3):
            reader.next_file()
        reader.page_down()
        for scroll in (reader.view_down, reader.view_down, reader.view_up, reader.view_up):
            await pilot.pause()  # that it is painted
            await until(pilot, lambda: not reader.is_waiting)
            drawn.clear()
            scroll()
        await pilot.pause()
        await until(pilot, lambda: not reader.is_waiting)
        assert len(drawn) < 10


async def test_side_by_side_where_there_is_room() -> None:
    async with reading("", CHANGE, (160, 20)) as (reader, pilot):
        assert reader.is_split
        (row,) = rows_with(reader, "second_is_old")
        left, right = row.split("│")
        assert left.split() == ["2", "-", "int", "second_is_old;"]
        assert right.split() == ["2", "+", "int", "second_is_new;"]
        (row,) = rows_with(reader, "more")
        assert row.split("│")[0].strip() == ""
        (row,) = rows_with(reader, "last")
        assert row.split() == ["4", "int", "last;", "│", "5", "int", "last;"]
        width = reader.scrollable_content_region.width
        assert {len(row) for row in screen(reader)} == {width}
        await pilot.resize_terminal(120, 20)
        await until(pilot, lambda: not reader.is_split)
        assert len(rows_with(reader, "second")) == 2


async def test_what_was_chosen_outlives_width_and_patch() -> None:
    async with reading("", CHANGE, (100, 20)) as (reader, pilot):
        assert not reader.is_split
        assert reader.toggle_split()
        assert reader.toggle_wrap()
        await pilot.resize_terminal(90, 20)
        await until(pilot, lambda: reader._width == reader.scrollable_content_region.width == 89)
        reader.read("Why.", CHANGE)
        assert reader.is_split
        assert len(rows_with(reader, "second")) == 1
        assert not reader.toggle_split()
        assert not reader.toggle_wrap()


@pytest.mark.parametrize(
    "change",
    [
        Reader.toggle_split,
        Reader.toggle_wrap,
        Reader.cycle_whitespace,
        Reader.toggle_fold,
        Reader.toggle_all_folds,
    ],
)
async def test_no_change_of_shape_moves_the_cursor_on_the_screen(change: Callable[[Reader], object]) -> None:
    async with reading("Why.\n" * 9, LONG + many(4, 2, 50), (100, 30)) as (reader, _):
        reader.next_file(3)
        reader.move(25)
        y, address = reader.line - reader.row, reader.address()
        assert address is not None
        change(reader)
        assert reader.line - reader.row == y or reader.row == 0
        change(reader)
        assert reader.address() == address
        assert reader.line - reader.row == y or change is Reader.toggle_all_folds


async def test_a_long_diff_is_laid_out_as_soon_as_that_is_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.widgets.reader_shape.AT_ONCE", 10)
    diff = LONG + many(2, 2, 50)
    async with reading("", "", (100, 30)) as (reader, pilot):
        reader.show(build_document("Why.\n" * 9, diff))
        reader.next_file(2)
        reader.move(25)
        y, address = reader.line - reader.row, reader.address()
        reader.toggle_wrap()
        reader.toggle_split()
        assert reader.is_shaping
        assert not any("│" in row for row in rows_with(reader, "v20 "))  # the rows that there were
        await until(pilot, lambda: reader.is_settled)
        assert any("│" in row for row in rows_with(reader, "v20 "))
        assert reader.address() == address
        assert reader.line - reader.row == y
        # What | and w lead to is at hand before they are pressed.
        await until(pilot, lambda: not reader.is_preparing)
        reader.toggle_split()
        assert not reader.is_shaping
        reader.toggle_wrap()
        assert not reader.is_shaping


async def test_few_long_lines_are_laid_out_when_that_is_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.widgets.reader_shape.WIDEST", 10)
    async with reading("", "", (60, 30)) as (reader, pilot):
        reader.show(build_document("", LONG))
        reader.toggle_wrap()
        reader.toggle_split()
        assert reader.is_shaping
        await until(pilot, lambda: not reader.is_shaping)
        assert any("│" in row for row in screen(reader))


async def test_wrapped_rows_have_a_sign_and_lose_nothing() -> None:
    async with reading("", LONG, (60, 30)) as (reader, _):
        assert "›" in "".join(screen(reader))
        reader.toggle_wrap()
        rows = screen(reader)
        text = "".join(row[6:] for row in rows if "↳" in row or " 1 -" in row or " 1 +" in row)
        assert text.count("old") == text.count("new") == 60
        assert sum("↳" in row for row in rows) >= 6
        assert not any("›" in row for row in rows)
        reader.scroll_right_columns()
        assert reader.left == 0


async def test_headers_stay_where_they_are_when_lines_scroll_sideways() -> None:
    diff = f"--- a/x.c\n+++ b/x.c\n@@ -1 +1,2 @@ int beginning(void) {'x' * 200}\n a\n+{'y' * 90}z\n"
    async with reading("", diff, (80, 12)) as (reader, _):
        before = rows_with(reader, "beginning")
        for _ in range(9):
            reader.scroll_right_columns()
        assert 0 < reader.left < 40  # what goes on in a header is no reason to scroll
        assert rows_with(reader, "beginning") == before
        assert len(rows_with(reader, "─ x.c")) == 1


async def test_both_sides_scroll_sideways() -> None:
    async with reading("", LONG, (160, 12)) as (reader, _):
        reader.scroll_right_columns(4)
        (row,) = rows_with(reader, "old")
        left, right = row.split("│")
        assert left.split()[2].startswith("‹")
        assert right.split()[2].startswith("‹")
        assert left.endswith("›")
        assert right.endswith("›")


async def test_folds_are_one_row_and_open_again() -> None:
    async with reading("", many(2, 2, 9), (100, 40)) as (reader, _):
        document = reader.document
        assert document is not None
        count = document.count
        reader.next_file()
        reader.next_file()
        assert reader.toggle_fold()
        assert rows_with(reader, "lines in 2 hunks")
        assert rows_with(reader, "v3")
        assert reader.toggle_fold()
        assert document.count == count
        assert reader.toggle_all_folds()
        assert not rows_with(reader, "v3")
        assert not reader.toggle_all_folds()
        assert document.count == count
        reader.top()
        reader.next_hunk()
        assert reader.toggle_fold()
        assert len(rows_with(reader, "lines")) == 1


async def test_a_click_puts_the_cursor_and_folds_a_file() -> None:
    async with reading("Why.", many(2, 1, 30), (100, 24)) as (reader, pilot):
        document = reader.document
        assert document is not None
        rows = screen(reader)
        header = next(y for y, row in enumerate(rows) if row.startswith("─ f0.c"))
        await pilot.click(Reader, offset=(30, header + 4))
        assert reader.line == header + 4
        await pilot.click(Reader, offset=(3, header))
        assert document.folds
        await pilot.click(Reader, offset=(12, header + 1))
        assert not document.folds
        await pilot.click(Reader, offset=(3, next(y for y, row in enumerate(rows) if "f1.c" in row)))
        assert reader.current_file == 1
        reader.move(30)
        assert reader.sticky(reader.row) == 1
        await pilot.click(Reader, offset=(3, 0))
        assert document.folds
        assert "f1.c" in screen(reader)[reader.line - reader.row]


async def test_any_size_draws_rows_of_its_width() -> None:
    async with reading("Why.", LONG + CHANGE + many(2, 2, 9)) as (reader, pilot):
        for width, height in [
            (200, 40),
            (100, 20),
            (39, 5),
            (20, 3),
            (9, 3),
            (6, 2),
            (2, 1),
            (1, 1),
            (160, 36),
        ]:
            await pilot.resize_terminal(width, height)
            for change in (
                reader.toggle_split,
                reader.toggle_wrap,
                reader.page_down,
                reader.scroll_right_columns,
            ):
                change()
                await pilot.pause()
                size = reader.scrollable_content_region.width
                assert [len(row) for row in screen(reader)] == [size] * reader.size.height


async def test_a_right_click_does_nothing() -> None:
    async with reading("", CHANGE) as (reader, pilot):
        reader.post_message(events.MouseDown(reader, 5, 5, 0, 0, 3, False, False, False))
        await pilot.pause()
        assert reader.line == 0

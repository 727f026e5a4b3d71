"""Selecting by keys and by the mouse: what is copied is the text, without gutter and signs."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.widgets.reader_rig import reading, screen
from tests.widgets.test_reader_shapes import CHANGE
from tui.core.colors import Colors
from tui.diff.excerpt import NoPatch
from tui.widgets.reader import Reader

pytestmark = pytest.mark.anyio
COLORS = Colors()


def y_of(reader: Reader, text: str) -> int:
    return next(y for y, row in enumerate(screen(reader)) if text in row)


async def drag(pilot: Pilot[None], start: tuple[int, int], end: tuple[int, int]) -> None:
    """Press the button at one cell, and let it go at another, which is selected too."""
    await pilot.mouse_down(Reader, offset=start)
    await pilot.hover(Reader, offset=end)
    await pilot.mouse_up(Reader, offset=end)
    await pilot.pause()


def selected_rows(reader: Reader) -> list[int]:
    """The lines of the screen with something on the ground of what is selected."""
    return [
        y
        for y in range(reader.size.height)
        if any(
            s.style and s.style.bgcolor and s.style.bgcolor.name == COLORS.selected
            for s in reader.render_line(y)
        )
    ]


async def test_lines_are_selected_from_where_the_keys_began() -> None:
    async with reading("", CHANGE) as (reader, pilot):
        top = y_of(reader, "second_is_old")
        reader.move(top)
        assert not reader.selection
        reader.start_selection()
        reader.move(2)
        await pilot.pause()
        assert selected_rows(reader) == [top, top + 1, top + 2]
        assert reader.selected_text() == "int second_is_old;\nint third_is_old;\nint second_is_new;"
        reader.move(-1)
        assert len(reader.selection) == 2
        assert "-int third_is_old;" in reader.selected_patch()
        assert "+int" not in reader.selected_patch()
        reader.clear_selection()
        assert not reader.selection
        assert selected_rows(reader) == []
        with pytest.raises(NoPatch):
            reader.selected_patch()


async def test_the_mouse_selects_text_without_gutter_and_signs() -> None:
    async with reading("", CHANGE.replace("int more", "\tint more")) as (reader, pilot):
        top = y_of(reader, "third_is_new")
        column = screen(reader)[top].index("third_is_new")
        await drag(pilot, (column, top), (screen(reader)[top + 1].index("more") + 3, top + 1))
        assert reader.screen.get_selected_text() == "third_is_new;\n\tint more"
        assert reader.selected_text() == "third_is_new;\n\tint more"
        assert selected_rows(reader) == [top, top + 1]
        # From the gutter on it is the whole line, tabs and all.
        await drag(pilot, (2, top + 1), (70, top + 1))
        assert reader.selected_text() == "\tint more;"
        assert "+\tint more;" in reader.selected_patch()
        await pilot.click(Reader, offset=(5, 3))
        assert not reader.selection


async def test_the_mouse_takes_no_header_and_no_fold_that_it_only_crosses() -> None:
    hunks = "".join(f"@@ -{n},2 +{n},2 @@ f{n}\n-int old_{n};\n+int new_{n};\n same\n" for n in (10, 20, 30))
    async with reading("", f"--- a/x.c\n+++ b/x.c\n{hunks}") as (reader, pilot):
        reader.move(y_of(reader, "old_20"))
        assert reader.toggle_fold()
        await pilot.pause()
        top, fold, end = y_of(reader, "new_10"), y_of(reader, "… 3 lines"), y_of(reader, "new_30")
        await drag(pilot, (0, top), (70, end))
        assert reader.selected_text() == "int new_10;\nsame\nint old_30;\nint new_30;"
        await drag(pilot, (70, end), (0, top))
        assert reader.selected_text() == "int new_10;\nsame\nint old_30;\nint new_30;"
        await drag(pilot, (0, fold), (70, end))
        text = "int old_20;\nint new_20;\nsame\n@@ -30,2 +30,2 @@ f30\nint old_30;\nint new_30;"
        assert reader.selected_text() == text
        await drag(pilot, (0, y_of(reader, "@@ -30")), (70, end))
        assert reader.selected_text() == "@@ -30,2 +30,2 @@ f30\nint old_30;\nint new_30;"


async def test_the_mouse_selects_one_side() -> None:
    async with reading("", CHANGE, (160, 24)) as (reader, pilot):
        top = y_of(reader, "int first")
        row = screen(reader)[top]
        left, right = row.index("first"), row.rindex("first")
        await drag(pilot, (left, top), (left + 4, top + 2))
        assert reader.selected_text() == "first;\nint second_is_old;\nint third"
        await drag(pilot, (right, top), (right + 5, top + 3))
        assert reader.selected_text() == "first;\nint second_is_new;\nint third_is_new;\nint more;"
        reader.clear_selection()
        reader.top()
        reader.move(top + 1)
        reader.start_selection()
        assert set(reader.selected_text().split("\n")) >= {"int second_is_old;", "int second_is_new;"}


async def test_the_mouse_selects_wrapped_and_scrolled_text() -> None:
    words = " ".join(f"word{n}" for n in range(40))
    diff = f"--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+{words}\n"
    async with reading("", diff, (80, 20)) as (reader, pilot):
        reader.scroll_right_columns(30)
        top = y_of(reader, "word9")
        column = screen(reader)[top].index("word9")
        await drag(pilot, (column, top), (column + 11, top))
        assert reader.selected_text() == "word9 word10"
        reader.toggle_wrap()
        assert reader.selected_text() == "word9 word10"
        reader.clear_selection()
        await drag(
            pilot,
            (screen(reader)[top].index("word2"), top),
            (screen(reader)[top + 1].index("word14") + 5, top + 1),
        )
        assert reader.selected_text() == words[words.index("word2 ") : words.index("word14") + 6]


async def test_the_mouse_selects_folded_prose_as_it_was_written() -> None:
    message = (
        "One line of prose that is long enough\nto be joined with the one behind it when narrow.\n\nEnd."
    )
    async with reading(message, "", (40, 20)) as (reader, pilot):
        rows = screen(reader)
        end = y_of(reader, "narrow")
        await drag(pilot, (rows[0].index("line"), 0), (rows[end].index("narrow") + 5, end))
        assert reader.selected_text() == message[4 : message.index("narrow") + 6]


async def test_wide_characters_are_selected_whole() -> None:
    async with reading("", "--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+漢字かな x\n") as (reader, pilot):
        top = y_of(reader, "漢字")
        await drag(
            pilot,
            (reader.render_line(top).text.index("漢") + 2, top),
            (reader.render_line(top).text.index("漢") + 4, top),
        )
        assert reader.selected_text() == "字か"

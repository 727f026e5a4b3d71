"""Remarks in the diff: a mark beside the line, the words below it when asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.widgets.reader_rig import SIZES, reading, screen
from tui.core.model import Comment, Person
from tui.core.rows import CommentRow
from tui.core.text import cells
from tui.diff.row import Kind
from tui.widgets.reader import Reader
from tui.widgets.reader_remarks import Remarks, Said, find_said

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 3, 31, 18)
DIFF = (
    "diff --git a/a.c b/a.c\nindex 1234567..89abcde 100644\n--- a/a.c\n+++ b/a.c\n"
    "@@ -1,4 +1,5 @@ int main(void)\n int a;\n-int b;\n+int bb;\n+int ccc;\n int d;\n int e;\n"
)
MIRA = Person(1, "Mira Example", "mira@example.org")


def said(reader: Reader, *contents: str, unread: bool = True, addressed: bool | None = None) -> list[Said]:
    assert reader.document is not None
    rows = [
        CommentRow(
            Comment(n, f"<{n}@example.org>", NOW - timedelta(hours=3), "", MIRA, text, (), addressed), unread
        )
        for n, text in enumerate(contents, 1)
    ]
    return find_said(rows, reader.document.index, "Made up.")


def show(reader: Reader, *contents: str, unread: bool = True, addressed: bool | None = None) -> Remarks:
    remarks = Remarks(said(reader, *contents, unread=unread, addressed=addressed), lambda: NOW)
    reader.show_remarks(remarks)
    return remarks


def go(reader: Reader, text: str) -> None:
    document = reader.document
    assert document is not None
    place = next(n for n in range(document.places) if document.text_at(n) == text)
    reader.go_to(place)


def marked(reader: Reader) -> list[str]:
    return [row for row in screen(reader) if "◆" in row]


@pytest.mark.parametrize("size", [*SIZES, (200, 50)])
async def test_a_line_has_a_mark_and_shows_the_words_below_when_asked(size: tuple[int, int]) -> None:
    async with reading("Made up.", DIFF, size) as (reader, pilot):
        before = screen(reader)
        show(reader, "> +int ccc;\n\nWhy?\n\nReally, why?")
        await pilot.pause()
        assert len(marked(reader)) == 1
        assert "int ccc;" in marked(reader)[0]
        go(reader, "int ccc;")
        assert reader.toggle_remarks() is True
        await pilot.pause()
        rows = screen(reader)
        at = next(n for n, row in enumerate(rows) if "int ccc;" in row)
        assert "Mira Example  3h  new" in rows[at + 1]
        assert "Why?" in rows[at + 2]
        assert "Really, why?" in rows[at + 4]
        assert "int d;" in rows[at + 5]
        assert reader.toggle_remarks() is False
        reader.show_remarks(None)
        await pilot.pause()
        assert screen(reader) == before


async def test_the_cursor_stays_on_its_line_and_goes_through_the_words() -> None:
    async with reading("Made up.", DIFF) as (reader, pilot):
        show(reader, "> +int ccc;\n\nWhy?")
        go(reader, "int d;")
        line = reader.line
        go(reader, "int ccc;")
        reader.toggle_remarks()
        reader.move(2)
        assert reader.document is not None
        assert reader.document.row(reader.line).kind is Kind.NOTE
        assert reader.text_at(reader.cursor) == "int ccc;"
        post = reader.remark_here()
        assert post is not None
        assert post.key == 1
        assert reader.toggle_remarks() is False
        assert reader.text_at(reader.cursor) == "int ccc;"
        go(reader, "int d;")
        assert reader.line == line
        await pilot.pause()


async def test_two_on_one_line_stand_below_one_another() -> None:
    async with reading("Made up.", DIFF) as (reader, pilot):
        show(reader, "> +int ccc;\n\nFirst.", "> +int ccc;\n\nSecond.")
        go(reader, "int ccc;")
        assert reader.remark_here() is None
        reader.toggle_remarks()
        await pilot.pause()
        text = "\n".join(screen(reader))
        assert text.index("First.") < text.index("Second.")
        reader.move(5)
        post = reader.remark_here()
        assert post is not None
        assert post.key == 2


async def test_side_by_side_both_sides_have_their_own() -> None:
    async with reading("Made up.", DIFF, (200, 50)) as (reader, pilot):
        show(reader, "> -int b;\n\nOld.\n\n> +int bb;\n\nNew.")
        assert reader.is_split
        go(reader, "int b;")
        reader.toggle_remarks()
        await pilot.pause()
        rows = screen(reader)
        assert marked(reader)[0].count("◆") == 2
        assert any("Old." in row for row in rows)
        assert any("New." in row for row in rows)
        reader.toggle_split()
        await pilot.pause()
        assert any("Old." in row for row in screen(reader))


async def test_headers_can_be_marked_too() -> None:
    async with reading("Made up.", DIFF) as (reader, pilot):
        show(
            reader,
            "> diff --git a/a.c b/a.c\n\nNot this file.\n\n> @@ -1,4 +1,5 @@ int main(void)\n\nNor here.",
        )
        await pilot.pause()
        assert [row[0] for row in marked(reader)] == ["◆", "◆"]
        assert reader.next_remark()
        assert reader.toggle_remarks()
        await pilot.pause()
        assert any("Not this file." in row for row in screen(reader))


async def test_one_goes_from_mark_to_mark() -> None:
    async with reading("Made up.", DIFF) as (reader, _):
        assert not reader.next_remark()
        assert reader.toggle_remarks() is None
        show(reader, "> -int b;\n\nA.\n\n> +int ccc;\n\nB.")
        assert reader.next_remark()
        assert reader.text_at(reader.cursor) == "int b;"
        assert reader.next_remark()
        assert reader.text_at(reader.cursor) == "int ccc;"
        assert not reader.next_remark()
        assert reader.next_remark(-1)


async def test_the_colour_of_a_mark_says_what_is_to_be_done() -> None:
    async with reading("Made up.", DIFF) as (reader, _):
        inks = []
        for unread, addressed in ((True, None), (False, False), (False, True)):
            remarks = show(reader, "> +int ccc;\n\nWhy?", unread=unread, addressed=addressed)
            from tui.core.colors import Colors

            inks.append(remarks.ink(next(iter(remarks.posts)), Colors()))
        assert inks == [Colors().accent, Colors().warning, Colors().dim]


async def test_what_is_read_and_asks_for_nothing_has_a_sign_of_its_own() -> None:
    async with reading("Made up.", DIFF) as (reader, pilot):
        show(reader, "> +int ccc;\n\nWhy?\n\n> @@ -1,4 +1,5 @@ int main(void)\n\nHm.", unread=False)
        await pilot.pause()
        assert not marked(reader)
        assert sum("◇" in row for row in screen(reader)) == 2


async def test_a_comment_is_shown_whole_when_all_its_remarks_are() -> None:
    async with reading("Made up.", DIFF) as (reader, _):
        remarks = show(reader, "> -int b;\n\nA.\n\n> +int ccc;\n\nB.")
        go(reader, "int b;")
        reader.toggle_remarks()
        assert not remarks.shown_keys()
        go(reader, "int ccc;")
        reader.toggle_remarks()
        assert remarks.shown_keys() == {1}


async def test_words_fit_every_width_and_are_clean() -> None:
    long = "\x1b]0;x\x07" + "word " * 60 + "日本語" * 40
    async with reading("Made up.", DIFF) as (reader, pilot):
        show(reader, f"> +int ccc;\n\n{long}")
        go(reader, "int ccc;")
        reader.toggle_remarks()
        for size in ((200, 40), (80, 24), (30, 10), (9, 5), (120, 36)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            for row in screen(reader):
                assert cells(row) <= size[0]
                assert "\x1b" not in row


async def test_remarks_that_come_anew_stay_open() -> None:
    async with reading("Made up.", DIFF) as (reader, pilot):
        remarks = show(reader, "> +int ccc;\n\nWhy?")
        go(reader, "int ccc;")
        reader.toggle_remarks()
        both = said(reader, "> +int ccc;\n\nWhy?", "> +int ccc;\n\nBecause.")
        reader.show_remarks(Remarks(both, lambda: NOW, remarks.opened))
        await pilot.pause()
        assert any("Because." in row for row in screen(reader))


async def test_copying_takes_none_of_the_words() -> None:
    async with reading("Made up.", DIFF) as (reader, _):
        show(reader, "> +int ccc;\n\nWhy?")
        go(reader, "int ccc;")
        reader.toggle_remarks()
        reader.start_selection()
        reader.move(3)
        assert reader.selected_text() == "int ccc;\nint d;"

"""The reader alone in a small app: what it draws, how it moves, what it never lets through."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from tui.core.colors import Colors
from tui.diff.document import build_document
from tui.widgets.reader import Reader

pytestmark = pytest.mark.anyio
COLORS = Colors()
SIZES = [(80, 24), (120, 36)]


class Frame(App[None]):
    def compose(self) -> ComposeResult:
        yield Reader()


@asynccontextmanager
async def reading(
    content: str, diff: str, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[Reader, Pilot[None]]]:
    """Run a reader that shows a patch."""
    app = Frame()
    async with app.run_test(size=size) as pilot:
        reader = app.query_one(Reader)
        reader.show(build_document(content, diff))
        await pilot.pause()
        yield reader, pilot


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Let the app go on until something holds."""
    for _ in range(400):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came")


def screen(reader: Reader) -> list[str]:
    """The rows in sight, as text."""
    return [reader.render_line(y).text for y in range(reader.size.height)]


def colors_in(reader: Reader) -> set[str]:
    """The colours of all text in sight."""
    return {
        segment.style.color.name
        for y in range(reader.size.height)
        for segment in reader.render_line(y)
        if segment.style and segment.style.color
    }


def many(files: int, hunks: int, lines: int) -> str:
    """A diff of C files."""
    pieces: list[str] = []
    for file in range(files):
        pieces.append(
            f"diff --git a/f{file}.c b/f{file}.c\nindex 1..2 100644\n--- a/f{file}.c\n+++ b/f{file}.c\n"
        )
        for hunk in range(hunks):
            start = hunk * 1000 + 1
            pieces.append(f"@@ -{start},1 +{start},{lines + 1} @@ int f(void)\n return 0;\n")
            pieces.extend(f"+\tint v{n} = {n}; /* why */\n" for n in range(lines))
    return "".join(pieces)


SMALL = many(3, 2, 3)


@pytest.mark.parametrize("size", SIZES)
async def test_message_stat_and_diff(size: tuple[int, int]) -> None:
    async with reading("Why.\n\nSigned-off-by: A <a@example.org>", SMALL, size) as (reader, _):
        rows = screen(reader)
        text = "\n".join(rows)
        assert "Why." in rows[0]
        assert "3 files changed, 18 insertions(+)" in text
        assert "─ f0.c  +6 ─" in text
        added = next(row for row in rows if "v0 = 0" in row)
        assert added.split()[:2] == ["2", "+"]
        assert all(len(row) == reader.scrollable_content_region.width for row in rows)


async def test_both_numbers_where_there_is_room() -> None:
    async with reading("", SMALL, (120, 36)) as (reader, _):
        kept = next(row for row in screen(reader) if "return 0" in row)
        assert kept.split()[:2] == ["1", "1"]


async def test_color_arrives() -> None:
    async with reading("", SMALL) as (reader, pilot):
        await until(pilot, lambda: {COLORS.type, COLORS.comment, COLORS.number} <= colors_in(reader))
        assert COLORS.added in colors_in(reader)


async def test_the_next_page_is_colored_ahead() -> None:
    async with reading("", many(1, 1, 500)) as (reader, pilot):
        ink = reader._ink
        assert ink is not None
        below = range(reader.size.height, 2 * reader.size.height)
        document = reader.document
        assert document is not None
        await until(pilot, lambda: all(ink.spans(n, document.row(n), 0.0) is not None for n in below))
        assert reader.is_settled
        assert reader.page_down()
        assert COLORS.comment in colors_in(reader)


async def test_removed_and_added_lines_have_signs_and_grounds() -> None:
    diff = "--- a/x.c\n+++ b/x.c\n@@ -1,2 +1,2 @@ f\n int a;\r\n-int b;\n+int c;\n"
    async with reading("", diff) as (reader, pilot):
        await until(pilot, lambda: reader.is_settled)
        rows = {strip.text.strip(): strip for strip in map(reader.render_line, range(reader.size.height))}
        grounds = {
            text[-6:]: {
                segment.style.bgcolor.name for segment in strip if segment.style and segment.style.bgcolor
            }
            for text, strip in rows.items()
        }
        assert grounds["int b;"] == {COLORS.removed_line}
        assert grounds["int c;"] == {COLORS.added_line}
        assert any(text.endswith("- int b;") for text in rows)
        assert any(text.endswith("+ int c;") for text in rows)
        assert any(text.endswith("int a;␍") for text in rows)


async def test_scrolling_to_both_ends() -> None:
    async with reading("", many(1, 1, 50_000)) as (reader, pilot):
        assert reader.bottom()
        await pilot.pause()
        assert "v49999" in screen(reader)[-1]
        assert not reader.page_down()
        await until(pilot, lambda: COLORS.comment in colors_in(reader))
        assert reader.top()
        assert not reader.page_up()
        assert not reader.line_up()
        assert reader.place == 0


async def test_paging_keeps_two_lines() -> None:
    async with reading("", many(1, 1, 500)) as (reader, pilot):
        last = screen(reader)[-2:]
        assert reader.page_down()
        await pilot.pause()
        assert screen(reader)[:2] == last
        assert reader.line_down()
        assert reader.half_up()
        assert reader.place == 34 + 1 - 18
        assert reader.half_down()
        assert reader.page_up()
        assert reader.place == 1


async def test_wheel() -> None:
    async with reading("", many(1, 1, 500)) as (reader, pilot):
        down = events.MouseScrollDown(reader, 5, 5, 0, 1, 0, False, False, False)
        reader.post_message(down)
        await until(pilot, lambda: reader.place > 0)
        assert "v0 = 0" not in "".join(screen(reader)[:4])


async def test_jumps_over_files_and_hunks() -> None:
    async with reading("", SMALL, (80, 10)) as (reader, pilot):
        document = reader.document
        assert document is not None
        seen = []
        while reader.next_hunk():
            await pilot.pause()
            seen.append(next(row for row in screen(reader) if row.startswith("▸")))
        assert len(seen) == 6
        assert not reader.next_hunk()
        back = 0
        while reader.previous_hunk():
            back += 1
        assert back == 5
        assert reader.top()
        assert reader.next_file()
        assert reader.place == document.file_rows[0]
        assert reader.next_file()
        assert reader.previous_file()
        assert reader.place == document.file_rows[0]
        assert not reader.previous_file()


async def test_place_is_kept() -> None:
    async with reading("", many(1, 1, 500)) as (reader, pilot):
        reader.show(build_document("", many(2, 1, 400)), 123)
        await pilot.pause()
        assert reader.place == 123


async def test_place_before_there_is_a_size() -> None:
    class Late(App[None]):
        def compose(self) -> ComposeResult:
            reader = Reader()
            reader.show(build_document("", many(1, 1, 500)), 77)
            yield reader

    app = Late()
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.query_one(Reader).scroll_offset.y == 77)
        assert app.query_one(Reader).place == 77


async def test_nothing_and_loading_are_never_blank() -> None:
    app = Frame()
    async with app.run_test(size=(80, 24)) as pilot:
        reader = app.query_one(Reader)
        assert "".join(screen(reader)).strip()
        reader.message("Loading [v2,1/3] net: x …", loading=True)
        await pilot.pause()
        assert "Loading [v2,1/3] net: x …" in screen(reader)[1]
        assert "─────" in "".join(screen(reader)[3:])
        reader.show(None)
        await pilot.pause()
        assert "".join(screen(reader)).strip()
        reader.message("The server does not answer; " + "word " * 20 + "\x1b[2Jpress R")
        await pilot.pause()
        assert "␛[2Jpress R" in "".join(screen(reader)[1:4])
        reader.message("")
        await pilot.pause()
        assert "".join(screen(reader)).strip()


async def test_long_lines_scroll_sideways() -> None:
    line = "".join(f"{n:05}" for n in range(200_000))
    diff = f"--- a/x.c\n+++ b/x.c\n@@ -0,0 +1,2 @@\n+{line}\n+short\n"
    async with reading("", diff) as (reader, pilot):
        row = next(n for n, text in enumerate(screen(reader)) if "00001" in text)
        assert screen(reader)[row].endswith("›")
        reader.scroll_right_columns(50)
        await pilot.pause()
        assert "‹" in screen(reader)[row]
        assert "00011" in screen(reader)[row]
        assert "00000" not in screen(reader)[row]
        reader.scroll_left_columns(50)
        assert reader.left == 0


async def test_wide_characters_are_never_cut_in_two() -> None:
    diff = "--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+" + "漢字かな" * 60 + "\n"
    async with reading("", diff, (81, 12)) as (reader, _):
        for left in range(8):
            reader.left = left
            reader._strips.clear()
            for y in range(12):
                strip = reader.render_line(y)
                assert strip.cell_length == reader.scrollable_content_region.width


async def test_damage_is_marked_with_the_reason() -> None:
    diff = "diff --git a/x.c b/x.c\nindex 1..2 100644\n--- a/x.c\n+++ b/x.c\n@@ -1,9 +1,9 @@\n a\n-b\n+c\n"
    async with reading("", diff) as (reader, pilot):
        await until(pilot, lambda: "! Hunk is shorter than expected" in "\n".join(screen(reader)))
        assert any("@@ -1,9 +1,9 @@" in row and "! hunk is shorter" in row for row in screen(reader))
        assert any(row.rstrip().endswith("- b") for row in screen(reader))


HOSTILE = (
    "".join(chr(code) for code in range(0xA0)) + "\u202e\u2066\u200b\u200d\ufeff\u061c\u115f\U000e0041\x9b31m"
)


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_bytes_never_reach_the_terminal(size: tuple[int, int]) -> None:
    lines = [
        *HOSTILE.replace("\n", "").split(","),
        HOSTILE.replace("\n", ""),
        "\x1b]0;owned\x07",
        "\x1b[2J[bold]",
    ]
    body = "".join(f"+{line}\n" for line in lines)
    name = "x\x1b[31m\u202e.c"
    header = f"diff --git a/{name} b/{name}\nindex 1..2\x1b 100644\x9b\n--- a/{name}\n+++ b/{name}\n"
    diff = f"{header}@@ -0,0 +1,{len(lines)} @@ \x1b[5m\n{body}@@ -1,9 +1,9 @@\n-\x1b\n\x1b wrapped\n"
    raw = f"stray \x1b[2J\n{diff}diff --git a/y b/y\nold mode \x1b\nnew mode \x9b\nrename old \x1bq\n"
    async with reading(f"\x1b]52;c;aGk=\x07\n\nCc: \x1bc\u202e\n---\n{HOSTILE}", raw, size) as (
        reader,
        pilot,
    ):
        seen = 0
        await until(pilot, lambda: reader.is_settled)
        while True:
            for y in range(reader.size.height):
                for segment in reader.render_line(y):
                    seen += len(segment.text)
                    bad = [
                        c for c in segment.text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")
                    ]
                    assert bad == [], segment.text
            if not reader.page_down():
                break
            await pilot.pause(0.02)
        reader.top()
        await pilot.pause()
        assert seen > 1000
        while "hidden characters" not in "\n".join(screen(reader)):
            assert reader.page_down()
            await pilot.pause()


async def test_resizing_down_to_nothing_and_back() -> None:
    async with reading("Why.", SMALL) as (reader, pilot):
        for width, height in [(80, 24), (50, 10), (39, 5), (20, 3), (6, 2), (2, 1), (1, 1), (120, 36)]:
            await pilot.resize_terminal(width, height)
            reader.page_down()
            reader.next_hunk()
            reader.scroll_right_columns()
            await pilot.pause()
            assert all(len(row) == reader.scrollable_content_region.width for row in screen(reader))
        assert reader.size.width > 100


async def test_many_files() -> None:
    diff = "".join(f"diff --git a/{n} b/{n}\nold mode 100644\nnew mode 100755\n" for n in range(20_000))
    async with reading("", diff) as (reader, pilot):
        reader.bottom()
        await pilot.pause()
        assert "19999" in screen(reader)[-1]
        assert "mode 100644 → 100755" in screen(reader)[-1]
        assert reader.previous_file()


async def test_empty_patch() -> None:
    async with reading("", "") as (reader, _):
        assert "No diff" in screen(reader)[0]
        assert not reader.next_file()
        assert not reader.next_hunk()


def test_import_loads_no_pygments_and_no_unidiff() -> None:
    code = "import sys, tui.widgets.reader; print([m for m in ('pygments', 'unidiff') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

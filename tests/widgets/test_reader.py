"""The reader alone in a small app: what it draws, how it moves, what it never lets through."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from itertools import count
from threading import Event

import pytest
from textual import _time, events
from textual.app import App, ComposeResult

from tests.widgets.reader_rig import SIZES, Frame, colors_in, many, reading, screen, until
from tui.core.colors import Colors
from tui.diff.document import Document, build_document
from tui.widgets.reader import Reader
from tui.widgets.reader_leaf import Spot

pytestmark = pytest.mark.anyio
COLORS = Colors()
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


async def test_color_arrives_on_a_machine_that_stands_still_for_5_ms_at_each_look_at_its_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    passed = count(0.0, 0.005)
    monkeypatch.setattr(_time, "get_time", lambda: next(passed))
    async with reading("", SMALL) as (reader, pilot):
        await until(pilot, lambda: reader.is_settled)
        assert {COLORS.type, COLORS.comment, COLORS.number} <= colors_in(reader)


async def test_the_next_page_is_colored_ahead() -> None:
    async with reading("", many(1, 1, 500)) as (reader, pilot):
        assert reader.page is not None
        ink = reader.page.ink
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
        assert grounds["int b;"] == {COLORS.removed_line, COLORS.removed_word}
        assert grounds["int c;"] == {COLORS.added_line, COLORS.added_word}
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
        assert screen(reader)[0].startswith("─ f0.c")
        assert screen(reader)[1:3] == last
        assert reader.half_up()
        assert reader.place == 34 - 1 - 18
        assert reader.half_down()
        assert reader.page_up()
        assert reader.place == 0


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
            seen.append(reader.render_line(reader.line - reader.row).text)
        assert len(seen) == 6
        assert all(row.startswith("▸") and "@@" in row for row in seen)
        assert not reader.next_hunk()
        assert reader.previous_hunk(4)
        assert reader.previous_hunk(9)
        assert not reader.previous_hunk()
        assert reader.top()
        assert reader.next_file()
        assert reader.line == document.file_rows[0]
        assert reader.next_file()
        assert reader.previous_file()
        assert reader.line == document.file_rows[0]
        assert not reader.previous_file()


async def test_place_is_kept() -> None:
    async with reading("", many(1, 1, 500)) as (reader, pilot):
        reader.show(build_document("", many(2, 1, 400)), Spot(123, 130))
        await pilot.pause()
        assert reader.spot == Spot(123, 130, frozenset(), diff=reader.spot.diff)


async def test_place_before_there_is_a_size() -> None:
    class Late(App[None]):
        def compose(self) -> ComposeResult:
            reader = Reader()
            reader.show(build_document("", many(1, 1, 500)), Spot(77))
            yield reader

    app = Late()
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.query_one(Reader).scroll_offset.y == 77)
        assert app.query_one(Reader).place == 77


LONG = " ".join(f"word{n}" for n in range(150))
WORDS = "\n\n".join(f"{n}: {LONG}" for n in range(9))


def fits(reader: Reader, width: int) -> bool:
    """Whether the reader has taken up a terminal's new width."""
    return reader._width == reader.scrollable_content_region.width == width - 1


async def test_prose_is_folded_to_the_pane_and_the_top_stays() -> None:
    async with reading(WORDS, SMALL) as (reader, pilot):
        assert not any(row.rstrip().endswith("›") for row in screen(reader))
        reader.show(build_document(WORDS, SMALL), Spot(6))
        await pilot.pause()
        assert screen(reader)[0].strip().startswith("3: word0")
        reader.line_down()
        await pilot.pause()
        words = screen(reader)[0].split()
        for width in (60, 33, 200, 120):
            await pilot.resize_terminal(width, 24)
            await until(pilot, partial(fits, reader, width))
            assert words[0] in screen(reader)[0]
            assert reader.place == 6
            assert max(map(len, screen(reader))) <= width
        assert screen(reader)[0].split() == words


async def test_leaps_after_a_resize_find_their_files() -> None:
    async with reading(WORDS, SMALL) as (reader, pilot):
        await pilot.resize_terminal(50, 20)
        await until(pilot, partial(fits, reader, 50))
        assert reader.next_file()
        await pilot.pause()
        assert "f0.c" in screen(reader)[0]


async def test_a_mail_is_headed_by_who_sent_it() -> None:
    async with reading("", "") as (reader, pilot):
        author = "A\x1b[31m. Name <a@example.org>"
        reader.read("Why.", SMALL, subject="[1/2] [bold]x", author=author, date="2026-03-31 18:00 UTC")
        await pilot.pause()
        rows = [row.strip() for row in screen(reader)[:5]]
        assert rows[0] == "From: A␛[31m. Name <a@example.org>"
        assert rows[1:] == ["Date: 2026-03-31 18:00 UTC", "[1/2] [bold]x", "", "Why."]
        subject = reader.render_line(2)
        assert any(segment.style and segment.style.bold for segment in subject)
        assert {COLORS.dim} < colors_in(reader)


async def test_a_folded_trailer_keeps_its_color() -> None:
    async with reading(f"Why.\n\nLink: https://example.org/{'x' * 150}", "") as (reader, _):
        rest = reader.render_line(3)
        assert rest.text.strip() == "x" * len(rest.text.strip())
        assert {s.style.color.name for s in rest if s.style and s.style.color and s.text.strip()} == {
            COLORS.trailer
        }


@pytest.fixture
def short_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.widgets.reader.AT_ONCE", 10)


@pytest.mark.usefixtures("short_limit")
async def test_a_long_diff_is_built_off_the_loop() -> None:
    async with reading("", "") as (reader, pilot):
        reader.read("Why.", many(1, 1, 500), spot=Spot(42))
        assert reader.document is None
        assert not reader.is_settled
        assert reader.place == 42
        await pilot.pause()
        await until(pilot, lambda: reader.document is not None)
        assert reader.place == 42
        await until(pilot, lambda: reader.is_settled)


@pytest.mark.usefixtures("short_limit")
@pytest.mark.parametrize("later", ["show", "read", "message"])
async def test_what_comes_later_wins_over_a_build(later: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ready, built = Event(), Event()

    def slow(*args: str, **words: str) -> Document:
        assert ready.wait(10)
        built.set()
        return build_document("late", "")

    async with reading("", "") as (reader, pilot):
        with monkeypatch.context() as patch:
            patch.setattr("tui.diff.document.build_document", slow)
            reader.read("Why.", many(1, 1, 500))
            await until(pilot, lambda: len(reader.workers) > 0)
        if later == "show":
            reader.show(build_document("newer", ""))
        elif later == "read":
            reader.read("newer", "")
        else:
            reader.message("newer")
        ready.set()
        await until(pilot, lambda: built.is_set() and not len(reader.workers))
        await pilot.pause()
        assert "newer" in "".join(screen(reader))
        assert "late" not in "".join(screen(reader))


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


async def test_empty_patch() -> None:
    async with reading("", "") as (reader, _):
        assert "No diff" in screen(reader)[0]
        assert not reader.next_file()
        assert not reader.next_hunk()


def test_import_loads_no_pygments_and_no_unidiff() -> None:
    code = "import sys, tui.widgets.reader; print([m for m in ('pygments', 'unidiff') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

"""The reader against what is damaged, hostile, huge or tiny."""

from __future__ import annotations

import logging
import unicodedata
from pathlib import Path

import pytest

from tests.widgets.reader_rig import SIZES, many, reading, screen, until
from tui.core.text import clean
from tui.diff.document import Document
from tui.diff.row import Kind

pytestmark = pytest.mark.anyio
SMALL = many(3, 2, 3)


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
            for y in range(12):
                strip = reader.render_line(y)
                assert strip.cell_length == reader.scrollable_content_region.width


HEADER = "diff --git a/x.c b/x.c\nindex 1..2 100644\n--- a/x.c\n+++ b/x.c\n"


@pytest.mark.parametrize("size", SIZES)
async def test_damage_is_marked_with_the_reason(size: tuple[int, int]) -> None:
    async with reading("", f"{HEADER}@@ -1,9 +1,9 @@\n a\n-b\n+c\n", size) as (reader, pilot):
        told = "─ x.c  +1 -1  ! damaged; unidiff: hunk is shorter than expected"
        await until(pilot, lambda: told in "\n".join(screen(reader)))
        assert any("@@ -1,9 +1,9 @@" in row and "! hunk is shorter" in row for row in screen(reader))
        assert any(row.rstrip().endswith(("- b", "-b")) for row in screen(reader))


@pytest.mark.parametrize("size", SIZES)
async def test_the_header_says_how_much_is_damaged_and_each_hunk_why(size: tuple[int, int]) -> None:
    hunks = "@@ -1 +1 @@\n-a\n+b\n@@ -5,2 +5,2 @@\n c that was\nwrapped\n-d\n+e\n"
    cut = "@@ -9,9 +9,9 @@ f\n f\n-g\n+h\n"
    async with reading("", f"{HEADER}{hunks}{cut}-- \n2.39.5\n", size) as (reader, _):
        shown = screen(reader)
        assert any("x.c  +3 -3  ! 2 of 3 hunks damaged" in row for row in shown)
        assert any("@@ -5,2 +5,2 @@  ! hunk holds lines that are none of a diff" in row for row in shown)
        assert any("@@ -9,9 +9,9 @@  ! hunk is shorter than its header says  f" in row for row in shown)
        # The signature is no removed line.
        assert [row.strip() for row in shown if row.strip()][-2:] == ["--", "2.39.5"]


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


async def test_a_long_message_is_built_off_the_loop() -> None:
    async with reading("", "") as (reader, pilot):
        reader.read("Why\n" * 200_000, "", cover=True)
        assert reader.document is None
        assert reader.is_expecting
        await until(pilot, lambda: reader.document is not None)
        assert reader.document is not None
        assert reader.document.row_at(199_999) == reader.document.count - 1
        await pilot.resize_terminal(30, 10)
        reader.bottom()
        await pilot.pause()
        assert "Why" in screen(reader)[-1]


async def test_few_lines_that_are_wide_are_indexed_off_the_loop() -> None:
    diff = "--- a/x.c\n+++ b/x.c\n@@ -0,0 +1,2500 @@\n" + f"+{'漢' * 5_000}\n" * 2_500
    async with reading("", "") as (reader, pilot):
        reader.read("", diff)
        assert reader.is_expecting
        await until(pilot, lambda: reader.document is not None)
        assert reader.document is not None
        assert reader.document.index.lines.text == diff


async def test_what_takes_longer_than_it_looks_is_begun_again_off_the_loop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.widgets.reader.PATIENCE", 1e-9)
    async with reading("", "") as (reader, pilot):
        reader.read("Why.", SMALL)
        assert reader.is_expecting
        await until(pilot, lambda: reader.document is not None)
        assert any("Why." in row for row in screen(reader))


async def test_a_long_name_is_drawn_as_far_as_it_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def measured(text: str) -> str:
        seen.append(len(text))
        return clean(text)

    name = "漢" * 100_000
    old = f"--- a/{name}\n+++ b/{name}x\n@@ -0,0 +1 @@\n+x\n"
    for diff in (old, f"diff --git a/x b/x\nindex 1..2\n{old}", f"diff --git a/x b/x\nrename from {name}\n"):
        async with reading("", diff) as (reader, _):
            document = reader.document
            assert document is not None
            monkeypatch.setattr("tui.widgets.reader_rows.clean", measured)
            reader.redraw_all()
            assert any(row.rstrip().endswith("›") or "…漢" in row for row in screen(reader))
            monkeypatch.undo()
    assert seen
    assert max(seen) < 1_000


@pytest.mark.parametrize("lines", [2, 30_000])
async def test_a_mail_that_raises_is_shown_as_it_came(
    lines: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(content: str, *_: object, **__: object) -> Document:
        raise ValueError(f"odd: {content}")

    monkeypatch.setattr("tui.diff.document.build_document", fail)
    content = "Secret \x1b[2J" + "word " * 40 + "\n" * lines
    async with reading("", "") as (reader, pilot):
        with caplog.at_level(logging.ERROR):
            reader.read(content, SMALL)
            await until(pilot, lambda: "as it came" in screen(reader)[0])
        document = reader.document
        assert document is not None
        await until(pilot, lambda: "Secret ␛[2Jword" in screen(reader)[2])
        found = [document.row(n) for n in range(2, document.count)]
        assert [row.text for row in found] == [*content.split("\n"), *SMALL.split("\n")]
        assert {row.kind for row in found} == {Kind.RAW}
        assert reader.bottom()
    (record,) = caplog.records
    assert "Secret" not in caplog.text
    assert "ValueError" in caplog.text
    assert f'{Path(__file__).name}", line' in caplog.text
    assert record.name == "tui.widgets.reader_build"

"""Searching: all hits are marked, the cursor goes from one to the next."""

from __future__ import annotations

import pytest

from tests.widgets.reader_rig import colors_in, many, reading, screen, until
from tui.core.colors import Colors
from tui.diff.document import build_document
from tui.diff.search import compile_search
from tui.widgets.reader import Reader

pytestmark = pytest.mark.anyio
COLORS = Colors()


def marked(reader: Reader, ground: str) -> list[str]:
    """The texts in sight that stand on a ground."""
    texts: list[str] = []
    for y in range(reader.size.height):
        run = ""
        for segment in reader.render_line(y):
            if segment.style and segment.style.bgcolor and segment.style.bgcolor.name == ground:
                run += segment.text
            elif run:
                texts.append(run)
                run = ""
        texts += [run] if run else []
    return texts


async def test_all_hits_are_marked_and_the_one_at_the_cursor_stronger() -> None:
    async with reading("About v1 and more.", many(1, 1, 12), (100, 30)) as (reader, _):
        reader.search(compile_search("v1"))
        assert reader.next_hit(0) == "1 of 4"
        assert marked(reader, COLORS.hit_now) == ["v1"]
        assert marked(reader, COLORS.hit) == ["v1", "v1", "v1"]
        assert reader.next_hit() == "2 of 4"
        assert "v1 = 1" in screen(reader)[reader.line - reader.row]
        assert reader.hit == 1
        assert reader.next_hit(-1) == "1 of 4"
        assert reader.next_hit(-1) == "4 of 4, from the end"
        assert reader.next_hit(2) == "2 of 4, from the top"
        reader.search(None)
        assert marked(reader, COLORS.hit) == marked(reader, COLORS.hit_now) == []
        assert "/" in reader.next_hit()


async def test_nothing_found_says_so() -> None:
    async with reading("", many(1, 1, 12)) as (reader, _):
        reader.search(compile_search("not there"))
        assert "not there" in reader.next_hit()
        assert reader.hit is None


async def test_a_hit_in_a_fold_or_out_of_sight_is_brought_in_sight() -> None:
    long = "x" * 300 + "needle" + "x" * 50
    diff = many(3, 1, 90) + f"--- a/z\n+++ b/z\n@@ -0,0 +1 @@\n+{long}\n"
    async with reading("", diff, (80, 20)) as (reader, _):
        reader.toggle_all_folds()
        reader.search(compile_search("v88"))
        assert reader.next_hit(2) == "2 of 3"
        assert "v88" in screen(reader)[reader.line - reader.row]
        reader.search(compile_search("needle"))
        assert reader.next_hit(0) == "1 of 1"
        assert "needle" in screen(reader)[reader.line - reader.row]
        reader.search(compile_search("v88"))
        reader.next_hit()
        assert reader.left == 0


async def test_a_hit_far_into_a_wrapped_line_is_brought_in_sight() -> None:
    long = "x" * 3000 + "needle" + "x" * 50
    diff = f"--- a/z\n+++ b/z\n@@ -0,0 +1 @@\n+{long}\n"
    async with reading("", diff, (80, 20)) as (reader, _):
        assert reader.toggle_wrap()
        reader.search(compile_search("needle"))
        assert reader.next_hit(0) == "1 of 1"
        assert "needle" in screen(reader)[reader.line - reader.row]


async def test_leaps_show_lines_from_their_beginnings() -> None:
    long = "x" * 300 + "needle" + "x" * 50
    diff = f"--- a/z\n+++ b/z\n@@ -0,0 +1 @@\n+{long}\n" + many(2, 2, 90)
    async with reading("", diff, (80, 20)) as (reader, _):
        for leap in (reader.next_file, reader.next_hunk, lambda: reader.go_to(3)):
            reader.search(compile_search("needle"))
            reader.next_hit(0)
            assert reader.left > 0
            leap()
            assert reader.left == 0


async def test_where_one_was_is_found_again_sideways_too() -> None:
    diff = f"--- a/z\n+++ b/z\n@@ -0,0 +1 @@\n+{'x' * 300}needle\n"
    async with reading("", diff, (80, 20)) as (reader, _):
        before = reader.spot
        reader.search(compile_search("needle"))
        reader.next_hit(0)
        there, left = reader.spot, reader.left
        reader.go_back(before)
        assert (reader.left, reader.spot) == (0, before)
        reader.go_back(there)
        assert (reader.left, reader.spot) == (left, there)


async def test_another_patch_is_searched_for_the_same() -> None:
    async with reading("", many(1, 1, 12)) as (reader, _):
        reader.search(compile_search("v1"))
        assert len(reader.hits) == 3
        reader.show(build_document("", many(1, 1, 3)))
        assert len(reader.hits) == 1
        reader.show(None)
        assert reader.hits == []


async def test_hits_come_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.widgets.reader_find.AT_ONCE", 0.0)
    async with reading("", many(1, 1, 500)) as (reader, pilot):
        reader.search(compile_search("v[0-9]+", regex=True))
        assert reader.is_searching
        assert reader.next_hit() == "Still searching."
        await until(pilot, lambda: len(reader.hits) == 500)
        await until(pilot, lambda: not reader.is_searching)
        assert COLORS.text in colors_in(reader)

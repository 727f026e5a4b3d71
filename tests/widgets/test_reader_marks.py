"""What is to be seen in a line: words, moves, white space, look-alikes, ends of lines."""

from __future__ import annotations

import pytest

from tests.widgets.reader_rig import SIZES, reading, screen, until
from tests.widgets.test_reader_find import marked
from tui.core.colors import Colors
from tui.diff.search import compile_search
from tui.widgets.reader import Reader

pytestmark = pytest.mark.anyio
COLORS = Colors()

BLOCK = [f"\tcall_number_{n}(some, arguments);" for n in range(5)]
MOVED = "".join(
    [
        "diff --git a/x.c b/x.c\nindex 1..2 100644\n--- a/x.c\n+++ b/x.c\n@@ -1,6 +1 @@ f\n a\n",
        *(f"-{line}\n" for line in BLOCK),
        "diff --git a/y.c b/y.c\nindex 1..2 100644\n--- a/y.c\n+++ b/y.c\n@@ -1 +1,6 @@ g\n b\n",
        *(f"+{line}\n" for line in BLOCK),
    ]
)


def change(old: str, new: str) -> str:
    return f"--- a/x.txt\n+++ b/x.txt\n@@ -1,2 +1,2 @@\n same\n-{old}\n+{new}\n"


def row_with(reader: Reader, text: str) -> str:
    return next(row for row in screen(reader) if text in row)


async def test_words_that_changed_stand_on_a_stronger_ground() -> None:
    async with reading("", change("the quick brown fox", "the quick red fox")) as (reader, pilot):
        await until(pilot, lambda: reader.is_settled)
        assert marked(reader, COLORS.removed_word) == ["brown"]
        assert marked(reader, COLORS.added_word) == ["red"]


async def test_lines_with_little_in_common_have_no_words() -> None:
    async with reading("", change("alpha beta gamma", "1 + 2 * (3 ^ 4)")) as (reader, pilot):
        await until(pilot, lambda: reader.is_settled)
        assert marked(reader, COLORS.removed_word) == marked(reader, COLORS.added_word) == []


SHIFTED = "--- a/x.txt\n+++ b/x.txt\n@@ -1 +1,2 @@\n-the {} fox\n+something else\n+the {} fox\n"


async def test_side_by_side_partners_stand_beside_each_other() -> None:
    async with reading("", SHIFTED.format("quick brown", "quick red"), (160, 20)) as (reader, pilot):
        await until(pilot, lambda: reader.is_settled)
        assert reader.is_split
        (row,) = [row for row in screen(reader) if "brown" in row]
        assert "red" in row
        assert marked(reader, COLORS.removed_word) == ["brown"]
        assert marked(reader, COLORS.added_word) == ["red"]
    async with reading("", change("the brown fox", "the red fox"), (160, 20)) as (reader, pilot):
        await until(pilot, lambda: reader.is_settled)
        assert marked(reader, COLORS.added_word) == ["red"]


async def test_where_no_partners_are_looked_for_a_stranger_tells_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.diff.split.ALIGNED", 0)
    async with reading("", SHIFTED.format("a  b", "a b"), (160, 20)) as (reader, pilot):
        await until(pilot, lambda: reader.is_settled)
        reader.cycle_whitespace()
        reader.cycle_whitespace()
        assert any("fox" in text for text in marked(reader, COLORS.removed_line))
        reader.toggle_split()
        assert not any("fox" in text for text in marked(reader, COLORS.removed_line))


async def test_moved_lines_have_a_sign_and_lead_to_each_other() -> None:
    async with reading("", MOVED) as (reader, pilot):
        await until(pilot, lambda: sum("»-" in row or "«+" in row for row in screen(reader)) == 10)
        rows = screen(reader)
        assert sum("»-" in row for row in rows) == sum("«+" in row for row in rows) == 5
        assert marked(reader, COLORS.moved_line)
        reader.move(next(y for y, row in enumerate(rows) if "»-" in row) + 1)
        assert reader.follow_move() == "5 lines moved from x.c:3 to y.c:3."
        assert "«+" in reader.render_line(reader.line - reader.row).text
        assert reader.follow_move() == "5 lines moved from x.c:3 to y.c:3."
        assert "»-" in reader.render_line(reader.line - reader.row).text
        reader.top()
        assert "no moved line" in reader.follow_move()


async def test_white_space_in_its_three_ways() -> None:
    diff = change("\tint a;", "    int a;  ") + "@@ -9 +9 @@\n-one\n+two\n"
    async with reading("", diff) as (reader, pilot):
        await until(pilot, lambda: reader.is_settled)
        assert marked(reader, COLORS.space_error) == ["  "]
        assert "·" not in "".join(screen(reader))
        assert reader.cycle_whitespace() == "marks"
        assert row_with(reader, "→").rstrip().endswith("int a;")
        assert row_with(reader, "·").rstrip().endswith("int a;··")
        assert reader.cycle_whitespace() == "its changes dimmed"
        assert not any("int a" in text for text in marked(reader, COLORS.added_line))
        assert any(
            "two" in text for text in (*marked(reader, COLORS.added_line), *marked(reader, COLORS.added_word))
        )
        assert "-" in row_with(reader, "int a")
        assert reader.cycle_whitespace() == "as it is"


async def test_ends_of_lines_are_told_quietly() -> None:
    diff = change("one\r", "two\r") + "\\ No newline at end of file\n"
    async with reading("", diff) as (reader, _):
        assert row_with(reader, "one").rstrip().endswith("one␍")
        assert "No newline at end of file" in "".join(screen(reader))


async def test_letters_that_pass_for_others_are_marked() -> None:
    async with reading("", change("if (admin)", "if (\u0430dmin) \u202e")) as (reader, pilot):
        await until(pilot, lambda: reader.is_settled)
        warned = [
            segment.text
            for y in range(reader.size.height)
            for segment in reader.render_line(y)
            if segment.style and segment.style.underline and segment.style.color
        ]
        assert "\u0430" in "".join(warned)
        assert "⟨202E⟩" in "".join(warned)
        assert "look-alike letters" in "".join(screen(reader))


@pytest.mark.parametrize(
    ("quoted", "shown", "warning"),
    [
        ("x\\342\\200\\256c.exe", "x⟨202E⟩c.exe", "hidden characters"),
        ("\\033[2Jx", "␛[2Jx", "hidden characters"),
        ("\\320\\260dmin.c", "\u0430dmin.c", "look-alike letters"),
    ],
)
async def test_what_git_quotes_in_a_name_is_warned_of(quoted: str, shown: str, warning: str) -> None:
    diff = f'diff --git "a/{quoted}" "b/{quoted}"\nold mode 100644\nnew mode 100755\n'
    async with reading("", diff, (80, 24)) as (reader, _):
        assert f" ! {warning} " in row_with(reader, f"─ {shown} ")


@pytest.mark.parametrize("size", SIZES)
async def test_a_diff_in_the_message_has_colours(size: tuple[int, int]) -> None:
    message = "Such as:\n\n--- a/y\n+++ b/y\n@@ -1,2 +1,2 @@\n-was\n+is\n same\n\n- a list\n"
    async with reading(message, change("a", "b"), size) as (reader, _):
        rows = [reader.render_line(y) for y in range(10)]
        inks = {row.text.strip(): [*row.crop(1, 3)][-1].style for row in rows}
        found = {text: ink.color.name for text, ink in inks.items() if ink and ink.color}
        assert found["-was"] == COLORS.removed
        assert found["+is"] == COLORS.added
        assert found["@@ -1,2 +1,2 @@"] == COLORS.hunk
        assert found["same"] == COLORS.text


async def test_a_header_says_what_happened() -> None:
    diff = (
        "diff --git a/old.sh b/new.sh\nsimilarity index 96%\nrename from old.sh\nrename to new.sh\n"
        "old mode 100644\nnew mode 100755\n"
    )
    async with reading("", diff) as (reader, _):
        assert "renamed from old.sh 96%, mode 100644 → 100755" in row_with(reader, "─ new.sh")


async def test_where_a_file_came_from_is_told_in_what_room_there_is() -> None:
    old, new = "patchwork/tests/fuzztests/charset.mbox", "patchwork/tests/data/fuzz/charset.mbox"
    diff = f"diff --git a/{old} b/{new}\nsimilarity index 100%\nrename from {old}\nrename to {new}\n"
    async with reading("", diff, (80, 24)) as (reader, _):
        assert "renamed from …/fuzztests/… 100%" in row_with(reader, f"─ {new}")
        assert row_with(reader, "│ 0").startswith(" …chwork/tests/{fuzztests → data/fuzz}/charset.mbox")
    async with reading("", diff, (54, 24)) as (reader, _):
        assert row_with(reader, "─ patchwork/t…ata/fuzz/charset.mbox ").endswith(" renamed 100% ─")
    async with reading("", diff, (120, 36)) as (reader, _):
        assert f"renamed from {old} 100%" in row_with(reader, f"─ {new}")


@pytest.mark.parametrize("width", [80, 60, 40])
async def test_a_header_keeps_name_counts_and_what_happened_in_sight(width: int) -> None:
    folder = "drivers/net/ethernet/a_vendor/a_model/a_part_of_it"
    old, new = f"{folder}/old_name.c", f"{folder}/new_name.c"
    diff = (
        f"diff --git a/{old} b/{new}\nsimilarity index 96%\nrename from {old}\nrename to {new}\n"
        f"index 1..2 100644\n--- a/{old}\n+++ b/{new}\n@@ -1 +1 @@\n-a\n+b\n"
    )
    async with reading("", diff, (width, 20)) as (reader, _):
        header = row_with(reader, "+1 -1 ")
        assert "…" in header
        assert "new_name.c" in header
        assert width == 40 or "96%" in header


@pytest.mark.parametrize("wraps", [False, True])
async def test_all_hits_in_sight_are_marked_wherever_in_a_line_full_of_them(wraps: bool) -> None:
    async with reading("", change("short", "ab" * 50_000)) as (reader, pilot):
        if wraps:
            reader.toggle_wrap()
        reader.search(compile_search("b"))
        await until(pilot, lambda: reader.is_settled)
        for _ in range(120):
            cursor = reader.line - reader.row  # hits there stand on another ground
            rows = [row for y, row in enumerate(screen(reader)) if "abab" in row and y != cursor]
            shown = sum(row.count("b") for row in rows)
            assert shown > 40
            assert len(marked(reader, COLORS.hit)) == shown
            if wraps:
                reader.page_down()
            else:
                reader.scroll_right_columns(97)
            await pilot.pause()

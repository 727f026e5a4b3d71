"""The list of a diff's files."""

from __future__ import annotations

import pytest

from tests.screens.conftest import Sit
from tui.diff.index import index_diff
from tui.screens.dialogs import list_files
from tui.screens.file_list import FileList

pytestmark = pytest.mark.anyio

SERIES = "migration: send memory over several"


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_files_with_their_counts_and_enter_goes_there(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        reader = await seat.reads(SERIES, patch=3)
        await seat.press("L")
        await seat.sees("3 files, +", "Makefile", "kiln/migration_send.c", "new file", "meson.build")
        await seat.press("down", "enter")
        assert reader.current_file == 1
        await seat.press("L")
        await seat.sees("▸    kiln/migration_send.c")
        await seat.press("escape")
        assert reader.current_file == 1


async def test_typing_narrows(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads(SERIES, patch=3)
        await seat.press("L", *"build")
        await seat.sees("▸    meson.build")
        await seat.press("enter")
        assert reader.current_file == 2
        await seat.press("L", *"zzz")
        await seat.sees("nothing matches")
        await seat.press("enter", "escape")
        assert reader.current_file == 2


async def test_a_list_of_one_file_also_says_that_nothing_matches(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.reads("ci: keep the compiler's cache")
        await seat.press("L")
        await seat.sees("1 file, +3 -0")
        await seat.press(*"zzz")
        await seat.sees("nothing matches")


async def test_a_file_whose_end_was_in_sight_has_a_mark(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.reads(SERIES, patch=3)
        await seat.press("L")
        await seat.sees("3 files")
        assert "✓  Makefile" not in seat.text
        await seat.press("escape", "right_curly_bracket", "right_curly_bracket", "L")
        await seat.sees("✓ Makefile", "seen to the end")
        await seat.press("escape", "q", "j", "k", "enter", "L")
        await seat.sees("✓ Makefile")


async def test_a_message_without_a_diff_has_none(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.reads(SERIES)
        await seat.press("L")
        assert "no files to list" in seat.last_line


async def test_a_name_has_the_room_that_counts_and_words_leave(sit: Sit) -> None:
    old, new = "drivers/staging/media/atomisp/pci/sh_css.c", "drivers/media/pci/intel/atomisp/sh_css.c"
    index = index_diff(
        f"diff --git a/{old} b/{new}\nsimilarity index 96%\nrename from {old}\nrename to {new}\n"
        f"--- a/{old}\n+++ b/{new}\n@@ -1 +1 @@\n-a\n+b\n"
    )
    async with sit((80, 24)) as seat:
        await seat.loaded()
        list_files(seat.browser, index, lambda number: None, current=0, seen=set())
        await seat.sees(f"{new}  renamed +1 -1 +-")


async def test_twenty_thousand_files_are_no_more_widgets_than_two(sit: Sit) -> None:
    text = "".join(
        f"diff --git a/drivers/n{n}.c b/drivers/n{n}.c\n--- a/drivers/n{n}.c\n+++ b/drivers/n{n}.c\n"
        "@@ -1 +1 @@\n-a\n+b\n"
        for n in range(20_000)
    )
    index = index_diff(text)
    chosen: list[int] = []
    async with sit((80, 24)) as seat:
        await seat.loaded()
        list_files(seat.browser, index, chosen.append, current=12_345, seen={12_345})
        await seat.sees("20,000 files", "▸  ✓ drivers/n12345.c")
        assert len(list(seat.app.screen.walk_children())) < 20
        assert isinstance(seat.app.screen, FileList)
        await seat.press(*"n19999", "enter")
        assert chosen == [19_999]


async def test_hostile_names_are_shown_as_what_they_are(sit: Sit) -> None:
    index = index_diff('diff --git "a/\\033]0;x" "b/\\033]0;x"\nold mode 100644\nnew mode 100755\n')
    async with sit((80, 24)) as seat:
        await seat.loaded()
        list_files(seat.browser, index, lambda number: None, current=0, seen=set())
        await seat.sees("␛]0;x")


async def test_every_size_down_to_one_cell(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.reads(SERIES, patch=3)
        for keys in (("L",), ("escape", "slash", "a"), ("escape", "exclamation_mark")):
            await seat.press(*keys)
            for width, height in ((99, 20), (40, 10), (12, 5), (6, 3), (3, 2), (1, 1), (120, 36)):
                await seat.pilot.resize_terminal(width, height)
                await seat.pilot.pause()
        assert seat.app.is_running

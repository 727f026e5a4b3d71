"""Actions on marked rows: the sheet that says what they will change, and what is done when it is wanted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.screens.conftest import Seat, Sit
from tui.core.model import Project
from tui.core.rows import PatchRow
from tui.demo.server import DemoServer
from tui.screens.preview import PreviewSheet
from tui.sync.sync import Sync

pytestmark = pytest.mark.anyio

SERIES = "hw: reset values in tables"


def sheet(seat: Seat) -> PreviewSheet:
    """Return the sheet that is open."""
    assert isinstance(seat.app.screen, PreviewSheet), seat.text
    return seat.app.screen


def patches(seat: Seat, series_ids: Sequence[int]) -> list[PatchRow]:
    store = seat.browser.store
    return [row for id in series_ids for row in store.patch_rows(store.patch_ids(id))]


async def mark_some(seat: Seat, count: int = 4) -> list[int]:
    """Mark so many series from one on; return their ids."""
    await seat.loaded()
    await seat.goes_to(SERIES)
    await seat.press("V", *["j"] * (count - 1), "V")
    marked = seat.browser.series.shown_marks
    assert len(marked) == count
    return marked


async def test_the_sheet_says_what_changes_and_enter_does_it(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        marked = await mark_some(seat)
        rows = patches(seat, marked)
        changing = [row for row in rows if row.patch.state != "rejected"]
        others = {row.patch.id: row.patch.state for row in patches(seat, seat.browser.series.ids)}
        await seat.press("s", "4")
        assert f"Set {len(changing)} patches in 4 series to Rejected" in seat.text
        for state, words in (("under-review", "Under review"), ("accepted", "Accepted"), ("new", "New")):
            assert f"{words} {sum(row.patch.state == state for row in rows)}" in seat.text
        assert not seat.browser.store.intents()
        await seat.press("enter")
        await seat.settled()
        assert {row.patch.state for row in patches(seat, marked)} == {"rejected"}
        for row in patches(seat, seat.browser.series.ids):
            if row.patch.series_id not in marked:
                assert row.patch.state == others.get(row.patch.id, row.patch.state)
        assert not seat.browser.series.marked
        assert f"✓ {len(changing)} of {len(changing)} patches set to rejected" in seat.last_line
        await seat.press("u")
        await seat.settled()
        assert [row.patch.state for row in patches(seat, marked)] == [row.patch.state for row in rows]


async def test_escape_leaves_and_nothing_is_done(sit: Sit, demo: DemoServer) -> None:
    async with sit((80, 24)) as seat:
        marked = await mark_some(seat)
        await seat.press("s", "4", "escape")
        await seat.settled()
        assert not seat.browser.store.intents()
        assert not seat.browser.store.journal()
        assert seat.browser.series.shown_marks == marked


async def test_the_sheet_leaves_what_is_around_it_as_it_was(sit: Sit) -> None:
    """Style rules go by the name of a class: with that of another widget it had the other's scrollbar."""
    async with sit((120, 36)) as seat:
        await mark_some(seat)
        before = [line[115:] for line in seat.text.split("\n")[:30]]
        await seat.press("s", "4")
        assert sheet(seat).styles.overflow_y != "scroll"
        assert [line[115:] for line in seat.text.split("\n")[:30]] == before


async def test_without_marks_there_is_no_sheet(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        await seat.press("s", "4")
        assert len(seat.app.screen_stack) == 1
        assert len(seat.browser.store.journal()) == 1


async def test_what_is_so_already_is_left_out_and_said(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        marked = await mark_some(seat)
        so = sum(row.patch.state == "accepted" for row in patches(seat, marked))
        await seat.press("s", "3")
        assert f"Left out  {so} patches, so already" in seat.text
        for part in sheet(seat)._preview.parts:
            assert part.already == sum(row.patch.state == "accepted" for row in patches(seat, [part.id]))
            assert not part.already or f"{part.already} so already" in seat.text
        assert len(sheet(seat)._preview.wishes) == len(patches(seat, marked)) - so


async def test_what_the_server_refused_before_is_left_out_with_its_words(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36), token=demo.outsider_token) as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        await seat.press("enter", "j", "s", "4")
        await seat.until(lambda: seat.browser.sync.barred)
        refused = set(seat.browser.sync.barred)
        await seat.settled()
        await seat.press("g", "V", "j", "j", "j", "V", "s", "4")
        assert "Left out  1 patch, refused before: You do not have permission" in seat.text
        assert not refused & {wish.patch_id for wish in sheet(seat)._preview.wishes}


async def test_hidden_rows_are_named_left_out_and_taken_in_with_h(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        marked = await mark_some(seat)
        listing = seat.browser.series
        hidden = marked[0]
        listing.show([id for id in listing.ids if id != hidden])
        await seat.press("s", "4")
        assert "Left out  1 marked row, not in the list at the moment" in seat.text
        assert "in 3 series" in seat.text
        await seat.press("h")
        assert "Taken in  1 marked row" in seat.text
        assert "in 4 series" in seat.text
        await seat.press("h", "enter")
        await seat.settled()
        assert {row.patch.state for row in patches(seat, marked[1:])} == {"rejected"}
        assert "rejected" not in {row.patch.state for row in patches(seat, [hidden])}
        assert listing.marked == {hidden}
        listing.show([id for id in listing.ids if id != hidden])
        await seat.press("s", "4")
        assert "Nothing to change" in seat.text
        await seat.press("h", "enter")
        await seat.settled()
        assert {row.patch.state for row in patches(seat, marked)} == {"rejected"}
        assert not listing.marked


async def test_marks_outlast_a_filter_that_hides_their_rows(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        marked = await mark_some(seat)
        await seat.press("slash", *"reset", "enter")
        assert set(seat.browser.series.shown_marks) < set(marked)
        shown = list(seat.browser.series.shown_marks)
        assert f"4 marked ({4 - len(shown)} not shown)" in seat.last_line
        await seat.press("s", "4")
        assert f"Left out  {4 - len(shown)} marked rows, not in the list at the moment" in seat.text
        await seat.press("enter")
        await seat.settled()
        assert {row.patch.state for row in patches(seat, shown)} == {"rejected"}
        assert seat.browser.series.marked == set(marked) - set(shown)
        await seat.press("escape", "escape")
        assert not seat.browser.series.marked
        assert seat.browser.series.ids[-1] not in shown
        assert len(seat.browser.series.ids) > 4, "the second Esc takes the filter away"


async def test_rows_that_vanished_are_named_and_left_out(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        marked = await mark_some(seat, 2)
        listing = seat.browser.series
        listing.mark([10**9, 10**9 + 1])
        seat.browser._show_status()
        assert "4 marked (2 not shown)" in seat.last_line
        await seat.press("s", "4")
        assert "2 marked rows, gone from the server" in seat.text
        await seat.press("enter")
        await seat.settled()
        assert {row.patch.state for row in patches(seat, marked)} == {"rejected"}
        assert not listing.marked


async def test_when_all_that_was_marked_is_gone_nothing_else_is_acted_on(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        seat.browser.series.mark([10**9])
        await seat.press("s")
        assert "What was marked is gone" in seat.last_line
        assert "marked" not in seat.browser._bottom.progress
        assert len(seat.app.screen_stack) == 1


async def test_a_row_that_vanishes_while_the_sheet_is_open_is_refused_by_name(
    sit: Sit, demo: DemoServer
) -> None:
    async with sit((200, 50)) as seat:
        marked = await mark_some(seat, 2)
        gone = patches(seat, marked)[0].patch
        await seat.press("s", "4")
        demo.faults.add(path=f"/api/.*patches/{gone.id}/", status=404, body="{}", times=None)
        demo.faults.add(path=f"/api/.*patches/.*series={marked[0]}", status=404, body="{}", times=None)
        await seat.press("enter")
        await seat.settled()
        assert "1 refused" in seat.last_line
        states = {row.patch.id: row.patch.state for row in patches(seat, marked)}
        assert {id for id, state in states.items() if state != "rejected"} <= {gone.id}


async def test_delegates_and_the_archive_have_the_same_sheet(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        marked = await mark_some(seat)
        count = len(patches(seat, marked))
        await seat.press("d", *"beat", "enter")
        await seat.sees(f"Delegate {count} patches in 4 series to beatriz", "tomasz 25", "→  beatriz")
        await seat.press("escape", "a")
        await seat.sees(f"Archive {count} patches in 4 series", f"not archived {count}  →  archived")
        await seat.press("enter")
        await seat.settled()
        assert all(row.patch.archived for row in patches(seat, marked))


async def test_marked_patches_are_listed_one_by_one(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        await seat.press("enter", "j", "V", "j", "j", "V", "a")
        await seat.sees("Archive 3 patches", "hw/ember-rtc: describe the reset values in a table")
        assert "series" not in sheet(seat)._title()


async def test_a_project_without_maintainers_says_so_in_one_line(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        store, project = seat.browser.store, seat.browser.sync.project
        assert project is not None
        bare = Project(project.id, project.link_name, project.name)
        monkeypatch.setattr(Sync, "project", property(lambda sync: bare))
        rows = store.series_rows(seat.browser.series.ids)
        plain = next(row.series for row in rows if row.known and row.series.total == 1)
        (patch,) = store.patches(store.patch_ids(plain.id))
        store.put_patches([patch._replace(delegate=None)])
        seat.browser.series.jump(plain.id)
        await seat.press("d")
        assert "This project has no maintainers, so there is nobody to delegate to." in seat.last_line
        assert len(seat.app.screen_stack) == 1
        await seat.goes_to(SERIES)
        await seat.press("d")
        await seat.sees("nobody", "delegate now: tomasz")


async def test_everything_marked_is_a_sheet_that_scrolls_and_one_u_takes_it_back(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        listing = seat.browser.series
        await seat.press("asterisk", "s", "4")
        await seat.until(lambda: isinstance(seat.app.screen, PreviewSheet))
        before = [row.patch.state for row in patches(seat, listing.ids)]
        assert len(sheet(seat)._rows.ids) == len(listing.ids)
        await seat.press("G")
        assert sheet(seat)._rows.current == listing.ids[-1]
        await seat.press("enter")
        assert {row.patch.state for row in patches(seat, listing.ids)} == {"rejected"}
        await seat.press("u")
        assert [row.patch.state for row in patches(seat, listing.ids)] == before
        assert len(seat.browser.store.journal()) == 2
        await seat.press("ctrl+c")
        await seat.settled()


async def test_five_hundred_marked_patches_are_done_and_taken_back(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        demo.faults.add(path=".*", reset=True, times=None)  # the server never heard of them
        store = seat.browser.store
        like = store.series_rows(seat.browser.series.ids)[0].series
        many = tuple(range(90_001, 90_501))
        patch = store.patches(like.patch_ids)[0]
        store.put_series([like._replace(id=90_000, name="a great many", cover_id=None, patch_ids=many)])
        store.put_patches(
            patch._replace(id=id, name=f"[{id - 90_000}/500] one", series_id=90_000, state="new")
            for id in many
        )
        await seat.until(lambda: 90_000 in seat.browser.series.ids)
        await seat.goes_to("a great many")
        await seat.press("enter", "asterisk")
        assert "500 marked" in seat.last_line
        await seat.press("s", "4")
        assert "Set 500 patches to Rejected" in seat.text
        await seat.press("enter")
        assert [row.patch.state for row in store.patch_rows(many)] == ["rejected"] * 500
        assert not seat.browser.patches.marked
        await seat.press("u")
        assert [row.patch.state for row in store.patch_rows(many)] == ["new"] * 500
        assert not store.intents()


async def test_the_sheet_fits_any_terminal(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await mark_some(seat)
        await seat.press("s", "4")
        for size in ((80, 24), (40, 10), (20, 6), (6, 3), (1, 1), (120, 36)):
            await seat.pilot.resize_terminal(*size)
            await seat.pilot.pause()
        assert "to Rejected" in seat.text
        assert "Esc back" in seat.text


async def test_with_no_patch_yet_the_sheet_waits_for_them(sit: Sit, demo: DemoServer) -> None:
    demo.faults.add(path="/api/.*patches/", method="GET", delay=1.0, times=None)
    async with sit((120, 36)) as seat:
        await seat.until(lambda: seat.browser.series.ids)
        await seat.press("space", "space", "a")
        await seat.sees("Fetching the patches first")
        await seat.until(lambda: isinstance(seat.app.screen, PreviewSheet))
        await seat.sees("in 2 series")

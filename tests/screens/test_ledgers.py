"""The outbox, the journal, undo and redo, as keys do them."""

from __future__ import annotations

import pytest

from tests.screens.conftest import Seat, Sit
from tui.core.intent import Field, Intent, Status, Wish
from tui.core.journal import Outcome
from tui.demo.server import DemoServer
from tui.screens.inbox import Inbox
from tui.screens.journal import Journal
from tui.screens.outbox import Outbox

pytestmark = pytest.mark.anyio

SERIES = "hw: reset values in tables"
SIZES = [(80, 24), (120, 36), (200, 60)]


def states(seat: Seat, series_id: int) -> list[str]:
    store = seat.browser.store
    return [row.patch.state for row in store.patch_rows(store.patch_ids(series_id))]


async def hold(seat: Seat, demo: DemoServer) -> Intent:
    """Bring a write into the outbox that is held: somebody else was there."""
    store = seat.browser.store
    patch = store.patches(store.patch_ids(seat.browser.series.current or 0)[:1])[0]
    store.file([Wish(patch.id, Field.STATE, "deferred", "rfc")])
    seat.browser.sync.refresh()
    await seat.until(lambda: store.intents(Status.HELD))
    await seat.settled()
    return store.intents(Status.HELD)[0]


@pytest.mark.parametrize("size", SIZES)
async def test_the_outbox_tells_all_of_a_write(sit: Sit, demo: DemoServer, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        await hold(seat, demo)
        assert "1 held (O)" in seat.last_line or size[0] == 80
        await seat.press("O")
        for words in ("Outbox  1 held", "‖ held", "Deferred → RFC", "after 1 try", "r try again"):
            assert words in seat.text
        assert "you saw deferred and wish rfc" in " ".join(seat.text.replace("│", " ").split())  # folded
        for words in ("m mine", "t theirs", "x drop", "Esc back"):
            assert words in seat.text
        await seat.press("escape")
        assert seat.app.screen is seat.browser


async def test_mine_sends_it_and_theirs_gives_in(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        await hold(seat, demo)
        had = states(seat, series_id)
        await seat.press("O", "t")
        await seat.sees("1 write: the server keeps what it has", "Nothing waits here")
        await seat.settled()
        assert states(seat, series_id)[0] != "rfc"
        assert states(seat, series_id)[1:] == had[1:]
        await seat.press("escape")
        assert "decide in the outbox" not in seat.text
        await hold(seat, demo)
        await seat.press("O", "m")
        await seat.until(lambda: not seat.browser.store.intents())
        assert states(seat, series_id)[0] == "rfc"


async def test_only_a_held_write_is_decided(sit: Sit, demo: DemoServer) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        demo.faults.add(path=".*", reset=True, times=None)
        await seat.press("a")
        # The first trouble is told once: it must not take the place of what is looked for below.
        await seat.sees("tried again")
        await seat.press("O", "m")
        await seat.sees("Only a held write is to be decided")
        await seat.press("x")
        await seat.sees("Nothing waits here", "the rows show what the server has")
        assert not seat.browser.store.intents()


async def test_five_hundred_writes_are_marked_and_dropped_at_once(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        while seat.browser.sync.status.loaded != seat.browser.sync.status.total:
            await seat.press("G")
            await seat.settled()
        demo.faults.add(path=".*", reset=True, times=None)
        store = seat.browser.store
        patches = [p for s in seat.browser.view_ids() for p in store.patches(store.patch_ids(s))]
        fields = ((Field.STATE, "rfc"), (Field.DELEGATE, 3), (Field.ARCHIVED, True))
        wishes = [
            Wish(p.id, field, None if field is Field.DELEGATE else "new", value)
            for field, value in fields
            for p in patches
        ]
        store.file(wishes[:500])
        await seat.press("O")
        ledger = seat.app.screen
        assert isinstance(ledger, Outbox)
        assert len(ledger._rows.ids) == 500
        await seat.press("G")
        assert ledger._rows.cursor == 499
        await seat.press("space", "g", "x")
        await seat.until(lambda: len(store.intents()) == 499)
        await seat.press("asterisk", "x")
        await seat.until(lambda: not store.intents())


async def test_u_undoes_a_whole_action_and_U_redoes_it(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        before = states(seat, series_id)
        said: list[str] = []
        seat.browser.sync.listen(lambda notice: said.append(notice.text))
        await seat.press("s", "4")
        await seat.settled()
        assert set(states(seat, series_id)) == {"rejected"}
        await seat.press("u")
        await seat.settled()
        assert "Undid: 24 patches set to rejected" in said
        assert states(seat, series_id) == before
        await seat.press("U")
        await seat.settled()
        assert "Redid: 24 patches set to rejected" in said
        assert set(states(seat, series_id)) == {"rejected"}
        await seat.press("U")
        await seat.sees("Nothing to redo")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["enter", "u"])
async def test_the_journal_tells_what_was_done_and_undoes_any_of_it(
    sit: Sit, size: tuple[int, int], key: str
) -> None:
    async with sit(size) as seat:
        await seat.loaded()
        first, second = seat.browser.series.ids[:2]
        before = states(seat, first)
        await seat.press("s", "4", "a")  # the cursor goes on by itself
        await seat.settled()
        assert set(states(seat, first)) == {"rejected"}
        await seat.press("J")
        for words in ("Journal  2 actions", "not archived → archived", "1 done", "Enter undo this"):
            assert words in seat.text
        actions = seat.browser.store.journal()
        assert [action.key for action in actions] == ["a", "s"]
        await seat.press("j")
        await seat.sees("→ Rejected, done")
        await seat.press(key)
        await seat.sees("Undid:", "undone", "Journal  3 actions")
        await seat.press("escape")
        await seat.settled()
        assert states(seat, first) == before
        assert seat.browser.store.series_rows([second])[0].archived
        assert seat.browser.store.journal()[0].outcomes == ((Outcome.DONE, len(before)),)


@pytest.mark.parametrize("key", ["O", "J", "I"])
async def test_they_fit_any_terminal(sit: Sit, key: str) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("a")
        await seat.settled()
        await seat.press(key)
        assert isinstance(seat.app.screen, Outbox | Journal | Inbox)
        for size in ((80, 24), (40, 10), (20, 6), (6, 3), (1, 1), (120, 36)):
            await seat.pilot.resize_terminal(*size)
            await seat.pilot.pause()
        assert "Esc back" in seat.text


async def test_what_was_done_has_the_room_that_the_outcomes_leave(sit: Sit) -> None:
    async with sit((100, 36)) as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        await seat.press("s", "3")
        await seat.settled()
        await seat.press("u")
        await seat.settled()
        await seat.press("J")
        (row,) = [line for line in seat.text.split("\n") if "undone (" in line]
        assert len(row.rstrip(" │")) >= len(row) - 4, row

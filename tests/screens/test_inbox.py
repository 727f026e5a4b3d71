"""The inbox, as keys do it: what others do on the server is there, and each line leads to its place."""

from __future__ import annotations

from typing import Any

import pytest

from tests.screens.conftest import Seat, Sit
from tui.core.inbox import Line
from tui.demo.registry import USERS
from tui.demo.server import DemoServer
from tui.screens.inbox import Inbox
from tui.where import Where

pytestmark = pytest.mark.anyio

SERIES = "hw: reset values in tables"
SIZES = [(80, 24), (120, 36), (200, 60)]
TOMASZ = next(user for user in USERS if user.username == "tomasz")


def act(demo: DemoServer, method: str, path: str, **fields: Any) -> None:
    """Let another maintainer do something on the server."""
    import httpx

    headers = {"Authorization": f"Token {TOMASZ.token}"}
    httpx.request(
        method, f"{demo.url}/api/{path}", json=fields, headers=headers, timeout=60
    ).raise_for_status()


def lines(seat: Seat) -> list[Line]:
    """Return what the open inbox lists."""
    inbox = seat.app.screen
    assert isinstance(inbox, Inbox)
    return [inbox._lines[id] for id in inbox._rows.ids]


async def hear(seat: Seat, demo: DemoServer) -> tuple[int, list[int]]:
    """Have three patches of a series be RFC, and a check of another fail; return their ids."""
    await seat.loaded()
    series_id = await seat.goes_to(SERIES)
    ids = seat.browser.store.patch_ids(series_id)[:4]
    for id in ids[:3]:
        act(demo, "PATCH", f"patches/{id}/", state="rfc")
    act(demo, "POST", f"patches/{ids[3]}/checks/", state="fail", context="boot")
    seat.browser.sync.refresh()
    await seat.settled()
    return series_id, ids


@pytest.mark.parametrize("size", SIZES)
async def test_what_others_did_is_counted_and_told(sit: Sit, demo: DemoServer, size: tuple[int, int]) -> None:
    async with sit(size, me="mira") as seat:
        series_id, _ = await hear(seat, demo)
        await seat.sees("inbox 2 · ")
        await seat.press("I")
        for words in ("Inbox  2 unread: 1 check, 1 state", "boot failed", "3 patches: ", "→ RFC"):
            assert words in seat.text
        for words in ("Enter go there", "space read", "* all read", "Esc back"):
            assert words in seat.text
        assert [(line.series_id, line.who) for line in lines(seat)[:2]] == [(series_id, "tomasz")] * 2
        await seat.press("escape")
        assert seat.app.screen is seat.browser


@pytest.mark.parametrize(("down", "level"), [(0, Where.CHECKS), (1, Where.PATCHES)])
async def test_enter_goes_to_the_place_and_takes_it_as_read(
    sit: Sit, demo: DemoServer, down: int, level: Where
) -> None:
    async with sit((120, 36), me="mira") as seat:
        series_id, ids = await hear(seat, demo)
        await seat.press("G", "I", *["j"] * down, "enter")
        await seat.until(lambda: seat.at(level))
        assert seat.browser.series.current == series_id
        if level is Where.CHECKS:
            assert seat.browser.patches.current == ids[3]
            await seat.sees("✗ Failed", "boot")
        await seat.sees("inbox 1 · ")


async def test_space_reads_one_and_goes_on_and_star_reads_all(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36), me="mira") as seat:
        await hear(seat, demo)
        await seat.press("I")
        before = [line.ids for line in lines(seat)]
        await seat.press("space")
        await seat.sees("Inbox  1 unread: 1 state", "inbox 1 · ")
        assert [line.ids for line in lines(seat)] == before  # no line moves under the cursor
        inbox = seat.app.screen
        assert isinstance(inbox, Inbox)
        assert inbox._rows.cursor == 1
        await seat.press("asterisk")
        await seat.sees("Inbox  0 unread")
        assert "inbox" not in seat.text.split("\n")[0]


async def test_read_marks_are_kept(sit: Sit, demo: DemoServer, tmp_path: Any) -> None:
    async with sit((120, 36), me="mira", data=tmp_path) as seat:
        await hear(seat, demo)
        await seat.press("I", "space")
    async with sit((120, 36), me="mira", data=tmp_path) as seat:
        await seat.loaded()
        await seat.sees("inbox 1 · ")


async def test_what_comes_while_it_is_open_is_listed(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36), me="mira") as seat:
        _, ids = await hear(seat, demo)
        await seat.press("I")
        act(demo, "PATCH", f"patches/{ids[3]}/", state="rejected")
        seat.browser.sync.refresh()
        await seat.sees("Inbox  3 unread", "→ Rejected")


async def test_who_has_no_name_is_asked_for_it(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("I")
        await seat.sees("Say who you are", 'me = "name"')

"""Writing: choosers, the row that shows the wish at once, what the server says to it."""

from __future__ import annotations

import pytest
from textual import events

from tests.screens.conftest import Seat, Sit
from tui.core.intent import Field, Status
from tui.core.rows import Mark
from tui.demo.server import DemoServer

pytestmark = pytest.mark.anyio

SERIES = "hw: reset values in tables"


def states(seat: Seat, series_id: int) -> set[str]:
    store = seat.browser.store
    return {row.patch.state for row in store.patch_rows(store.patch_ids(series_id))}


def on_server(demo: DemoServer, seat: Seat, series_id: int) -> set[str]:
    import httpx

    answer = httpx.get(f"{demo.url}/api/patches/", params={"series": series_id, "per_page": 250})
    return {patch["state"] for patch in answer.json()}


async def test_a_state_is_set_for_all_patches_of_a_series(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        await seat.press("s")
        assert f'State of all 24 patches of "{SERIES}' in seat.text
        await seat.press(*"accep", "enter")
        assert states(seat, series_id) == {"accepted"}
        await seat.settled()
        assert on_server(demo, seat, series_id) == {"accepted"}
        assert seat.browser.store.intents() == []
        assert "accepted" in seat.last_line.lower()


async def test_the_chooser_has_the_servers_own_states(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("s")
        await seat.sees("Queued", "Under review", "Not applicable")
        asked = [seen for seen in demo.requests if seen.method == "PATCH"]
        assert len(asked) == 1, "one write that cannot change anything"
        await seat.press("escape", "j", "s")
        await seat.settled()
        assert len([seen for seen in demo.requests if seen.method == "PATCH"]) == 1


async def test_keys_that_come_in_one_piece_do_what_they_do_one_by_one(sit: Sit, demo: DemoServer) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        await seat.press("s")
        for key in [*"rej", *["backspace"] * 3, *"acc", "enter", "j", "j"]:
            seat.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await seat.until(lambda: len(seat.app.screen_stack) == 1)
        await seat.settled()
        assert on_server(demo, seat, series_id) == {"accepted"}
        seat.browser.series.jump(series_id)
        await seat.press("s")
        for key in [*"def", "ctrl+u", *"rfc", "enter"]:
            seat.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await seat.until(lambda: len(seat.app.screen_stack) == 1)
        await seat.settled()
        assert on_server(demo, seat, series_id) == {"rfc"}


async def test_an_accelerator_chooses_at_once(sit: Sit, demo: DemoServer) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        await seat.press("s", "4")
        assert states(seat, series_id) == {"rejected"}
        await seat.settled()
        assert on_server(demo, seat, series_id) == {"rejected"}


async def test_a_wish_shows_as_pending_until_the_server_has_it(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        demo.faults.add(path="/api/.*patches/", method="PATCH", delay=5, times=100)
        await seat.press("s", "3")
        row = seat.browser.store.series_rows([series_id])[0]
        assert (row.mark, row.states) == (Mark.WAITING, (("accepted", 24),))
        seat.browser.series.jump(series_id)
        await seat.sees("▸…")
        await seat.sees("writing 0 of")


async def test_a_refusal_puts_the_row_back_and_says_why(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36), token=demo.outsider_token) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        before = states(seat, series_id)
        demo.faults.add(path="/api/.*patches/", method="PATCH", delay=6, times=4)
        await seat.press("s", "3")
        assert states(seat, series_id) == {"accepted"}
        await seat.settled()
        assert states(seat, series_id) == before
        assert "permission" in seat.text
        assert {intent.status for intent in seat.browser.store.intents()} == {Status.FAILED}


async def test_one_that_fails_does_not_stop_the_others(sit: Sit, demo: DemoServer) -> None:
    async with sit((200, 60)) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        rows = seat.browser.store.patch_rows(seat.browser.store.patch_ids(series_id))
        third = [row.patch.id for row in rows if row.patch.state != "accepted"][2]
        demo.faults.add(path=f"/api/.*patches/{third}/", method="PATCH", status=409, body="{}", times=9)
        await seat.press("s", "3")
        await seat.settled()
        assert [
            row.patch.id
            for row in seat.browser.store.patch_rows(seat.browser.store.patch_ids(series_id))
            if row.patch.state != "accepted"
        ] == [third]
        assert "1 refused" in seat.last_line


async def test_marks_choose_what_is_written(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        await seat.press("enter", "j", "space", "space")
        assert "2 marked" in seat.last_line
        marked = set(seat.browser.patches.marked)
        await seat.press("s")
        assert "State of 2 marked patches" in seat.text
        await seat.press("3", "enter")
        await seat.settled()
        rows = seat.browser.store.patch_rows(seat.browser.store.patch_ids(series_id))
        assert {row.patch.id for row in rows if row.patch.state == "accepted"} >= marked
        assert not seat.browser.patches.marked


async def test_delegate_and_nobody(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        store = seat.browser.store
        await seat.press("d")
        await seat.sees("nobody", "Tomasz Wrona")
        await seat.press(*"beat", "enter")
        assert [user.username for user in store.series_rows([series_id])[0].delegates] == ["beatriz"]
        await seat.settled()
        assert [user.username for user in store.series_rows([series_id])[0].delegates] == ["beatriz"]
        seat.browser.series.jump(series_id)
        await seat.press("d", *"nobody", "enter")
        await seat.settled()
        assert store.series_rows([series_id])[0].delegates == ()


async def test_a_archives_and_brings_back(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        await seat.press("a")
        await seat.settled()
        assert seat.browser.store.series_rows([series_id])[0].archived
        seat.browser.series.jump(series_id)
        await seat.press("a")
        await seat.settled()
        assert not seat.browser.store.series_rows([series_id])[0].archived


async def test_without_a_token_s_says_how_to_get_one(sit: Sit, demo: DemoServer) -> None:
    async with sit((80, 24), token="") as seat:
        await seat.loaded()
        await seat.press("s")
        for text in ("PWTUI_TOKEN", "Generate token", "config.toml"):
            assert text in seat.text
        await seat.press("x")
        assert "PWTUI_TOKEN" not in seat.text
        assert not [seen for seen in demo.requests if seen.method != "GET"]


async def test_a_wish_survives_an_unreachable_server(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        await seat.press("s")
        await seat.settled()
        demo.faults.add(path=".*", reset=True, times=1000)
        await seat.press("3")
        await seat.until(lambda: seat.browser.sync.status.offline)
        assert states(seat, series_id) == {"accepted"}
        await seat.sees("offline", "writes waiting")
        waiting = seat.browser.store.intents(Status.WAITING)
        assert {intent.field for intent in waiting} == {Field.STATE}
        demo.faults.clear()
        await seat.press("R")
        await seat.until(lambda: not seat.browser.store.intents())
        assert on_server(demo, seat, series_id) == {"accepted"}


async def test_ctrl_c_stops_what_has_not_gone_out(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        await seat.press("s")
        await seat.settled()
        demo.faults.add(path="/api/.*patches/", method="PATCH", delay=1.5, times=100)
        await seat.press("3")
        await seat.until(lambda: seat.browser.sync.status.of)
        await seat.press("ctrl+c")
        await seat.settled()
        assert not seat.browser.store.intents()
        assert len(states(seat, series_id)) > 1


async def test_an_action_that_was_given_up_never_writes(sit: Sit, demo: DemoServer) -> None:
    demo.faults.add(path="/api/.*patches/", method="GET", status=500, body="", times=None)
    async with sit((120, 36)) as seat:
        await seat.until(lambda: seat.browser.series.ids)
        await seat.settled()
        await seat.press("a")
        await seat.settled()
        await seat.press("escape")
        demo.faults.clear()
        await seat.press("R")
        await seat.loaded()
        await seat.settled()
        assert not [seen for seen in demo.requests if seen.method == "PATCH"]
        assert not seat.browser.store.intents()


async def test_what_is_copied_holds_no_control(
    sit: Sit, demo: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        copied: list[str] = []
        monkeypatch.setattr(seat.app, "copy_to_clipboard", copied.append)
        monkeypatch.setattr(seat.browser, "_address", lambda: ("<a\x1b[201~\x15b@x>", "http://x/\x0f", ""))
        await seat.press("y", "1")
        await seat.press("y", "2")
        assert copied == ["a␛[201~␕b@x", "http://x/␏"]


async def test_what_is_wrong_with_the_settings_is_told_at_once(demo: DemoServer) -> None:
    from tui.config.settings import Settings
    from tui.core.place import parse_place
    from tui.session import Session

    settings = Settings(problems=("config.toml can be read by others; its tokens are not used.",))
    app = Session(settings, parse_place(f"{demo.url}/project/kiln-devel/list/")).make_app()
    async with app.run_test(size=(120, 36)) as pilot:
        seat = Seat(app, pilot)
        await seat.sees("✗ config.toml can be read by others")
        await seat.loaded()
        await seat.press("s")
        assert seat.text.count("config.toml can be read by others") >= 1

"""The tab with the checks: of a patch, of a series, since an older version; and filing one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.screens.conftest import Seat, Sit
from tui.core.check_draft import CheckDraft
from tui.core.intent import Status
from tui.core.model import CheckState
from tui.demo.registry import ROBOT
from tui.demo.server import DemoServer
from tui.screens.check_editor import CheckEditor
from tui.screens.checks import Checks
from tui.where import Where

pytestmark = pytest.mark.anyio

SERIES = "migration: send memory"
LOOSE = "scripts: run-tests: write a report"
NO_CHECKS = "docs: describe"


def page(seat: Seat) -> Checks:
    found = seat.browser.page
    assert isinstance(found, Checks)
    return found


def current(seat: Seat) -> str:
    """Return the key of the line under the cursor."""
    line = page(seat).body.current
    return line.key if line else ""


async def sees_checks(seat: Seat, patch: int = 3) -> None:
    await seat.loaded()
    await seat.goes_to(SERIES)
    await seat.press("enter", *["j"] * patch, "X")
    await seat.sees("read just now" if patch else "reported on by 17")


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_checks_are_grouped_by_state_with_failures_first(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        await sees_checks(seat)
        assert seat.at(Where.CHECKS)
        at = [seat.text.index(words) for words in ("✗ Failed 1", "· Pending 4", "✓ Succeeded 11")]
        assert at == sorted(at)
        assert current(seat) == f"check stress-streams-16 {ROBOT.id}"
        assert "Checks 11✓ 1✗ 4·" in seat.text


async def test_the_newest_of_a_context_shows_and_enter_shows_what_was_before(sit: Sit) -> None:
    async with sit((120, 44)) as seat:
        await sees_checks(seat)
        assert "once more, on another machine" not in seat.text
        await seat.press("enter")
        lines = seat.text.split("\n")
        first = next(row for row, line in enumerate(lines) if "· 23h  once more, on" in line)
        assert "✗ 23h  page 0xfd30 differs after round 2" in lines[first + 1]
        assert "· 23h  waiting for a machine" in lines[first + 2]
        assert "http://ci.example.org/" in seat.text
        assert "UTC, 23h ago by kiln-ci" in seat.text
        await seat.press("j", "j", "enter")
        assert current(seat) == f"check stress-streams-16 {ROBOT.id}"
        assert "once more, on another machine" not in seat.text


async def test_a_patch_without_checks_says_so(sit: Sit, demo: DemoServer) -> None:
    async with sit() as seat:
        await sees_checks(seat)
        id = seat.browser.patches.current or 0
        demo.app.world.patches[id].checks.clear()
        await seat.press("R")
        await seat.sees("No CI has reported on this patch.")
        await seat.press("enter")
        assert "nothing more" in seat.last_line


async def test_o_opens_the_target_and_y_copies_of_it(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    async with sit() as seat:
        await sees_checks(seat)
        await seat.press("o")
        assert seat.app.clipboard.startswith("http://ci.example.org/")
        await seat.press("y", "2")
        assert seat.app.clipboard.startswith("page 0xfd30")
        while "review-bench" not in current(seat):
            await seat.press("j")
        await seat.press("o")
        assert "review-bench gave no address." in seat.last_line


async def test_the_cover_letter_has_the_matrix_and_enter_goes_to_a_patch(sit: Sit) -> None:
    async with sit() as seat:
        await sees_checks(seat, patch=0)
        assert "5 of 5 patches reported on by 17 contexts" in seat.text
        assert current(seat).startswith("patch ")
        first = next(line for line in seat.text.split("\n") if " 1 ✗ boot-arm64" in line)
        assert "3✓ 2✗" in first
        await seat.press("j", "enter")
        await seat.sees("read just now")
        rows = seat.browser.store.patch_rows([seat.browser.patches.current or 0])
        assert "2/5" in rows[0].patch.name
        assert current(seat) == f"check boot-arm64 {ROBOT.id}"


async def test_h_and_l_go_from_context_to_context_and_scroll_sideways(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await sees_checks(seat, patch=0)
        await seat.press("z", *["l"] * 16)
        assert "stress-streams-8" in next(line for line in seat.text.split("\n") if "16 17" in line)
        await seat.press("l", "h")
        await seat.pilot.resize_terminal(46, 24)
        await seat.pilot.pause()
        assert "‹" in seat.text
        await seat.press(*["h"] * 20)
        assert "›" in seat.text
        for width, height in ((20, 10), (6, 4), (1, 1)):
            await seat.pilot.resize_terminal(width, height)
            await seat.pilot.pause()


async def test_m_shows_the_matrix_on_a_patch_and_the_patch_again(sit: Sit) -> None:
    async with sit() as seat:
        await sees_checks(seat, patch=2)
        id = seat.browser.patches.current
        await seat.press("m")
        await seat.sees("5 of 5 patches")
        assert current(seat) == f"patch {id}"
        await seat.press("enter")
        assert "✗ Failed 1" in seat.text
        assert seat.browser.patches.current == id
        await seat.press("m", "right_square_bracket")
        await seat.sees("5 of 5 patches")
        assert current(seat) == f"patch {seat.browser.patches.current}"
        await seat.press("left_square_bracket", "m")
        await seat.press("m", "m")
        assert "✗ Failed 1" in seat.text


async def test_what_turned_red_since_the_version_before_is_told_when_asked(
    sit: Sit, demo: DemoServer
) -> None:
    async with sit() as seat:
        await sees_checks(seat, patch=0)
        assert "< compares with the checks of " in seat.text
        asked = [seen.path for seen in demo.requests if "/checks/" in seen.path]
        assert len(asked) == 5  # not of v3: nobody wants them yet
        await seat.press("less_than_sign")
        await seat.settled()
        if "Since v" not in seat.text:  # it is not among the series that are loaded first
            await seat.press("less_than_sign")
        await seat.sees(
            "Since v3", "boot-arm64         turned red: 2, 4", "checkpatch         turned green: 5"
        )
        assert current(seat) == "turns"
        await seat.press("j", "enter")
        await seat.sees("read just now")
        assert current(seat) == f"check boot-arm64 {ROBOT.id}"
        await seat.press("G")
        await seat.sees("Since v3")
        assert "turned red" in seat.text
        await seat.press("less_than_sign")
        await seat.sees("Since v2")
        await seat.press("less_than_sign")
        await seat.sees("Since v1")
        await seat.press("less_than_sign")
        assert "no older version" in seat.last_line
        await seat.press("greater_than_sign", "greater_than_sign")
        await seat.sees("Since v3")
        await seat.press("greater_than_sign")
        assert "no newer version" in seat.last_line


async def test_a_series_without_older_versions_says_so(sit: Sit) -> None:
    async with sit() as seat:
        await seat.loaded()
        await seat.goes_to("access: check that the user")
        await seat.press("enter", "X")
        await seat.settled()
        await seat.press("less_than_sign")
        assert "no older version" in seat.last_line


async def test_older_versions_that_are_not_here_are_looked_for(sit: Sit) -> None:
    async with sit() as seat:
        await seat.loaded()
        await seat.goes_to("virtio: stop interrupting")
        await seat.press("enter", "X")
        await seat.sees("reported on by", "< compares with the checks of ")
        older = len(seat.browser.store.stacks([seat.browser.series.current or 0])[0])
        assert older < 5
        await seat.press(*["less_than_sign"] * older)
        assert "Looking for older versions" in seat.last_line
        await seat.settled()
        await seat.press("less_than_sign")
        await seat.sees(f"Since v{5 - older}")


async def test_news_are_shown_and_asked_for_where_somebody_looks(sit: Sit, demo: DemoServer) -> None:
    async with sit() as seat:
        await sees_checks(seat)
        world = demo.app.world
        id = seat.browser.patches.current or 0
        world.add_check(world.patches[id], ROBOT, "success", "stress-streams-16", "all the same", None)
        await seat.press("R")
        await seat.sees("✓ Succeeded 12")
        assert "Failed" not in seat.text
        assert "Checks 12✓ 4·" in seat.text


async def test_offline_says_what_is_the_case(sit: Sit, demo: DemoServer) -> None:
    async with sit() as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        await seat.press("enter", "j")
        await seat.settled()
        demo.faults.add(path="/api/", reset=True, times=10_000)
        await seat.press("j", "j", "j", "j", "X")
        await seat.until(lambda: page(seat).body.words not in ("", "Reading the checks …"))
        assert "127.0.0.1" in page(seat).body.words or "Offline" in page(seat).body.words


async def test_hostile_words_are_shown_as_they_are(sit: Sit, demo: DemoServer) -> None:
    async with sit() as seat:
        await sees_checks(seat)
        world = demo.app.world
        id = seat.browser.patches.current or 0
        evil = "\x1b]0;x\x07 [bold]\u202e\nnext " + "x" * 5000
        world.add_check(world.patches[id], ROBOT, "fail", "evil", evil, None)
        await seat.press("R")
        await seat.sees("✗ Failed 2", "␛]0;x␇ [bold]⟨202E⟩ next")
        await seat.press("g", "j", "j", "j", "enter")
        assert "\x1b" not in seat.text


# Filing one


async def write(seat: Seat, state: str, context: str, description: str = "", address: str = "") -> None:
    await seat.press("c")
    await seat.until(lambda: isinstance(seat.app.screen, CheckEditor))
    await seat.press(state, "tab", *context, "tab", *description, "tab", *address)


async def test_a_check_is_written_confirmed_and_filed(sit: Sit, demo: DemoServer) -> None:
    async with sit() as seat:
        await sees_checks(seat, patch=1)
        await write(seat, "f", "bench", "slow")
        assert "▸✗ fail" in seat.text
        await seat.press("enter")
        await seat.sees("A check stays: no API takes it back.")
        await seat.press("enter")
        await seat.sees("✗ Failed 1", "bench")
        id = seat.browser.patches.current or 0
        (there,) = [check for check in demo.app.world.patches[id].checks if check.context == "bench"]
        assert (there.state, there.description, there.user.username) == ("fail", "slow", "mira")
        assert seat.browser.store.filings() == []


async def test_what_the_server_would_refuse_is_said_at_its_line(sit: Sit, demo: DemoServer) -> None:
    async with sit() as seat:
        await sees_checks(seat, patch=1)
        await write(seat, "w", "ab", "", "nowhere")
        await seat.press("enter")
        await seat.sees("Write a whole address")
        assert not any(seen.method == "POST" for seen in demo.requests)
        for size in ((40, 12), (12, 6), (3, 2), (120, 36)):
            await seat.pilot.resize_terminal(*size)
            await seat.pilot.pause()
        await seat.press(*["backspace"] * 7, "enter")
        await seat.sees("File this check?")
        await seat.press("n")
        await seat.until(lambda: isinstance(seat.app.screen, CheckEditor))
        assert "ab" in seat.text


async def test_what_was_left_is_there_again(sit: Sit) -> None:
    async with sit() as seat:
        await sees_checks(seat, patch=1)
        await write(seat, "p", "soak", "runs")
        await seat.press("escape", "c")
        screen = seat.app.screen
        assert isinstance(screen, CheckEditor)
        await seat.pilot.pause()
        assert screen.draft == CheckDraft(CheckState.PENDING, "soak", "runs")


async def test_what_is_being_written_outlasts_a_run_that_ends_in_the_middle(sit: Sit, tmp_path: Path) -> None:
    draft = CheckDraft(CheckState.FAIL, "soak", "broke", "https://ci.example.org/1")
    async with sit(data=tmp_path / "kept") as seat:
        await sees_checks(seat, patch=1)
        await write(seat, "f", *draft[1:])
        id = seat.browser.patches.current or 0
        with closing(sqlite3.connect(seat.browser.store.path or "")) as other:  # a kill leaves what is here
            assert other.execute("SELECT context, target_url FROM check_draft").fetchall() == [
                ("soak", "https://ci.example.org/1")
            ]
    async with sit(data=tmp_path / "kept") as seat:
        await seat.loaded()
        seat.browser.write_check([id])
        await seat.until(lambda: isinstance(seat.app.screen, CheckEditor) and seat.app.screen.is_mounted)
        await seat.pilot.pause()
        screen = seat.app.screen
        assert isinstance(screen, CheckEditor)
        assert screen.draft == draft
        await seat.press("enter")
        await seat.sees("File this check?")
        await seat.press("enter")
        await seat.until(lambda: seat.browser.store.check_draft([id]) is None)


async def test_what_the_server_refuses_is_mended_where_it_was_wrong(sit: Sit, demo: DemoServer) -> None:
    async with sit() as seat:
        await sees_checks(seat, patch=1)
        await write(seat, "f", "bench", "slow as can be")
        demo.faults.add(
            path="/checks/", method="POST", status=400, body='{"context": ["Somebody has this."]}', times=1
        )
        await seat.press("enter")
        await seat.sees("File this check?")
        await seat.press("enter")
        await seat.sees("✗ bench: fail, not filed")
        await seat.press("c")
        await seat.sees("Somebody has this.", "slow as can be")
        await seat.press("enter")
        await seat.sees("File this check?")
        await seat.press("enter")
        await seat.sees("✗ Failed 1")
        assert seat.browser.store.filings() == []


async def test_offline_a_check_waits_and_shows_in_the_outbox(sit: Sit, demo: DemoServer) -> None:
    async with sit() as seat:
        await sees_checks(seat, patch=1)
        await write(seat, "f", "bench")
        demo.faults.add(path="/api/", reset=True, times=10_000)
        await seat.press("enter")
        await seat.sees("File this check?")
        await seat.press("enter")
        await seat.sees("… bench: fail, on its way")
        await seat.press("O")
        await seat.sees("1 waiting", "bench: fail", "check")
        await seat.press("x")
        await seat.sees("Nothing waits here")
        assert seat.browser.store.filings() == []
        await seat.press("escape", "J")
        await seat.sees("check bench: fail for", "no API takes a check back")


async def test_who_may_not_write_is_told_why(sit: Sit) -> None:
    async with sit(token="") as seat:
        await sees_checks(seat, patch=1)
        await seat.press("c")
        await seat.sees("oken")
        assert not isinstance(seat.app.screen, CheckEditor)


async def test_a_check_of_a_whole_series_names_it(sit: Sit, demo: DemoServer) -> None:
    async with sit() as seat:
        await sees_checks(seat, patch=0)
        await seat.press("G")  # on no patch
        await write(seat, "s", "soak")
        assert "Check of 5 patches" in seat.text
        await seat.press("enter")
        await seat.sees("File this check?")
        await seat.press("enter")
        await seat.until(lambda: not seat.browser.store.filings())
        ids = seat.browser.store.patch_ids(seat.browser.series.current or 0)
        world = demo.app.world
        assert all(any(check.context == "soak" for check in world.patches[id].checks) for id in ids)


async def test_a_check_on_its_way_is_given_up(sit: Sit, demo: DemoServer) -> None:
    async with sit() as seat:
        await sees_checks(seat, patch=1)
        id = seat.browser.patches.current or 0
        demo.faults.add(path="/checks/", status=403, times=100)
        seat.browser.sync.file_check([id], CheckDraft(CheckState.FAIL, "bench"))
        await seat.sees("✗ bench: fail, not filed")
        assert seat.browser.store.filings()[0].status is Status.FAILED
        await seat.press("g", "j", "j", "x")
        assert "Given up" in seat.last_line
        assert seat.browser.store.filings() == []


async def test_a_click_puts_the_cursor_on_a_line_and_another_opens_it(sit: Sit) -> None:
    async with sit((120, 44)) as seat:
        await sees_checks(seat)
        lines = seat.text.split("\n")
        row = next(number for number, line in enumerate(lines) if "review-bench" in line)
        at = lines[row].index("review-bench")
        await seat.pilot.click(offset=(at, row))
        await seat.pilot.pause()
        assert "review-bench" in current(seat)
        assert "UTC, 23h ago by tomasz" not in seat.text
        await seat.pilot.click(offset=(at, row))
        await seat.sees("UTC, 23h ago by tomasz")

"""Commands of the user's own in the app: in the terminal, behind it, and read."""

from __future__ import annotations

import mailbox
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.screens.conftest import Seat, Sit
from tui.app import PwtuiApp
from tui.config.settings import Settings
from tui.core.command import Command, Output
from tui.screens import outside
from tui.screens.output import Output as OutputDialog

pytestmark = pytest.mark.anyio

VIRTIO = "virtio: stop interrupting guests"
SIZES = [(80, 24), (120, 36), (200, 60)]


def runs(*commands: str | Command) -> Settings:
    """Return settings with commands on the keys f5, f6 and so on."""
    made = (one if isinstance(one, Command) else Command("", one) for one in commands)
    return Settings(commands=tuple(one._replace(key=f"f{at}") for at, one in enumerate(made, 5)))


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the app be suspended although no terminal is there; return what waited for a key."""
    waits: list[str] = []

    @contextmanager
    def suspend(self: PwtuiApp) -> Iterator[None]:
        yield

    monkeypatch.setattr(PwtuiApp, "suspend", suspend)
    monkeypatch.setattr(outside, "wait_for_key", lambda: waits.append("key"))
    return waits


async def at(seat: Seat, name: str) -> None:
    await seat.loaded()
    await seat.goes_to(name)
    await seat.settled()


# -- in the terminal ------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_a_command_has_the_terminal_and_the_fields_of_the_row(
    sit: Sit, terminal: list[str], tmp_path: Path, size: tuple[int, int]
) -> None:
    out = tmp_path / "out"
    run = f"printf '%s|' {{msgid}} {{series_id}} {{name}} {{version}} {{project}} {{patch_ids}} >{out}"
    async with sit(size, settings=runs(run)) as seat:
        await at(seat, VIRTIO)
        browser = seat.browser
        cover_id = browser.store.series_rows([browser.series.current or 0])[0].series.cover_id or 0
        await seat.until(lambda: browser.store.cover(cover_id))
        await seat.press("f5")
        assert terminal == ["key"]
        assert "✓ printf is done" in seat.last_line
        series = browser.store.series_rows([browser.series.current or 0])[0].series
        ids = browser.store.patch_ids(series.id)
        cover = browser.store.cover(series.cover_id or 0)
        msgid = cover[0].msgid if cover else browser.store.patch_rows(ids[:1])[0].patch.msgid
        told = out.read_text(encoding="utf-8").split("|")[:-1]
        assert told[0] == msgid.strip("<>")
        assert told[1:5] == [str(series.id), series.name, str(series.version), browser.project]
        assert told[5:] == list(map(str, ids))


async def test_help_and_palette_show_a_command_with_its_fields(sit: Sit) -> None:
    async with sit((120, 36), settings=runs("b4 shazam {msgid}")) as seat:
        await seat.loaded()
        for key in ("question_mark", "colon"):
            await seat.press(key)
            await seat.press(*"shazam")
            await seat.sees("b4 shazam {msgid}")
            await seat.press("escape")


async def test_on_a_patch_the_fields_are_the_patchs(sit: Sit, terminal: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    async with sit((120, 36), settings=runs(f"printf '%s|' {{patch_id}} {{state}} {{email}} >{out}")) as seat:
        await seat.reads(VIRTIO, patch=1)
        patch = seat.browser.store.patch_rows([seat.browser.patches.current or 0])[0].patch
        await seat.press("f5")
        assert out.read_text().split("|")[0] == str(patch.id)
        assert out.read_text().split("|")[2] == patch.submitter.email


async def test_with_rows_marked_it_runs_for_each(sit: Sit, terminal: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    async with sit((120, 36), settings=runs(f"echo {{series_id}} >>{out}")) as seat:
        await seat.loaded()
        await seat.press("space", "space", "f5")
        marked = seat.browser.series.shown_marks
        assert out.read_text().split() == [str(id) for id in marked]
        assert terminal == ["key", "key"]


async def test_the_mails_are_in_a_file_that_goes_with_the_command(
    sit: Sit, terminal: list[str], tmp_path: Path
) -> None:
    kept, said = tmp_path / "kept", tmp_path / "said"
    async with sit((120, 36), settings=runs(f"cp {{mbox_file}} {kept}; echo {{mbox_file}} >{said}")) as seat:
        await at(seat, VIRTIO)
        await seat.press("f5")
        await seat.until(lambda: "cp is done" in seat.last_line)
        ids = seat.browser.store.patch_ids(seat.browser.series.current or 0)
        box = mailbox.mbox(kept)
        assert [mail["X-Patchwork-Id"] for mail in box] == list(map(str, ids))
        box.close()
        assert not Path(said.read_text().strip()).exists()
        assert os.listdir(tmp_path)


async def test_a_failure_is_said(sit: Sit, terminal: list[str]) -> None:
    async with sit((120, 36), settings=runs("exit 3")) as seat:
        await seat.loaded()
        await seat.press("f5")
        assert "✗ exit ended with status 3" in seat.last_line


async def test_what_the_row_has_not_is_said_and_nothing_runs(
    sit: Sit, terminal: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    async with sit((120, 36), settings=runs(f"echo {{patch_id}} >{out}")) as seat:
        await at(seat, VIRTIO)
        await seat.press("f5")
        assert "echo: a series of several patches has no {patch_id}." in seat.last_line
        assert not out.exists()


# -- behind the app ---------------------------------------------------------------------------


async def test_behind_the_app_it_is_told_how_it_ended(sit: Sit) -> None:
    good = Command("", "echo one; echo two; true", Output.BACKGROUND, "b4 am")
    bad = Command("", "echo 'does not \033[31mapply'; exit 1", Output.BACKGROUND, "does it apply")
    async with sit((120, 36), settings=runs(good, bad)) as seat:
        await seat.loaded()
        await seat.press("f5")
        await seat.until(lambda: "✓ b4 am is done: two" in seat.last_line)
        await seat.press("f6")
        await seat.until(lambda: "✗ does it apply ended with status 1: does not" in seat.last_line)
        assert "\033" not in seat.text


async def test_while_it_runs_keys_go_on_and_one_stops_it(sit: Sit, tmp_path: Path) -> None:
    child = tmp_path / "child"
    slow = Command("", f"sleep 600 & echo $! >{child}; wait", Output.BACKGROUND, "slow")
    async with sit((120, 36), settings=runs(slow)) as seat:
        await seat.loaded()
        await seat.press("f5")
        await seat.sees("slow runs (ctrl+c stops)")
        await seat.press("j", "j")
        assert seat.browser.series.cursor == 2
        await seat.until(child.exists)
        await seat.until(lambda: child.read_text().strip())
        await seat.press("ctrl+c")
        await seat.until(lambda: "✗ slow was stopped" in seat.last_line)
        assert "slow runs" not in seat.text
        await seat.until(lambda: not is_alive(int(child.read_text())))


async def test_leaving_leaves_no_command_behind(sit: Sit, tmp_path: Path) -> None:
    child = tmp_path / "child"
    slow = Command("", f"sleep 600 & echo $! >{child}; wait", Output.BACKGROUND, "slow")
    async with sit((120, 36), settings=runs(slow)) as seat:
        await seat.loaded()
        await seat.press("f5")
        await seat.until(lambda: child.exists() and child.read_text().strip())
    for _ in range(1000):
        if not is_alive(int(child.read_text())):
            break
        os.sched_yield()
    else:
        pytest.fail("it is still there")


def is_alive(number: int) -> bool:
    """Say whether a process runs; one that only waits to be looked at does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# -- read ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_output_is_read_while_it_comes(sit: Sit, size: tuple[int, int]) -> None:
    many = Command("", "for i in $(seq 300); do echo line $i; done; echo {name}", Output.READER, "log")
    async with sit(size, settings=runs(many)) as seat:
        await at(seat, VIRTIO)
        await seat.press("f5")
        await seat.sees("log has ended  301 lines", VIRTIO)
        assert isinstance(seat.app.screen, OutputDialog)
        await seat.press("g")
        await seat.sees("line 1")
        await seat.press("question_mark")
        await seat.sees("Keys in a command's output")
        await seat.press("escape", "q")
        assert len(seat.app.screen_stack) == 1


async def test_what_is_read_is_stopped_with_a_key_or_by_leaving(sit: Sit) -> None:
    slow = Command("", "echo begun; sleep 600", Output.READER, "slow")
    async with sit((120, 36), settings=runs(slow)) as seat:
        await seat.loaded()
        await seat.press("f5")
        await seat.sees("begun", "slow runs")
        await seat.press("ctrl+c")
        await seat.sees("slow was stopped")
        await seat.press("q", "f5")
        await seat.sees("begun", "slow runs")
        await seat.press("q")
        await seat.until(lambda: not seat.browser.jobs)


# -- keys ------------------------------------------------------------------------------------------


async def test_a_taken_key_is_told_with_its_line(sit: Sit) -> None:
    taken = Command("s", "true", at="config.toml:9")
    async with sit((120, 36), settings=Settings(commands=(taken, taken._replace(key="f5")))) as seat:
        await seat.sees("config.toml:9: s is taken by “state”; choose another key.")
        await seat.press("question_mark", *"yours")
        await seat.sees("true (yours)")

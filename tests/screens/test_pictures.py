"""The pictures of the README are goldens: what the app draws must be what they show.

``pytest --update-screenshots`` takes them anew; look at every one of them before committing it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.conftest import NOW
from tests.screens.conftest import Seat
from tests.screens.staged import (
    stage_deeds,
    stage_marks,
    stage_news,
    stage_older,
    stage_silence,
    stage_writes,
)
from tui.app import PwtuiApp
from tui.config.settings import Settings
from tui.core.model import CheckState
from tui.core.place import parse_place
from tui.demo import app as demo_app
from tui.screens.browser import Browser
from tui.screens.changes import Changes
from tui.screens.checks import Checks
from tui.screens.inbox import Inbox
from tui.screens.journal import Journal
from tui.screens.team import Team
from tui.session import Session
from tui.sync import lookout
from tui.widgets import talk
from tui.widgets.talk import TalkSheet

pytestmark = pytest.mark.anyio

LONGEST, STILL = 400, 30
"""So often a screen is drawn until it is as it should be; so often the same, until it is at rest."""
FOLDER = Path(__file__).resolve().parent.parent.parent / "screenshots"


@dataclass(frozen=True)
class Picture:
    """One picture: how to get there from the first screen."""

    name: str
    size: tuple[int, int]
    series: str = ""
    keys: tuple[str, ...] = ()
    theme: str = ""
    stage: Callable[[Seat], None] | None = None
    """What is to be there before the keys."""
    prefetch: bool = True
    """Not where keys take so long that it would depend on them what is known of the rows."""


RESET = "hw: reset values in tables"
SNAPSHOTS = "snapshots of a running mach"
DISCARD = "virtio-blk: discard"
VIRTIO = "virtio: stop interrupting"
RECORDER = "vcpu: remember the last exits"
SENDERS = "migration: send memory"
WAIT = "wait"
"""In place of a key: until all is here."""
_HIDDEN = ("right_curly_bracket",)
_MOVED = ("right_curly_bracket", "right_curly_bracket", "ctrl+d", "M", "M")
_FILES = ("right_curly_bracket", "right_curly_bracket", "L")
PICTURES = (
    Picture("browser", (160, 44), SNAPSHOTS, ("enter", "j", "j")),
    Picture("series-80x24", (80, 24)),
    Picture("series-120x36", (120, 36)),
    Picture("browser-200x60", (200, 60), RESET, ("enter", "j", "j", "space", "space", "enter")),
    Picture("diff-80x24", (80, 24), SNAPSHOTS, ("enter", "j", "enter")),
    Picture(
        "diff-120x36-light", (120, 36), SNAPSHOTS, ("enter", "j", "enter", "right_curly_bracket"), "light"
    ),
    Picture("hostile", (120, 36), "access: check that the user", ("enter", "enter", "z", *_HIDDEN)),
    Picture("side-by-side", (200, 60), RESET, ("enter", "j", "j", "j", "enter", "z")),
    Picture("moved", (120, 36), DISCARD, ("enter", "j", "j", "enter", "z", *_MOVED)),
    Picture("files", (120, 36), SENDERS, ("enter", *"jjj", "enter", *_FILES)),
    Picture("search", (80, 24), SENDERS, ("enter", *"jjj", "enter", "slash", *"sender")),
    Picture("state", (120, 36), RESET, ("s",)),
    Picture("delegate", (120, 36), RESET, ("d", *"to")),
    Picture("query", (120, 36), "", ("3", "l", "space", *"has", "colon", "down")),
    Picture("preview", (120, 36), RESET, ("s", "3"), stage=stage_marks),
    Picture("help", (120, 40), "", ("question_mark",)),
    Picture(
        "stacks",
        (120, 36),
        VIRTIO,
        ("plus", "n", *"waits", "space", *"for", "space", *"Jun", "enter", "z", "j"),
        prefetch=False,
    ),
    Picture("talk", (120, 40), SNAPSHOTS, ("enter", "j", "j", "j", "T", WAIT, "z", "n")),
    Picture("remarks", (120, 36), SNAPSHOTS, ("enter", "j", "j", "j", "enter", "z", WAIT, "m", "m")),
    Picture("checks", (120, 40), SENDERS, ("enter", "j", "j", "j", "X", WAIT, "enter")),
    Picture(
        "checks-matrix",
        (160, 44),
        SENDERS,
        ("enter", "X", WAIT, "less_than_sign", WAIT, "g", *"jjjj"),
        stage=stage_older,
    ),
    Picture("changes", (120, 36), RECORDER, ("C", WAIT, *"jjj")),
    Picture(
        "interdiff",
        (160, 44),
        RECORDER,
        ("C", WAIT, "less_than_sign", WAIT, *"jj", "enter", WAIT, *_HIDDEN, "ctrl+d"),
    ),
    Picture("team", (120, 36), "", ("percent_sign", "j")),
    Picture("outbox", (120, 36), RESET, ("O", "space", "space"), stage=stage_writes),
    Picture("journal", (120, 36), RESET, ("J",), stage=stage_deeds),
    Picture("inbox", (120, 36), RESET, ("I", "j"), stage=stage_news),
    Picture("offline", (120, 36), stage=stage_silence),
    *(
        Picture(f"theme-{name}", (120, 36), SNAPSHOTS, ("enter", "j", "enter", "right_curly_bracket"), name)
        for name in ("contrast", "harbour", "ember", "sand")
    ),
)


def still(svg: str) -> str:
    """Return a picture that asks nothing of the network: no font from elsewhere."""
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
async def test_the_screen_is_as_in_its_picture(
    picture: Picture, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    monkeypatch.setattr(demo_app, "_now", lambda: NOW)
    monkeypatch.setattr(Browser, "now", staticmethod(lambda: NOW))
    monkeypatch.setattr(Journal, "now", staticmethod(lambda: NOW))
    monkeypatch.setattr(Team, "now", staticmethod(lambda: NOW))
    monkeypatch.setattr(Inbox, "now", staticmethod(lambda: NOW))
    monkeypatch.setattr(lookout, "FIRST_PAUSE", 40.0)
    monkeypatch.setattr(talk, "READ_AFTER", 3600.0)  # nobody reads what is in sight
    app = Session(
        Settings(prefetch=picture.prefetch), parse_place(""), demo=True, theme=picture.theme
    ).make_app()
    async with app.run_test(size=picture.size) as pilot:
        seat = Seat(app, pilot)
        await seat.loaded()
        await rest(seat)
        if picture.series:
            await seat.goes_to(picture.series)
        if picture.stage:
            await rest(seat)
            picture.stage(seat)
        for waits, keys in groupby(picture.keys, lambda key: key == WAIT):
            await (rest(seat) if waits else seat.press(*keys))
        await rest(seat)
        drawn = await draw(app, pilot, picture.name, request)
    compare(picture.name, drawn, request, tmp_path)


async def test_the_welcome_is_as_in_its_picture(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME")
    app = Session(Settings(), parse_place("")).make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        hide_cursor(app)
        await pilot.press("down", "down")
        await pilot.pause()
        drawn = await draw(app, pilot, "welcome", request)
    compare("welcome", drawn, request, tmp_path)


async def draw(app: PwtuiApp, pilot: Pilot[None], name: str, request: pytest.FixtureRequest) -> str:
    """Draw the screen as soon as it is as in its picture; what never is, as it ends.

    What is still under way then (colours, counts, what versions have in common) comes in any order
    on a busy machine.  Where the picture is taken anew, that is when nothing has moved for long.
    """
    path = FOLDER / f"{name}.svg"
    updates = request.config.getoption("--update-screenshots")
    wanted = path.read_text(encoding="utf-8") if path.exists() and not updates else ""
    drawn, still_for = "", 0
    for _ in range(LONGEST):
        before, drawn = drawn, still(app.export_screenshot(title="pwtui"))
        still_for = still_for + 1 if drawn == before else 0
        if drawn == wanted or (not wanted and still_for >= STILL):
            break
        await pilot.pause(0.05)
    return drawn


def compare(name: str, drawn: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Compare what was drawn with the picture of a name, or make it that picture."""
    path = FOLDER / f"{name}.svg"
    if request.config.getoption("--update-screenshots"):
        path.write_text(drawn, encoding="utf-8")
    elif drawn != (path.read_text(encoding="utf-8") if path.exists() else ""):
        (tmp_path / path.name).write_text(drawn, encoding="utf-8")
        pytest.fail(f"{path.name} shows another screen; what was drawn is in {tmp_path / path.name}")
    assert len(drawn) > 1000


async def rest(seat: Seat) -> None:
    """Wait until texts are here and coloured, and nothing moves any more."""
    browser = seat.browser
    browser.rested()  # which a slow machine may not come to before the next key
    await seat.settled()
    await seat.until(lambda: browser.is_counted and browser._counting is None)
    if browser._panes["diff"].display:  # type: ignore[index]
        await seat.until(seat.shows_its_patch)
        await seat.until(lambda: browser.reader.is_settled or browser.page)
        await seat.until(lambda: browser.sync.status.offline or knows_checks(browser))
        await seat.until(lambda: not browser.looks_for_remarks)
        await seat.until(lambda: all(sheet.is_settled for sheet in browser.query(TalkSheet)))
        if isinstance(page := browser.page, Changes):
            await seat.until(lambda: page.is_settled)
    hide_cursor(seat.app)
    await seat.settled()


def knows_checks(browser: Browser) -> bool:
    """Say whether the checks are here that the tab of the patch counts, or shows."""
    page = browser.page
    if isinstance(page, Checks):
        version = page.compared()
        ids = [*page.patch_ids, *(browser.store.patch_ids(version.id) if version else ())]
    else:
        rows = browser.store.patch_rows([browser.patches.current or 0])
        ids = [row.patch.id for row in rows if row.patch.check is not CheckState.PENDING]
    return len(browser.store.check_readings(ids)) == len(ids)


def hide_cursor(app: PwtuiApp) -> None:
    """Stop the blinking cursor of a dialog's line where it is shown."""
    from textual.widgets import Input

    for line in app.screen.query(Input):
        line.cursor_blink = False

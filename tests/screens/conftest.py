"""The app as a person sees it: real HTTP to the embedded server, keys, and what stands on the screen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.conftest import NOW
from tui.app import PwtuiApp
from tui.config.settings import Settings
from tui.core.credentials import Credentials
from tui.core.place import Place, parse_place
from tui.demo.server import DemoServer
from tui.screens.browser import Browser
from tui.session import Session
from tui.sync import lookout
from tui.where import Where
from tui.widgets.reader import Reader

PATIENCE = 2000
"""So many turns of the event loop a condition may take; a turn is about 10 ms when idle."""


class Seat:
    """Where a person sits: the app, its keys and its screen."""

    def __init__(self, app: PwtuiApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def browser(self) -> Browser:
        """Return the browser, below whatever dialog is open."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, Browser))

    def at(self, where: Where) -> bool:
        """Say whether a pane has the keys."""
        return self.browser.level is where

    @property
    def text(self) -> str:
        """Return what stands on the screen."""
        lines = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in lines)

    @property
    def last_line(self) -> str:
        """Return the line of hints and messages; what was folded into several is one again."""
        bottom = self.browser._bottom
        lines = self.text.split("\n")[-bottom.size.height if bottom.display else -1 :]
        return " ".join(line.strip() for line in lines)

    async def press(self, *keys: str) -> None:
        """Press keys, and let the app answer."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, holds: Callable[[], object]) -> None:
        """Let the app run until a condition holds; fail with the screen when it never does."""
        for _ in range(PATIENCE):
            await self.pilot.pause(0.01)
            if holds():
                return
        pytest.fail(f"it never came to pass; the screen:\n{self.text}")

    async def sees(self, *texts: str) -> None:
        """Wait until texts stand on the screen."""
        await self.until(lambda: all(text in self.text for text in texts))

    async def loaded(self) -> None:
        """Wait until the first round of requests is through and shown."""
        await self.until(lambda: self.browser.series.ids and not self.browser.sync.status.loading)
        await self.settled()

    async def goes_to(self, name: str) -> int:
        """Put the cursor on the first series whose name holds this; return its id."""
        found: list[int] = []
        while not found:
            rows = self.browser.store.series_rows(self.browser.series.ids)
            found = [row.series.id for row in rows if name in row.series.name]
            if not found:
                assert self.browser.sync.status.loaded != self.browser.sync.status.total, name
                await self.press("G")
                await self.settled()
        self.browser.series.jump(found[0])
        await self.pilot.pause()
        return found[0]

    def shows_its_patch(self) -> bool:
        """Say whether the reader shows the text of the patch under the cursor, and nothing else."""
        browser, reader = self.browser, self.browser.reader
        is_its = browser._read == browser.patches.current is not None
        return is_its and reader.document is not None and not reader.is_expecting

    async def reads(self, name: str, patch: int = 0) -> Reader:
        """Open a patch of the first series whose name holds this; return the reader with it."""
        await self.loaded()
        await self.goes_to(name)
        await self.press("enter", *["j"] * patch, "enter")
        await self.until(self.shows_its_patch)
        await self.pilot.pause()
        return self.browser.reader

    async def settled(self) -> None:
        """Wait until nothing is under way between store and server, and it is shown."""
        await self.browser.sync.settled()
        await self.pilot.pause()


Sit = Callable[..., AbstractAsyncContextManager[Seat]]


@pytest.fixture
def sit(demo: DemoServer, monkeypatch: pytest.MonkeyPatch) -> Sit:
    """Return what starts the app on the embedded server at a size, with a maintainer's token or another."""
    monkeypatch.setattr(Browser, "now", staticmethod(lambda: NOW))
    monkeypatch.setattr(lookout, "FIRST_PAUSE", 3600.0)  # a test that wants a lost server back says so

    @asynccontextmanager
    async def sitting(
        size: tuple[int, int] = (120, 36),
        *,
        token: str | None = None,
        project: str = "",
        place: Place | None = None,
        server: str = "",
        theme: str = "",
        data: Path | None = None,
        me: str = "",
        settings: Settings | None = None,
    ) -> AsyncIterator[Seat]:
        if data:  # the next one with the same finds what this one leaves
            monkeypatch.setenv("PWTUI_DATA", str(data))
        address = server or demo.url
        secret = demo.token if token is None else token
        secrets = (Credentials(address, secret),) if secret else ()
        place = place or parse_place(f"{address}/project/{project or demo.project}/list/")
        chosen = (settings or Settings())._replace(secrets=secrets, own_name=me)
        app = Session(chosen, place, theme=theme).make_app()
        async with app.run_test(size=size) as pilot:
            yield Seat(app, pilot)

    return sitting


@pytest.fixture
def now() -> datetime:
    """Return the time of every test."""
    return NOW

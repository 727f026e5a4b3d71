"""Texts that take long to unpack: off the loop, so that keys are answered meanwhile."""

from __future__ import annotations

from threading import Event, current_thread, main_thread

import pytest

from tests.screens.conftest import Seat, Sit
from tui.core.model import Body
from tui.store import texts
from tui.store.texts import Packed

pytestmark = pytest.mark.anyio

SERIES = "virtio: stop interrupting guests"


class Slow:
    """Lets texts be unpacked when they may, and notes which were on the loop."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.may = Event()
        self.on_loop: list[int] = []
        plain = Packed.whole

        def whole(text: Packed) -> Body:
            if text.body is None and current_thread() is main_thread():
                self.on_loop += [text.mark[0]] if text.mark[0] > 0 else []  # a cover letter has no diff
            elif text.body is None:
                assert self.may.wait(20)
            return plain(text)

        monkeypatch.setattr(texts, "AT_ONCE", 1)
        monkeypatch.setattr(texts, "PLAIN", 1)
        monkeypatch.setattr(Packed, "whole", whole)


async def opens(seat: Seat) -> None:
    """Open the second patch of the series, whose text is slow."""
    await seat.loaded()
    await seat.goes_to(SERIES)
    await seat.press("enter", "j", "enter")


async def test_keys_are_answered_while_a_text_is_unpacked(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(monkeypatch)
    async with sit() as seat:
        await opens(seat)
        await seat.until(lambda: seat.browser.reader.is_expecting)
        await seat.press("z")
        assert seat.browser.zoomed
        assert seat.browser.reader.document is None
        slow.may.set()
        await seat.until(seat.shows_its_patch)
        assert seat.browser.reader.document
        assert seat.browser.reader.document.index.files
        assert not slow.on_loop


async def test_what_is_gone_to_meanwhile_is_what_shows(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(monkeypatch)
    async with sit() as seat:
        await opens(seat)
        await seat.until(lambda: seat.browser.reader.is_expecting)
        await seat.press("left_square_bracket")
        first = seat.browser.patches.current
        assert first is not None
        await seat.until(lambda: seat.browser.store.has_body(first))
        slow.may.set()
        await seat.until(seat.shows_its_patch)
        body = seat.browser.store.body(first)
        document = seat.browser.reader.document
        assert body is not None
        assert document is not None
        assert document.index.lines.text == body.diff


async def test_a_tab_does_not_unpack_again_what_the_reader_shows(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch)
    async with sit() as seat:
        slow.may.set()
        await opens(seat)
        await seat.until(seat.shows_its_patch)
        await seat.press("T")
        await seat.sees("Signed-off-by")
        await seat.press("D", "H")
        await seat.sees("List-Id")
        assert not slow.on_loop

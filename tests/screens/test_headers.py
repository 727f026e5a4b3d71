"""The headers of a mail, in a tab: decoded, those of machines below, and one copied."""

from __future__ import annotations

import pytest

from tests.screens.conftest import Sit
from tui.core.model import Body
from tui.screens.headers import Headers

pytestmark = pytest.mark.anyio

SERIES = "snapshots of a running mach"
MAIL = (
    ("Received", "from mx.example.org by lists.example.org;\n Thu, 1 Jan 2026 00:00:00 +0000"),
    ("DKIM-Signature", "v=1; a=rsa-sha256; b=" + "QUJD" * 40),
    ("From", "=?utf-8?q?J=C3=BCrgen_Doe?= <j@example.org>"),
    ("Subject", "[PATCH]\n =?utf-8?q?caf=C3?= =?utf-8?q?=A9?= \x1b[31m[bold]"),
    ("To", '"Doe, Ada" <ada@example.org>,\n =?utf-8?q?Z=C3=BC=2C?= <z@example.org>'),
    ("List-Id", "<kiln-devel.lists.example.org>"),
)


async def test_headers_are_decoded_and_those_of_machines_come_last(sit: Sit) -> None:
    async with sit() as seat:
        await seat.reads(SERIES, 1)
        id = seat.browser.patches.current or 0
        await seat.press("H")
        seat.browser.store.put_body(id, Body(id, MAIL, "text"))
        await seat.sees("Jürgen Doe <j@example.org>", "[PATCH] café ␛[31m[bold]", "Zü, <z@example.org>")
        at = [seat.text.index(f"{name}  ") for name in ("From", "Subject", "To", "Received", "List-Id")]
        assert at == sorted(at)


async def test_where_one_is_is_told_from_the_first_look_on(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.reads("ci: keep the compiler's cache")
        await seat.press("H")
        await seat.sees("List-Id")
        await seat.sees("100 %")


async def test_y_copies_the_header_under_the_cursor(sit: Sit) -> None:
    async with sit() as seat:
        await seat.reads(SERIES, 1)
        id = seat.browser.patches.current or 0
        await seat.press("H")
        seat.browser.store.put_body(id, Body(id, MAIL, "text"))
        await seat.sees("Jürgen")
        await seat.press("j", "j", "y")
        assert seat.app.clipboard == 'To: "Doe, Ada" <ada@example.org>, Zü, <z@example.org>'
        assert "Copied the header To." in seat.last_line
        await seat.press("k", "y")
        assert seat.app.clipboard == "Subject: [PATCH] café ␛[31m[bold]"


async def test_a_narrow_terminal_folds_and_keeps_the_header(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.reads(SERIES, 1)
        id = seat.browser.patches.current or 0
        await seat.press("H")
        seat.browser.store.put_body(id, Body(id, MAIL, "text"))
        await seat.sees("Jürgen")
        await seat.press("G")
        page = seat.browser.page
        assert isinstance(page, Headers)
        assert page.body.header is not None
        assert page.body.header.name == "List-Id"
        await seat.pilot.resize_terminal(46, 24)
        await seat.pilot.pause()
        assert page.body.header.name == "List-Id"
        for width in (30, 12, 4, 1):
            await seat.pilot.resize_terminal(width, 10)
            await seat.pilot.pause()


async def test_a_mail_without_headers_says_so(sit: Sit) -> None:
    async with sit() as seat:
        await seat.reads(SERIES, 1)
        id = seat.browser.patches.current or 0
        await seat.press("H")
        seat.browser.store.put_body(id, Body(id, (), "text"))
        await seat.sees("The server gave no headers.")
        await seat.press("y")
        assert "nothing to copy" in seat.last_line


async def test_a_mail_that_came_while_another_tab_was_shown_is_shown(sit: Sit) -> None:
    async with sit() as seat:
        await seat.reads(SERIES, 1)
        id = seat.browser.patches.current or 0
        seat.browser.store.put_body(id, Body(id, (), "text"))
        await seat.press("H")
        await seat.sees("no headers")
        await seat.press("D")
        seat.browser.store.put_body(id, Body(id, MAIL, "text"))
        await seat.pilot.pause()
        await seat.press("H")
        await seat.sees("Jürgen")

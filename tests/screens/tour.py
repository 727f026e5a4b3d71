"""A walk through all that can be on the screen, a stop at each of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import NamedTuple

from tests.screens.conftest import Seat
from tests.screens.staged import stage_deeds, stage_marks, stage_news, stage_writes
from tui.actions import ACTIONS
from tui.where import TABS, Where

READ = "migration: send memory"
"""A series with checks, remarks, an older version, and comments on its third patch."""
TAB_KEYS = {tab: next(action.keys[0] for action in ACTIONS if action.id == f"tab_{tab}") for tab in TABS}


class Stop(NamedTuple):
    """A dialog, or another state of the panes: how to get there, and back."""

    name: str
    keys: tuple[str, ...]
    sees: str = ""
    """What stands there when it is there."""
    back: tuple[str, ...] = ("escape",)
    stage: Callable[[Seat], None] | None = None


IN_LISTS = (
    Stop("state", ("s",), "state now"),
    Stop("view query", ("3", "l", "space", *"has", "colon", "down"), "has:", ("escape", "escape", "1")),
    Stop("wrong query", ("l", *"has:x"), "", ("escape", "escape")),
    Stop("filter", ("slash", *"mi"), "mi", ("escape", "escape")),
    Stop("range", ("V", "j", "j"), "range of 3", ("escape", *"gjjj")),
    Stop("note", ("n", *"ab"), "keeps it"),
    Stop("copy", ("y",), "message id"),
    Stop("projects", ("P",), "kiln-docs"),
    Stop("nothing matches", ("question_mark", *"zzzz"), "nothing matches"),
    Stop("palette", ("ctrl+p",), "All actions"),
    Stop("leave", ("q",), "Leave pwtui?"),
    Stop("team", ("percent_sign", "j"), "untouched"),
    Stop("outbox", ("O", "space"), "Outbox", stage=stage_writes),
    Stop("keys of the outbox", ("O", "question_mark"), "Keys in", ("escape", "escape")),
    Stop("journal", ("J",), "Journal", stage=stage_deeds),
    Stop("inbox", ("I", "j"), "Inbox", stage=stage_news),
    Stop("preview", ("s", "3"), "Left out", ("escape", "escape"), stage_marks),
)
IN_DIFF = (
    Stop("hunk", ("right_curly_bracket", "right_curly_bracket", "j", "j"), "", ()),
    Stop("files", ("L",), "seen to the end"),
    Stop("search", ("slash", *"the", "enter"), "", ("escape", "escape")),
    Stop("selection", ("V", "j", "j", "j"), "", ("escape",)),
    Stop("side by side", ("z", "vertical_line"), "", ("vertical_line", "z")),
    Stop("wrapped", ("w",), "", ("w",)),
    Stop("folded", ("F",), "", ("F",)),
)


async def walk(seat: Seat) -> AsyncIterator[str]:
    """Go through the panes, the tabs and the dialogs of a project; tell where one is."""
    await seat.loaded()
    yield "series"
    await seat.press(*"jjj")  # so that there are rows above and below
    for stop in IN_LISTS:
        async for name in visit(seat, stop):
            yield name
    await seat.goes_to(READ)
    await seat.press("enter", "j", "j", "j")
    yield "patches"
    await seat.press("enter")
    await seat.until(seat.shows_its_patch)
    await settle(seat)
    yield "diff"
    for stop in IN_DIFF:
        async for name in visit(seat, stop):
            yield name
    for tab in TABS:
        await seat.press(TAB_KEYS[tab])
        await settle(seat)
        yield tab
        if tab is Where.CHECKS:
            for stop in (Stop("matrix", ("m",), "", ("m",)), Stop("check", ("c", "tab", "a"), "Tab goes on")):
                async for name in visit(seat, stop):
                    yield name
        if tab is Where.CHANGES:
            await seat.press("enter")
            await settle(seat)
            yield "interdiff"
            await seat.press("escape")


async def visit(seat: Seat, stop: Stop) -> AsyncIterator[str]:
    """Go to a stop and back."""
    if stop.stage:
        await settle(seat)
        stop.stage(seat)
    await seat.press(*stop.keys)
    await seat.sees(stop.sees)
    await settle(seat)
    yield stop.name
    await seat.press(*stop.back)


async def settle(seat: Seat) -> None:
    """Wait until nothing moves any more."""
    from textual.widgets import Input

    for line in seat.app.screen.query(Input):
        line.cursor_blink = False
    await seat.settled()
    reader = seat.browser.reader
    if reader.display and seat.browser.shows_diff:
        await seat.until(lambda: reader.is_settled)

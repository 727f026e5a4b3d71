"""A talk of 2,000 comments, opened to painted, against Textual's ``Static`` with the same text.

Run by hand: ``python tests/bench/bench_talk.py [rounds]``.  Both run in Textual's headless driver at 120
by 36.  The talk is opened in the app's own screens, by its key, from a store that holds it (so the time
is also that of reading and threading it); the ``Static``, in a scrolling container of an app that has
nothing else, by a key that mounts it.  A second figure is the answer to the key that goes to the end.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import ClassVar

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Static

from tests.bench.figures import Figure, hide_settings, show
from tests.bench.made_quotes import make_cases
from tests.bench.opened import make_app
from tui.app import PwtuiApp
from tui.core.model import Body, Comment, Patch, Person, Project, Series
from tui.screens.browser import Browser
from tui.store.store import Store
from tui.widgets.talk import TalkSheet

ROUNDS = 5
COMMENTS = 2_000
SIZE = (120, 36)
BEGAN = datetime(2026, 3, 1)
ADA = Person(1, "Ada Bench", "ada@example.org")


def make_comments(count: int = COMMENTS) -> list[Comment]:
    """Return so many comments, most of them answers to one another."""
    chance = random.Random(1)
    comments: list[Comment] = []
    for number, case in enumerate(make_cases(count), 1):
        answered = chance.randrange(max(1, number - 30), number) if number > 5 else "p"
        who = Person(number % 40 + 2, f"Bert Bench {number % 40}", f"b{number % 40}@example.org")
        headers = (
            ("In-Reply-To", f"<{answered}@example.org>"),
            ("Content-Type", "text/plain; charset=utf-8"),
        )
        date = BEGAN + timedelta(minutes=number)
        msgid = f"<{number}@example.org>"
        comments.append(Comment(number, msgid, date, "Re: [PATCH] x", who, case.content, headers, about=1))
    return comments


def fill(store: Store, comments: list[Comment]) -> None:
    """Put a patch with its comments into a store."""
    store.put_project(Project(1, "bench", "Benchmarks"))
    store.put_series([Series(1, 1, "net: x", BEGAN, ADA, patch_ids=(1,))])
    store.put_patches([Patch(1, 1, "<p@example.org>", "[PATCH] net: x", BEGAN, ADA, "new", series_id=1)])
    store.put_body(1, Body(1, (), "Made up.\n", ""))
    store.put_comments(1, comments, fetched=BEGAN)


class Stock(App[None]):
    """A ``Static`` that a key mounts."""

    BINDINGS: ClassVar[list[BindingType]] = [("t", "open", "open")]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        yield VerticalScroll()

    def action_open(self) -> None:
        self.query_one(VerticalScroll).mount(Static(self._text, markup=False))


async def time_key(pilot: Pilot[None], key: str, words: str) -> float:
    """Return the seconds from a key to a screen that has some words."""
    began = perf_counter()
    pressing = asyncio.create_task(pilot.press(key))  # it returns when all is quiet, which is later
    while words not in "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips()):
        await asyncio.sleep(0.005)
    seconds = perf_counter() - began
    await pressing
    return seconds


async def time_static(text: str) -> float:
    """Return the seconds that a ``Static`` takes."""
    app = Stock(text)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        return await time_key(pilot, "t", "Made up.")


async def time_talk(comments: list[Comment]) -> tuple[float, float]:
    """Return the seconds that the talk takes, and that of going to its end."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "talk.db")
        with closing(Store(path)) as store:
            fill(store, comments)
        return await _time(make_app(path))


async def _time(app: PwtuiApp) -> tuple[float, float]:
    async with app.run_test(size=SIZE) as pilot:
        screen = next(one for one in app.screen_stack if isinstance(one, Browser))
        while screen.patches.current is None:
            await pilot.pause(0.01)
        await pilot.press("enter", "enter")
        await pilot.pause()
        opened = await time_key(pilot, "T", "Bert Bench")
        sheet = screen.query_one(TalkSheet)
        began = perf_counter()
        await pilot.press("G")
        await pilot.pause()
        ended = perf_counter() - began
        assert sheet.is_laid_out
        return opened, ended


def measure(rounds: int = ROUNDS) -> list[Figure]:
    """Measure by turns."""
    comments = make_comments()
    text = "Made up.\n\n" + "\n\n".join(comment.content for comment in comments)
    opened, ended = [], []
    for _ in range(rounds):
        talk, end = asyncio.run(time_talk(comments))
        stock = asyncio.run(time_static(text))
        opened.append(talk / stock)
        ended.append(end / stock)
    what = f"talk of {COMMENTS:,} comments, {text.count(chr(10)):,} lines, opened to painted"
    return [
        Figure(what, "a Static with the same text", tuple(opened), 0.5),
        Figure("the same, G at once: all laid out", "a Static with the same text", tuple(ended), 0.5),
    ]


if __name__ == "__main__":
    hide_settings()
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))

"""How long a 50,000-line diff takes from its text to its first highlighted page.

Run by hand: ``python tests/bench/bench_diff.py [lines]``.  The reader runs in an app under
Textual's headless driver; the time is from the text to a painted page whose colour is there.
Beside it, by turns, unidiff parses the same text.  Then the same reader goes down page by page,
in that diff and in one of 3,000 lines.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import sys
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from textual.app import App, ComposeResult
from unidiff.patch import PatchSet

from tests.bench.figures import Figure, clock, show
from tui.core.colors import Colors
from tui.diff.document import build_document
from tui.widgets.reader import Reader

ROUNDS = 7
PAGES = 10
SIZE = (160, 50)
HUNK = 40


def make_diff(lines: int) -> str:
    """A diff of C files with ten hunks of 40 lines each, a third of them added, a third removed."""
    pieces: list[str] = []
    for file in range(lines // (10 * (HUNK + 1) + 4)):
        name = f"drivers/net/part{file % 7}/file{file}.c"
        pieces.append(
            f"diff --git a/{name} b/{name}\nindex 1234567..89abcde 100644\n--- a/{name}\n+++ b/{name}\n"
        )
        for hunk in range(10):
            signs = [" +-"[(line // 3) % 3] for line in range(HUNK)]
            old, new = (sum(sign in kinds for sign in signs) for kinds in (" -", " +"))
            start = 1 + 100 * hunk
            pieces.append(f"@@ -{start},{old} +{start},{new} @@ static int probe(struct device *dev)\n")
            pieces += [
                f'{sign}\tif (value_{line} > {line}) /* see below */ return f("x{line}", dev);\n'
                for line, sign in enumerate(signs)
            ]
    return "".join(pieces)


class Frame(App[None]):
    """An app with nothing but a reader."""

    def compose(self) -> ComposeResult:
        """Lay the reader out."""
        yield Reader()


def is_settled(reader: Reader) -> bool:
    """Say whether the page in sight is drawn in colour."""
    comment = Colors().comment
    if not reader.is_settled:
        return False
    segments = [segment for y in range(reader.size.height) for segment in reader.render_line(y)]
    return any(
        s.style is not None and s.style.color is not None and s.style.color.name == comment for s in segments
    )


async def open_page(app: Frame, text: str) -> float:
    """Seconds from the text of a diff to its first page in colour, painted."""
    reader = app.query_one(Reader)
    reader.message("")
    await settle(app)
    began = perf_counter()
    document = build_document("", text)
    reader.show(document, document.hunk_rows[0])
    await paint(app, reader)
    return perf_counter() - began


async def settle(app: Frame) -> None:
    """Let all that is under way come to rest."""
    for _ in range(5):
        await asyncio.sleep(0.02)


async def paint(app: Frame, reader: Reader) -> None:
    """Wait until the screen has painted, and painted colour."""
    while True:
        painted = asyncio.Event()
        app.call_after_refresh(painted.set)
        await painted.wait()
        if is_settled(reader):
            return
        await asyncio.sleep(0)


async def page_time(app: Frame, text: str) -> float:
    """Median seconds of a page down, at most 30 a second, to its coloured page."""
    await open_page(app, text)
    reader = app.query_one(Reader)
    times: list[float] = []
    for _ in range(PAGES):
        await asyncio.sleep(0.03)
        began = perf_counter()
        reader.page_down()
        await paint(app, reader)
        times.append(perf_counter() - began)
    return statistics.median(times)


async def take_turns(text: str, rounds: int) -> tuple[list[float], list[float]]:
    """Return what each round took: to open the diff, the first in a process too, and a page down."""
    small = make_diff(3_000)
    opened: list[float] = []
    app = Frame()
    async with app.run_test(size=SIZE):
        for _ in range(rounds + 1):
            gc.collect()
            theirs = clock(lambda: PatchSet.from_string(text))
            gc.collect()
            opened.append(await open_page(app, text) / theirs)
        pages = [await page_time(app, text) / await page_time(app, small) for _ in range(rounds)]
    return opened, pages


def measure(lines: int = 50_000, rounds: int = ROUNDS) -> list[Figure]:
    """Measure by turns."""
    (first, *opened), pages = asyncio.run(take_turns(make_diff(lines), rounds))
    parsed = "unidiff alone parsing it"
    return [
        Figure(f"open a {lines:,}-line diff to its first highlighted page", parsed, tuple(opened), 1.5),
        Figure("the same, the first time in a process", parsed, (first,), note="imports Pygments"),
        Figure("a page down in that diff", "one in a diff of 3,000 lines", tuple(pages)),
    ]


if __name__ == "__main__":
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000))

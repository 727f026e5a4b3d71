"""How long a 50,000-line diff takes from its text to its first highlighted page.

Run by hand: ``python tests/bench/bench_diff.py [lines]``.  The reader runs in an app under
Textual's headless driver; beside it, in the same run and by turns, unidiff parses the same
text.  Take the ratios, not the milliseconds.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from textual.app import App, ComposeResult
from unidiff.patch import PatchSet

from tui.core.colors import Colors
from tui.diff.document import build_document
from tui.diff.index import index_diff
from tui.widgets.reader import Reader

ROUNDS = 7
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


async def page_times(app: Frame) -> list[float]:
    """Seconds of each of 40 pages down, at most 30 a second, to its coloured page."""
    reader = app.query_one(Reader)
    times: list[float] = []
    for _ in range(40):
        await asyncio.sleep(0.03)
        began = perf_counter()
        reader.page_down()
        await paint(app, reader)
        times.append(perf_counter() - began)
    return times


def clock(work: Callable[[], object]) -> float:
    """Seconds that something takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


async def measure(lines: int) -> None:
    """Measure by turns, and print the table."""
    text = make_diff(lines)
    small = make_diff(3_000)
    theirs: list[float] = []
    ours: list[float] = []
    index: list[float] = []
    app = Frame()
    async with app.run_test(size=SIZE):
        first = await open_page(app, text)
        for _ in range(ROUNDS):
            gc.collect()
            theirs.append(clock(lambda: PatchSet.from_string(text)))
            gc.collect()
            index.append(clock(lambda: index_diff(text)))
            ours.append(await open_page(app, text))
        big_pages = await page_times(app)
        await open_page(app, small)
        small_pages = await page_times(app)
    base = statistics.median(theirs)
    rows = [
        (f"unidiff alone parses {lines:,} lines", base),
        ("index of the same", statistics.median(index)),
        ("text to first page in colour", statistics.median(ours)),
        ("the same, the first time in a process (imports Pygments)", first),
        (f"page down, median, at {lines:,} lines", statistics.median(big_pages)),
        ("page down, longest", max(big_pages)),
        ("page down, median, at 3,000 lines", statistics.median(small_pages)),
    ]
    sys.stdout.write(f"{'':58}{'ms':>8}{'ratio':>8}\n")
    for name, seconds in rows:
        sys.stdout.write(f"{name:58}{1000 * seconds:8.1f}{seconds / base:8.2f}\n")


if __name__ == "__main__":
    asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000))

"""A small app with nothing but a reader, and eyes for its screen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from tui.diff.document import build_document
from tui.widgets.reader import Reader
from tui.widgets.reader_overlay import CURSOR

SIZES = [(80, 24), (120, 36)]


class Frame(App[None]):
    def compose(self) -> ComposeResult:
        yield Reader()


@asynccontextmanager
async def reading(
    content: str, diff: str, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[Reader, Pilot[None]]]:
    """Run a reader that shows a patch."""
    app = Frame()
    async with app.run_test(size=size) as pilot:
        reader = app.query_one(Reader)
        reader.show(build_document(content, diff))
        await pilot.pause()
        yield reader, pilot


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Let the app go on until something holds."""
    for _ in range(400):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came")


def screen(reader: Reader) -> list[str]:
    """The rows in sight, as text, without the sign of the cursor."""
    rows = [reader.render_line(y).text for y in range(reader.size.height)]
    return [" " + row[1:] if row.startswith(CURSOR) else row for row in rows]


def colors_in(reader: Reader) -> set[str]:
    """The colours of all text in sight."""
    return {
        segment.style.color.name
        for y in range(reader.size.height)
        for segment in reader.render_line(y)
        if segment.style and segment.style.color
    }


def many(files: int, hunks: int, lines: int) -> str:
    """A diff of C files."""
    pieces: list[str] = []
    for file in range(files):
        pieces.append(
            f"diff --git a/f{file}.c b/f{file}.c\nindex 1..2 100644\n--- a/f{file}.c\n+++ b/f{file}.c\n"
        )
        for hunk in range(hunks):
            start = hunk * 1000 + 1
            pieces.append(f"@@ -{start},1 +{start},{lines + 1} @@ int f(void)\n return 0;\n")
            pieces.extend(f"+\tint v{n} = {n}; /* why */\n" for n in range(lines))
    return "".join(pieces)

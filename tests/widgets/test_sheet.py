"""Words in the place of rows are read whole."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from tui.widgets.sheet import Sheet

pytestmark = pytest.mark.anyio

WORDS = "The server is out of reach; what was said before is here, and R asks again once it is back."


class Shown(App[None]):
    """A sheet alone."""

    def compose(self) -> ComposeResult:
        """Show one."""
        yield Sheet()


async def test_long_words_are_folded() -> None:
    app = Shown()
    async with app.run_test(size=(40, 10)) as pilot:
        app.query_one(Sheet).show_rows(0, WORDS)
        await pilot.pause()
        lines = [strip.text.strip(" ▁▂▃▄▅▆▇█") for strip in app.screen._compositor.render_strips()]
        assert " ".join(line for line in lines if line) == WORDS

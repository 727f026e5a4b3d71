"""A list keeps its place: whatever happens to the terminal, the rows in sight are those that were."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from tui.widgets.listing import Listing

pytestmark = pytest.mark.anyio

SIZE = (80, 24)


class Lists(App[None]):
    """A list of a hundred rows, and nothing else."""

    def compose(self) -> ComposeResult:
        yield Listing((), lambda ids: {id: {} for id in ids}, id="list")

    @property
    def list(self) -> Listing:
        return self.query_one(Listing)

    @property
    def place(self) -> tuple[int, int]:
        """The row of the cursor, and the first one in sight."""
        return self.list.cursor, self.list.scroll_offset.y


@pytest.fixture
async def seat() -> AsyncIterator[tuple[Lists, Pilot[None]]]:
    app = Lists()
    async with app.run_test(size=SIZE) as pilot:
        app.list.show(range(100))
        await pilot.pause()
        yield app, pilot


@pytest.mark.parametrize("moves", [(20,), (60, -9), (99,), (99, -10), (0,)])
@pytest.mark.parametrize("sizes", [((1, 1),), ((40, 5), (1, 1), (30, 12)), ((200, 60), (1, 1))])
async def test_it_goes_back_to_its_place_after_a_resize(
    seat: tuple[Lists, Pilot[None]], moves: tuple[int, ...], sizes: tuple[tuple[int, int], ...]
) -> None:
    app, pilot = seat
    for rows in moves:
        app.list.move(rows)
    before = app.place
    for size in sizes:
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert app.list.current in app.list.visible_ids()
    await pilot.resize_terminal(*SIZE)
    await pilot.pause()
    assert app.place == before


async def test_rows_that_were_scrolled_to_are_come_back_to(seat: tuple[Lists, Pilot[None]]) -> None:
    app, pilot = seat
    app.list.move(30)
    app.list.scroll_to(y=25, animate=False, force=True, immediate=True)
    assert app.place == (30, 25)
    await pilot.resize_terminal(1, 1)
    await pilot.pause()
    await pilot.resize_terminal(*SIZE)
    await pilot.pause()
    assert app.place == (30, 25)


async def test_a_move_in_a_small_pane_leaves_from_there(seat: tuple[Lists, Pilot[None]]) -> None:
    app, pilot = seat
    await pilot.resize_terminal(20, 3)
    await pilot.pause()
    app.list.move(50)
    await pilot.resize_terminal(*SIZE)
    await pilot.pause()
    assert app.place == (50, 48)

"""A list keeps its place: whatever happens to the terminal, the rows in sight are those that were."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence

import pytest
from rich.style import Style
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.strip import Strip

from tui.widgets.columns import Cell, Column
from tui.widgets.listing import Listing

pytestmark = pytest.mark.anyio

SIZE = (80, 24)


class Lists(App[None]):
    """A list of a hundred rows, and nothing else."""

    CSS = "Listing { overflow-x: hidden; overflow-y: scroll; }"

    def __init__(self) -> None:
        super().__init__()
        self.words: dict[int, str] = {}
        """What rows say; of others their id."""

    def compose(self) -> ComposeResult:
        yield Listing((Column("text", 10, flexible=True),), self.cells_of, id="list")

    def cells_of(self, ids: Sequence[int]) -> dict[int, dict[str, Cell]]:
        return {id: {"text": ((self.words.get(id, f"row {id}"), Style()),)} for id in ids}

    @property
    def lines(self) -> list[str]:
        """What stands on the screen."""
        return [strip.text.rstrip() for strip in self.screen._compositor.render_strips()]

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


# -- what is drawn ---------------------------------------------------------------------


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the lines of the pane that are drawn, as they are."""
    lines: list[int] = []
    render = Listing.render_line

    def note(listing: Listing, y: int) -> Strip:
        lines.append(y)
        return render(listing, y)

    monkeypatch.setattr(Listing, "render_line", note)
    return lines


@pytest.mark.parametrize("top", [0, 40, 76])
async def test_of_rows_that_are_other_ones_those_in_sight_are_drawn(
    seat: tuple[Lists, Pilot[None]], drawn: list[int], top: int
) -> None:
    app, pilot = seat
    app.list.move(top)
    app.list.scroll_to(y=top, animate=False, force=True, immediate=True)
    await pilot.pause()
    assert app.lines[3].endswith(f"row {top + 3}")
    drawn.clear()
    others = {top - 1, top + 3, top + 23, top + 24, 300} & {*range(top or 1, 100), 300}
    app.words = dict.fromkeys(others, "another")
    app.list.renew(others)
    await pilot.pause()
    assert sorted(drawn) == [3, 23]
    assert [number for number, line in enumerate(app.lines) if "another" in line] == [3, 23]


@pytest.mark.parametrize(("rows", "lines"), [(4, 10), (15, 15), (10, 10), (60, 24), (0, 24)])
async def test_of_another_list_what_is_blank_before_and_after_is_not_drawn(
    seat: tuple[Lists, Pilot[None]], drawn: list[int], rows: int, lines: int
) -> None:
    app, pilot = seat
    app.list.show(range(200, 210))
    await pilot.pause()
    drawn.clear()
    app.list.show(range(300, 300 + rows), placeholder="nothing")
    await pilot.pause()
    assert sorted(set(drawn)) == list(range(lines))
    shown = [f"row {300 + number}" for number in range(min(rows, 24))] or ["", "nothing"]
    texts = [line[:30].strip("▸ ") for line in app.lines]  # without the scrollbar
    assert texts == [*shown, *[""] * (24 - len(shown))]
    app.list.show(range(7))
    await pilot.pause()
    assert [line for line in app.lines if "row" in line] == [
        "▸  row 0",
        *(f"   row {n}" for n in range(1, 7)),
    ]


async def test_a_list_that_was_scrolled_leaves_no_line_of_it(seat: tuple[Lists, Pilot[None]]) -> None:
    app, pilot = seat
    app.list.move(99)
    await pilot.pause()
    app.list.show([3, 98, 99])
    await pilot.pause()
    assert [line[:30].strip("▸ ") for line in app.lines] == ["row 3", "row 98", "row 99", *[""] * 21]


async def test_a_row_that_was_another_one_out_of_sight_is_so_when_it_comes_into_it(
    seat: tuple[Lists, Pilot[None]],
) -> None:
    app, pilot = seat
    app.list.move(50)
    app.list.move(-50)
    await pilot.pause()
    app.words = {30: "another"}
    app.list.renew([30])
    await pilot.pause()
    app.list.move(40)
    await pilot.pause()
    assert any("another" in line for line in app.lines)


async def test_one_that_is_another_one_in_the_frame_of_a_scroll_is_drawn_where_it_is_then(
    seat: tuple[Lists, Pilot[None]],
) -> None:
    app, pilot = seat
    app.words = {20: "another"}
    app.list.renew([20])
    app.list.move(30)
    await pilot.pause()
    assert "another" in app.lines[20 - app.list.scroll_offset.y]
    assert app.list.scroll_offset.y == 7


@pytest.mark.parametrize(
    ("does", "lines"),
    [
        (lambda rows: rows.toggle_mark(), [2, 3]),
        (lambda rows: rows.mark([4, 9, 90]), [4, 9]),
        (lambda rows: rows.unmark([5, 7, 91]), [7]),
        (lambda rows: rows.unmark([5]), []),
    ],
)
async def test_a_mark_is_drawn_in_its_row_alone(
    seat: tuple[Lists, Pilot[None]], drawn: list[int], does: Callable[[Listing], None], lines: list[int]
) -> None:
    app, pilot = seat
    app.list.move(2)
    app.list.mark([7])
    await pilot.pause()
    drawn.clear()
    does(app.list)
    await pilot.pause()
    assert sorted(set(drawn)) == lines
    marked = {number for number, line in enumerate(app.lines) if "●" in line}
    assert marked == app.list.marked.intersection(range(24))

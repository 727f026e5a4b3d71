"""Marks stay with their rows, whatever the list shows meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import pytest
from textual.app import App, ComposeResult

from tui.widgets.listing import Listing

pytestmark = pytest.mark.anyio


class Lists(App[None]):
    """A list of ten rows, and nothing else."""

    def compose(self) -> ComposeResult:
        yield Listing((), lambda ids: {id: {} for id in ids}, id="list")

    @property
    def rows(self) -> Listing:
        return self.query_one(Listing)

    def drawn(self) -> list[int]:
        """The ids that are drawn with a mark."""
        return [id for line, id in enumerate(self.rows.ids) if "●" in self.rows.render_line(line).text]


@pytest.fixture
async def lists() -> AsyncIterator[Lists]:
    app = Lists()
    async with app.run_test(size=(40, 12)) as pilot:
        app.rows.show(range(10))
        await pilot.pause()
        yield app


async def test_a_mark_stays_while_the_list_shows_other_rows(lists: Lists) -> None:
    lists.rows.mark([2, 5])
    lists.rows.show([1, 5])
    assert (lists.rows.shown_marks, lists.rows.hidden_marks) == ([5], {2})
    assert lists.drawn() == [5]
    lists.rows.show([2, 3])
    assert lists.drawn() == [2]


@pytest.mark.parametrize("way", [3, -2])
async def test_a_range_is_drawn_as_it_grows_and_marked_when_it_ends(lists: Lists, way: int) -> None:
    lists.rows.move(4)
    lists.rows.begin_range()
    lists.rows.move(way)
    expected = sorted(range(4, 4 + way + (1 if way > 0 else -1), 1 if way > 0 else -1))
    assert (lists.drawn(), lists.rows.marked) == (expected, set())
    lists.rows.end_range()
    assert (lists.drawn(), lists.rows.marked, lists.rows.ranging) == (expected, set(expected), False)


async def test_a_range_that_is_left_marks_nothing(lists: Lists) -> None:
    lists.rows.mark([7])
    lists.rows.begin_range()
    lists.rows.move(2)
    lists.rows.leave_range()
    assert lists.drawn() == [7]


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ((20, 21, *range(10)), [3, 4, 5]),
        ((0, 1, 2, 4, 5, 6), [4, 5]),  # the row where it began is gone: the one in its place
        ((5,), [5]),
        ((), []),
    ],
)
async def test_a_range_follows_its_rows(lists: Lists, ids: Sequence[int], expected: list[int]) -> None:
    lists.rows.move(3)
    lists.rows.begin_range()
    lists.rows.move(2)
    lists.rows.show(ids)
    assert lists.rows.in_range == expected


async def test_what_cannot_be_marked_is_not(lists: Lists) -> None:
    lists.rows.can_mark = lambda id: id != 1
    lists.rows.begin_range()
    lists.rows.move(2)
    assert lists.drawn() == [0, 2]
    lists.rows.end_range()
    lists.rows.invert_marks()
    assert lists.rows.shown_marks == [3, 4, 5, 6, 7, 8, 9]
    lists.rows.clear_marks()
    lists.rows.top()
    lists.rows.move(1)
    lists.rows.toggle_mark()
    assert (lists.rows.marked, lists.rows.cursor) == (set(), 1)

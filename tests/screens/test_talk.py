"""What was said about patches, in a tab: read, searched, ticked, gone through from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from tests.screens.conftest import Seat, Sit
from tui.core.model import Comment, Person
from tui.core.rows import CommentRow
from tui.demo.server import DemoServer
from tui.where import Where
from tui.widgets import talk as talk_module
from tui.widgets.talk import TalkSheet

pytestmark = pytest.mark.anyio

SERIES = "snapshots of a running mach"
BEGAN = datetime(2026, 3, 31, 12)
MIRA, JUN = (
    Person(90001, "Mira Example", "mira2@example.org"),
    Person(90002, "Jun Example", "jun@example.org"),
)


def comment(number: int, content: str, answers: str = "", who: Person = MIRA) -> Comment:
    headers = (("In-Reply-To", answers),) if answers else ()
    date = BEGAN + timedelta(minutes=number)
    return Comment(
        number,
        f"<talk-{number}@example.org>",
        date,
        "",
        who,
        content,
        headers,
        None,
        f"https://example.org/{number}",
    )


async def says(seat: Seat, comments: Sequence[Comment], patch: int = 1) -> int:
    """Open a patch of which all this was said, in the talk's tab; return its id."""
    await seat.reads(SERIES, patch)
    await seat.settled()
    id = seat.browser.patches.current
    assert id is not None
    store = seat.browser.store
    store.mark_comments([row.comment.key for row in store.comments(seat.browser.patches.ids)], read=True)
    store.put_comments(id, comments)
    await seat.press("T")
    return id


def sheet(seat: Seat) -> TalkSheet:
    return seat.browser.query_one(TalkSheet)


def unread(seat: Seat, id: int) -> list[int]:
    return [row.comment.id for row in seat.browser.store.comments([id]) if row.unread]


@pytest.fixture(autouse=True)
def _read_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in sight is not read before a test says so."""
    monkeypatch.setattr(talk_module, "READ_AFTER", 3600.0)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_the_message_and_what_was_answered_stand_in_the_tab(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        await says(
            seat,
            [
                comment(7001, "Second thoughts.", "<talk-7000@example.org>", JUN),
                comment(7000, "> mprotect() on the whole region\n\nWhy the whole?"),
            ],
        )
        assert seat.at(Where.TALK)
        await seat.sees(
            "Dilek", "Mira Example", "Why the whole?", "│ Jun Example", "│ Second thoughts.", "2/2"
        )


async def test_comments_that_come_later_are_shown_where_one_is(sit: Sit) -> None:
    async with sit() as seat:
        id = await says(seat, [comment(7000, "First.")])
        await seat.press("n")
        seat.browser.store.put_comments(id, [comment(6999, "Before."), comment(7000, "First.")])
        await seat.sees("Before.", "2/2")
        post = sheet(seat).post
        assert post is not None
        assert post.key == 7000


async def test_n_goes_to_the_next_unread_across_the_patches_of_the_series(sit: Sit) -> None:
    async with sit() as seat:
        id = await says(seat, [comment(7000, "One."), comment(7001, "Two.")])
        later = seat.browser.patches.ids[3]
        seat.browser.store.put_comments(later, [comment(7002, "Three.")])
        await seat.press("n", "n")
        assert unread(seat, id) == [7001]
        await seat.press("n")
        assert unread(seat, id) == []
        assert seat.browser.patches.current == later
        post = sheet(seat).post
        assert post is not None
        assert post.key == 7002
        await seat.press("n")
        assert "No unread comment further down" in seat.last_line
        assert unread(seat, later) == []


async def test_n_leads_from_the_diff_to_what_is_unread(sit: Sit) -> None:
    async with sit() as seat:
        await says(seat, [comment(7000, "One.")])
        await seat.press("D", "n")
        assert seat.at(Where.TALK)
        post = sheet(seat).post
        assert post is not None
        assert post.key == 7000
        await seat.press("n", "D", "n")
        assert seat.at(Where.DIFF)
        assert "No unread comment" in seat.last_line


async def test_what_was_in_sight_for_a_while_is_read_and_stays_marked_until_one_leaves(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk_module, "READ_AFTER", 0.01)
    async with sit() as seat:
        id = await says(seat, [comment(7000, "One.")])
        await seat.until(lambda: not unread(seat, id))
        await seat.sees("Mira Example", "new")
        monkeypatch.setattr(talk_module, "READ_AFTER", 3600.0)
        await seat.press("right_square_bracket", "left_square_bracket")
        assert "  new" not in seat.text


async def test_a_search_takes_n_for_itself(sit: Sit) -> None:
    async with sit() as seat:
        await says(seat, [comment(7000 + n, f"A needle, number {n}.") for n in range(3)])
        await seat.press("slash", *"needle", "enter")
        assert "1 of 3" in seat.last_line
        await seat.press("n", "n")
        assert "3 of 3" in seat.last_line
        await seat.press("N")
        assert "2 of 3" in seat.last_line
        await seat.press("escape")
        assert sheet(seat).sought is None
        assert seat.at(Where.TALK)
        await seat.press("slash", *"a(", "ctrl+r")
        await seat.press("enter")
        assert "cannot search" in seat.last_line
        await seat.press("escape")


async def test_a_search_goes_on_in_the_next_patch_that_has_a_hit_and_round_the_series(sit: Sit) -> None:
    async with sit() as seat:
        browser = seat.browser
        id = await says(seat, [comment(7000, "A needle."), comment(7001, "Another needle.")])
        cover, later = browser.patches.ids[0], browser.patches.ids[3]
        browser.store.put_comments(later, [comment(7002, "And a third needle.")])
        await seat.press("slash", *"needle", "enter")
        assert "1 of 2." in seat.last_line
        await seat.press("n", "n")
        assert browser.patches.current == later
        assert "1 of 1 in patch 3" in seat.last_line
        assert "third needle" in seat.text
        await seat.press("n")
        assert "No hit further down in this series: n again goes on from its top" in seat.last_line
        assert browser.patches.current == later
        await seat.press("n")
        assert browser.patches.current == id
        assert "1 of 2 in patch 1, from the top of the series" in seat.last_line
        browser.store.put_comments(cover, [comment(7003, "The first needle of all.")])
        await seat.press("N")
        assert browser.patches.current == cover
        assert "1 of 1 in the cover letter" in seat.last_line
        await seat.press("N")
        assert "No hit further up in this series: N again goes on from its end" in seat.last_line
        await seat.press("N")
        assert browser.patches.current == later
        assert "1 of 1 in patch 3, from the end of the series" in seat.last_line
        await seat.press("2", "N")
        assert browser.patches.current == id
        assert "1 of 2 in patch 1" in seat.last_line
        await seat.press("7", "n")
        assert browser.patches.current == later
        assert "No hit further down" in seat.last_line


async def test_a_search_that_finds_nothing_here_goes_on_when_it_is_kept(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        id = await says(seat, [comment(7000, "Hay.")])
        later = seat.browser.patches.ids[3]
        seat.browser.store.put_comments(later, [comment(7002, "> a needle\n" + "> hay\n" * 20 + "\nYes.")])
        await seat.press("slash", *"needle")
        assert "not in this one" in seat.last_line
        assert seat.browser.patches.current == id
        await seat.press("enter")
        assert seat.browser.patches.current == later
        await seat.sees("a needle")  # it was folded
        assert "1 of 1 in patch 3" in seat.last_line
        await seat.press("slash", *"nowhere to be found", "enter")
        assert "No mail of this series has that" in seat.last_line
        assert seat.browser.patches.current == later


async def test_t_ticks_a_comment_and_u_takes_it_back(sit: Sit) -> None:
    async with sit() as seat:
        await seat.loaded()
        found = await answered(seat)
        await seat.press("T", "t")
        assert "Go to a comment first" in seat.last_line
        key = found.comment.key
        sheet(seat).next_post(lambda post: post.key == key)
        await seat.press("t")
        assert seat.browser.store.comments_named([key])[0].comment.addressed is True
        await seat.sees("✓ addressed")
        await seat.settled()
        await seat.press("u")
        await seat.until(lambda: seat.browser.store.comments_named([key])[0].comment.addressed is not True)
        await seat.until(lambda: " unmarked" in seat.last_line)  # nobody had marked it before


async def answered(seat: Seat) -> CommentRow:
    """Go to the first patch that has a comment on the server; return that."""
    browser = seat.browser
    for series in browser.series.ids:
        browser.series.jump(series)
        await seat.press("enter")
        await seat.settled()
        for id in browser.patches.ids:
            browser.sync.need_comments(id)
        await seat.settled()
        rows = browser.store.comments(browser.patches.ids)
        if rows:
            browser.patches.jump(rows[0].comment.about)
            await seat.press("enter")
            await seat.until(seat.shows_its_patch)
            return rows[0]
        await seat.press("escape")
    raise AssertionError("nobody ever answered")


async def test_folds(sit: Sit) -> None:
    async with sit() as seat:
        await says(seat, [comment(7000, "".join(f"> line {n}\n" for n in range(20)) + "\nYes.")])
        await seat.sees("17 quoted lines", "line 19", "Yes.")
        await seat.press("n", "f")
        await seat.sees("line 0")
        await seat.press("f")
        assert "line 0" not in seat.text
        await seat.press("F")
        await seat.sees("line 0")
        await seat.press("g", "f")
        assert "Nothing is folded in this mail." in seat.last_line


async def test_o_opens_the_link_under_the_cursor_else_the_comment(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit() as seat:
        opened: list[str] = []
        await says(seat, [comment(7000, "See https://example.org/manual, please.")])
        monkeypatch.setattr(seat.browser, "open_address", opened.append)
        await seat.press("n", "o", "j", "o")
        assert opened == ["https://example.org/7000", "https://example.org/manual"]


async def test_y_copies_of_the_comment(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sit() as seat:
        copied: list[str] = []
        await says(seat, [comment(7000, "Text.\n\x1b[2J")])
        monkeypatch.setattr(seat.app, "copy_to_clipboard", copied.append)
        await seat.press("n", "y")
        await seat.sees("message id", "address", "text")
        await seat.press("enter")
        assert copied == ["talk-7000@example.org"]


async def test_w_says_who_vouches(sit: Sit) -> None:
    async with sit() as seat:
        await says(
            seat,
            [
                comment(7000, "Reviewed-by: Mira Example <mira2@example.org>"),
                comment(
                    7001, "Tested-by: Jun Example <jun@example.org>\n> Acked-by: No Body <no@example.org>"
                ),
            ],
        )
        await seat.press("w")
        assert "Reviewed-by: Mira Example; Tested-by: Jun Example" in seat.last_line


async def test_a_cover_letter_has_its_own_talk(sit: Sit) -> None:
    async with sit() as seat:
        id = await says(seat, [comment(7000, "To the cover.")], patch=0)
        assert id < 0
        await seat.press("n")
        await seat.sees("To the cover.", "Talk 1")
        await seat.press("right_square_bracket")
        assert "To the cover." not in seat.text


async def test_a_server_without_comments_says_so_where_the_talk_is(sit: Sit, demo: DemoServer) -> None:
    demo.faults.add(r"^/api/1\.[1-9]/", status=404, body='{"detail": "Not found."}')
    async with sit((80, 24)) as seat:
        await seat.reads(SERIES, 1)
        await seat.press("T")
        await seat.sees("API 1.0 has no comments to read  ")
        for key in ("t", "n", "N"):
            await seat.press(key)
            assert "This server has no comments: its API is 1.0" in seat.last_line
            await seat.press("escape" if key == "N" else "j")
        await seat.press("D", "n")
        assert "This server has no comments" in seat.last_line

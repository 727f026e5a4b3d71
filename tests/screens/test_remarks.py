"""What comments say about lines of the diff, beside them."""

from __future__ import annotations

import pytest

from tests.screens.conftest import Seat, Sit
from tests.screens.test_talk import SERIES, comment, unread
from tui.where import Where

pytestmark = pytest.mark.anyio


async def remarked(seat: Seat, *words: str) -> int:
    """Open a patch, of the added lines of which these are said; return its id."""
    reader = await seat.reads(SERIES, 1)
    await seat.settled()
    assert reader.document is not None
    index = reader.document.index
    added = [
        line for line, kind in zip(index.lines, index.kinds, strict=True) if kind == "+" and len(line) > 20
    ]
    id = seat.browser.patches.current
    assert id is not None
    content = "\n\n".join(f"> {line}\n\n{word}" for line, word in zip(added, words, strict=False))
    seat.browser.store.put_comments(id, [comment(7000, content)])
    page = reader.page
    await seat.until(lambda: page is not None and page.remarks is not None)
    return id


async def test_m_goes_to_a_remark_shows_it_and_hides_it(sit: Sit) -> None:
    async with sit() as seat:
        await remarked(seat, "Why is that?")
        assert "Why is that?" not in seat.text
        await seat.press("m")
        await seat.sees("◆+")
        await seat.press("m")
        await seat.sees("Mira Example", "Why is that?")
        await seat.press("enter")
        assert "Why is that?" not in seat.text
        await seat.press("j", "m")
        assert "No remark further down" in seat.last_line
        assert seat.at(Where.DIFF)


async def test_a_comment_is_read_when_all_it_remarks_was_shown(sit: Sit) -> None:
    async with sit() as seat:
        id = await remarked(seat, "One.", "Two.")
        await seat.press("m", "m")
        assert unread(seat, id) == [7000]
        await seat.press("j", "j", "j", "m", "m")
        assert unread(seat, id) == []
        await seat.sees("One.", "Two.")


async def test_where_nobody_said_anything_the_key_says_so(sit: Sit) -> None:
    async with sit() as seat:
        reader = await seat.reads("virtio-blk: discard and write", 1)
        await seat.settled()
        page = reader.page
        assert page is not None
        assert page.remarks is None
        await seat.press("m")
        assert "Nobody remarked on a line of this" in seat.last_line
        await seat.press("t")
        assert "Go to a remark first" in seat.last_line


async def test_t_ticks_the_comment_of_a_remark(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sit() as seat:
        await remarked(seat, "One.")
        asked: list[tuple[list[int], bool | None]] = []
        real = seat.browser.sync.address

        def address(keys: list[int], wished: bool | None, *, key: str = "") -> object:
            asked.append((keys, wished))
            return real([], wished, key=key)

        monkeypatch.setattr(seat.browser.sync, "address", address)
        await seat.press("m", "t")
        assert asked == [([7000], True)]


async def test_another_patch_has_none_of_them(sit: Sit) -> None:
    async with sit() as seat:
        await remarked(seat, "One.")
        await seat.press("m", "m", "right_square_bracket")
        await seat.until(seat.shows_its_patch)
        assert "One." not in seat.text
        await seat.press("left_square_bracket")
        await seat.sees("◇+", "One.")


async def test_enter_goes_from_the_talk_to_the_line(sit: Sit) -> None:
    async with sit() as seat:
        await remarked(seat, "One.", "Two.")
        await seat.press("T", "enter")
        assert "about no line of the diff" in seat.last_line
        await seat.press("slash", *"Two", "enter", "enter")
        assert seat.at(Where.DIFF)
        await seat.sees("Two.")
        reader = seat.browser.reader
        assert "prot" in reader.text_at(reader.cursor)
        await seat.press("T", "k", "k", "enter")
        assert seat.at(Where.DIFF)
        assert "prot" in reader.text_at(reader.cursor)

"""One key for a whole action: the last one again, and keys that the user has bound to values."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.screens.conftest import Seat, Sit
from tui.config.settings import Settings
from tui.core.bound import read_bound
from tui.core.states import USUAL_STATES
from tui.demo.server import DemoServer
from tui.keymap.live import DEFAULT
from tui.keymap.own import own_key
from tui.screens.preview import PreviewSheet
from tui.where import Where

pytestmark = pytest.mark.anyio

SERIES = "hw: reset values in tables"


def keys(**bound: Sequence[str]) -> Settings:
    return Settings(keys=tuple(read_bound(key, words) for key, words in bound.items()))


def shown(seat: Seat, series_id: int) -> set[tuple[str, str, bool]]:
    """State, delegate and archived of the patches of a series, as the rows show them."""
    store = seat.browser.store
    found = [row.patch for row in store.patch_rows(store.patch_ids(series_id))]
    return {(p.state, p.delegate.username if p.delegate else "", p.archived) for p in found}


# -- the last one again -----------------------------------------------------------------


async def test_the_last_action_is_done_again_where_the_cursor_is(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        listing = seat.browser.series
        await seat.goes_to(SERIES)
        await seat.press("full_stop")
        assert "Nothing to repeat yet" in seat.last_line
        await seat.press("s", "4")
        for _ in range(2):
            here = listing.current
            assert here is not None
            await seat.press("full_stop")
            assert {state for state, *_ in shown(seat, here)} == {"rejected"}
            assert listing.current != here
        await seat.settled()
        assert [action.key for action in seat.browser.store.journal()] == [".", ".", "s"]


async def test_in_the_diff_it_is_for_the_patch_that_is_read(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        await seat.press("d", *"beat", "enter", "enter", "j", "enter")
        patch = seat.browser.patches.current
        assert patch is not None
        assert seat.at(Where.DIFF)
        await seat.press("full_stop")
        delegate = seat.browser.store.patch_rows([patch])[0].patch.delegate
        assert delegate is not None
        assert delegate.username == "beatriz"
        await seat.settled()


async def test_of_marks_it_shows_the_preview_first(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        await seat.press("s", "4")
        await seat.press("space", "space")
        marked = seat.browser.series.shown_marks
        await seat.press("full_stop")
        assert isinstance(seat.app.screen, PreviewSheet)
        assert "to Rejected" in seat.text
        await seat.press("enter")
        assert {state for id in marked for state, *_ in shown(seat, id)} == {"rejected"}
        await seat.settled()


async def test_what_was_left_is_not_repeated(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("s", "escape", "space", "s", "4", "escape", "escape", "full_stop")
        assert "Nothing to repeat yet" in seat.last_line


# -- keys of the user's own -------------------------------------------------------------


async def test_a_key_sets_several_fields_and_goes_on_and_one_u_takes_all_back(sit: Sit) -> None:
    settings = keys(A=["state accepted", "delegate Beatriz", "archive", "next"])
    async with sit((120, 36), settings=settings) as seat:
        await seat.loaded()
        seat.browser.advance = False
        series_id = await seat.goes_to(SERIES)
        before = shown(seat, series_id)
        await seat.press("A")
        assert shown(seat, series_id) == {("accepted", "beatriz", True)}
        assert seat.browser.series.current != series_id
        await seat.settled()
        assert "24 of 24 patches" in seat.last_line
        (action,) = seat.browser.store.journal()
        assert (action.key, action.title) == (
            "A",
            "24 patches set to accepted and delegated to beatriz and archived",
        )
        await seat.press("u")
        await seat.settled()
        assert shown(seat, series_id) == before


async def test_of_marks_a_key_shows_all_its_fields_first(sit: Sit) -> None:
    async with sit((120, 36), settings=keys(A=["state accepted", "archive"])) as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        await seat.press("V", "j", "V", "A")
        for words in ("Change ", "in 2 series", "→  Accepted", "→  archived"):
            assert words in seat.text
        await seat.press("enter")
        await seat.settled()
        assert len(seat.browser.store.journal()) == 1


async def test_a_key_is_repeated_whole(sit: Sit) -> None:
    async with sit((120, 36), settings=keys(A=["state accepted", "archive"])) as seat:
        await seat.loaded()
        await seat.goes_to(SERIES)
        await seat.press("A")
        here = seat.browser.series.current or 0
        await seat.press("full_stop")
        assert {(state, archived) for state, _, archived in shown(seat, here)} == {("accepted", True)}
        await seat.settled()


async def test_it_is_in_the_help_and_the_palette_and_works_from_there(sit: Sit) -> None:
    async with sit((120, 40), settings=keys(A=["state accepted", "next"])) as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        await seat.press("question_mark", *"yours")
        await seat.sees("state accepted, next (yours)")
        await seat.press("escape", "colon", "left_parenthesis", *"yours", "right_parenthesis", "enter")
        await seat.until(lambda: {state for state, *_ in shown(seat, series_id)} == {"accepted"})
        await seat.settled()


async def test_a_clash_is_told_with_the_keys_name_and_the_table_holds(sit: Sit) -> None:
    settings = keys(s=["archive"], A=["archive"], hyper=["archive"])
    async with sit((200, 50), settings=settings) as seat:
        await seat.loaded()
        assert "keys: s is taken by “state”; choose another key." in seat.last_line
        assert "keys: hyper is no key" in seat.last_line
        await seat.press("s")
        await seat.sees("State of")
        await seat.press("escape", "A")
        await seat.settled()
        assert len(seat.browser.store.journal()) == 1


async def test_a_state_that_the_server_does_not_have_is_told_and_never_written(
    sit: Sit, demo: DemoServer
) -> None:
    async with sit((200, 50), settings=keys(A=["state acepted"], B=["state queued"])) as seat:
        await seat.loaded()
        assert f"keys: A: no state “acepted” is known, only {', '.join(USUAL_STATES[:3])}" in seat.last_line
        series_id = await seat.goes_to(SERIES)
        await seat.press("A")
        await seat.settled()
        await seat.press("A")
        assert "A: no state “acepted” is known" in seat.last_line
        await seat.settled()
        assert not seat.browser.store.journal()
        await seat.press("B")
        assert {state for state, *_ in shown(seat, series_id)} == {"queued"}, "it has been learnt"
        await seat.settled()


async def test_a_delegate_who_is_no_maintainer_is_told_and_never_written(sit: Sit) -> None:
    async with sit((120, 36), settings=keys(A=["delegate nemo"])) as seat:
        await seat.loaded()
        await seat.press("A")
        assert "A: no maintainer “nemo” is known, only" in seat.last_line
        assert not seat.browser.store.journal()


async def test_me_is_who_the_settings_say(sit: Sit) -> None:
    async with sit((120, 36), settings=keys(A=["delegate me"]), me="Jun") as seat:
        await seat.loaded()
        series_id = await seat.goes_to(SERIES)
        await seat.press("A")
        assert {delegate for _, delegate, _ in shown(seat, series_id)} == {"jun"}
        await seat.settled()


async def test_where_nobody_says_who_me_is_that_is_told(sit: Sit) -> None:
    async with sit((120, 36), settings=keys(A=["delegate me"])) as seat:
        await seat.loaded()
        assert "keys: A: who “me” is must be set, as me." in seat.last_line
        await seat.press("A")
        assert not seat.browser.store.journal()


@pytest.mark.parametrize(
    ("written", "name"),
    [("A", "A"), ("=", "equals_sign"), (",", "comma"), ("ctrl+a", "ctrl+a"), ("f5", "f5"), ("ß", "ß")],
)
def test_a_key_is_known_by_textuals_name(written: str, name: str) -> None:
    assert own_key(written, DEFAULT) == name


@pytest.mark.parametrize("written", ["a", "space", "5", "*", "]", "ctrl+c", "tab", "?", "g x"])
def test_a_key_of_the_table_is_taken(written: str) -> None:
    with pytest.raises(ValueError, match="is taken by “"):
        own_key(written, DEFAULT)


@pytest.mark.parametrize("written", ["", " ", "hyper", "ctrl+", "ctrl+é", "A,B", "f25", "\x1b", "ctrl+i"])
def test_what_is_no_key_is_told(written: str) -> None:
    with pytest.raises(ValueError, match=r"is no key|which no terminal sends|which a terminal sends as"):
        own_key(written, DEFAULT)

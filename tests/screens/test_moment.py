"""The footer: the five most useful keys of the moment, and the one that leads to all others."""

from __future__ import annotations

import pytest

from tests.screens.conftest import Seat, Sit
from tui.config.settings import Settings
from tui.sync.sync import Sync

pytestmark = pytest.mark.anyio

SIZES = [(80, 24), (120, 36), (200, 60)]


def footer(seat: Seat) -> list[str]:
    """Return what the footer names, where there is room for all of it."""
    return [f"{hint.key} {hint.title}" for hint in seat.browser._bottom.hints]


@pytest.mark.parametrize("size", SIZES)
async def test_it_names_five_and_help_and_follows_marks(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        await seat.loaded()
        assert footer(seat) == [
            "Enter open", "s state", "d delegate", "a archive", "space mark", "? help",
        ]  # fmt: skip
        await seat.press("space")
        assert footer(seat)[:4] == ["s state", "d delegate", "a archive", "Esc clear marks"]
        assert "Esc clear marks" in seat.last_line
        await seat.press("escape", "V")
        assert footer(seat)[:2] == ["V mark to here", "Esc leave it"]
        await seat.press("escape")
        assert footer(seat)[0] == "Enter open"


async def test_a_filter_that_is_on_can_be_taken_off(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("slash", *"virtio", "enter")
        assert footer(seat)[0] == "Esc show all"
        await seat.press("escape")
        assert footer(seat)[0] == "Enter open"


async def test_in_the_diff_it_follows_search_and_selection(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.reads("virtio: stop interrupting guests", patch=1)
        assert footer(seat)[:2] == ["space page", "/ search"]
        await seat.press("slash", *"virtio", "enter")
        assert footer(seat)[:3] == ["n next hit", "N one back", "Esc clear"]
        await seat.press("escape", "V")
        assert footer(seat)[:3] == ["y copy", "Y as a patch", "Esc end"]


async def test_whoever_only_reads_is_offered_no_writes(sit: Sit) -> None:
    async with sit((120, 36), token="") as seat:
        await seat.loaded()
        assert not {"s state", "d delegate", "a archive"} & set(footer(seat))
        assert "/ filter" in footer(seat)


async def test_writes_that_are_held_ask_to_be_decided(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        held = seat.browser.sync.status._replace(held=1)
        monkeypatch.setattr(Sync, "status", property(lambda _: held))
        seat.browser._show_status()
        assert footer(seat)[0] == "O decide"


async def test_the_keys_are_those_of_the_keymap(sit: Sit) -> None:
    async with sit((120, 36), settings=Settings(keymap="mutt")) as seat:
        await seat.loaded()
        assert footer(seat) == ["Enter open", "s state", "b delegate", "d archive", "t mark", "? help"]

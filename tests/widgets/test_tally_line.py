"""The counts leave in a fixed order where there is no room, and every sign is one cell wide."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from rich.cells import cell_len

from tui.config.themes import load_theme
from tui.core.model import User
from tui.core.tally import NOTHING, Tally
from tui.widgets.rows import CHECK_SIGNS, FLAG_SIGNS, FRESH, MARK_SIGNS, NOTED
from tui.widgets.tally_line import tally_cell

NOW = datetime(2026, 3, 31)
TALLY = Tally(
    Counter({"new": 1200, "under-review": 40, "changes-requested": 12, "rfc": 3}),
    Counter({User(1, "mira"): 30, User(2, "jun"): 12, None: 1213}),
    NOW - timedelta(days=800),
)
COLORS = load_theme("dark").colors


@pytest.mark.parametrize(
    ("width", "words"),
    [
        (120, "New 1,200 · Rev 40 · Chg 12 · RFC 3   @mira 30 @jun 12 nobody 1,213   oldest 2y"),
        (78, "New 1,200 · Rev 40 · Chg 12 · RFC 3   @mira 30 nobody 1,213 …   oldest 2y"),
        (70, "New 1,200 · Rev 40 · Chg 12 …   @mira 30 nobody 1,213 …   oldest 2y"),
        (60, "New 1,200 · Rev 40 · Chg 12 …   nobody 1,213 …   oldest 2y"),
        (45, "New 1,200 · Rev 40 · Chg 12 …   oldest 2y"),
        (30, "New 1,200 · Rev 40 · Chg 12 …"),
        (20, "New 1,200 · Rev 40 …"),
        (12, "New 1,200 …"),
        (5, ""),
    ],
)
def test_what_leaves_first(width: int, words: str) -> None:
    cell = tally_cell(TALLY, NOW, width, COLORS)
    assert "".join(text for text, _ in cell) == words


@pytest.mark.parametrize("width", range(0, 100, 7))
def test_it_never_takes_more_than_it_has(width: int) -> None:
    assert sum(cell_len(text) for text, _ in tally_cell(TALLY, NOW, width, COLORS)) <= width
    assert tally_cell(NOTHING, NOW, width, COLORS) == ()


@pytest.mark.parametrize(
    "sign", [NOTED, FRESH, *FLAG_SIGNS.values(), *CHECK_SIGNS.values(), *MARK_SIGNS.values()]
)
def test_every_sign_is_one_cell_wide(sign: str) -> None:
    assert cell_len(sign) == 1

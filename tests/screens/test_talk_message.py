"""The message of a patch at the top of its talk."""

from __future__ import annotations

import pytest

from tests.screens.conftest import Sit
from tests.screens.test_talk import SERIES, sheet
from tui.core.model import Body

pytestmark = pytest.mark.anyio

PATH = "drivers/net/ethernet/vendor/device_with_a_long_name.c"
MESSAGE = (
    f"It needs this, which is not merged:\n\ndiff --git a/{PATH} b/{PATH}\nindex 12345678..87654321\n"
    f"--- a/{PATH}\n+++ b/{PATH}\n@@ -1,2 +1,2 @@\n-was\n+is\n same\n\n- a list\n"
)


@pytest.mark.parametrize("size", [(80, 24), (100, 36), (200, 60)])
async def test_a_diff_in_the_message_is_none_of_its_prose(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size) as seat:
        await seat.reads(SERIES, 1)
        id = seat.browser.patches.current
        assert id is not None
        seat.browser.store.put_body(id, Body(id, (), MESSAGE, ""))
        await seat.press("T")
        await seat.sees("which is not merged", "index 12345678..87654321")
        assert f"{PATH} index" not in seat.text
        letter = sheet(seat).posts[0].letter
        assert letter is not None
        assert [line.sign for line in letter] == ["", "", *"hhhh@-+ ", "", ""]

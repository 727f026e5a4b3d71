"""Classes that Textual looks at late: what they are declared with is there all the same."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from tui.widgets.header_sheet import HeaderSheet
from tui.widgets.sheet import Sheet

pytestmark = pytest.mark.anyio


class Frame(App[None]):
    def compose(self) -> ComposeResult:
        yield HeaderSheet()


async def test_a_class_that_is_never_made_gives_its_style_to_those_that_are() -> None:
    assert Sheet._css_type_name == "Sheet"
    app = Frame()
    async with app.run_test(size=(80, 24)):
        sheet = app.query_one(HeaderSheet)
        assert sheet.styles.overflow_x == "hidden"
        assert sheet.styles.scrollbar_size_vertical == 1
        assert not sheet.show_horizontal_scrollbar

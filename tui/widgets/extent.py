"""How many rows a view has, changed without laying the whole screen out."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


def take_extent(view: ScrollView, size: Size, *, shows: bool = True) -> bool:
    """Give a view with a scrollbar that is always there other rows and columns; say whether they differ.

    ``view.virtual_size = `` lays out and paints the whole screen, 10 to 20 ms, though nothing of it is
    elsewhere then.  Without ``shows`` the scrollbar stays as it is for now.
    """
    differs = size != view.virtual_size
    view.set_reactive(Widget.virtual_size, size)
    if view.is_attached and shows:
        view.vertical_scrollbar.window_virtual_size = size.height
    return differs

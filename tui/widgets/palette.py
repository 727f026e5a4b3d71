"""Styles from colour roles."""

from __future__ import annotations

from functools import lru_cache

from rich.style import Style
from textual.filter import ANSIToTruecolor, LineFilter
from textual.widget import Widget

from tui.core.colors import Colors

_DARK = Colors()


@lru_cache(1024)
def style(
    color: str = "",
    background: str = "",
    *,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
) -> Style:
    """Return a style of ``#rrggbb`` colours; an empty background leaves it to what lies below."""
    return Style(
        color=color or None,
        bgcolor=background or None,
        bold=bold or None,
        italic=italic or None,
        underline=underline or None,
    )


class Tinted:
    """A widget, or screen, that keeps what it made in the theme's colours."""

    def recolor(self) -> None:
        """Make it anew: the theme is another one.  All of it is drawn again after that."""
        raise NotImplementedError


def colors_of(widget: Widget) -> Colors:
    """Return the colours of the app's theme; the dark theme's where the app names none."""
    colors = getattr(widget.app, "palette", _DARK)
    return colors if isinstance(colors, Colors) else _DARK


def is_plain(widget: Widget) -> bool:
    """Say whether somebody listens in place of looking: then nothing is drawn that is no text."""
    return bool(getattr(widget.app, "is_plain", False))


def filters_of(widget: Widget) -> list[LineFilter]:
    """Return what is to be done to all colours, as where NO_COLOR is set; nothing usually.

    Textual's own filter is for the terminal's 16 colours, of which a theme has none: it took 40 us a row.
    """
    return [one for one in widget.get_line_filters() if not isinstance(one, ANSIToTruecolor)]

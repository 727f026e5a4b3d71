"""The Textual application: the theme, the first screen, and nothing else."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Awaitable, Callable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen
from textual.theme import Theme as TextualTheme
from textual.widget import Widget

from tui.config.themes import ALL_SHADES, MANY_SHADES, Theme, has_all_colors
from tui.core.colors import Colors
from tui.core.text import clean
from tui.keymap.live import BY_ID, DEFAULT, Keymap
from tui.keymap.names import arrived, types
from tui.screens.keys import Keyed
from tui.widgets.light_strips import lighten_strips
from tui.widgets.palette import Tinted

OURS = "pwtui-"
"""Before the names of our themes, as Textual has them."""
SETTLED = 1.5
"""Seconds from the first paint until rows are there, and the heap is put in order."""
GIVE_BACK = 20.0
"""Seconds after which free memory goes back to the system: 0.3 ms for 1 MB of what a large diff left."""
SOON = 0.0005
"""Seconds after which a thread that waits may run, a tenth of Python's: Textual writes to the terminal in
one, and what was painted came out late while the loop was busy with something else.
"""
LARGE = 1 << 18
"""Bytes of a block that goes back to the system as soon as it is free."""
_UNUSED = dict.fromkeys(
    (
        *(f"scrollbar{part}" for part in ("", "-hover", "-active", "-corner-color", "-background")),
        *(f"scrollbar-background-{state}" for state in ("hover", "active")),
        *("link-color", "link-color-hover", "link-background-hover"),
    ),
    "#808080",
)
"""What Textual gives each widget and we draw nothing with: our scrollbars have colours of roles, see the
style sheet.  As they are the same in all themes, a switch has 10 properties to set, not 200.
"""
UPRIGHT = ("screen", "linux")
"""How the TERM of terminals begins that show italics reversed, or in a colour."""
_M_MMAP_THRESHOLD = -3
"""As <malloc.h> has it."""


class PwtuiApp(App[None], inherit_bindings=False):
    """Shows one screen after another in one theme."""

    CSS_PATH = "screens/pwtui.tcss"
    TITLE = "pwtui"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, theme: Theme, first: Callable[[], Screen[None]], keymap: Keymap = DEFAULT) -> None:
        self.palette: Colors = theme.colors
        """What the widgets draw with; see tui.widgets.palette."""
        self.keymap = keymap
        """What the keys do; see tui.screens.key_taking."""
        self.shown_theme = theme
        lighten_strips()
        if has_all_colors(os.environ):  # rich asks for this alone, and so do programs that get the terminal
            os.environ["COLORTERM"] = "truecolor"
        sys.setswitchinterval(SOON)
        super().__init__()
        # Words have one place, which is no toast and no tooltip: each screen is laid out once less.
        self._disable_notifications = self._disable_tooltips = True
        self._first = first
        self.is_plain, self.moves = False, True
        """Whether somebody listens in place of looking; whether anything moves by itself."""
        self.later: Callable[[], Awaitable[None]] | None = None
        """What is done once the first rows are there."""
        self.worn: Callable[[Theme], None] | None = None
        """Is told of the theme that is shown once there is time for it, and of each other one."""
        self._wear(theme)

    def calm(self, *, motion: bool, plain: bool) -> None:
        """Have nothing move or blink by itself; or everything in one pane, without boxes, and in words.

        To be called before it runs.
        """
        self.is_plain, self.moves = plain, motion and not plain
        self.set_class(plain, "-plain", update=False)
        if not self.moves:
            self.animation_level = "none"

    def get_driver_class(self) -> type[Driver]:
        """Return what we draw with: on Linux and macOS one that has a title and ends clean."""
        found = super().get_driver_class()
        if found.__name__ == "LinuxDriver":
            from tui.terminal import Terminal

            return Terminal
        return found

    def name_window(self, title: str) -> None:
        """Set the title of the terminal's window, where it has one."""
        if name := getattr(self._driver, "name_window", None):
            name(title)

    def _fatal_error(self) -> None:
        """End after a mistake of ours, with what it was, but without what the variables hold.

        Among these may be secrets, and mails with sequences for the terminal.
        """
        from traceback import format_exc

        lines = [clean(line) for line in format_exc().splitlines()]
        words = "pwtui: a mistake of its own has ended it; what was read and written before is kept."
        self._exit_renderables.append(Text("\n".join([*lines, words])))
        self._close_messages_no_wait()

    def get_css_variables(self) -> dict[str, str]:
        """Return what the style sheet may name; before there is a theme Textual would work its own out."""
        return super().get_css_variables() if self.theme.startswith(OURS) else {}

    def show_theme(self, theme: Theme) -> None:
        """Show everything in another theme, painted once.

        ``self.theme = ...`` would read the style sheet later, and paint the screen before and after that.
        """
        if theme == self.shown_theme:
            return
        self._wear(theme)
        self.stylesheet.reparse()
        for screen in self.screen_stack:
            self.stylesheet.update(screen)
            for one in screen.walk_children(Widget, with_self=True):
                if isinstance(one, Tinted):
                    one.recolor()
            for widget in screen.walk_children(Widget):
                for part in (widget, widget._vertical_scrollbar, widget._horizontal_scrollbar):
                    if part is not None:
                        part.refresh()
                        part._repaint_required = False  # with the screen, not once more by itself
            screen.refresh()
        self._tell_worn()

    def _tell_worn(self) -> None:
        if self.worn:
            self.worn(self.shown_theme)

    def _wear(self, theme: Theme) -> None:
        """Make a theme the one that is drawn with from now on.

        As ``self.theme = ...``, without the second reading and layout of the whole style sheet.
        """
        self.shown_theme, self.palette = theme, theme.colors
        self._filters = self._filters_for(theme)
        self.register_theme(textual_theme(theme))
        self.set_reactive(App.theme, f"{OURS}{theme.name}")
        self.set_class(theme.dark, "-dark-mode", update=False)
        self.set_class(not theme.dark, "-light-mode", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def _filters_for(self, theme: Theme) -> list[LineFilter]:
        """Return what is done to all colours on their way out: nothing where all may be shown.

        All of our colours are true ones: Textual's own filter, which looks for others, took a sixth
        of every painted line.
        """
        shades = 0 if self.no_color else theme.shades
        if shades == ALL_SHADES and theme.dark and self.console.color_system == "256":
            shades = MANY_SHADES
        slants = not os.environ.get("TERM", "").startswith(UPRIGHT)
        if shades == ALL_SHADES and slants:
            return []
        from tui.shades import Upright, filter_of

        filters = [] if shades == ALL_SHADES else [filter_of(shades, theme.colors)]
        return filters if slants else [*filters, Upright()]

    def leave_with(self, status: int) -> None:
        """Leave, with an exit status."""
        self.exit(return_code=status)

    def get_default_screen(self) -> Screen[None]:
        """Return the screen that is painted first, with its style sheet: Textual reads that of later ones."""
        screen = self._first()
        self.stylesheet.read_all(screen.css_path)
        return screen

    async def on_event(self, event: events.Event) -> None:
        """Let a screen do what a key does before the next one is looked at.

        One that follows ``s`` at once, from a fast hand or a slow line, is for the dialog that that opens.
        """
        screen = self.screen if isinstance(event, events.Key) and not event.is_forwarded else None
        if screen and isinstance(event, events.Key) and self._suspends(event.key):
            self.action_suspend_process()  # wherever one is, in a dialog or a line that is typed into, too
            return
        if not isinstance(screen, Keyed) or not isinstance(event, events.Key):
            await super().on_event(event)
        elif not screen.key_came(event):
            if not await screen.take_key(event.key):
                await super().on_event(event)
            if isinstance(self.screen, Keyed):
                self.screen.key_done()

    def _suspends(self, key: str) -> bool:
        """Say whether a key goes to the shell: one that is typed does so in the panes alone."""
        name = arrived(key)
        return name in self.keymap.keys(BY_ID["suspend"]) and not types(name)

    def on_ready(self) -> None:
        """Let the garbage collector, which tui.cli stopped, begin once there is time for it."""
        if not gc.isenabled():
            self.set_timer(SETTLED, settle_heap)
            self.set_interval(GIVE_BACK, give_back_blocks)
        if self.later:
            self.set_timer(SETTLED, self.later)
        if self.worn:
            self.set_timer(SETTLED, self._tell_worn)


def settle_heap() -> None:
    """Collect garbage from now on, but never again among what start-up made.

    Textual's heap takes 28 ms to look through, and a scroll would stutter whenever that happens.
    """
    gc.enable()
    gc.collect()
    gc.freeze()
    give_back_blocks()


def give_back_blocks() -> None:
    """Have what is free go back to the system, and large blocks at once, where its C library is GNU's.

    That one keeps blocks as large as the largest that was ever free: what a diff of 100,000 lines was
    unpacked in, 5 MB, would never go.
    """
    import ctypes  # not before the first rows

    library = ctypes.CDLL(None)
    try:
        library.mallopt(_M_MMAP_THRESHOLD, LARGE)
        library.malloc_trim(0)
    except AttributeError:
        return


def textual_theme(theme: Theme) -> TextualTheme:
    """Return our roles as a Textual theme, every role a CSS variable of its name."""
    colors = theme.colors
    return TextualTheme(
        name=f"{OURS}{theme.name}",
        primary=colors.accent,
        secondary=colors.info,
        accent=colors.accent,
        warning=colors.warning,
        error=colors.bad,
        success=colors.good,
        foreground=colors.text,
        background=colors.background,
        surface=colors.panel,
        panel=colors.panel,
        dark=theme.dark,
        variables={**_UNUSED, **colors._asdict()},
    )

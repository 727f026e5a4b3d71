"""A check is written: its state, context, description and address, with what is wrong at each line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.core.check_draft import CheckDraft, find_faults
from tui.core.model import CheckState
from tui.core.text import clean
from tui.screens.dialog import Editor
from tui.screens.typing_keys import Typed, idle_words
from tui.where import Where
from tui.widgets.columns import cut
from tui.widgets.palette import colors_of, style
from tui.widgets.rows import CHECK_SIGNS, check_color

STATES = (CheckState.SUCCESS, CheckState.WARNING, CheckState.FAIL, CheckState.PENDING)
ALL_FIELDS = ("state", "context", "description", "target_url")
FIELDS = ("context", "description", "target_url")
"""Those that are typed, by the names that the API gives them."""
LABELS = {"context": "Context", "description": "Description", "target_url": "Address"}
HINTS = {
    "context": "letters, digits, - and _",
    "description": "one line, may be empty",
    "target_url": "https://…, may be empty",
}


class Written(NamedTuple):
    """What the editor ends with."""

    draft: CheckDraft
    files: bool
    """Whether it is to be filed; else it is kept for the next time."""


class StateLine(Typed, Widget, can_focus=True):
    """The states in a row; arrows go along it, and each one's first letter goes there."""

    DEFAULT_CSS = "StateLine { height: 1; }"

    where = Where.FORM
    state: reactive[CheckState] = reactive(CheckState.SUCCESS)

    def render_line(self, y: int) -> Strip:
        """Draw the states, the one that is set with a sign and in its colour."""
        colors = colors_of(self)
        ground = style(colors.text, colors.cursor if self.has_focus else colors.panel)
        segments = []
        for state in STATES:
            on = state is self.state
            look = ground + style(check_color(state, colors) if on else colors.dim, bold=on)
            sign = ground + style(colors.accent, bold=True)
            segments += [Segment("▸" if on else " ", sign), Segment(f"{CHECK_SIGNS[state]} {state}  ", look)]
        return Strip(segments).adjust_cell_length(self.size.width, ground)

    def on_key(self, event: events.Key) -> None:
        """Set another state."""
        if self.steps.on_the_way:
            return
        here = STATES.index(self.state)
        by_letter = next((state for state in STATES if state[0] == event.key), None)
        if by_letter:
            self.state = by_letter
        elif event.key in ("right", "l", "space"):
            self.state = STATES[(here + 1) % len(STATES)]
        elif event.key in ("left", "h"):
            self.state = STATES[(here - 1) % len(STATES)]
        elif event.is_printable:
            self.post_message(self.Said(idle_words(self, event.key)))
        else:
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Set the state under the mouse."""
        end = 0
        for state in STATES:
            end += len(state) + 5
            if event.x < end:
                self.state = state
                return


class Field(Typed, Input):
    """A line that is typed."""

    where = Where.FORM


class CheckEditor(Editor[Written | None]):
    """Ends with what was written, to be filed or kept."""

    WHERE = Where.FORM
    NOTE = "{next_field} goes on, {accept} files it, {typed back} keeps it for the next time"
    OTHER_KEYS = (("← → space, first letters", "Set the state, on its line"),)

    def __init__(
        self,
        title: str,
        draft: CheckDraft,
        faults: Mapping[str, str],
        said: str,
        keep: Callable[[CheckDraft], None],
    ) -> None:
        """``faults`` is what the server said of which field, ``said`` what it said of the whole.

        ``keep`` is called with whatever is written, as it is written: a run that is killed loses none.
        """
        super().__init__(title)
        self._draft = draft
        self._keep = keep
        self._faults = dict(faults)
        self._said = clean(said) if not faults else ""

    def compose(self) -> ComposeResult:
        """Lay out a line for each field, and one below it for what is wrong."""
        with Vertical(id="dialog"):
            yield Static("", id="dialog-title")
            yield Static("State", classes="label")
            yield StateLine(id="field-state")
            yield Static("", id="fault-state", classes="fault")
            for name in FIELDS:
                yield Static(LABELS[name], classes="label")
                yield Field(
                    str(getattr(self._draft, name)),
                    placeholder=HINTS[name],
                    id=f"field-{name}",
                    select_on_focus=False,
                )
                yield Static("", id=f"fault-{name}", classes="fault")
            yield Static("", id="dialog-note")

    def on_mount(self) -> None:
        """Begin at the first line where something is wrong."""
        line = self.query_one(StateLine)
        line.state = self._draft.state
        self.watch(line, "state", self._note, init=False)
        self._focus_fault("state")
        self.fit()

    def fit(self) -> None:
        """Fit the terminal."""
        super().fit()
        for name in ALL_FIELDS:
            said = self._faults.get(name, self._said if name == "state" else "")
            line = self.query_one(f"#fault-{name}", Static)
            line.update(Content.styled(cut(clean(said), self.room), "$bad"))
            line.display = bool(said)

    def on_input_changed(self) -> None:
        """Keep what is written."""
        self._note()

    def _note(self) -> None:
        """Keep what is another one than before."""
        if self.draft != self._draft:
            self._draft = self.draft
            self._keep(self._draft)

    def _focus_fault(self, otherwise: str) -> None:
        """Go to the first line where something is wrong."""
        name = next((name for name in ALL_FIELDS if name in self._faults), otherwise)
        self.query_one(f"#field-{name}").focus()

    # -- keys --------------------------------------------------------------------------

    @property
    def draft(self) -> CheckDraft:
        """What is written now."""
        context, description, address = (self.query_one(f"#field-{name}", Input).value for name in FIELDS)
        return CheckDraft(
            self.query_one(StateLine).state, context.strip(), description.strip(), address.strip()
        )

    def action_accept(self) -> None:
        """File it, unless the server would refuse it."""
        self._faults, self._said = find_faults(self.draft), ""
        if self._faults:
            self.fit()
            self._focus_fault("state")
        else:
            self.end(Written(self.draft, files=True))

    def _step(self, way: int) -> None:
        """Go to the next line, round at both ends."""
        fields = [self.query_one(f"#field-{name}") for name in ALL_FIELDS]
        here = next((number for number, one in enumerate(fields) if one.has_focus), 0)
        fields[(here + way) % len(fields)].focus()

    def action_next_field(self) -> None:
        """Go to the next line."""
        self._step(1)

    def action_previous_field(self) -> None:
        """Go to the line before."""
        self._step(-1)

    action_next_choice, action_previous_choice = action_next_field, action_previous_field

    def leave(self) -> None:
        """End; what was written is kept."""
        self.end(Written(self.draft, files=False))

"""What an action on marked rows will change: a sheet that is read before Enter does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.actions import footer_actions
from tui.core.intent import Field, Value
from tui.core.preview import Marked, Preview, Shift
from tui.screens.dialog import ListDialog
from tui.screens.dialog_rows import Rows
from tui.screens.ledger import value_words
from tui.screens.preview_rows import PATCHES, SERIES, patch_cells, series_cells, value_color
from tui.screens.spoken import AMPLE, squeezed
from tui.store.store import Store
from tui.where import Where
from tui.widgets.columns import Cell, cut
from tui.widgets.listing import Listing
from tui.widgets.palette import Tinted, colors_of

WIDEST = 104
"""Cells of the dialog's lines."""
AROUND = 9
"""Lines that are neither the summary's nor rows: frame, title, keys, and the space between them."""
LABEL = 10
_LABELS = {Field.STATE: "State", Field.DELEGATE: "Delegate", Field.ARCHIVED: "Archive"}

Line = list[tuple[str, str]]
"""Runs of clean text, each with its style."""


class PreviewSheet(ListDialog[Preview | None], Tinted):
    """Ends with what it showed when that is to be done, else with None."""

    WHERE = Where.PREVIEW
    title_of_keys = "Keys in the preview"

    def __init__(
        self, store: Store, marked: Marked, count: Callable[[bool], Preview], *, of_series: bool
    ) -> None:
        """``count`` gets whether marked rows that the list does not show are taken in.

        ``of_series``: whether series were marked, not patches.
        """
        super().__init__()
        self.store = store
        self._marked = marked
        self._count = count
        self._hidden = False
        self._told = ""
        """What was said last, for who listens; empty once a key has taken it away."""
        self._preview = count(False)
        self._of_series = of_series
        self._rows = Rows(SERIES if self._of_series else PATCHES, self._fetch, id="changes")

    def compose(self) -> ComposeResult:
        """Lay out title, summary, rows and keys."""
        with Vertical(id="dialog"):
            yield from self.compose_spoken()
            yield Static("", id="dialog-title")
            yield Static("", id="sheet-summary")
            yield self._rows
            yield Static("", id="dialog-note")

    def on_mount(self) -> None:
        """Show what would change."""
        self._show()

    def on_resize(self) -> None:
        """Fit the terminal."""
        if self.query("#dialog-note"):  # a size may come before there is anything to fit
            self._show()

    def recolor(self) -> None:
        """Write the summary anew: it comes in colours."""
        self._show()

    def _show(self) -> None:
        width = max(1, min(WIDEST, self.size.width - 6))
        lines = self._summary(width)
        self.query_one("#dialog").styles.width = width + 4
        self.query_one("#dialog-title", Static).update(Content(cut(self._title(), width)))
        summary = Content("\n").join(Content.assemble(*line) for line in lines)
        self.query_one("#sheet-summary", Static).update(summary)
        self.query_one("#dialog-note", Static).update(Content.assemble(*self._hints(width)))
        ids = [part.id for part in self._preview.parts]
        self._rows.styles.height = max(1, min(len(ids), self.size.height - AROUND - len(lines)))
        self._rows.show(ids)
        if self._spoken:
            said = ["".join(text for text, _ in line) for line in self._summary(AMPLE)]
            self._told = squeezed(f"{self._title()}. {'. '.join(said)}")
            self._speak()

    # -- words -------------------------------------------------------------------------

    def _title(self) -> str:
        found = self._preview
        if not found.changes:
            return "Nothing to change"
        what = _count(found.changes, "patch", "patches")
        if self._of_series:
            what += f" in {found.rows:,} series"
        if len(found.shifts) > 1:
            return f"Change {what}"
        field, value = found.shifts[0].step
        if field is Field.ARCHIVED:
            return f"Archive {what}" if value else f"Bring {what} back from the archive"
        return f"{'Set' if field is Field.STATE else 'Delegate'} {what} to {self._words(field, value)}"

    def _words(self, field: Field, value: Value) -> str:
        return value_words(self.store, field, value)

    def _summary(self, width: int) -> list[Line]:
        """Say field by field what becomes of what, then what is left out and why."""
        lines = [self._shift(shift, width) for shift in self._preview.shifts if shift.before]
        for number, text in enumerate(self._left_out()):
            lines.append(
                [(_label("" if number else "Left out"), "$dim"), (cut(text, width - LABEL), "$text")]
            )
        if self._hidden:
            text = f"{_marked(len(self._marked.hidden))}, not in the list at the moment"
            lines.append([(_label("Taken in"), "$dim"), (cut(text, width - LABEL), "$warning")])
        return lines

    def _shift(self, shift: Shift, width: int) -> Line:
        field, value = shift.step
        colors = colors_of(self)
        after = self._words(field, value)
        line: Line = [(_label(_LABELS[field]), "$dim")]
        room = width - LABEL - cell_len(after) - 5
        for number, (before, count) in enumerate(shift.before):
            text = f"{' · ' if number else ''}{self._words(field, before)} {count:,}"
            if cell_len(text) > room - (4 if number + 1 < len(shift.before) else 0):
                line.append((" · …" if number else "…", "$dim"))
                break
            room -= cell_len(text)
            line.append((text, value_color(field, before, colors)))
        return [*line, ("  →  ", "$dim"), (after, f"bold {value_color(field, value, colors)}")]

    def _left_out(self) -> list[str]:
        found, marked = self._preview, self._marked
        lines = [f"{_count(found.already, 'patch', 'patches')}, so already"] if found.already else []
        lines += [
            f"{_count(number, 'patch', 'patches')}, refused before: {why}" for why, number in found.barred
        ]
        if marked.hidden and not self._hidden:
            lines.append(f"{_marked(len(marked.hidden))}, not in the list at the moment")
        if marked.gone:
            lines.append(f"{_marked(len(marked.gone))}, gone from the server")
        return lines

    def _hints(self, width: int) -> Line:
        """Name as many keys as have room, and how to get back."""
        skipped = {"agree"} if not self._preview.wishes else set()
        skipped |= set() if self._marked.hidden else {"take_hidden"}
        actions = [a for a in footer_actions(Where.PREVIEW, diff_in_sight=False) if a.id not in skipped]
        hints = [*self.hints(actions), (self.key_of("back"), "back")]
        while sum(cell_len(key) + cell_len(title) + 3 for key, title in hints) > width and len(hints) > 1:
            hints.pop(-2)
        return [part for key, title in hints for part in ((key, "$accent"), (f" {title}  ", "$dim"))]

    def _speak(self) -> None:
        """Have heard what was said last, at first all of what will change; else the row."""
        id, rows = self._rows.current, self._rows
        if self._spoken:
            told = self._fetch([id]).get(id, {}).values() if id is not None else ()
            words = ", ".join(filter(None, (squeezed(text for text, _ in cell) for cell in told)))
            what = "series" if self._of_series else "patch"
            self.speak(self._told or f"{what} {rows.cursor + 1} of {len(rows.ids)}: {words}")

    # -- rows --------------------------------------------------------------------------

    def _fetch(self, ids: Sequence[int]) -> Mapping[int, dict[str, Cell]]:
        colors, step = colors_of(self), self._preview.shifts[0].step
        parts = {part.id: part for part in self._preview.parts}
        if not self._of_series:
            patches = self.store.patch_rows(ids)
            return {
                row.patch.id: patch_cells(parts[row.patch.id], row, step, self._words, colors)
                for row in patches
            }
        series = self.store.series_rows(ids)
        return {
            row.series.id: series_cells(parts[row.series.id], row, step, self._words, colors)
            for row in series
        }

    # -- keys --------------------------------------------------------------------------

    def tell_of_key(self, text: str) -> None:
        """Say it in the place of the keys."""
        width = max(1, min(WIDEST, self.size.width - 6))
        line = Content(cut(text, width)) if text else Content.assemble(*self._hints(width))
        self.query_one("#dialog-note", Static).update(line)
        self._told = text
        self._speak()

    def action_agree(self) -> None:
        """Have it done."""
        self.end(self._preview)

    def action_take_hidden(self) -> None:
        """Take in the marked rows that the list does not show, or leave them out again."""
        if self._marked.hidden:
            self._hidden = not self._hidden
            self._preview = self._count(self._hidden)
            self._show()
        else:
            self.tell_of_key("The list shows all marked rows.")

    def action_move(self, motion: str) -> None:
        """Move the cursor."""
        self.tell_end(
            getattr(self._rows, {"down": "line_down", "up": "line_up"}.get(motion, motion))(), motion
        )

    def leave(self) -> None:
        """End without doing it."""
        self.end(None)

    def on_listing_moved(self, event: Listing.Moved) -> None:
        """The cursor only scrolls, and says what it is on."""
        event.stop()
        self._speak()

    def on_listing_opened(self, event: Listing.Opened) -> None:
        """A click only moves the cursor: doing it wants a key."""
        event.stop()


def _label(text: str) -> str:
    return text.ljust(LABEL)


def _count(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"


def _marked(number: int) -> str:
    return _count(number, "marked row", "marked rows")

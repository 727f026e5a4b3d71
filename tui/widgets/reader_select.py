"""What is selected in the reader: whole lines from where the keys began, or text by the mouse."""

from __future__ import annotations

from collections.abc import Iterator

from textual.selection import Selection

from tui.diff.row import Kind
from tui.widgets.reader_leaf import Leaf

RIGHT = 1 << 30
"""Added to a character's number in the right half, where old and new stand side by side."""


class Selecting(Leaf, inherit_bindings=False):
    """A document with a selection, which is one of places: no change of shape moves it."""

    _anchor: int | None = None
    """The place that a selection of lines began at."""

    def start_selection(self) -> None:
        """Select lines, from the cursor's on."""
        self._drop_mouse_selection()
        self._anchor = self.cursor
        self.refresh()

    def cursor_moved(self, before: int) -> None:
        """Draw the rows that came into the selection, or left it."""
        if self._anchor is not None:
            self.refresh()
        super().cursor_moved(before)

    def clear_selection(self) -> None:
        """Select nothing."""
        self._drop_mouse_selection()
        self._anchor = None
        self.refresh()

    def _drop_mouse_selection(self) -> None:
        if self.is_attached and self.text_selection is not None:
            self.screen.clear_selection()

    @property
    def selection(self) -> range:
        """The places that are selected, by keys or by the mouse; empty where none is."""
        if self.document is None:
            return range(0)
        if self._anchor is not None:
            ends = [*self._places(self.document.row_at(self._anchor)), *self._places(self.line)]
            return range(min(ends), max(ends) + 1)
        mouse = self.text_selection if self.is_attached else None
        if mouse is None:
            return range(0)
        first = mouse.start.y if mouse.start is not None else 0
        last = mouse.end.y if mouse.end is not None else self.document.places - 1
        return range(first, last + 1)

    def _places(self, number: int) -> list[int]:
        """Return the places that are in a row: two where it is side by side."""
        if self.document is None:
            return []
        row = self.document.row(number)
        if row.kind is not Kind.PAIR:
            return [self.document.where(number)[0]]
        return [self.document.place_of(side.line) for side in (row.left, row.right) if side is not None]

    def is_selected(self, number: int) -> bool:
        """Say whether a place in a row is selected."""
        selection = self.selection
        return any(place in selection for place in self._places(number))

    @property
    def selects_lines(self) -> bool:
        """Whether whole lines are selected, by keys."""
        return self._anchor is not None

    def selected_text(self) -> str:
        """Return what is selected, as it came but for the signs of a diff; empty where nothing is."""
        return "\n".join(self.selected_lines())

    def selected_lines(self) -> Iterator[str]:
        """Yield the same line by line, each made when it is asked for."""
        mouse = self.text_selection if self.is_attached else None
        if self._anchor is None and mouse is not None:
            return self._lines_of(mouse)
        return iter(()) if self.document is None else self.document.lines_at(self.selection)

    def selected_patch(self, most: int = 0) -> str:
        """Return what is selected as a patch that applies.

        Raises NoPatch, whose words say why, where there is none, or too much for ``most`` characters.
        """
        from tui.diff.excerpt import NoPatch, patch_of  # not before the first rows

        if self.document is None or not self.selection:
            raise NoPatch("nothing is selected")
        places = self.selection
        first = next((line for line in map(self.line_of, places) if line >= 0), -1)
        if first < 0:
            raise NoPatch("nothing of the diff is selected")
        last = next(line for line in map(self.line_of, reversed(places)) if line >= 0)
        return patch_of(self.document.index, first, last, most)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return what Textual says is selected, for its own copying."""
        return None if self.document is None else ("\n".join(self._lines_of(selection)), "\n")

    def _lines_of(self, selection: Selection) -> Iterator[str]:
        is_right = selection.start is not None and selection.start.x >= RIGHT
        places = self.selection
        takes_all = bool(places) and self._is_between(places[0])
        for place in places:
            span = span_of(selection, place)
            if span is None or not self.has_text(place) or not self._is_of_side(place, is_right):
                continue
            if not takes_all and self._is_between(place):
                continue
            text = self.text_at(place)
            yield text[span[0] : len(text) if span[1] < 0 else span[1]]

    def _is_between(self, place: int) -> bool:
        """Say whether a place is a hunk's header, or folded away.

        Who drags from text to text across it means neither.
        """
        document = self.document
        return document is not None and (document.plain_row(place).kind is Kind.HUNK or document.hides(place))

    def _is_of_side(self, place: int, is_right: bool) -> bool:
        """Say whether a place is of the half that the mouse began in, where there are two."""
        if self.document is None or not self.document.shape.split:
            return True
        line = self.line_of(place)
        return line < 0 or self.document.index.kinds[line] != ("-" if is_right else "+")


def span_of(selection: Selection, place: int) -> tuple[int, int] | None:
    """Return which characters of a place the mouse selected, to the end where that is -1."""
    span = selection.get_span(place)
    if span is None:
        return None
    start, end = span
    return start % RIGHT, end if end < 0 else end % RIGHT

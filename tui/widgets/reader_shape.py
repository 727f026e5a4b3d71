"""Which shape the rows of a document have: unified or side by side, wrapped or not, folded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from textual.geometry import Size

from tui.widgets.extent import take_extent
from tui.widgets.reader_motion import Pager
from tui.widgets.reader_strip import shape_of

if TYPE_CHECKING:
    from tui.diff.document import Document
    from tui.diff.forms import Shape

SPLIT = 150
"""From so many columns on, old and new stand side by side unless something else was chosen."""
AT_ONCE, WIDEST = 3_000, 500_000
"""Places and characters of a document that is laid out at once, in 5 ms; more is prepared in slices."""


class Shaped(Pager, inherit_bindings=False):
    """Lays a document out for its width and for what was chosen.

    Where that takes long its rows stay as they are until it is prepared, and what a key may choose
    next is prepared beforehand.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.document: Document | None = None
        self.wraps = False
        self._width = 0
        """What the document is to be laid out for."""
        self._chosen_split: bool | None = None
        self._held: tuple[int, tuple[int, int]] | None = None
        """The row that the cursor came to with the last change of shape, and the text that it is on.

        So that what is folded and opened again leaves it where it was.
        """
        self._preparing: tuple[Shape, Iterator[None]] | None = None
        self._lay_out_late: Callable[[], object] = self._reshape
        """What to do when the document is prepared for the shape that was wanted."""

    @property
    def is_split(self) -> bool:
        """Whether old and new stand side by side, or will as soon as that is prepared."""
        return self._width >= SPLIT if self._chosen_split is None else self._chosen_split

    def toggle_split(self) -> bool:
        """Choose the other of unified and side by side; return whether it is side by side."""
        self._chosen_split = not self.is_split
        self._reshape()
        return self.is_split

    def toggle_wrap(self) -> bool:
        """Wrap long lines, or let them go on sideways; return whether they are wrapped."""
        self.wraps = not self.wraps
        self._reshape()
        return self.wraps

    def _reshape(self) -> None:
        self._hold(lambda _: self._lay_out())
        self._lay_out_late = self._reshape

    def _hold(self, change: Callable[[Document], bool | None]) -> bool:
        """Change what rows there are; what the cursor is on stays where it is on the screen."""
        if self.document is None:
            self._lay_out()
            return False
        held, y = self.document.where(self.line), self.line - self.row
        if self._held is not None and self._held[0] == self.line:
            held = self._held[1]
        changed = bool(change(self.document))
        self._measure()
        line = self.document.row_at(*held)
        self._held = line, held
        self.open_at(line - y, line)
        self.redraw_all()
        return changed

    def redraw_all(self) -> None:
        """Draw all rows anew."""
        self.refresh()

    # -- laying out ------------------------------------------------------------

    def _lay_out(self) -> None:
        """Lay the document out for the width that it has now; it may be later that this shows."""
        self._width = self.scrollable_content_region.width
        shape, document = self._wanted_shape, self.document
        if shape is not None and document is not None:
            if _is_small(document) or document.is_prepared(shape):
                document.lay_out(shape)
            elif not document.shape.prose:
                document.lay_out(shape, rough=True)  # it had none before
        self._measure()

    @property
    def _wanted_shape(self) -> Shape | None:
        """The shape for the width and what was chosen; None where there is nothing to lay out."""
        if self.document is None or self._width <= 0:
            return None
        return shape_of(self._width, self.document.digits, self.is_split, self.wraps)

    @property
    def is_shaping(self) -> bool:
        """Whether the rows will be laid out anew when that is prepared."""
        shape, document = self._wanted_shape, self.document
        return shape is not None and document is not None and not document.is_laid_out(shape)

    @property
    def is_preparing(self) -> bool:
        """Whether there is something to prepare."""
        return self._next_shape() is not None

    def prepare(self, seconds: float) -> None:
        """Spend so long on preparing for the wanted shape, and then for those that a key may choose."""
        ends = perf_counter() + seconds
        while (shape := self._next_shape()) is not None and self.document is not None:
            if self._preparing is None or self._preparing[0] != shape:
                self._preparing = shape, self.document.prepare(shape)
            for _ in self._preparing[1]:
                if perf_counter() > ends:
                    return
            self._preparing = None
            if self.is_shaping and shape == self._wanted_shape:
                self._lay_out_late()
                return

    def _next_shape(self) -> Shape | None:
        """Return the next shape to prepare for: first the wanted one, then what ``|`` and ``w`` lead to."""
        document = self.document
        if document is None or self._width <= 0 or _is_small(document):
            return None
        for split in (self.is_split, not self.is_split):
            for wrap in (self.wraps, not self.wraps):
                shape = shape_of(self._width, document.digits, split, wrap)
                if not document.is_prepared(shape):
                    return shape
        return None

    def _measure(self) -> None:
        size = Size(0, 0) if self.document is None else Size(self.size.width, self.document.count)
        if take_extent(self, size):
            self.refresh()


def _is_small(document: Document) -> bool:
    return document.places <= AT_ONCE and len(document.index.lines.text) <= WIDEST

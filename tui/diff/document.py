"""What the reader shows of one patch, as rows: message, diffstat, diff.

The rows above the diff are few, and made anew for every width, as prose is folded.  Those of
the diff are lines of its index, and a row is made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain

from tui.diff.address import Address, line_at
from tui.diff.forms import Shape
from tui.diff.haystack import Haystack
from tui.diff.index import DiffIndex, index_diff
from tui.diff.inner import inner_parts
from tui.diff.layout import Found
from tui.diff.lead import DEFECT, EMPTY_COVER, NO_DIFF, TORN, Lead, heading, pull_request
from tui.diff.mailstat import cut_stat
from tui.diff.message import read_message
from tui.diff.places import Places
from tui.diff.row import NO_LINES, Kind, Part, Row
from tui.diff.rows import Notes, Rows
from tui.diff.texts import all_texts, lines_at, text_of
from tui.diff.torn import mend


class Document:
    """The rows of one patch.

    ``place`` is a row as it would be numbered if all were unified, and nothing folded or
    wrapped: it means the same text at every shape.
    """

    def __init__(self, lead: Lead, index: DiffIndex) -> None:
        self.index = index
        self._lead = lead
        self._places = Places(index)
        self._rows = Rows(self._places)
        self.shape, self.is_rough = Shape(), False
        """What the rows are laid out for, and whether they are so roughly."""
        self.diff = len(lead.plain)
        """The first place of the diff."""

    # -- rows --------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._lead.rows) + self._rows.layout.count

    def is_laid_out(self, shape: Shape) -> bool:
        """Say whether the rows are laid out for a shape, and not roughly."""
        return shape == self.shape and not self.is_rough

    def is_prepared(self, shape: Shape) -> bool:
        """Say whether a shape would be laid out within some milliseconds."""
        return self._rows.forms.has(shape)

    def prepare(self, shape: Shape) -> Iterator[None]:
        """Prepare for a shape, in steps of some milliseconds at most: 150 for 100,000 lines, all in all."""
        return self._rows.forms.steps(shape)

    def lay_out(self, shape: Shape, *, rough: bool = False) -> None:
        """Make the rows for a shape, prepared for it or not.

        ``rough`` lays out what it is not prepared for as well as it can at once: nothing is wrapped
        then, and the k-th removed line is beside the k-th added one.
        """
        if not rough:
            for _ in self.prepare(shape):
                pass
        if shape.prose != self.shape.prose:
            self._lead.lay_out(shape.prose)
        is_rough = not self.is_prepared(shape)
        if shape != self.shape or self.is_rough != is_rough:
            self.shape, self.is_rough = shape, is_rough
            self._lay_out()

    def row(self, number: int) -> Row:
        """Return one row.  Raises IndexError where there is none."""
        if not 0 <= number < self.count:
            raise IndexError(number)
        lead = self._lead.rows
        return lead[number] if number < len(lead) else self._rows.row(number - len(lead))

    def where(self, row: int) -> tuple[int, int]:
        """Return the place of a row, and where in that line it begins."""
        below = row - len(self._lead.rows)
        if below < 0:
            return self._lead.where(row)
        if row >= self.count:
            return self.diff + self._places.length + row - self.count, 0
        place, start = self._rows.layout.where(below)
        return self.diff + place, start

    def row_at(self, place: int, start: int = 0) -> int:
        """Return the row in which a place is shown; of what is folded, the row that stands for it."""
        below = place - self.diff
        if below < 0:
            return self._lead.row_at(place, start)
        below = min(below, self._places.length - 1)
        return len(self._lead.rows) + (self._rows.layout.row_at(below, start) if below >= 0 else 0)

    @cached_property
    def file_rows(self) -> Sequence[int]:
        """The header row of each file."""
        return self._below(self._places.headers)

    @cached_property
    def hunk_rows(self) -> Sequence[int]:
        """The header row of each hunk that is not folded away with its file."""
        return self._below(self._rows.layout.hunks)

    def _below(self, places: Sequence[int]) -> Sequence[int]:
        lead, layout = len(self._lead.rows), self._rows.layout
        return Found(places, lambda place: lead + layout.row_at(place))

    def _lay_out(self) -> None:
        self._rows.lay_out(self.shape)
        for name in ("file_rows", "hunk_rows"):
            self.__dict__.pop(name, None)

    @cached_property
    def digits(self) -> int:
        """How many digits the line numbers need."""
        return min(7, max(3, len(str(self.index.hunks.highest))))

    # -- places ------------------------------------------------------------

    @property
    def places(self) -> int:
        """How many places there are."""
        return self.diff + self._places.length

    def line_of(self, place: int) -> int:
        """Return the line of the index at a place; -1 where it is none."""
        return self._places.line_of(place - self.diff) if place >= self.diff else -1

    def place_of(self, line: int) -> int:
        """Return the place of a line of the index; of a header line that of its file's header row."""
        return self.diff + self._places.place_of(line)

    def plain_row(self, place: int) -> Row:
        """Return what a place is where it is shown unified, and nothing folded or wrapped."""
        if place < self.diff:
            return self._lead.plain[place]
        return self._rows.plain_row(place - self.diff)

    def text_at(self, place: int) -> str:
        """Return the raw text of a place without signs, as it is searched and copied."""
        return text_of(self.plain_row(place), self._places)

    def lines_at(self, places: range) -> Iterator[str]:
        """Yield the text of each of some places that is a line of the mail or the diff."""
        for row in self._lead.plain[places.start : places.stop]:
            if row.kind not in NO_LINES:
                yield text_of(row, self._places)
        yield from lines_at(self._places, range(places.start - self.diff, places.stop - self.diff))

    @cached_property
    def haystack(self) -> Haystack:
        """The text of each place, to be searched in slices."""
        lead = (text_of(row, self._places) for row in self._lead.plain)
        return Haystack(chain(lead, all_texts(self._places)))

    def address(self, place: int) -> Address | None:
        """Return the line of a file that is at a place; None where it is none."""
        line = self.line_of(place)
        hunk = self._places.hunk_of(line) if line >= 0 else -1
        return self._rows.numbers.address_of(hunk, line) if hunk >= 0 else None

    def faces(self, line: int, other: int) -> bool:
        """Say whether two lines of the index stand beside each other where old and new do so."""
        split, place_of = self._rows.forms.split(Shape(split=True)), self._places.place_of
        return split is not None and split.item_of(place_of(line)) == split.item_of(place_of(other))

    def place_at(self, address: Address) -> int | None:
        """Return the place of a line of a file; None where the diff does not show it."""
        line = line_at(self.index, address)
        return None if line is None else self.place_of(line)

    def set_notes(self, notes: Notes | None) -> None:
        """Show rows below some lines, drawn by whoever noted them; None shows none."""
        self._rows.notes = notes
        self._lay_out()

    # -- folds -------------------------------------------------------------

    @property
    def folds(self) -> frozenset[int]:
        """What is folded, each by the place of its header row, to be given to ``set_folds`` again."""
        return frozenset(self.diff + place for place in self._rows.folds.headers)

    def set_folds(self, folds: frozenset[int]) -> None:
        """Fold these files and hunks and no others."""
        self._rows.folds.headers = frozenset(place - self.diff for place in folds)
        self._lay_out()

    def is_folded(self, *, file: int = -1, hunk: int = -1) -> bool:
        """Say whether a file or a hunk is folded."""
        return file in self._rows.folds.files or hunk in self._rows.folds.hunks

    def hides(self, place: int) -> bool:
        """Say whether a place is folded away."""
        return place >= self.diff and self._rows.layout.hides(place - self.diff)

    def fold(self, place: int) -> bool:
        """Open what hides a place, or fold what is around it: its hunk, on no hunk its file.

        False where there is nothing to fold.
        """
        return self._refold(place >= self.diff and self._rows.folds.toggle(place - self.diff))

    def fold_all(self, folded: bool) -> None:
        """Fold all files, or open all files and hunks; where there is one file, its hunks."""
        folds = self._rows.folds
        self._refold(folds.fold_all() if folded else folds.open_all())

    def unfold(self, place: int) -> bool:
        """Open what hides a place; False where nothing does."""
        return self._refold(place >= self.diff and self._rows.folds.open(place - self.diff))

    def _refold(self, has_changed: bool) -> bool:
        if has_changed:
            self._lay_out()
        return has_changed


def build_document(
    content: str,
    diff: str,
    pull_url: str = "",
    *,
    cover: bool = False,
    subject: str = "",
    author: str = "",
    date: str = "",
    seconds: float = 0.0,
) -> Document:
    """Return the rows of a patch, a cover letter or a pull request.

    ``content`` and ``diff`` are as Patchwork gives them; the other words are for the rows above
    the message, and what is empty has none.  20 ms for 50,000 lines.

    Raises TakesLong where the diff takes longer to index than so many ``seconds``; 0 is no limit.
    """
    message, diff, whole = mend(content, diff)
    has_diff = bool(diff) and not diff.isspace()
    index = index_diff(diff if has_diff else "", seconds)
    if index.files and whole:
        message = cut_stat(message, index)
    parts = [
        heading(subject, author, date),
        pull_request(pull_url, has_diff),
        _message_rows(message),
    ]
    if has_diff and not whole:
        parts.append([Row(Kind.WARNING, TORN)])
    if not (has_diff or pull_url) and (not cover or not message.strip()):
        parts.append([Row(Kind.REMARK, EMPTY_COVER if cover else NO_DIFF)])
    words: list[Row] = []
    for rows in filter(None, parts):
        words += [Row(Kind.BLANK), *rows] if words else rows
    if words and not index.files and has_diff:
        words.append(Row(Kind.BLANK))
    return Document(Lead(words, index), index)


def build_plain(content: str, diff: str) -> Document:
    """Return both texts line by line as they came, below a warning: nothing is made of them."""
    words = [Row(Kind.WARNING, DEFECT), Row(Kind.BLANK)]
    for text in filter(None, (content, diff)):
        words += [Row(Kind.RAW, line) for line in text.split("\n")]
    return Document(Lead(words, index_diff("")), index_diff(""))


def _message_rows(message: str) -> list[Row]:
    lines = read_message(message)
    inner = inner_parts([line.text for line in lines])
    # A hunk that claims more lines than it has does not take the rule, or who signed off.
    parts = [
        inner.get(number, line.part) if line.part in (Part.TEXT, Part.NOTE) else line.part
        for number, line in enumerate(lines)
    ]
    return [Row(Kind.MESSAGE, line.text, part) for line, part in zip(lines, parts, strict=True)]

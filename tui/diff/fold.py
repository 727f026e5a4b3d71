"""What of a diff is folded, and the words that stand for it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tui.diff.files import File
from tui.diff.generated import is_generated
from tui.diff.places import Places
from tui.diff.stat import plural
from tui.diff.torn import PACKED_LINE

FIRST_LINES = 10
"""Of a file that is new, by which it is told whether it was generated."""


class Fold(NamedTuple):
    """Places that one row stands for."""

    places: range
    file: int
    hunk: int
    """-1 for a whole file."""


class Folds:
    """The files and hunks that are folded; generated files and packed binaries are from the start."""

    def __init__(self, places: Places) -> None:
        self._places = places
        files = places.index.files
        self._generated = {
            number for number, file in enumerate(files) if is_generated(file.path, self._first_lines(number))
        }
        self._packed = {number for number, file in enumerate(files) if file.binary and self._is_packed(file)}
        self.files = {file for file in self._generated | self._packed if places.rows_of_file(file)}
        self.hunks: set[int] = set()

    def _first_lines(self, file: int) -> Sequence[str]:
        """Return how the new side of a file begins, if that is in the diff."""
        index = self._places.index
        entry = index.files[file]
        if entry.first_hunk == entry.end_hunk or index.hunks[entry.first_hunk].new_start > 1:
            return ()
        hunk = index.hunks[entry.first_hunk]
        lines = range(hunk.start + 1, min(hunk.end, hunk.start + 1 + FIRST_LINES))
        return [index.lines[line][hunk.signs :] for line in lines if index.kinds[line] in " +"]

    def _is_packed(self, file: File) -> bool:
        """Say whether the lines of a file are what git packs of a binary, and nothing to be read."""
        head, *lines = self._places.index.lines[file.body : file.end] or [""]
        return head.startswith("GIT ") and all(PACKED_LINE.fullmatch(line.rstrip("\r")) for line in lines)

    @property
    def headers(self) -> frozenset[int]:
        """The places of the header rows of all that is folded."""
        places = self._places
        return frozenset(
            [*(places.headers[file] for file in self.files), *(places.hunks[hunk] for hunk in self.hunks)]
        )

    @headers.setter
    def headers(self, headers: Iterable[int]) -> None:
        self.files.clear()
        self.hunks.clear()
        for place in headers:
            for headed, folded, rows in (
                (self._places.headers, self.files, self._places.rows_of_file),
                (self._places.hunks, self.hunks, self._places.rows_of_hunk),
            ):
                number = bisect_left(headed, place)
                if place in headed[number : number + 1] and rows(number):
                    folded.add(number)

    def ranges(self) -> list[Fold]:
        """Return what is folded, in order and apart: of a folded file, not its hunks."""
        places = self._places
        folds = [Fold(places.rows_of_file(file), file, -1) for file in sorted(self.files)]
        if self.hunks:
            files = places.index.hunks.files
            folds += [
                Fold(places.rows_of_hunk(hunk), files[hunk], hunk)
                for hunk in sorted(self.hunks)
                if files[hunk] not in self.files
            ]
            if self.files:
                folds.sort(key=lambda fold: fold.places.start)
        return folds

    def toggle(self, place: int) -> bool:
        """Open what hides a place, or fold its hunk or, on no hunk, its file; False where there is none."""
        if self.open(place):
            return True
        file, hunk = self._around(place)
        if hunk >= 0 and self._places.rows_of_hunk(hunk):
            self.hunks ^= {hunk}
        elif file >= 0 and self._places.rows_of_file(file):
            self.files ^= {file}
        else:
            return False
        return True

    def open(self, place: int) -> bool:
        """Open what hides a place; False where nothing does."""
        file, hunk = self._around(place)
        found = False
        if file in self.files and place > self._places.headers[file]:
            self.files.remove(file)
            found = True
        if hunk in self.hunks and place > self._places.hunks[hunk]:
            self.hunks.remove(hunk)
            found = True
        return found

    def _around(self, place: int) -> tuple[int, int]:
        line = self._places.line_of(place)
        return self._places.file_of(place), self._places.hunk_of(line) if line >= 0 else -1

    def fold_all(self) -> bool:
        """Fold all files; where there is one, all of its hunks.  Say whether there are any."""
        files = {file for file in range(len(self._places.headers)) if self._places.rows_of_file(file)}
        if len(files) > 1:
            self.files = files
        else:
            hunks = range(len(self._places.hunks))
            self.hunks = {hunk for hunk in hunks if self._places.rows_of_hunk(hunk)}
        return bool(self.files or self.hunks)

    def open_all(self) -> bool:
        """Fold nothing.  Say whether anything was."""
        found = bool(self.files or self.hunks)
        self.files.clear()
        self.hunks.clear()
        return found

    def describe(self, fold: Fold) -> str:
        """Return what stands in the row of a fold: how much is behind it, and why if nobody asked."""
        if fold.hunk >= 0:
            return f"… {plural(len(fold.places), 'line')}"
        file = self._places.index.files[fold.file]
        if fold.file in self._packed:
            return f"… binary, {plural(len(fold.places), 'line')}"
        hunks = file.end_hunk - file.first_hunk
        words = f"… {plural(len(fold.places) - hunks, 'line')}"
        if hunks:
            words += f" in {plural(hunks, 'hunk')}"
        return words + (" of a generated file" if fold.file in self._generated else "")

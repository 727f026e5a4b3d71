"""What the keys do to the diff in sight: steps in it, its shape, its folds, what is taken from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.change import Notice, Tone
from tui.core.text import clean, defuse
from tui.screens.dialogs import list_files
from tui.screens.view import View
from tui.where import Where

if TYPE_CHECKING:
    from tui.diff.files import File
    from tui.diff.hunks import Hunk
    from tui.widgets.reader import Reader

LF = "\n"
NO_DIFF = "There is no diff here."


class Diffing(View):
    """The actions on a diff."""

    # -- getting about ---------------------------------------------------------

    def action_next_file(self) -> None:
        """Go to the next file."""
        self._jump("next_file", "No file further down.")

    def action_previous_file(self) -> None:
        """Go to the previous file."""
        self._jump("previous_file", "No file further up.")

    def action_next_hunk(self) -> None:
        """Go to the next hunk."""
        self._jump("next_hunk", "No hunk further down.")

    def action_previous_hunk(self) -> None:
        """Go to the previous hunk."""
        self._jump("previous_hunk", "No hunk further up.")

    def _jump(self, method: str, at_end: str) -> None:
        """Jump in the diff, from wherever the keys go, if it is in sight."""
        reader = self._find_diff()
        if reader and not getattr(reader, method)(self.times):
            self.say(at_end)

    def _find_diff(self) -> Reader | None:
        """Return what shows the diff; where nothing does, say which key brings it in sight."""
        if (reader := self.diff_in_sight) is None:
            self.say(
                f"Open a patch first: {self.key_of('open')}."
                if self.tab is Where.DIFF or self.level is Where.CHANGES
                else f"Go to the diff first: {self.key_of('tab_diff')}."
            )
        return reader

    def action_left(self) -> None:
        """Show what is left of a long line."""
        self._scroll_aside("scroll_left_columns", "This is the beginning of the lines.")

    def action_right(self) -> None:
        """Show what is right of a long line."""
        self._scroll_aside("scroll_right_columns", "No line in sight goes on.")

    def _scroll_aside(self, method: str, at_end: str) -> None:
        if reader := self._find_diff():
            before = reader.left
            getattr(reader, method)(8 * self.times)
            if reader.left == before:
                self.say(at_end)

    # -- shape -----------------------------------------------------------------

    def action_split(self) -> None:
        """Show old and new side by side, or as one."""
        if reader := self._find_diff():
            self.say("Side by side." if reader.toggle_split() else "One below the other.")

    def action_wrap(self) -> None:
        """Wrap long lines, or let them run out of sight."""
        if reader := self._find_diff():
            keys = f"{self.key_of('left')} and {self.key_of('right')}"
            self.say("Long lines are wrapped." if reader.toggle_wrap() else f"Long lines run on: {keys}.")

    def action_whitespace(self) -> None:
        """Show white space in the next way."""
        if reader := self._find_diff():
            self.say(f"White space: {reader.cycle_whitespace()}.")

    def action_fold(self) -> None:
        """Fold the hunk or the file under the cursor, or open it."""
        reader = self._find_diff()
        if reader and not reader.toggle_fold():
            self.say("Nothing to fold here: go to a hunk or a file.")

    def action_fold_all(self) -> None:
        """Fold all files, or open them."""
        if (reader := self._find_diff()) is None:
            return
        if reader.document is None or not reader.document.index.files:
            self.say(NO_DIFF)
            return
        folded = reader.toggle_all_folds()
        keys = f"{self.key_of('fold')} opens one, {self.key_of('fold_all')} all"
        self.say(f"All files are folded: {keys}." if folded else "All files are open.")

    def action_follow_move(self) -> None:
        """Go to the other end of moved lines."""
        self.say(self.reader.follow_move())

    # -- files -------------------------------------------------------------------

    def action_files(self) -> None:
        """List the files; go to the one that is chosen."""
        document = self.reader.document
        if document is None or not document.index.files:
            self.say("This has no files to list.")
            return
        list_files(
            self,
            document.index,
            current=max(0, self.reader.current_file),
            seen=self.reader.seen_files,
            done=self.reader.go_to_file,
        )

    # -- selecting and copying ----------------------------------------------------

    def action_select(self) -> None:
        """Begin to select lines, or end it."""
        if self.reader.document is None:
            self.say("There is nothing to select here.")
        elif self.reader.selects_lines:
            self.reader.clear_selection()
        else:
            self.reader.start_selection()
            copy, patch, back = map(self.key_of, ("copy", "copy_patch", "back"))
            self.say(f"Selecting lines: {copy} copies them, {patch} as a patch, {back} ends it.")

    def copy_selection(self) -> bool:
        """Copy what is selected in the diff; False where nothing is."""
        if not self.reader.selection:
            return False
        from tui.screens.clipboard import fit

        text, is_all = fit(self.reader.selected_lines())
        if text is None:
            self.say(f"Nothing was copied, for the first line is too long: {self._all_there_is_room_for()}")
            return True
        self.app.copy_to_clipboard(text)
        self.reader.clear_selection()
        if is_all:
            self.tell(Notice(f"Copied {_lines(text + LF)}.", Tone.GOOD))
        else:
            self.say(f"Copied the first {_lines(text + LF)}, no more: {self._all_there_is_room_for()}")
        return True

    def _all_there_is_room_for(self) -> str:
        from tui.screens.clipboard import SIZE

        return f"a terminal takes {SIZE} at once. {self.key_of('pipe')} gives a command the whole diff."

    def action_copy_patch(self) -> None:
        """Copy the selection, or the hunk or file under the cursor, as a patch that applies."""
        from tui.diff.excerpt import NoPatch, TooLong

        try:
            text = self._patch()
        except TooLong:
            self.say(f"No patch was copied, for it is too long: {self._all_there_is_room_for()}")
            return
        except NoPatch as why:
            self.say(f"No patch was copied: {clean(str(why))}")
            return
        if defuse(text) != text:
            way = f"{self.key_of('copy')}, git am line"
            self.say(f"No patch was copied: it holds control characters. Take all of it: {way}.")
            return
        self.app.copy_to_clipboard(text)
        self.reader.clear_selection()
        self.tell(Notice(f"Copied {_lines(text)} as a patch: git apply takes it.", Tone.GOOD))

    def _patch(self) -> str:
        """Return what is to be copied as a patch.  Raises NoPatch."""
        from tui.diff.excerpt import TooLong
        from tui.screens.clipboard import ROOM, has_room

        text = self.reader.selected_patch(ROOM) if self.reader.selection else self._patch_at_cursor(ROOM)
        if not has_room(text):
            raise TooLong
        return text

    def _patch_at_cursor(self, most: int) -> str:
        from tui.diff.excerpt import NoPatch, patch_of

        document = self.reader.document
        row = document.row(self.reader.line) if document is not None else None
        if document is None or row is None or row.file < 0:
            raise NoPatch("the cursor is on no hunk and no file of a diff.")
        if row.hunk >= 0:
            part: Hunk | File = document.index.hunks[row.hunk]
        else:
            part = document.index.files[row.file]
        return patch_of(document.index, part.start, part.end - 1, most)


def _lines(text: str) -> str:
    count = text.count(LF)
    return "1 line" if count == 1 else f"{count:,} lines"

"""Private notes: written with a key, and told where the cursor rests."""

from __future__ import annotations

from tui.core.change import Kind, Notice, Tone
from tui.core.text import clean
from tui.screens.dialogs import write_note
from tui.screens.triage import Triage
from tui.store.trouble import StoreTrouble
from tui.where import Where
from tui.widgets.rows import NOTED, PREFIX, patch_number


class Noting(Triage):
    """Notes on what the cursor is on.  A cover letter's note is that of its series."""

    def action_note(self) -> None:
        """Write the note on the row under the cursor, or change it; empty, it is gone."""
        kind, id, name = self._noted()
        if id == 0:
            self.say("There is nothing here to keep a note on.")
            return

        def keep(text: str) -> None:
            try:
                self.store.put_note(kind, id, text)
            except StoreTrouble as error:
                self.tell(Notice(clean(str(error)), Tone.TROUBLE))
            else:
                self.say("Noted, for you alone." if text else "The note is gone.")

        write_note(self, _title(name), self.store.note(kind, id), keep)

    def _noted(self) -> tuple[Kind, int, str]:
        """Return what a note would be on, and its name; 0 where there is nothing."""
        series_id, patch_id = self.series.current or 0, self.patches.current or 0
        if self.level is not Where.SERIES and patch_id > 0:
            patches = self.store.patches([patch_id])
            return Kind.PATCHES, patch_id, patches[0].name if patches else ""
        found = self.store.listed_series([series_id])
        return Kind.SERIES, series_id if found else 0, found[0].name if found else ""

    def rested(self) -> None:
        """Tell the note on the row where the cursor rests, unless something else is being told."""
        super().rested()
        if self._bottom.notice is None and (words := self._note_words()):
            self.say(words)

    def _note_words(self) -> str:
        """Return the note on the row in one line; on a series, also those on its patches."""
        kind, id, _ = self._noted()
        if id == 0:
            return ""
        parts = [_in_a_line(text)] if (text := self.store.note(kind, id)) else []
        if kind is Kind.SERIES and id > 0:
            for patch_id, text in self.store.notes_within(id):
                names = [patch.name for patch in self.store.patches([patch_id])]
                parts += [f"{patch_number(name)}: {_in_a_line(text)}" for name in names]
        return f"{NOTED} {' · '.join(parts)}" if parts else ""


def _title(name: str) -> str:
    return f'Note on "{clean(PREFIX.sub("", name))}"'


def _in_a_line(text: str) -> str:
    return " / ".join(clean(line) for line in text.splitlines() if line.strip())

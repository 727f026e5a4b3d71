"""The plain mode: one pane at a time, no boxes, and a first line that says in words what the keys are on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset

from tui.core.change import Notice, Tone
from tui.screens.triage import Triage
from tui.where import READER, Where
from tui.widgets.listing import Listing

if TYPE_CHECKING:
    from tui.widgets.spoken_line import SpokenLine

TONES = {Tone.GOOD: "Done: ", Tone.TROUBLE: "Trouble: "}


class Speaking(Triage):
    """Keeps the first line true, where the app is plain; else does nothing."""

    _spoken: SpokenLine | None = None
    _told = ""
    """A change that is being announced, until a key comes."""
    _line = ""
    """The word for the line to the server that was announced last."""
    _is_to_speak = False

    def compose(self) -> ComposeResult:
        """Put the line before everything else."""
        if self.is_plain:
            from tui.widgets.spoken_line import SpokenLine  # few need it

            self._spoken = SpokenLine()
            yield self._spoken
        yield from super().compose()

    # -- when ------------------------------------------------------------------------

    def tell(self, notice: Notice | None) -> None:
        """Announce a notice."""
        super().tell(notice)
        if notice and self._spoken:
            self._told = TONES.get(notice.tone, "") + notice.text
            self._speak_soon()

    def key_came(self, event: events.Key) -> bool:
        """What was announced has been heard."""
        self._told = ""
        return super().key_came(event)

    def key_done(self) -> None:
        """Say what the key came to."""
        super().key_done()
        self._speak_soon()

    def on_listing_moved(self, event: Listing.Moved) -> None:
        """Say what the cursor is on."""
        self._speak_soon()

    def on_pager_moved(self) -> None:
        """Say what the cursor is on."""
        self._speak_soon()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Say where one is again, behind a dialog."""
        self._speak_soon()

    def go_to(self, level: Where) -> None:
        """Say where one is."""
        super().go_to(level)
        self._told = ""
        self._speak_soon()

    def _show_status(self) -> None:
        """Announce that the server is out of reach, or is back."""
        super()._show_status()
        if self._spoken and self._top.online != self._line:
            if "offline" in (self._line, self._top.online):
                self._told = self._top.online
                self._speak_soon()
            self._line = self._top.online

    def _speak_soon(self) -> None:
        if self._spoken and not self._is_to_speak:
            self._is_to_speak = True
            self.call_after_refresh(self._speak)

    # -- what ------------------------------------------------------------------------

    def _speak(self) -> None:
        self._is_to_speak = False
        if self._spoken:
            self._spoken.words = self._told or self.focus_words()
            self.app.cursor_position = Offset(0, 0)

    def focus_words(self) -> str:
        """Say what the cursor is on."""
        from tui.screens.spoken import patch_words, series_words

        if self.level in READER:
            return self._reader_words()
        listing = self.series if self.level is Where.SERIES else self.patches
        if listing.current is None:
            return self._why_empty() if self.level is Where.SERIES else "no patch"
        what = "series" if self.level is Where.SERIES else "patch"
        place = f"{what} {listing.cursor + 1} of {len(listing.ids)}"
        if listing.current in listing.marked:
            place += ", marked"
        if self.level is Where.SERIES:
            place += ", older version" if self.stacks.seat(listing.current).is_older else ""
            rows = self.store.series_rows([listing.current])
            return series_words(rows[0], place, self.now()) if rows else place
        if listing.current < 0:
            return f"{place}, cover letter, {self._cover_name(-listing.current)}"
        patches = self.store.patch_rows([listing.current])
        return patch_words(patches[0], place) if patches else place

    def _reader_words(self) -> str:
        from tui.screens.spoken import AMPLE, line_words, squeezed
        from tui.widgets.sheet import Sheet

        body = self.pane_body(self.level)
        if body is self.reader:
            document = self.reader.document
            if document is None or not document.count:
                return "no text yet"
            return line_words(document.row(min(self.reader.line, document.count - 1)))
        if not isinstance(body, Sheet) or not body.count:
            return str(getattr(body, "words", "")) or str(self.tab)
        return squeezed(segment.text for segment in body.draw(body.line, AMPLE))

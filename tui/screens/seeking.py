"""Searching the text in sight: a line to type into, and from one hit to the next."""

from __future__ import annotations

from tui.core.text import clean
from tui.screens.view import View
from tui.widgets.ask_line import Question
from tui.widgets.reader_leaf import START, Spot
from tui.widgets.soon import call_soon

ROOMY = 100
"""Columns from which on a message has room for what to do next."""
LATER = 0.05
"""Seconds until a search that takes long is looked at again."""


class Seeking(View):
    """The actions that search."""

    _is_regex = False
    _trouble = ""
    """Why what is typed cannot be searched for; clean."""
    _looks_again = False
    """Whether a long search will be looked at again."""
    _origin: Spot = START
    """Where one was when the search line opened."""

    def action_search(self) -> None:
        """Ask what to search for; the first hit shows while it is typed."""
        if self.reader.document is None:
            self.say("There is no text here to search.")
            return
        self._origin, before = self.reader.spot, self.reader.sought

        def leave() -> None:
            self.reader.search(before)
            self.reader.go_back(self._origin)

        self._trouble = ""
        keys = {"as_regex": self._toggle_regex}
        self.ask(Question("/", self.answers["/"], self._keep, self._look, leave, keys, self._can_keep))
        self._hint("")

    def _look(self, text: str) -> None:
        """Show the first hit from where one was."""
        from tui.diff.search import BadSearch, compile_search  # not before the first rows

        self.reader.go_back(self._origin)
        self._trouble = ""
        try:
            search = compile_search(text, regex=self._is_regex) if text else None
        except BadSearch as why:
            self.reader.search(None)
            at = "" if why.position is None else f" at {why.position + 1}"
            self._trouble = clean(f"{why}{at}")
            self._asking.say(self._trouble, trouble=True)
            return
        self.reader.search(search)
        if search is None:
            self._hint("")
        else:
            self._tell_hits()

    def _tell_hits(self) -> None:
        """Go to the first hit, and tell of it; now and then again while there may be one before it."""
        self._hint(self.reader.next_hit(0))
        if self.reader.is_searching and not self._looks_again:
            self._looks_again = True
            call_soon(self, LATER, self._look_again)

    def _look_again(self) -> None:
        """Show what a long search has found meanwhile."""
        self._looks_again = False
        if self._asking.question is not None and self.reader.sought is not None:
            self._tell_hits()

    def _hint(self, found: str) -> None:
        how = "regex" if self._is_regex else "plain"
        key = self.keymap.typed("as_regex")
        self._asking.say(f"{clean(found)}  {how}, {key}" if found else f"{how}, {key} toggles")

    def _toggle_regex(self) -> None:
        self._is_regex = not self._is_regex
        self._asking.tell_soon()

    def _can_keep(self, text: str) -> bool:
        """Say whether there is something to search for; where not, what is wrong with the text that stays."""
        if self._trouble:
            self._asking.say(f"cannot search: {self._trouble}", trouble=True)
        return not self._trouble

    def _keep(self, text: str) -> None:
        """Stay where the search led; an empty one takes its marks away."""
        if not text:
            self.reader.search(None)
        else:
            found = clean(self.reader.next_hit(0))
            has_room = self.reader.hits and self.size.width >= ROOMY
            self.say(f"{found}. {self.key_of('back')} takes the marks away." if has_room else found)

    def action_next_hit(self) -> None:
        """Go to the next hit."""
        self.say(clean(self.reader.next_hit(self.times)))

    def action_previous_hit(self) -> None:
        """Go to the hit before."""
        self.say(clean(self.reader.next_hit(-self.times)))

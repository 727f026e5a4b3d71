"""Searching a talk: a line to type into, the first hit shown while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.text import clean
from tui.widgets.ask_line import Question

if TYPE_CHECKING:
    from tui.screens.talking import Talking
    from tui.widgets.talk import TalkSheet


class TalkSearch:
    """One question what to search a talk for."""

    def __init__(self, screen: Talking, body: TalkSheet) -> None:
        self._screen = screen
        self._body = body
        self._is_regex = body.sought is not None and body.sought.regex
        self._before = body.sought
        self._origin = body.row, body.line
        self._trouble = ""

    def ask(self) -> None:
        """Ask what to search for."""
        keys = {"as_regex": self._toggle}
        history = self._screen.answers["/"]
        self._screen.ask(Question("/", history, self._keep, self._look, self._leave, keys, self._can_keep))
        self._hint("")

    def _look(self, text: str) -> None:
        from tui.diff.search import BadSearch, compile_search

        self._body.open_at(*self._origin)
        self._trouble = ""
        try:
            search = compile_search(text, regex=self._is_regex) if text else None
        except BadSearch as why:
            self._body.search(None)
            self._trouble = clean(str(why))
            self._screen.asking.say(self._trouble, trouble=True)
            return
        self._body.search(search)
        self._hint(self._body.find(0) if search else "")

    def _hint(self, found: str) -> None:
        how = "regex" if self._is_regex else "plain"
        key = self._screen.keymap.typed("as_regex")
        self._screen.asking.say(f"{clean(found)}  {how}, {key}" if found else f"{how}, {key} toggles")

    def _toggle(self) -> None:
        self._is_regex = not self._is_regex
        self._look(self._screen.asking.text)

    def _can_keep(self, text: str) -> bool:
        if self._trouble:
            self._screen.asking.say(f"cannot search: {self._trouble}", trouble=True)
        return not self._trouble

    def _keep(self, text: str) -> None:
        if not text:
            self._body.search(None)
        else:
            self._screen.say(clean(self._body.find(0)))

    def _leave(self) -> None:
        self._body.search(self._before)
        self._body.open_at(*self._origin)

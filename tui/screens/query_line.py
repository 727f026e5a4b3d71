"""The query line: a query is typed, completed, checked as it grows, and saved with a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.query import QueryError
from tui.core.query_complete import Completion, complete
from tui.core.query_parse import parse_query
from tui.core.text import clean
from tui.keymap.live import fill
from tui.widgets.ask_line import Question

if TYPE_CHECKING:
    from tui.screens.querying import Querying

LABEL = "query"
HELP = "{complete} completes · {accept} asks · {save_view} saves as a view"


class QueryLine:
    """One editing of a query."""

    def __init__(self, screen: Querying) -> None:
        self._screen = screen
        self._line = screen.asking
        self._list = screen.completions
        self._words = screen.words(people=True)
        self._completion: Completion | None = None

    def open(self, text: str) -> None:
        """Ask for the query; keys are for the line from now on."""
        keys = {
            "complete": lambda: self._take(),
            "newer_answer": lambda: self._move(1),
            "older_answer": lambda: self._move(-1),
            "save_view": self._name,
        }
        question = Question(
            LABEL, self._screen.answers["query"], self._done, self._changed, self._close, keys, self._can_ask
        )
        self._screen.ask(question, text)
        self._check(text, typing=True)

    # -- while it is typed ---------------------------------------------------------------

    def _changed(self, text: str) -> None:
        self._check(text, typing=True)
        self._completion = complete(text, self._line.at, self._words)
        offers = [(clean(choice.text), clean(choice.about)) for choice in self._completion.choices]
        begins = text[self._completion.start : self._line.at]
        if not begins and not text[: self._completion.start].endswith((":", ",")):
            offers = []  # a new word may be anything: nothing is in the way before it begins
        self._list.show(offers, self._line.column_of(self._completion.start))

    def _check(self, text: str, *, typing: bool) -> bool:
        """Say what is wrong, under the word that is."""
        try:
            parse_query(text, self._words, typing=typing)
        except QueryError as why:
            self._line.say(clean(why.message), trouble=True, wrong=(why.start, why.end))
            return False
        self._line.say(fill(HELP, self._screen.keymap))
        return True

    def _move(self, way: int) -> None:
        """Move the cursor of what is offered; where nothing is, type what was asked before."""
        self._line.catch_up()
        if self._list.offers:
            self._list.move(way)
        elif not self._line.recall(-way):
            self._line.say("nothing else was asked here before")

    def _take(self) -> None:
        """Type what is under the cursor of the list; without a list, offer what may follow here."""
        self._line.catch_up()
        if not self._list.offers:
            self._completion = complete(self._line.text, self._line.at, self._words)
            offers = [(clean(one.text), clean(one.about)) for one in self._completion.choices]
            self._list.show(offers, self._line.column_of(self._completion.start))
            return
        if self._completion is not None:
            choice = self._completion.choices[self._list.cursor].text
            gap = "" if choice.endswith(":") else " "
            self._line.replace(self._completion.start, self._completion.end, choice + gap)

    # -- the end ---------------------------------------------------------------------------

    def _can_ask(self, text: str) -> bool:
        return self._check(text, typing=False)

    def _close(self) -> None:
        self._list.show((), 0)

    def _done(self, text: str) -> None:
        self._close()
        self._screen.take_query(text)

    def _name(self) -> None:
        """Ask for the name to save it under."""
        self._line.catch_up()
        text = self._line.text.strip()
        if not self._check(text, typing=False):
            return
        self._close()
        view = self._screen.view
        save = Question(
            "save as", [], lambda name: self._screen.keep_view(name, text), left=lambda: self.open(text)
        )
        self._screen.ask(save, view.name if view.own else "")

"""Searching the talks of a series: a line to type into, then from hit to hit across its patches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.core.text import clean
from tui.screens.talk_posts import read_posts
from tui.widgets.ask_line import Question
from tui.widgets.rows import patch_number

if TYPE_CHECKING:
    from tui.diff.search import Search
    from tui.screens.talk import Talk
    from tui.widgets.talk_hits import Found


class TalkSearch:
    """A search: while it is typed in the talk that is shown, then also in those of the other patches."""

    def __init__(self, page: Talk) -> None:
        self._page = page
        self._screen = page.screen
        self._body = page.body
        self._is_regex = False
        self._before: Search | None = None
        self._origin = 0, 0
        self._trouble = ""
        self._ended: tuple[object, ...] = ()
        """Where it was said that there is no further hit: asked again there, it goes round."""

    # -- typed ---------------------------------------------------------------------

    def ask(self) -> None:
        """Ask what to search for; the first hit of this talk is shown while it is typed."""
        self._before = self._body.sought
        self._is_regex = self._before is not None and self._before.regex
        self._origin = self._body.row, self._body.line
        self._trouble = ""
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
        found = self._body.find(0) if search else None
        self._hint("" if found is None else _words(found) if found.of else "not in this one")

    def _hint(self, found: str) -> None:
        how = "regex" if self._is_regex else "plain"
        key = self._screen.keymap.typed("as_regex")
        self._screen.asking.say(f"{found}  {how}, {key}" if found else f"{how}, {key} toggles")

    def _toggle(self) -> None:
        self._is_regex = not self._is_regex
        self._screen.asking.tell_soon()

    def _can_keep(self, text: str) -> bool:
        if self._trouble:
            self._screen.asking.say(f"cannot search: {self._trouble}", trouble=True)
        return not self._trouble

    def _keep(self, text: str) -> None:
        if not text:
            self._body.search(None)
        elif (found := self._body.find(0)).of:
            self._screen.say(f"{_words(found)}.")
        else:
            self.step(1)

    def _leave(self) -> None:
        self._body.search(self._before)
        self._body.open_at(*self._origin)

    # -- from hit to hit -------------------------------------------------------------

    def step(self, steps: int) -> None:
        """Go so many hits on, back where it is negative: of this talk, then of those behind it.

        Behind the last one of the series it says so, and goes round when it is asked again.
        """
        way = 1 if steps > 0 else -1
        if self._ended == (*self._place, way):
            self._go_round(way)
            return
        found = self._body.find(steps)
        went = ""
        while found.left and (id := self._next_with_hit(self._page.behind(way))) is not None:
            self._page.open(id)
            found = self._body.find(way * found.left, from_edge=True)
            went = f" in {self._name(id)}"
        if not found.left:
            self._screen.say(f"{_words(found)}{went}.")
        elif found.of or self._next_with_hit(self._page.behind(-way)) is not None:
            self._ended = (*self._place, way)
            key = self._screen.key_of("next_hit" if way > 0 else "previous_hit")
            where, edge = ("down", "top") if way > 0 else ("up", "end")
            self._screen.say(f"No hit further {where} in this series: {key} again goes on from its {edge}.")
        else:
            self._screen.say(self._nothing())

    @property
    def _place(self) -> tuple[object, ...]:
        return self._body.sought, self._page.id, *self._body.spot[:2]

    def _go_round(self, way: int) -> None:
        """Go to the first hit of the series, or to the last."""
        self._ended = ()
        id = self._next_with_hit(self._screen.patches.ids[::way])
        if id is None:
            self._screen.say(self._nothing())
            return
        self._page.open(id)
        found = self._body.find(way, from_edge=True)
        edge = "top" if way > 0 else "end"
        self._screen.say(f"{_words(found)} in {self._name(id)}, from the {edge} of the series.")

    def _next_with_hit(self, ids: Iterable[int]) -> int | None:
        """Return the first of some patches whose talk has a hit."""
        store = self._screen.store
        titled = not self._screen.pane_shows_title
        return next((id for id in ids if self._body.has(read_posts(store, id, titled=titled))), None)

    def _name(self, id: int) -> str:
        patches = self._screen.store.patches([id]) if id > 0 else []
        return f"patch {patch_number(patches[0].name)}" if patches else "the cover letter"

    def _nothing(self) -> str:
        """Say that nothing was found, and whether there is more than was looked through."""
        missing = len(self._screen.store.lacking(self._screen.patches.ids))
        but = f"; {missing} of its mails {'is' if missing == 1 else 'are'} not here yet" if missing else ""
        return f"No mail of this series has that{but}."


def _words(found: Found) -> str:
    return f"{found.number} of {found.of}"

"""Narrowing a list while one types: a query over what the view asks, for now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.core.text import clean
from tui.screens.querying import Querying
from tui.screens.status import gap_words
from tui.where import READER, Where

if TYPE_CHECKING:
    from tui.core.query import Query

FILTER = "/"


class Filtering(Querying):
    """The action that narrows, over the series or over the patches of one."""

    def patch_query(self) -> Query | None:
        """Return the filter over the patches, as far as it is typed."""
        from tui.core.query import QueryError
        from tui.core.query_parse import parse_query

        try:
            return parse_query(self.patch_filter, self.words(), typing=True)
        except QueryError:
            return None

    def action_filter(self) -> None:
        """Narrow the list while a filter is typed."""
        from tui.widgets.ask_line import Question

        before = self.filter_of(self.level)
        self.ask(
            Question(
                FILTER,
                self.answers["filter"],
                self._keep_filter,
                self._narrow,
                lambda: self._set_filter(before),
                takes=lambda text: self._reads(text, typing=False),
            ),
            before,
        )
        self._narrow(before)

    def filter_of(self, level: Where) -> str:
        """Return the filter over a pane."""
        return self.patch_filter if level is Where.PATCHES else self.filter

    def _set_filter(self, text: str) -> None:
        if self.level is Where.PATCHES:
            self.patch_filter = text
            self.show_patches_anew()
        else:
            self.filter = text
            self._ask_now()

    def _reads(self, text: str, *, typing: bool) -> bool:
        """Say whether a filter can be read; what is wrong with it is underlined."""
        from tui.core.query import QueryError
        from tui.core.query_parse import parse_query

        try:
            parse_query(text, self.words(), typing=typing)
        except QueryError as why:
            self._asking.say(clean(why.message), trouble=True, wrong=(why.start, why.end))
            return False
        return True

    def _narrow(self, text: str) -> None:
        """Show what matches; where the text cannot be read, the rows stay."""
        if not self._reads(text, typing=True):
            return
        self._set_filter(text)
        self._say_found()

    def _say_found(self) -> None:
        shown = self.patches if self.level is Where.PATCHES else self.series
        more = "+" if shown is self.series and self.has_more else ""
        found = f"{len(shown.ids):,}{more} found" if self._asking.text else "words, or field:value"
        self._asking.say(found)

    def _show_series(self, changed: set[int] | None = None, *, through: int | None = None) -> None:
        """Count anew while a filter is typed: the server may find more, and rows come and go."""
        super()._show_series(changed, through=through)
        question = self._asking.question
        if question is not None and question.label == FILTER and self._asking.wrong is None:
            self._say_found()

    def _keep_filter(self, text: str) -> None:
        """Stay with the filter; Esc takes it away."""
        if text:
            remark = gap_words(self.asked, self.store, self.project) if self.asked else ""
            self.say("; ".join(filter(None, (f"{self.key_of('back')} shows all again", remark))))

    def action_back(self) -> None:
        """Take the filter of the pane away; else go back."""
        if self.level not in READER and self.filter_of(self.level) and not self.count:
            self._set_filter("")
            self._bottom.notice = None
        else:
            super().action_back()

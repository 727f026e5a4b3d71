"""The verbs that ask for something: what is not here is fetched, and told when it has come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tui.api.errors import ApiError, Invalid, NotAllowed, NotFound
from tui.core.place import Place
from tui.sync.answers import Answers
from tui.sync.checking import Checking
from tui.sync.delivery import Delivery, Pause
from tui.sync.desk import Desk
from tui.sync.listing import Listing
from tui.sync.places import Found, Places
from tui.sync.tasks import Bug
from tui.sync.texts import Texts
from tui.sync.versions import Versions

if TYPE_CHECKING:
    from tui.core.query_server import ServerFilter
    from tui.sync.search import Search


class Needs(Checking):
    """Rows, texts, comments, versions, places and states that somebody looks at or for."""

    def __init__(
        self, desk: Desk, delivery: Delivery, answers: Answers, has_token: bool, wait: Pause
    ) -> None:
        super().__init__(desk, delivery, answers, has_token, wait)
        self._listing = Listing(desk, self._rereading)
        self._texts = Texts(desk, self._check_missing)
        self._places = Places(desk)
        self._versions = Versions(desk)
        self._search: Search | None = None
        self._states_asked = False

    def need_older(self) -> None:
        """Read the next older page; nothing at the end or while one is under way."""
        self._listing.need_older()

    def need_patches(self, series_ids: Sequence[int]) -> None:
        """Fetch the patches of these series that are not stored, the latest asked for first."""
        self._listing.need_patches(series_ids)

    def need_body(self, patch_id: int) -> None:
        """Fetch the text of a patch unless it is stored or under way."""
        self._texts.need_body(patch_id)

    def need_cover(self, cover_id: int) -> None:
        """Fetch a cover letter unless it is stored or under way."""
        self._texts.need_cover(cover_id)

    def need_texts(self, keys: Iterable[int]) -> None:
        """Fetch many texts unless they are stored, some at a time: patches, and covers by minus their ids."""
        self._texts.need_all(keys)

    def need_versions(self, series_id: int) -> None:
        """Look on the server for the other versions of a series; once."""
        self._versions.need(series_id)

    def looks_for_versions(self, series_id: int) -> bool:
        """Say whether that is going on."""
        return self._versions.is_looking(series_id)

    def trouble(self, key: int) -> str:
        """Return why the text of a patch (of a cover letter by minus its id) is missing; else ``""``."""
        return self._texts.trouble(key)

    def need_comments(self, key: int) -> None:
        """Fetch the comments of a patch (of a cover letter by minus its id), where they are not here or
        may be old; those of what the cursor rests on are fetched without being asked for.
        """
        self._answers.need(key)

    def comments_trouble(self, key: int) -> str:
        """Return why comments are missing; else ``""``.  ``Kind.COMMENTS`` tells when it changes."""
        return self._answers.trouble(key)

    @property
    def why_no_comments(self) -> str:
        """Why this server has no comments at all; empty where it has."""
        return self._answers.why_none

    @property
    def locating(self) -> bool:
        """Whether a place is being looked for."""
        return self._places.looking

    def locate(self, place: Place, found: Found) -> None:
        """Bring a series, patch or cover letter into the store, then call ``found``.

        ``found`` gets the series (negative for a loose patch) and the patch; None for a series,
        minus the cover letter's id for a cover letter.  It is not called when nothing is there.
        """
        self._places.locate(place, found)

    def search(self, filters: Sequence[ServerFilter]) -> None:
        """Search the server's list of patches (see query_server): the newest page of each filter now.

        What is found is stored, so the store's changes tell it; ``status.searching`` says that it
        goes on.  Another search ends the one before; none, with no filters, only ends it.  With no
        line to the server it is quiet, as ``status.offline`` says it all.
        """
        if filters and self._search is None:
            from tui.sync.search import Search  # nothing is searched for before the first rows

            self._search = Search(self._desk)
        if self._search:
            self._search.begin(filters)

    def search_more(self) -> None:
        """Read the search's next page; nothing at its end, and while one is under way."""
        if self._search:
            self._search.need_more()

    @property
    def search_left(self) -> bool:
        """Whether the server may have more of what is searched for."""
        return self._search is not None and self._search.left

    def learn_states(self, patch_id: int) -> None:
        """Ask the server once for its states, where we may write; quiet when it refuses.

        A server that took the write instead has changed the patch: that is told.
        """
        if not self.can_write or self._states_asked:
            return
        self._states_asked = True

        async def work() -> None:
            states = await self._desk.ask(lambda server: server.states(patch_id))
            self._desk.store.put_states(states, learnt=True)

        def fail(error: ApiError) -> None:
            self._states_asked = not error.retryable
            quiet = isinstance(error, (NotAllowed, NotFound, Invalid))
            if isinstance(error, Bug) or not (error.retryable or quiet):
                self._desk.complain(error)

        self._desk.tasks.start("states", work, fail)

    def _retry_needs(self) -> None:
        """Ask again for what was lacking when the line broke."""
        self._listing.retry()
        self._texts.retry()
        self._answers.retry()
        self._retry_checks()
        if self._search:
            self._search.retry()

    def _check_missing(self, patch_id: int, *, told: bool = False) -> None:
        """Let a patch leave that the server does not have any more; with a note unless that was ``told``."""
        self._desk.tasks.start(
            ("missing", patch_id), lambda: self._rereading.check(patch_id, told=told), self._desk.complain
        )

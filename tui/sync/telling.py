"""From events to the inbox: what of them is worth telling the user, and who did it."""

from __future__ import annotations

from collections.abc import Sequence

from tui.api.errors import ApiError, NotAllowed, NotFound
from tui.core.inbox import Happening, Topic
from tui.core.me import Me
from tui.core.model import CheckState, Event, Patch, Person, Series
from tui.core.stacks import name_key
from tui.core.states import CLOSED_STATES
from tui.sync.answers import Answers, own_addresses
from tui.sync.desk import Desk

MOST_ASKED = 20
"""Patches and cover letters whose comments are asked for at a time: no event tells who wrote one."""
ASKED = "changes-requested"


class Telling:
    """Tells what happened: to whom it matters is known from the store, so that comes first.

    What happened to a patch that is not stored is not told.  Own deeds are not: those of our
    account, and where that or the actor is not known, those that the journal has.
    """

    def __init__(self, desk: Desk, me: Me, answers: Answers) -> None:
        self._desk = desk
        self._answers = answers
        self._me = me

    async def tell(self, events: Sequence[Event], *, read: bool = False) -> None:
        """Put into the inbox what of these events is worth telling, once the store has what they are about.

        ``read``: only as what the user has seen; then nobody is asked who wrote a comment.
        """
        project = self._desk.project
        if project is None or not events:
            return
        now = Known(self._desk, self._me, events, project.id)
        events = sorted(events, key=lambda event: event.id)
        comments = [event for event in events if event.comment_id and now.concerns_me(event)]
        if not read:
            now.authors.update(await self._find_authors(comments))
            now.note_read(self._desk, comments)
        found = [one._replace(read=read or one.read) for event in events if (one := now.happening(event))]
        if found:
            self._desk.store.put_happenings(project.id, found)

    async def _find_authors(self, events: Sequence[Event]) -> dict[int, Person]:
        """Ask who wrote comments, of a few patches at a time; those of more are named when they are read."""
        authors: dict[int, Person] = {}
        for about in list(dict.fromkeys(map(_answered, events)))[:MOST_ASKED]:
            try:
                comments = await self._answers.bring(about)
            except (NotFound, NotAllowed):
                continue
            except ApiError:  # what comes next tells it, if it lasts
                break
            authors.update((one.key, one.submitter) for one in comments)
        return authors


def _answered(event: Event) -> int:
    """Return what a comment is about: a patch, or minus the id of a cover letter."""
    return event.patch_id or -(event.cover_id or 0)


def _comment_key(event: Event) -> int:
    return event.comment_id or 0 if event.patch_id else -(event.comment_id or 0)


class Known:
    """What the store knows of some events, read at once."""

    def __init__(self, desk: Desk, me: Me, events: Sequence[Event], project_id: int) -> None:
        store = desk.store
        patches = store.patches({event.patch_id for event in events if event.patch_id})
        covers = store.series_of_covers({event.cover_id for event in events if event.cover_id})
        series = {event.series_id for event in events if event.series_id} | set(covers.values())
        rows = store.series_rows(series)
        self.authors: dict[int, Person] = {}
        """Of comments, by their own keys."""
        self._read: set[int] = set()
        self._me = me
        self._emails = own_addresses(store, me)
        self._patches = {patch.id: patch for patch in patches}
        self._covers = covers
        self._series: dict[int, Series] = {row.series.id: row.series for row in rows}
        self._delegated = {row.series.id for row in rows if any(map(me.has_account, row.delegates))}
        self._set = store.states_set(self._patches)
        self._asked: dict[tuple[str, int], int] = {}
        if any(one.version > 1 for one in self._series.values()):
            for name, submitter_id, version in store.asked_to_change(project_id):
                key = name_key(name), submitter_id
                self._asked[key] = max(version, self._asked.get(key, 0))

    def note_read(self, desk: Desk, events: Sequence[Event]) -> None:
        """Note which comments the user has read: a server tells one again when it is marked as addressed."""
        keys = [_comment_key(event) for event in events]
        self._read.update(row.comment.key for row in desk.store.comments_named(keys) if not row.unread)

    def happening(self, event: Event) -> Happening | None:
        """Return what is to be told of an event, if anything is."""
        match event.category:
            case "series-created":
                return self._new_series(event)
            case "patch-created":
                return self._new_patch(event)
            case "patch-comment-created" | "cover-comment-created":
                return self._comment(event)
        patch = self._patches.get(event.patch_id or 0)
        if patch is None:
            return None
        match event.category:
            case "check-created":
                return self._check(event, patch)
            case "patch-state-changed":
                return self._state(event, patch)
            case "patch-delegated":
                return self._delegation(event, patch)
        return None

    def concerns_me(self, event: Event) -> bool:
        """Say whether an event is about a patch of mine, or one that is delegated to me."""
        if event.patch_id:
            patch = self._patches.get(event.patch_id)
            return patch is not None and (self._sent(patch.submitter) or self._me.has_account(patch.delegate))
        series = self._series.get(self._covers.get(event.cover_id or 0, 0))
        return series is not None and (self._sent(series.submitter) or series.id in self._delegated)

    def _sent(self, person: Person) -> bool:
        return person.email.casefold() in self._emails

    def _new_series(self, event: Event) -> Happening | None:
        series = self._series.get(event.series_id or 0)
        if series is None or self._sent(series.submitter):
            return None
        asked = self._asked.get((name_key(series.name), series.submitter.id), series.version)
        return Happening(
            event.id,
            Topic.VERSION if asked < series.version else Topic.SERIES,
            event.date,
            series.id,
            mailed=event.series_date,
            who=series.submitter.label,
            before=str(asked) if asked < series.version else "",
        )

    def _new_patch(self, event: Event) -> Happening | None:
        """Only of a loose one: those of a series come with it."""
        patch = self._patches.get(event.patch_id or 0)
        if patch is None or patch.series_id is not None or self._sent(patch.submitter):
            return None
        one = _about(event, patch, Topic.SERIES)
        return one._replace(mailed=event.patch_date, who=patch.submitter.label)

    def _comment(self, event: Event) -> Happening | None:
        key = _comment_key(event)
        author = self.authors.get(key)
        if not event.comment_id or not self.concerns_me(event) or (author and self._sent(author)):
            return None
        if patch := self._patches.get(event.patch_id or 0):
            one = _about(event, patch, Topic.COMMENT)._replace(comment_id=event.comment_id)
        else:
            series_id, comment_id = self._covers[event.cover_id or 0], -event.comment_id
            one = Happening(event.id, Topic.COMMENT, event.date, series_id, None, event.cover_id, comment_id)
        return one._replace(
            mailed=event.comment_date, who=author.label if author else "", read=key in self._read
        )

    def _check(self, event: Event, patch: Patch) -> Happening | None:
        if event.check is None or patch.archived or patch.state in CLOSED_STATES:
            return None
        if event.check is CheckState.FAIL and self._me.has_account(event.actor):
            return None  # filed from here; one of ours that does not fail still ends what was told
        return _about(event, patch, Topic.CHECK)._replace(after=event.check.value, context=event.context)

    def _state(self, event: Event, patch: Patch) -> Happening | None:
        unknown = event.actor is None or not self._me.username
        if unknown and self._set.get(patch.id) == event.after:
            return None
        one = _about(event, patch, Topic.STATE)._replace(before=event.before, after=event.after)
        if not self._me.has_account(event.actor):
            return one
        return one._replace(topic=Topic.ASKED, read=True) if event.after == ASKED else None

    def _delegation(self, event: Event, patch: Patch) -> Happening | None:
        """Only what comes to me, or is taken from me, by somebody else."""
        mine = self._me.username.casefold()
        if mine not in (event.before.casefold(), event.after.casefold()) or not mine:
            return None
        if self._me.has_account(event.actor):
            return None
        return _about(event, patch, Topic.DELEGATED)._replace(before=event.before, after=event.after)


def _about(event: Event, patch: Patch, topic: Topic) -> Happening:
    series_id = -patch.id if patch.series_id is None else patch.series_id
    who = event.actor.username if event.actor else ""
    return Happening(event.id, topic, event.date, series_id, patch.id, who=who)

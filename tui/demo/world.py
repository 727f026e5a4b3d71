"""All that the server knows, how it changes, and how it goes back to what was loaded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from tui.demo.intake import CHECKED_AFTER, FIRST_CHECK, Intake, read_mails
from tui.demo.model import Bundle, Check, Comment, Cover, Event, Patch, Series
from tui.demo.registry import PROJECTS, STATES, USERS, State, User

CORPUS = Path(__file__).parent / "corpus"
FIRST_EVENT = 50001
Clock = Callable[[], datetime]
"""Returns the present as naive UTC."""

_Triage = tuple[State, User | None, bool, str | None, str | None, frozenset[Patch], list[Check]]


class World:
    """The server's memory.

    ``local`` is how far the server's own time is ahead of UTC: dates of events and checks are in
    it, mails' dates are not, and nothing in the API tells.
    """

    def __init__(self, corpus: Path, clock: Clock, local: timedelta) -> None:
        self.clock = clock
        self.local = local
        intake = Intake(local)
        intake.take(read_mails(corpus, clock()))
        self.people = {person.id: person for person in intake.people}
        self.patches = {patch.id: patch for patch in intake.patches}
        self.covers = {cover.id: cover for cover in intake.covers}
        self.series = {series.id: series for series in intake.series}
        self.comments = intake.comments
        self.projects = {project.id: project for project in PROJECTS}
        self.users = {user.id: user for user in USERS}
        self.states = {state.id: state for state in STATES}
        self.bundles: dict[int, Bundle] = {}
        self._loaded: list[tuple[Patch, _Triage]] = [(patch, _triage(patch)) for patch in intake.patches]
        self._addressed = [(comment, comment.addressed) for comment in intake.comments]
        self._checks = len(intake.checks)
        self._intake = intake
        self._history: list[Event] | None = None
        self._told = 0
        self.reset()

    def reset(self) -> None:
        """Put everything back to what was loaded."""
        for patch, triage in self._loaded:
            patch.state, patch.delegate, patch.archived, patch.commit_ref = triage[:4]
            patch.pull_url, patch.related, patch.checks = triage[4], triage[5], list(triage[6])
        for comment, addressed in self._addressed:
            comment.addressed = addressed
        if self._history is not None:
            del self._history[self._told :]
        self.bundles.clear()
        self._check_ids = count(FIRST_CHECK + self._checks)
        self._bundle_ids = count(61)

    @property
    def events(self) -> list[Event]:
        """Return what happened, told when first asked: nobody looks at it before the first rows.

        It is told from how things were loaded, so whoever changes something asks for it before.
        """
        if self._history is None:
            self._history = _tell_history(self._intake, self.local)
            self._told = len(self._history)
        return self._history

    def local_now(self) -> datetime:
        """Return the present in the server's own time."""
        return self.clock() + self.local

    def record(
        self,
        category: str,
        item: Patch | Comment | Check,
        actor: User | None,
        before: State | User | None = None,
        after: State | User | None = None,
    ) -> None:
        """Add an event about an item."""
        parent = item if isinstance(item, Patch) else item.patch if isinstance(item, Check) else item.parent
        events = self.events
        events.append(
            Event(
                category,
                parent.project,
                self.local_now(),
                actor,
                id=FIRST_EVENT + len(events),
                patch=parent if isinstance(parent, Patch) else None,
                cover=parent if isinstance(parent, Cover) else None,
                comment=item if isinstance(item, Comment) else None,
                check=item if isinstance(item, Check) else None,
                before=before,
                after=after,
            )
        )

    def add_check(
        self, patch: Patch, user: User, state: str, context: str, description: str | None, url: str | None
    ) -> Check:
        """Add a check and its event."""
        number = next(self._check_ids)
        check = Check(number, patch, user, self.local_now(), state, context, description, url)
        patch.checks.append(check)
        self.record("check-created", check, user)
        return check

    def add_bundle(self, name: str, owner: User, public: bool, patches: list[Patch]) -> Bundle:
        """Add a bundle."""
        bundle = Bundle(next(self._bundle_ids), name, owner, public, patches)
        self.bundles[bundle.id] = bundle
        return bundle


def _triage(patch: Patch) -> _Triage:
    return (
        patch.state,
        patch.delegate,
        patch.archived,
        patch.commit_ref,
        patch.pull_url,
        patch.related,
        list(patch.checks),
    )


def _tell_history(intake: Intake, local: timedelta) -> list[Event]:
    """Return the events that must have happened for things to be as they were loaded."""
    told: list[Event] = []
    for series in intake.series:
        told += _tell_series(series)
    for cover in intake.covers:
        told.append(Event("cover-created", cover.project, cover.date, cover=cover))
    for patch in intake.patches:
        told += _tell_patch(patch)
    for comment in intake.comments:
        parent = comment.parent
        if isinstance(parent, Patch):
            kind, patched, covered = "patch-comment-created", parent, None
        else:
            kind, patched, covered = "cover-comment-created", None, parent
        told.append(Event(kind, parent.project, comment.date, patch=patched, cover=covered, comment=comment))
    told.sort(key=lambda event: event.date)
    for number, event in enumerate(told, start=FIRST_EVENT):
        event.id = number
        event.date += local
    return told


def _tell_patch(patch: Patch) -> list[Event]:
    """Return what was done to a patch: checks first, a maintainer ten minutes after it came."""
    told = [Event("patch-created", patch.project, patch.date, patch=patch)]
    for minute, check in enumerate(patch.checks, start=CHECKED_AFTER):
        date = patch.date + timedelta(minutes=minute)
        told.append(Event("check-created", patch.project, date, check.user, patch=patch, check=check))
    actor = patch.delegate or next(iter(patch.project.maintainers), None)
    if patch.delegate is not None:
        date = patch.date + timedelta(minutes=10)
        told.append(Event("patch-delegated", patch.project, date, actor, patch=patch, after=patch.delegate))
    if patch.state is not STATES[0]:
        date = patch.date + timedelta(minutes=15)
        event = Event("patch-state-changed", patch.project, date, actor, patch=patch)
        event.before, event.after = STATES[0], patch.state
        told.append(event)
    return told


def _tell_series(series: Series) -> list[Event]:
    """Return when a series began, and when each patch had all before it, and when all were there."""
    told = [Event("series-created", series.project, series.date, series=series)]
    by_number = {patch.number: patch for patch in series.patches}
    date = series.date
    for number in range(1, len(by_number) + 1):
        patch = by_number.get(number)
        if patch is None:
            break
        date = max(date, patch.date)
        told.append(Event("patch-completed", series.project, date, patch=patch, series=series))
    if len(series.patches) >= series.total:
        last = max(patch.date for patch in series.patches)
        told.append(Event("series-completed", series.project, last, series=series))
    return told

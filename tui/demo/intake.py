"""Mail to objects: what Patchwork's mail parser does, over a whole corpus at once.

Mails are taken in the order of their dates, as if they had just arrived.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from tui.demo import bodies
from tui.demo.mail import Mail, split_mbox
from tui.demo.model import Check, Comment, Cover, Patch, Person, Series
from tui.demo.registry import PROJECTS, ROBOT, STATES, USERS, Project, find_state
from tui.demo.subjects import Subject, is_reply, read_sender, read_subject, strip_prefixes

NEWEST_AGE = timedelta(minutes=20)
"""How old the newest mail is when the server starts."""
FIRST_CHECK = 9001
CHECKED_AFTER = 4
"""How many minutes after a patch its first check came; the others follow by the minute."""
_SAME_SERIES = timedelta(minutes=20)
_MSGID = re.compile(r"<[^>]+>")
_LIST = re.compile(r"<([^>]+)>")
_DIFF_WORDS = (b"\ndiff --git ", b"\n@@ -", b"\nIndex: ", b"\nGIT binary patch")
_PULL_WORDS = (b"re available in the ",)


def read_mails(corpus: Path, now: datetime) -> list[Mail]:
    """Return all mails of a folder of mbox files, or of one file, by date, all dates shifted by
    one offset so that the newest is 20 minutes before ``now`` (naive UTC).
    """
    files = sorted(corpus.glob("*.mbox")) if corpus.is_dir() else [corpus]
    mails = [mail for file in files for mail in split_mbox(file.read_bytes())]
    newest = now.replace(microsecond=0) - NEWEST_AGE
    dates = [mail.date for mail in mails if mail.date is not None]
    offset = newest - max(dates, default=newest)
    for mail in mails:
        mail.date = newest if mail.date is None else mail.date + offset
    return sorted(mails, key=lambda mail: mail.date or newest)


class Intake:
    """Sorts mails into patches, covers, comments and series.  Ids begin at a number of their own
    for each kind, so that one taken for another shows at once.
    """

    def __init__(self, local: timedelta) -> None:
        self.people: list[Person] = []
        self.patches: list[Patch] = []
        self.covers: list[Cover] = []
        self.series: list[Series] = []
        self.comments: list[Comment] = []
        self.checks: list[Check] = []
        self._local = local
        self._projects = {project.list_id: project for project in PROJECTS}
        self._users = {user.email: user for user in USERS}
        self._people: dict[str, Person] = {}
        self._parents: dict[tuple[int, str], Patch | Cover] = {}
        self._references: dict[tuple[int, str], Series] = {}
        self._comment_ids = {Patch: 20001, Cover: 8001}

    def take(self, mails: list[Mail]) -> None:
        """Take all mails; replies that came before what they answer are taken last."""
        early = [mail for mail in mails if not self._take_one(mail)]
        for mail in early:
            self._take_one(mail)
        self._link_dependencies()

    def _take_one(self, mail: Mail) -> bool:
        """Take a mail; False for a reply whose parent is not known (yet)."""
        listed = _LIST.search(mail.first("list-id"))
        project = self._projects.get(listed[1]) if listed else None
        msgid = next(iter(_MSGID.findall(mail.first("message-id"))), mail.first("message-id"))
        if project is None or not msgid or (project.id, msgid) in self._parents:
            return True
        if not is_reply(mail.first("subject")):
            subject = read_subject(mail.first("subject"), project.link_name)
            pull = _find_pull(mail)
            if pull or _has_diff(mail):
                self._add_patch(mail, project, msgid, subject, pull)
                return True
            if subject.number == 0:
                self._add_cover(mail, project, msgid, subject)
                return True
        return self._add_comment(mail, project, msgid)

    def _add_patch(
        self, mail: Mail, project: Project, msgid: str, subject: Subject, pull: str | None
    ) -> None:
        date, person = _dated(mail), self._find_person(mail)
        patch = Patch(
            len(self.patches) + 4001, project, mail, msgid, person, date, subject.name, STATES[0], pull
        )
        patch.number = subject.number or 1
        series = self._find_series(mail, project, msgid, subject, person)
        if series is None or any(other.number == patch.number for other in series.patches):
            series = self._start_series(project, person, date, subject)
            for reference in [*_references(mail), msgid]:
                self._references.setdefault((project.id, reference), series)
        if not series.name and patch.number == 1:
            series.name = patch.name
        series.patches.append(patch)
        patch.series = series
        self.patches.append(patch)
        self._parents[project.id, msgid] = patch
        self._read_triage(patch)

    def _add_cover(self, mail: Mail, project: Project, msgid: str, subject: Subject) -> None:
        date, person = _dated(mail), self._find_person(mail)
        cover = Cover(len(self.covers) + 1501, project, mail, msgid, person, date, subject.name)
        series = self._references.get((project.id, msgid))
        if series is None:
            series = self._start_series(project, person, date, subject)
            self._references[project.id, msgid] = series
        if series.cover is None:
            first = next((patch.name for patch in series.patches if patch.number == 1), None)
            if not series.name or series.name == first:
                series.name = strip_prefixes(cover.name)
            series.cover = cover
            cover.series = series
        self.covers.append(cover)
        self._parents[project.id, msgid] = cover

    def _add_comment(self, mail: Mail, project: Project, msgid: str) -> bool:
        for reference in _references(mail):
            if parent := self._parents.get((project.id, reference)):
                break
        else:
            return False
        number = self._comment_ids[type(parent)]
        self._comment_ids[type(parent)] += 1
        comment = Comment(number, project, mail, msgid, self._find_person(mail), _dated(mail), parent)
        told = mail.demo("addressed")
        comment.addressed = told[-1] == "yes" if told else None
        parent.comments.append(comment)
        self.comments.append(comment)
        self._parents[project.id, msgid] = parent
        return True

    def _start_series(self, project: Project, person: Person, date: datetime, subject: Subject) -> Series:
        total = subject.total or 1
        series = Series(len(self.series) + 701, project, person, date, subject.version, total)
        self.series.append(series)
        return series

    def _find_series(
        self, mail: Mail, project: Project, msgid: str, subject: Subject, person: Person
    ) -> Series | None:
        """Return the series a numbered patch belongs to: by threading, else by sender and mark."""
        if not subject.total:
            return None
        for reference in (msgid, *_references(mail)):
            series = self._references.get((project.id, reference))
            if series is not None and series.version == subject.version:
                return series
        wanted = (project, person, subject.version, subject.total)
        for series in reversed(self.series):
            if _dated(mail) - series.date > _SAME_SERIES:
                return None
            if (series.project, series.submitter, series.version, series.total) == wanted:
                return series
        return None

    def _find_person(self, mail: Mail) -> Person:
        name, email = read_sender(mail.first("from"))
        person = self._people.get(email.lower())
        if person is None:
            person = Person(len(self.people) + 101, name, email, self._users.get(email.lower()))
            self.people.append(person)
            self._people[email.lower()] = person
        person.name = name or person.name
        return person

    def _read_triage(self, patch: Patch) -> None:
        mail = patch.mail
        for name in mail.demo("state"):
            patch.state = find_state(name) or patch.state
        for name in mail.demo("delegate"):
            patch.delegate = next((user for user in USERS if user.username == name), None)
        for sha in mail.demo("commit"):
            patch.commit_ref = sha
        patch.archived = "yes" in mail.demo("archived")
        for minute, text in enumerate(mail.demo("check"), start=CHECKED_AFTER):
            state, context, description, url, by = ([*map(str.strip, text.split("|", 4))] + [""] * 5)[:5]
            owner = next((user for user in USERS if user.username == by), ROBOT)
            date = patch.date + timedelta(minutes=minute) + self._local
            number = len(self.checks) + FIRST_CHECK
            check = Check(number, patch, owner, date, state, context, description or None, url or None)
            patch.checks.append(check)
            self.checks.append(check)

    def _link_dependencies(self) -> None:
        messages: list[Patch | Cover] = [*self.patches, *self.covers]
        for message in messages:
            if not message.mail.mentions(b"epends-on: <", b"epends-On: <"):
                continue
            for msgid in bodies.find_depends(message.content):
                parent = self._parents.get((message.project.id, msgid))
                here, there = message.series, parent.series if parent else None
                if here and there and here is not there and there not in here.dependencies:
                    here.dependencies.append(there)
                    there.dependents.append(here)


def _dated(mail: Mail) -> datetime:
    assert mail.date is not None, "read_mails gives every mail a date"  # noqa: S101
    return mail.date


def _references(mail: Mail) -> Iterator[str]:
    """Yield the message ids a mail refers to, closest first."""
    yield from _MSGID.findall(mail.first("in-reply-to"))[:1]
    yield from reversed(_MSGID.findall(mail.first("references")))


def _has_diff(mail: Mail) -> bool:
    if mail.is_plain:
        if mail.mentions(_DIFF_WORDS[0]):
            return True
        if not mail.mentions(*_DIFF_WORDS[1:]):
            return False
    return bool(bodies.read_patch(mail)[1])


def _find_pull(mail: Mail) -> str | None:
    if mail.is_plain and not mail.mentions(*_PULL_WORDS):
        return None
    return bodies.find_pull_url(bodies.read_patch(mail)[0])

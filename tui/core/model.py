"""What Patchwork knows, as objects: projects, people, patches, series and what hangs on them.

Field names follow the REST API (1.4).  Dates are naive and in UTC for mails; those of events
and checks are in the server's own time zone, which nothing tells.
"""

from datetime import datetime
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class CheckState(StrEnum):
    """The state of a check, and of a patch as the worst of its newest checks."""

    PENDING = "pending"
    SUCCESS = "success"
    WARNING = "warning"
    FAIL = "fail"


class Person(NamedTuple):
    """Somebody who sent mail: a submitter, or the author of a comment."""

    id: int
    name: str
    email: str

    @property
    def label(self) -> str:
        """What to call them in a column: the name, or the address where there is none."""
        return self.name or self.email or "unknown"

    @property
    def address(self) -> str:
        """Name and address, as a mail's header has them."""
        return f"{self.name} <{self.email}>" if self.name and self.email else self.label


class User(NamedTuple):
    """Somebody with an account: a maintainer, a delegate, the owner of a check."""

    id: int
    username: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""

    @property
    def full_name(self) -> str:
        """First and last name, or the user name where there are none."""
        return f"{self.first_name} {self.last_name}".strip() or self.username


class Project(NamedTuple):
    """A project of a server.  Only its detail carries the maintainers."""

    id: int
    link_name: str
    name: str
    list_email: str = ""
    web_url: str = ""
    maintainers: tuple[User, ...] = ()


class Patch(NamedTuple):
    """A patch as lists give it: everything but its text (see Body)."""

    id: int
    project_id: int
    msgid: str
    """With its angle brackets."""
    name: str
    """The subject with its prefixes: ``[v4,20/24] iotests/307: ...``."""
    date: datetime
    submitter: Person
    state: str
    """A slug, such as ``under-review``; servers add their own."""
    archived: bool = False
    delegate: User | None = None
    check: CheckState = CheckState.PENDING
    series_id: int | None = None
    """None for a patch that the server put in no series."""
    hash: str = ""
    commit_ref: str = ""
    pull_url: str = ""
    web_url: str = ""


class Series(NamedTuple):
    """A series of patches.  It has no state and no check of its own."""

    id: int
    """Negative for a loose patch, which is shown as a series of one: minus the patch's id."""
    project_id: int
    name: str
    date: datetime
    submitter: Person
    version: int = 1
    total: int = 1
    """How many patches its author announced."""
    received_total: int = 1
    received_all: bool = True
    cover_id: int | None = None
    patch_ids: tuple[int, ...] = ()
    """In the order of the series."""
    web_url: str = ""


class Body(NamedTuple):
    """The text of a patch or cover letter, which lists leave out."""

    id: int
    headers: tuple[tuple[str, str], ...]
    """In the order of the mail; a header that stands twice is there twice."""
    content: str
    diff: str = ""
    """Empty for a cover letter and for a pull request."""


class Cover(NamedTuple):
    """A cover letter as lists give it."""

    id: int
    project_id: int
    msgid: str
    name: str
    date: datetime
    submitter: Person
    series_id: int | None = None
    web_url: str = ""


class Comment(NamedTuple):
    """A mail that answers a patch or a cover letter (API 1.1)."""

    id: int
    msgid: str
    date: datetime
    subject: str
    submitter: Person
    content: str
    headers: tuple[tuple[str, str], ...] = ()
    addressed: bool | None = None
    """False: it asks for something that is not done yet; None: it asks for nothing, or the server does
    not say (before API 1.3)."""
    web_url: str = ""
    about: int = 0
    """The patch that it answers, or minus the cover letter's id: the key that their texts have."""

    @property
    def key(self) -> int:
        """Its own key: comments of patches and of cover letters are two number spaces on the server."""
        return self.id if self.about >= 0 else -self.id


class Check(NamedTuple):
    """One result of one CI context for a patch."""

    id: int
    patch_id: int
    date: datetime
    state: CheckState
    context: str
    description: str = ""
    target_url: str = ""
    user: User | None = None


class Event(NamedTuple):
    """Something that happened on the server."""

    id: int
    category: str
    date: datetime
    patch_id: int | None = None
    series_id: int | None = None
    cover_id: int | None = None
    actor: User | None = None
    patch_date: datetime | None = None
    """Of the patch's mail."""
    series_date: datetime | None = None
    """Of the mail that began the series."""
    comment_id: int | None = None
    comment_date: datetime | None = None
    """Of the comment's mail.  Who wrote it, no event tells."""
    before: str = ""
    """The slug of the state that a patch had, or the user name of its delegate."""
    after: str = ""
    context: str = ""
    """Of a check."""
    check: CheckState | None = None


class EventCursor(NamedTuple):
    """The last event that was followed: what comes after it is news."""

    date: datetime
    """In the server's own time zone, as the event has it; ``since`` includes this moment."""
    id: int


class Page(NamedTuple, Generic[T]):
    """One page of a list."""

    items: tuple[T, ...]
    number: int = 1
    last: int = 1
    """The number of the last page; where the server names none, of the next one."""
    counted: bool = True
    """Whether the server named the last page: before Patchwork 3.1 it tells only that there is more."""

    @property
    def next(self) -> int | None:
        """The number of the next page, or None at the end."""
        return self.number + 1 if self.number < self.last else None

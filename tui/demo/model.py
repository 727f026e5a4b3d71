"""The server's own objects: mails with what Patchwork knows about them, held in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from tui.demo import bodies
from tui.demo.mail import Mail
from tui.demo.registry import Project, State, User


@dataclass(eq=False, repr=False)
class Person:
    """Somebody who sent mail, told apart by address; ``user`` where the address is an account's."""

    id: int
    name: str
    email: str
    user: User | None


@dataclass(eq=False, repr=False)
class Message:
    """What patches, covers and comments have in common."""

    id: int
    project: Project
    mail: Mail
    msgid: str
    submitter: Person
    date: datetime
    """Naive UTC, shifted."""

    @property
    def bare_msgid(self) -> str:
        """The message id without its angle brackets."""
        return self.msgid.strip("<>")


@dataclass(eq=False, repr=False)
class Cover(Message):
    """A cover letter, ``[PATCH 0/n]``."""

    name: str
    comments: list[Comment] = field(default_factory=list)
    series: Series | None = None

    @cached_property
    def content(self) -> str:
        """The text, without a signature."""
        return bodies.read_patch(self.mail)[0]


@dataclass(eq=False, repr=False)
class Check:
    """What a machine said about a patch.  ``date`` is the server's local time."""

    id: int
    patch: Patch
    user: User
    date: datetime
    state: str
    context: str
    description: str | None
    target_url: str | None


@dataclass(eq=False, repr=False)
class Patch(Message):
    """A patch or a pull request, and its triage."""

    name: str
    state: State
    pull_url: str | None = None
    number: int = 1
    delegate: User | None = None
    archived: bool = False
    commit_ref: str | None = None
    series: Series | None = None
    checks: list[Check] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    related: frozenset[Patch] = frozenset()
    """All patches of the relation, this one among them; empty where there is none."""

    @cached_property
    def _read(self) -> tuple[str, str]:
        return bodies.read_patch(self.mail)

    @property
    def content(self) -> str:
        """The message before the diff, and what stands between and after its pieces."""
        return self._read[0]

    @property
    def diff(self) -> str | None:
        """The diff; None for a pull request."""
        return self._read[1] or None

    @cached_property
    def hash(self) -> str | None:
        """The hash of the diff; None for a pull request."""
        return bodies.hash_patch(self.mail)

    @property
    def check(self) -> str:
        """The worst of the latest check of each user and context."""
        latest = {(check.user.id, check.context): check.state for check in self.checks}
        if not latest:
            return "pending"
        return next(
            (state for state in ("fail", "warning", "pending") if state in latest.values()), "success"
        )

    def may_be_edited_by(self, user: User | None) -> bool:
        """Whether a user is the patch's submitter or delegate, or a maintainer."""
        return user is not None and (
            user in (self.submitter.user, self.delegate) or user in self.project.maintainers
        )


@dataclass(eq=False, repr=False)
class Comment(Message):
    """A reply to a patch or a cover letter."""

    parent: Patch | Cover
    addressed: bool | None = None

    @cached_property
    def content(self) -> str:
        """The text, without a signature."""
        return bodies.read_comment(self.mail)

    def may_be_edited_by(self, user: User | None) -> bool:
        """Whether a user may say that the comment was addressed."""
        if user is None:
            return False
        if isinstance(self.parent, Patch) and self.parent.may_be_edited_by(user):
            return True
        return user in (self.submitter.user, self.parent.submitter.user) or user in self.project.maintainers


@dataclass(eq=False, repr=False)
class Series:
    """Patches that were sent as one."""

    id: int
    project: Project
    submitter: Person
    date: datetime
    version: int
    total: int
    name: str | None = None
    cover: Cover | None = None
    patches: list[Patch] = field(default_factory=list)
    dependencies: list[Series] = field(default_factory=list)
    dependents: list[Series] = field(default_factory=list)


@dataclass(eq=False, repr=False)
class Event:
    """Something that happened.  ``date`` is the server's local time."""

    category: str
    project: Project
    date: datetime
    actor: User | None = None
    id: int = 0
    patch: Patch | None = None
    series: Series | None = None
    cover: Cover | None = None
    comment: Comment | None = None
    check: Check | None = None
    before: State | User | None = None
    after: State | User | None = None


@dataclass(eq=False, repr=False)
class Bundle:
    """Patches that somebody put together by hand."""

    id: int
    name: str
    owner: User
    public: bool
    patches: list[Patch]

    @property
    def project(self) -> Project:
        """The project of all its patches."""
        return self.patches[0].project

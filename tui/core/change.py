"""What the store and the sync tell whoever shows things."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a change is about; its ids are of this kind."""

    SERIES = "series"
    PATCHES = "patches"
    BODIES = "bodies"
    """Patch ids, for patches and (negative) cover ids for cover letters: a text has arrived."""
    COMMENTS = "comments"
    """The same keys: their comments have arrived, changed, or were read."""
    CHECKS = "checks"
    """Of patches: what CI says of them, how fresh that is, or what the user files is another one."""
    PROJECT = "project"
    STATES = "states"
    INBOX = "inbox"
    """Of events: what is told of them is new, gone or read."""
    STATUS = "status"
    """No ids: the sync's status is another one."""
    STORE = "store"
    """No ids: what the store says of itself (``refuses``, ``remarks``) is another one."""
    ALL = "all"
    """No ids: anything may be another one; what is shown is to be read again."""


class Change(NamedTuple):
    """Something in the store is new or another one."""

    kind: Kind
    ids: frozenset[int] = frozenset()


class Tone(StrEnum):
    """How a notice is meant."""

    INFO = "info"
    GOOD = "good"
    TROUBLE = "trouble"


class Notice(NamedTuple):
    """One line for the one place of messages: what happened, to what, what to do now."""

    text: str
    tone: Tone = Tone.INFO
    retry: bool = False
    """Whether refreshing may help, so that the line offers it."""


class SyncStatus(NamedTuple):
    """What is going on between the store and the server, for the status line."""

    loading: bool = False
    """A page of the list is under way."""
    connecting: bool = False
    """The first request is under way: nobody knows yet whether the server is there."""
    offline: bool = False
    """The last request got no answer from the server."""
    unknown: bool = False
    """The server has no project of this name."""
    loaded: int = 0
    """Series in the store."""
    total: int | None = None
    """Series on the server; None while unknown."""
    waiting: int = 0
    """Wishes that the server has not confirmed."""
    held: int = 0
    """Of these: somebody else was there, and the user is to decide."""
    failed: int = 0
    """Wishes that the server refused for good; they do not wait."""
    done: int = 0
    """Of the writes under way: how many are through,"""
    of: int = 0
    """of how many; 0 when none is under way."""
    offline_since: datetime | None = None
    """Since when the server gives no answer, naive UTC; None while it does."""
    next_try: datetime | None = None
    """When it is asked again, naive UTC; None where that is not known."""
    syncing: str = ""
    """What is being brought up to date, and how far; empty while nothing is."""
    searching: str = ""
    """What the server is being searched for, and how far; empty while it is not."""

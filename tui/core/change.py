"""What the store and the sync tell whoever shows things."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a change is about; its ids are of this kind."""

    SERIES = "series"
    PATCHES = "patches"
    BODIES = "bodies"
    """Patch ids, for patches and (negative) cover ids for cover letters: a text has arrived."""
    PROJECT = "project"
    STATES = "states"
    STATUS = "status"
    """No ids: the sync's status is another one."""


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
    done: int = 0
    """Of the writes under way: how many are through,"""
    of: int = 0
    """of how many; 0 when none is under way."""

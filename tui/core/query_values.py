"""The values of a query's fields: what each may be, and what it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from tui.core.model import CheckState, User
from tui.core.near import near
from tui.core.query import Field, QueryError, Value, Words
from tui.core.text import clean

HAS = {
    "comments": "somebody has answered",
    "cover": "a cover letter",
    "disagree": "some patches closed, some not",
    "incomplete": "patches are missing on the server",
    "newer": "there is a newer version",
    "note": "a note of mine",
    "open": "comments that ask for something not done yet",
    "patches": "some of its patches are stored",
    "stale": "open, and nothing happened for long",
    "unread": "comments that I have not read",
}
"""What a series or patch may have, with what that means."""


ME, NOBODY = "me", "nobody"

_TRUTH = {
    "yes": "yes",
    "y": "yes",
    "true": "yes",
    "1": "yes",
    "no": "no",
    "n": "no",
    "false": "no",
    "0": "no",
}
_HOURS = {"h": 1, "d": 24, "w": 7 * 24, "m": 30 * 24, "y": 365 * 24}
_UNIT = r"(h|d|w|m|y|hours?|days?|weeks?|months?|years?)"
_OP = r"([<>]=?|=)?"
_AGE = re.compile(rf"([<>]=?)?\s*(\d{{1,6}})\s*{_UNIT}", re.IGNORECASE | re.ASCII)
_HALF_AGE = re.compile(rf"{_OP}\s*\d{{0,6}}", re.ASCII)
_VERSION = re.compile(rf"{_OP}\s*v?(\d{{1,6}})", re.IGNORECASE | re.ASCII)
_HALF_VERSION = re.compile(rf"{_OP}\s*v?", re.IGNORECASE | re.ASCII)
_TAG = re.compile(r"([a-z][\w-]*?):?(?:([<>]=?|=)(\d{1,6}))?", re.IGNORECASE | re.ASCII)
_HALF_TAG = re.compile(r"[a-z][\w-]*[<>]?=?", re.IGNORECASE | re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d))?)?)?)?", re.ASCII)
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+")
_HALF_DATE = re.compile(r"[\d-]*|[\d-]+T[\d:]*")


class Raw(NamedTuple):
    """A value as it stands in the text."""

    text: str
    """Without its quotes."""
    start: int
    end: int


def wrong(raw: Raw, message: str, *, unfinished: bool = False) -> QueryError:
    """Return an error that points at a value."""
    return QueryError(message, raw.start, raw.end, unfinished=unfinished)


def said(text: str) -> str:
    """Return a part of a query as a message repeats it."""
    return f"'{clean(text if len(text) <= 40 else f'{text[:39]}…')}'"


def meant(name: str, names: Iterable[str]) -> str:
    """Return what may have been meant, as the end of a message."""
    close = near(name, names, 2) if len(name) <= 40 else []
    return f"; did you mean {' or '.join(close)}?" if close else ""


def is_address(text: str) -> bool:
    """Say whether a submitter is named by a whole address."""
    return _ADDRESS.fullmatch(text) is not None


def read_value(field: Field, raw: Raw, words: Words) -> Value:
    """Return a value of a field.  Raises QueryError."""
    return _READERS[field](raw, words)


def _one_of(raw: Raw, known: Iterable[str], what: str) -> str:
    """Return which of some known values is written."""
    names = {name.lower(): name for name in known}
    slug = "-".join(raw.text.lower().split())
    if slug in names:
        return names[slug]
    half = any(name.startswith(slug) for name in names)
    close = meant(slug, names.values())
    some = "" if close or len(names) > 12 else f"; there are {', '.join(names.values())}"
    raise wrong(raw, f"no {what} {said(raw.text)}{close or some}", unfinished=half)


def _read_state(raw: Raw, words: Words) -> Value:
    if not words.states:
        return Value("-".join(raw.text.lower().split()))
    return Value(_one_of(raw, words.states, "state"))


def _read_delegate(raw: Raw, words: Words) -> Value:
    text = raw.text.strip()
    name = text.lower()
    if name == NOBODY:
        return Value(NOBODY)
    if name != ME:
        found = _people(name, words.maintainers)
        known = (found[0].username or text) if len(found) == 1 else text
        return Value(known, ids=tuple(user.id for user in found), name="" if found else text)
    if not words.me:
        raise wrong(raw, "who you are on this server is not known; write a user name")
    found = _people(words.me.lower(), words.maintainers)
    return Value(ME, ids=tuple(user.id for user in found), name="" if found else words.me)


def _people(name: str, users: Iterable[User]) -> list[User]:
    """Return who is called so: by user name, else by full name or address."""
    users = list(users)
    exact = [user for user in users if user.username.lower() == name]
    return exact or [user for user in users if name in (user.full_name.lower(), user.email.lower())]


def may_go_on(field: Field, value: Value, words: Words) -> bool:
    """Say whether a delegate, of whom any name is taken, may be one whose name is being typed."""
    if field is not Field.DELEGATE or value.ids or value.text in (ME, NOBODY):
        return False
    known = (ME, NOBODY, *(user.username.lower() for user in words.maintainers))
    return any(name.startswith(value.text.lower()) for name in known)


def _read_submitter(raw: Raw, words: Words) -> Value:
    whole = re.fullmatch(r".*<([^<>]*)>\s*", raw.text)
    return Value(whole[1] if whole and is_address(whole[1]) else raw.text)


def _read_age(raw: Raw, words: Words) -> Value:
    found = _AGE.fullmatch(raw.text.strip())
    if not found:
        half = _HALF_AGE.fullmatch(raw.text.strip()) is not None
        raise wrong(raw, f"no age {said(raw.text)}; write it as 7d, <2w or >3m", unfinished=half)
    op, number, unit = found.groups()
    return Value(f"{int(number)}{unit[0].lower()}", op or "", moment=_ago(number, unit, words.now))


def _ago(number: str, unit: str, now: datetime) -> datetime:
    try:
        return now - timedelta(hours=int(number) * _HOURS[unit[0].lower()])
    except OverflowError:
        return datetime.min


def _read_date(raw: Raw, words: Words) -> Value:
    text = raw.text.strip()
    midnight = words.now.replace(hour=0, minute=0, second=0, microsecond=0)
    for name, moment in (("today", midnight), ("yesterday", midnight - timedelta(days=1))):
        if text.lower() == name:
            return Value(name, moment=moment)
    age = _AGE.fullmatch(text)
    if age and not age[1]:
        return Value(f"{int(age[2])}{age[3][0].lower()}", moment=_ago(age[2], age[3], words.now))
    half = bool(text) and any(name.startswith(text.lower()) for name in ("today", "yesterday"))
    if found := _DATE.fullmatch(text):
        year, month, day, hour, minute, second = (int(part) if part else None for part in found.groups())
        try:
            moment = datetime(year or 0, month or 1, day or 1, hour or 0, minute or 0, second or 0)
            return Value(text.replace(" ", "T"), moment=moment)
        except ValueError:
            pass
    half = half or _HALF_DATE.fullmatch(text) is not None
    raise wrong(raw, f"no date {said(raw.text)}; write it as 2026-11-01, today or 7d", unfinished=half)


def _read_check(raw: Raw, words: Words) -> Value:
    return Value(_one_of(raw, [state.value for state in CheckState], "check"))


def _read_version(raw: Raw, words: Words) -> Value:
    found = _VERSION.fullmatch(raw.text.strip())
    if not found:
        half = _HALF_VERSION.fullmatch(raw.text.strip()) is not None
        raise wrong(raw, f"no version {said(raw.text)}; write it as 2, >1 or <=3", unfinished=half)
    number = int(found[2])
    return Value(str(number), found[1] or "", number)


def _read_has(raw: Raw, words: Words) -> Value:
    name = _one_of(raw, HAS, "thing to have")
    if name != "stale":
        return Value(name)
    return Value(
        name, moment=words.now - timedelta(days=words.stale_days) if words.stale_days else datetime.min
    )


def _read_archived(raw: Raw, words: Words) -> Value:
    known = _TRUTH.get(raw.text.lower())
    return Value(known or _one_of(raw, ("yes", "no"), "answer"))


def _read_tag(raw: Raw, words: Words) -> Value:
    found = _TAG.fullmatch(raw.text.strip())
    if not found:
        half = _HALF_TAG.fullmatch(raw.text.strip()) is not None
        raise wrong(raw, f"no tag {said(raw.text)}; write it as acked-by or reviewed-by>1", unfinished=half)
    name, op, number = found.groups()
    return Value(name.lower(), op or "", int(number) if op else 1)


def _read_file(raw: Raw, words: Words) -> Value:
    return Value(raw.text)


_READERS: dict[Field, Callable[[Raw, Words], Value]] = {
    Field.STATE: _read_state,
    Field.DELEGATE: _read_delegate,
    Field.SUBMITTER: _read_submitter,
    Field.AGE: _read_age,
    Field.SINCE: _read_date,
    Field.BEFORE: _read_date,
    Field.CHECK: _read_check,
    Field.VERSION: _read_version,
    Field.HAS: _read_has,
    Field.ARCHIVED: _read_archived,
    Field.TAG: _read_tag,
    Field.FILE: _read_file,
}

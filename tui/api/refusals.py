"""Answers that say no, turned into the error and the sentence they stand for."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from tui.api.errors import (
    ApiError,
    ApiOff,
    Busy,
    Conflict,
    Invalid,
    NotFound,
    NotPermitted,
    Refused,
    ServerTrouble,
    TokenRefused,
    one_line,
)
from tui.api.record import storable

LONGEST_WAIT = 3600.0
"""Seconds.  No server is left alone for longer than this, whatever its ``Retry-After`` says."""

_OF_CREDENTIALS = ("token", "credentials", "username", "basic header", "inactive")
"""Words of Django REST framework about who we are: all else is about what they may do."""


class Refusal(NamedTuple):
    """An answer with a status from 400 on."""

    server: str
    what: str
    """What was asked for, in words: ``patch 12``, ``the list of series``."""
    status: int
    body: bytes
    html: bool
    retry_after: float | None
    proof: str
    """The kind of credentials that went along, ``Token`` or ``Basic``; empty where none did."""
    written: bool
    """Whether something was to be changed."""
    known: bool
    """Whether this server has spoken Patchwork before."""

    def error(self) -> ApiError:
        """Return the error to raise."""
        reason = self._reason()
        said = f": {reason}" if reason else ""
        match self.status:
            case 400:
                return self._invalid()
            case 401 | 403:
                return self._not_allowed(reason)
            case 404 if not self.known and (self.html or self.what == "the projects"):
                return ApiOff(
                    f"{self.server} has no Patchwork API: it is switched off there, or this is no Patchwork "
                    "server; check the address",
                    status=404,
                    reason=reason,
                )
            case 404:
                return NotFound(
                    f"{self.server} has no {self.what}; check the name or number", status=404, reason=reason
                )
            case 409:
                return Conflict(
                    f"{self.server} has changed {self.what} meanwhile{said}; refresh and look again",
                    status=409,
                    reason=reason,
                )
            case 429 | 503:
                return self._busy(reason)
            case status if status >= 500:
                return ServerTrouble(
                    f"{self.server} has trouble of its own ({status}{said}); try again later",
                    status=status,
                    reason=reason,
                )
            case status:
                return Refused(
                    f"{self.server} refused {self.what} ({status}{said})", status=status, reason=reason
                )

    def _not_allowed(self, reason: str) -> ApiError:
        said = reason.lower()
        if self.status == 401 or any(word in said for word in _OF_CREDENTIALS):
            return TokenRefused(self._access_words(), status=self.status, reason=reason)
        if self.html:  # a firewall or a bot wall, not Patchwork: the token has nothing to do with it
            sentence = (
                f"{self.server} lets us not in ({self.status}: {reason or 'a web page'}); try again later"
            )
        elif self.written:
            sentence = f"{self.server} does not permit you to change {self.what}; its maintainers can"
        else:
            sentence = f"{self.server} does not let you see {self.what}{f': {reason}' if reason else ''}"
        return NotPermitted(sentence, status=self.status, reason=reason)

    def _access_words(self) -> str:
        if not self.proof:
            return f"{self.server} wants a token for {self.what}; set PWTUI_TOKEN, or see the README"
        if self.proof == "Basic":
            return (
                f"{self.server} does not take your user name and password; set the ones you log in with there"
            )
        return f"{self.server} does not take your token; get a new one from your profile page there"

    def _busy(self, reason: str) -> ApiError:
        when = f"in {self.retry_after:.0f} s" if self.retry_after else "in a while"
        what = "asks us to slow down" if self.status == 429 else "is not available just now"
        return Busy(
            f"{self.server} {what}; try again {when}",
            status=self.status,
            reason=reason,
            retry_after=self.retry_after,
        )

    def _invalid(self) -> ApiError:
        fields = self._field_words()
        reason = one_line("; ".join(fields.values())) if fields else self._reason()
        said = f": {reason}" if reason else ""
        return Invalid(
            f"{self.server} does not take this change of {self.what}{said}", reason=reason, fields=fields
        )

    def _field_words(self) -> dict[str, str]:
        """What is wrong with which field, whole: the list of a server's states can be long."""
        said = _parsed(self.body)
        if not isinstance(said, dict):
            return {}
        return {storable(name): storable(" ".join(_texts(told))) for name, told in said.items()}

    def _reason(self) -> str:
        """The server's words: the ``detail`` of an answer in JSON, the title of a web page."""
        said = _parsed(self.body)
        if isinstance(said, dict):
            detail = said.get("detail")
            words = detail if isinstance(detail, str) else "; ".join(self._field_words().values())
            return one_line(words)
        text = self.body[:4000].decode("utf-8", "replace")
        if self.html:
            return page_title(text)
        return one_line(text)


def page_title(text: str) -> str:
    """Return the title of a web page, or its first words."""
    lower = text.lower()
    start, end = lower.find("<title"), lower.find("</title")
    return one_line(text[start:end]) if 0 <= start < end else one_line(text)


def _texts(told: object, depth: int = 3) -> list[str]:
    """Return the texts in what is said of a field: a list of them, or one for each part of it."""
    if isinstance(told, str):
        return [told]
    parts = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    return [text for part in parts for text in _texts(part, depth - 1)] if depth else []


def _parsed(body: bytes) -> object:
    try:
        parsed: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return parsed


def seconds_of(retry_after: str) -> float | None:
    """Read a ``Retry-After`` header, seconds or a date: at most an hour, None where it is neither."""
    if retry_after.isdecimal():
        return min(LONGEST_WAIT, float(retry_after[:9]))
    try:
        date = parsedate_to_datetime(retry_after)
        wait = (date if date.tzinfo else date.replace(tzinfo=UTC)) - datetime.now(UTC)
    except (ValueError, OverflowError):  # the second: a time zone of more hours than a number holds
        return None
    return min(LONGEST_WAIT, max(0.0, wait.total_seconds()))

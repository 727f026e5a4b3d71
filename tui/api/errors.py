"""Everything that can go wrong between us and a Patchwork server, as one tree.

    ApiError
      Unreachable            no connection, no such host, refused, reset, an answer that broke off
        TlsRefused           the server's certificate or its TLS is not to be trusted
        AnswerLost           a write went out and its answer never came
      TimedOut               it took too long
      NotPatchwork           a web page, no JSON, JSON cut off, fields missing, sent to another host
        ApiOff               no API there: switched off, or another kind of server
      Misconfigured          something is set wrongly, here or there, and no retry helps
      Refused                the server said no, with a status
        NotAllowed           401, 403
          TokenRefused       a token is needed, or the one we have is not valid
          NotPermitted       known, but not allowed to
        NotFound             404
        Invalid              400, with the fields and what is wrong with them
        Conflict             409
        TooOld               its version of the API has not got what is asked for
        Busy                 429, 503
        ServerTrouble        any other 5xx

``str(error)`` is one line for people: what happened, to what, what to do now.  Nothing here
imports httpx, so that whoever catches these does not load it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui.core.text import clean

REASON_LENGTH = 200
"""How many characters of the server's own words are kept."""

_TAG = r"(?is)<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^<>]*>"
"""Compiled when first needed: 1 ms that no start waits for."""


def one_line(text: str) -> str:
    """Return a server's words as one clean line of at most 200 characters, without tags."""
    import html  # 3 ms, and only a refusal needs it

    words = html.unescape(re.sub(_TAG, " ", text[: 20 * REASON_LENGTH]))
    line = clean(" ".join(words.split()))
    return line if len(line) <= REASON_LENGTH else line[: REASON_LENGTH - 1] + "…"


class ApiError(Exception):
    """Something went wrong between us and a Patchwork server."""

    retryable = True
    """Whether the same request may well succeed later."""

    def __init__(self, sentence: str, *, status: int | None = None, reason: str = "") -> None:
        super().__init__(sentence)
        self.status = status
        """The HTTP status, where there was one."""
        self.reason = reason
        """The server's own words, on one clean line; empty where it had none."""


class Unreachable(ApiError):
    """No connection, no such host, refused, reset, or an answer that broke off."""


class TlsRefused(Unreachable):
    """The connection cannot be trusted: a bad certificate, or no TLS at all."""


class AnswerLost(Unreachable):
    """A write went out and no whole answer came: nobody knows whether it was taken.

    Read what the server has before writing again.
    """


class TimedOut(ApiError):
    """The server took too long to connect, to answer, or to come to an end."""


class NotPatchwork(ApiError):
    """What answered does not speak Patchwork's API: a web page, cut JSON, missing fields.

    Retryable, since a sign-in page of a network or a half-started server look like this too.
    """


class ApiOff(NotPatchwork):
    """The server has no API: switched off, or no Patchwork server."""


class Misconfigured(ApiError):
    """No request can succeed before somebody changes a setting: an address, a proxy, a
    certificate file, or the server's own.  The sentence says which.
    """

    retryable = False


class Refused(ApiError):
    """The server answered, and said no."""

    retryable = False


class NotAllowed(Refused):
    """401 or 403."""


class TokenRefused(NotAllowed):
    """The request needs a token, or the server does not know the one that we sent."""


class NotPermitted(NotAllowed):
    """The server knows who we are, and that they may not do this."""


class NotFound(Refused):
    """404: there is no such thing (or it is hidden from us)."""


class Invalid(Refused):
    """400: the server does not take these values."""

    def __init__(self, sentence: str, *, reason: str = "", fields: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence, status=400, reason=reason)
        self.fields = dict(fields or {})
        """Field name to everything that the server says about it, whole."""


class Conflict(Refused):
    """409: somebody else was there first.  Read before trying again."""


class TooOld(Refused):
    """The server's Patchwork is older than what is asked of it."""


class Busy(Refused):
    """429 or 503: not now."""

    retryable = True

    def __init__(
        self, sentence: str, *, status: int, reason: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(sentence, status=status, reason=reason)
        self.retry_after = retry_after
        """After how many seconds the server wants to be asked again; None where it does not say."""


class ServerTrouble(Refused):
    """5xx: the server, or what stands before it, has a fault of its own."""

    retryable = True

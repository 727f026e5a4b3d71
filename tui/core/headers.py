"""Headers of mails in a form to be read: unfolded, decoded (RFC 2047), addresses one by one.

Nothing is hidden and nothing is lost: what cannot be decoded stays as it came.  All that is
returned is clean (see ``tui.core.text``), but for ``Header.raw``.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import NamedTuple

from tui.core.text import clean

LONGEST = 20_000
"""Characters of one header that are looked at closely; a longer one is shown as it came.

A mail's server takes 998 a line, and the longest lists of people seen have some thousands.
"""

_FOLD = re.compile(r"\r?\n[ \t]+|\r|\n")
_ONE = r"=\?[^?\s]{1,60}\?(?:[bB]\?[A-Za-z0-9+/]+=*|[qQ]\?[^?\r\n]*)\?="
_WORD = re.compile(_ONE)
"""An encoded word (RFC 2047, section 2), with the spaces that some senders leave inside."""
_RUN = re.compile(rf"{_ONE}(?:[ \t]+{_ONE})*")
"""Words with nothing but space between are one text: a character may be cut between two."""

_ADDRESSES = frozenset(
    ("to", "cc", "bcc", "reply-to", "mail-followup-to", "resent-to", "resent-cc", "x-original-to")
)
_MSGIDS = frozenset(("references",))
_NO_CHARSETS = frozenset(("idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"))
"""Codecs that are none of a mail's charsets: some are slow by design, some act on what they read."""
_SIDE = re.compile(
    r"(?:dkim-|domainkey|arc-|authentication-|received|x-|list-|return-path|delivered-to|sender$"
    r"|errors-to|precedence|mime-version|content-|user-agent|autocrypt|feedback-id|archived-at|spam)",
    re.IGNORECASE,
)
"""What machines wrote, for machines: signatures, routes, lists.  RFC 6376, 8617, 8601, 5321, 2369."""


class Header(NamedTuple):
    """One header of a mail."""

    name: str
    lines: tuple[str, ...]
    """Its value; of addresses and message ids, one a line."""
    raw: str
    """The value as it came, folds and all."""
    is_side: bool = False
    """Whether it was written by machines on the way, and is no part of what the sender says."""

    @property
    def text(self) -> str:
        """It in one line, as it is copied."""
        return f"{self.name}: {(', ' if is_list_of_addresses(self.name) else ' ').join(self.lines)}"


def is_list_of_addresses(name: str) -> bool:
    """Say whether a header of this name holds addresses."""
    return name.lower() in _ADDRESSES


def read_headers(headers: Iterable[tuple[str, str]]) -> list[Header]:
    """Return headers to be read: the sender's in the order of the mail, then those of machines in theirs."""
    found = [_read(name, value) for name, value in headers]
    return sorted(found, key=lambda header: header.is_side)


def _read(name: str, value: str) -> Header:
    whole = unfold(value)
    if len(whole) > LONGEST:
        pieces = [whole]
    elif is_list_of_addresses(name):
        pieces = [decode(piece) for piece in split_addresses(whole)]
    elif name.lower() in _MSGIDS:
        pieces = whole.split()
    else:
        pieces = [decode(whole)]
    lines = tuple(clean(piece) for piece in pieces) or ("",)
    return Header(clean(name), lines, value, _SIDE.match(name.strip()) is not None)


def unfold(value: str) -> str:
    """Return a header's value in one line (RFC 5322, section 2.2.3)."""
    return _FOLD.sub(" ", value).strip()


def decode(text: str) -> str:
    """Return text with its encoded words decoded; those that cannot be decoded stay as they came."""
    if "=?" not in text or len(text) > LONGEST:
        return text
    return _RUN.sub(_decode_run, text)


def _decode_run(found: re.Match[str]) -> str:
    run = found[0]
    whole = _decode(run)
    if whole is not None:
        return whole
    return _WORD.sub(lambda word: word[0] if (one := _decode(word[0])) is None else one, run)


def _decode(words: str) -> str | None:
    """Return what some encoded words say together; None where one of them cannot be read."""
    from email.errors import HeaderParseError
    from email.header import decode_header  # 3 ms, and only a header needs it

    dense = _WORD.sub(lambda word: word[0].replace(" ", "_").replace("\t", "_"), words)
    try:
        return "".join(_text(piece, charset or "ascii") for piece, charset in decode_header(dense))
    except (HeaderParseError, LookupError, ValueError):
        return None  # a charset that nobody knows, or bytes that are none of its


def _text(piece: bytes | str, charset: str) -> str:
    if isinstance(piece, str):
        return piece
    codec = codecs.lookup(charset.partition("*")[0]).name  # RFC 2231, section 5: a language may follow
    if codec in _NO_CHARSETS:
        raise LookupError(charset)
    return piece.decode(codec)


def split_addresses(value: str) -> list[str]:
    """Return the addresses of a list, each as it was written.

    Commas in quotes, comments and angle brackets do not divide, nor do those in a group
    (``undisclosed-recipients:;``).  RFC 5322, section 3.4.
    """
    pieces: list[str] = []
    start = depth = 0
    quoted = bracketed = grouped = escaped = False
    for place, character in enumerate(value):
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = quoted or depth > 0
        elif quoted:
            quoted = character != '"'
        elif character == '"':
            quoted = not depth
        elif character in "()":
            depth = max(0, depth + (1 if character == "(" else -1))
        elif depth:
            continue
        elif character in "<>":
            bracketed = character == "<"
        elif character == ":":
            grouped = grouped or not bracketed
        elif character == ";":
            grouped = False
        elif character == "," and not (bracketed or grouped):
            pieces.append(value[start:place])
            start = place + 1
    pieces.append(value[start:])
    return [piece.strip() for piece in pieces if piece.strip()]

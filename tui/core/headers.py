"""A mail's headers as people read them: unfolded, decoded (RFC 2047), addresses one by one (RFC 5322)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import getaddresses
from typing import NamedTuple

ADDRESSES = frozenset({"to", "cc", "bcc", "reply-to", "mail-followup-to", "mail-reply-to"})
"""Headers that hold lists of addresses; From and Sender hold one."""
_FOLD = re.compile(r"[ \t]*\r?\n[ \t]+")


class Header(NamedTuple):
    """One header, decoded; not clean."""

    name: str
    values: tuple[str, ...]
    """More than one for a list of addresses."""


def read_headers(headers: Iterable[tuple[str, str]]) -> list[Header]:
    """Return the headers of a mail in their order; what cannot be decoded stays as it is."""
    return [Header(name, _values(name, value)) for name, value in headers]


def decode_value(value: str) -> str:
    """Return a header's value on one line, its encoded words decoded where they can be."""
    text = _FOLD.sub(" ", value).strip()
    if "=?" not in text:
        return text
    try:
        return str(make_header(decode_header(text)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return text


def _values(name: str, value: str) -> tuple[str, ...]:
    if name.lower() not in ADDRESSES:
        return (decode_value(value),)
    # Encoded words are decoded one by one: a comma in a name parts no addresses.
    text = _FOLD.sub(" ", value).strip()
    found = [(decode_value(who), where) for who, where in getaddresses([text]) if who or where]
    return tuple(f"{who} <{where}>" if who else where for who, where in found) or (decode_value(text),)

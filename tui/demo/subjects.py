"""What a mail's headers say about a patch: its name, prefixes, version, place; who wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tui.demo.mail import decode_header

_REPLY_OR_FORWARD = re.compile(r"^(re|fwd?)[:\s]\s*", re.I)
_REPLY = re.compile(r"^re[:\s]", re.I)
_BRACKETS = re.compile(r"^\[([^\]]*)\]\s*(.*)$")
_MERCURIAL = re.compile(r"^PATCH (\d+ of \d+)(.*)$")
_MARKER = re.compile(r".*?([0-9]+)(?:/| of )([0-9]+)$")
_VERSION = re.compile(r"^[vV](\d+)$")
_VERSION_INSIDE = re.compile(r"\([vV](\d+)\)")
_ADDRESS = re.compile(r'"?(.*?)"?\s*<([^>]+)>')
_OTHER_ADDRESS = re.compile(r'"?(.*?)"?\s*\(([^\)]+)\)')


@dataclass(eq=False, repr=False)
class Subject:
    """A subject, read as Patchwork reads it."""

    name: str
    """As Patchwork keeps it: ``[v4,20/24] iotests/307: Test ...``."""
    prefixes: list[str]
    number: int | None
    """``x`` of ``x/n``; 0 is a cover letter, None no such mark."""
    total: int | None
    version: int


def read_subject(raw: str, link_name: str) -> Subject:
    """Return what a raw Subject header says, in the project with this link name."""
    text = decode_header(raw)
    name, prefixes = clean_subject(text, link_name)
    marker = next(filter(None, map(_MARKER.match, prefixes)), None)
    version = next(filter(None, map(_VERSION.match, prefixes)), None) or _VERSION_INSIDE.search(name)
    return Subject(
        name=name[:255],
        prefixes=prefixes,
        number=int(marker[1]) if marker else None,
        total=int(marker[2]) if marker else None,
        version=int(version[1]) if version else 1,
    )


def is_reply(raw: str) -> bool:
    """Say whether a raw Subject header is that of a reply."""
    return bool(_REPLY.match(decode_header(raw)))


def clean_subject(text: str, link_name: str = "") -> tuple[str, list[str]]:
    """Return a subject without replies' marks and ``PATCH``, and the prefixes that are left."""
    rest = _REPLY_OR_FORWARD.sub("", text).strip()
    prefixes: list[str] = []
    while match := _BRACKETS.match(rest):
        prefixes += [
            token for token in _split_prefixes(match[1]) if token.lower() not in ("patch", link_name.lower())
        ]
        rest = match[2]
    return (f"[{','.join(prefixes)}] {rest}" if prefixes else rest), prefixes


def strip_prefixes(name: str) -> str:
    """Return a name without the brackets before it."""
    match = _BRACKETS.match(name)
    return match[2] if match else name.strip()


@cache
def read_sender(raw: str) -> tuple[str, str]:
    """Return name and address of a raw From header; either may be empty."""
    text = decode_header(raw)
    if match := _ADDRESS.match(text):
        return match[1].strip(), match[2].strip()
    if match := _OTHER_ADDRESS.match(text):
        return match[2].strip(), match[1].strip()
    return "", text


def _split_prefixes(inside: str) -> list[str]:
    tokens = []
    if match := _MERCURIAL.match(inside):
        tokens, inside = [match[1]], match[2]
    return tokens + [token for token in re.split(r"[,\s]+", inside) if token]

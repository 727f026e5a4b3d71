"""Mails in mbox files: a fast path to the few headers that loading needs, the rest when asked.

Loading 500 mails with the email package took more than the whole start is allowed to take, so
headers are found with plain string work, and bodies are decoded when somebody reads them.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property

_QUOTED_FROM = re.compile(rb"^>(>*From )", re.M)
_HEADER = re.compile(r"^([^:\n]+):[ \t]*(.*)", re.M)
_DATE = re.compile(r"(\d{1,2}) (\w{3}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? ([+-])(\d\d)(\d\d)")
_FOREIGN_WORD = r'[^\s<>"]*[^\x00-\x7f\s<>"][^\s<>"]*'
_FOREIGN = re.compile(f"{_FOREIGN_WORD}(?:\\s+{_FOREIGN_WORD})*")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WORD = re.compile(r"=\?([^?\s]+)\?([bBqQ])\?([^?\s]*)\?=")
_BETWEEN_WORDS = re.compile(r"\?=\s+=\?")
_DEMO = "x-demo-"


def split_mbox(data: bytes) -> Iterator[Mail]:
    """Yield the mails of an mboxrd file in their order."""
    for part in (b"\n" + data).split(b"\nFrom ")[1:]:
        yield Mail(part.partition(b"\n")[2])


class Mail:
    """One mail, as it was sent.  ``date`` is naive UTC, or None where it cannot be read."""

    def __init__(self, raw: bytes) -> None:
        head, _, self._body = raw.partition(b"\n\n")
        # Unfolded without a regular expression, which takes 8 ms for the corpus.
        self._head = _decode(head, None).replace("\n ", " ").replace("\n\t", " ")
        self._named: list[tuple[str, str]] = [
            (name.lower(), value) for name, value in _HEADER.findall(self._head)
        ]
        self._first: dict[str, str] = dict(reversed(self._named))
        self.date = parse_date(self.first("date"))

    def first(self, name: str) -> str:
        """Return the raw value of the first header of this name (in lower case), or ``""``."""
        return self._first.get(name, "").rstrip()

    def demo(self, name: str) -> list[str]:
        """Return the values of ``X-Demo-`` headers of this name (in lower case)."""
        key = _DEMO + name
        return [value.rstrip() for other, value in self._named if other == key] if key in self._first else []

    @property
    def headers(self) -> list[tuple[str, str]]:
        """All headers but ``X-Demo-`` ones, in ASCII, the date as it is after shifting."""
        pairs = [(name, value.rstrip()) for name, value in _HEADER.findall(self._head)]
        kept = [(name, to_ascii(value)) for name, value in pairs if not name.lower().startswith(_DEMO)]
        if self.date is None:
            return kept
        return [(name, format_date(self.date) if name.lower() == "date" else value) for name, value in kept]

    @property
    def is_plain(self) -> bool:
        """Whether the raw body is what a reader sees, but for characters quoted-printable marks."""
        kind, coding = self.first("content-type").lower(), self.first("content-transfer-encoding").lower()
        return "multipart/" not in kind and "base64" not in coding

    def mentions(self, *words: bytes) -> bool:
        """Whether the raw body holds one of some words; a quick look before a slow one."""
        return any(word in self._body for word in words)

    @cached_property
    def parts(self) -> list[tuple[str, str]]:
        """The text parts, as subtype and text, decoded as Patchwork decodes them."""
        body = _QUOTED_FROM.sub(rb"\1", self._body.replace(b"\r\n", b"\n"))
        kind = self.first("content-type")
        if "multipart/" in kind.lower():
            return _read_multipart(f"Content-Type: {kind}\n\n".encode() + body)
        if kind and not kind.lower().lstrip().startswith("text/"):
            return []
        coding = self.first("content-transfer-encoding").lower()
        if coding == "quoted-printable":
            body = binascii.a2b_qp(body)
        elif coding == "base64":
            body = _decode_base64(body)
        charset = re.search(r"charset=\"?([\w.:-]+)", kind, re.I)
        subtype = re.match(r"\s*text/([\w.+-]+)", kind, re.I)
        return [(subtype[1].lower() if subtype else "plain", _decode(body, charset and charset[1]))]


def decode_header(value: str) -> str:
    """Return a header's value with encoded words read and white space made single.

    The email package does it too, at 4 ms of imports.
    """
    if "=?" in value:
        value = _WORD.sub(_decode_word, _BETWEEN_WORDS.sub("?==?", value))
    return " ".join(value.replace("\0", "").split())


def _decode_word(word: re.Match[str]) -> str:
    data = word[3].encode()
    return _decode(_decode_base64(data) if word[2] in "bB" else binascii.a2b_qp(data, header=True), word[1])


def to_ascii(value: str) -> str:
    """Return a header's value with its words outside ASCII as encoded words."""
    if value.isascii():
        return value
    from email.header import Header

    return _FOREIGN.sub(lambda words: Header(words[0], "utf-8", maxlinelen=10**6).encode(), value)


def parse_date(text: str) -> datetime | None:
    """Return a Date header as naive UTC, or None where it makes no sense."""
    found = _DATE.search(text)
    if found is None or found[2] not in _MONTHS:
        return None
    day, month, year, hour, minute, second = found.group(1, 2, 3, 4, 5, 6)
    east = timedelta(hours=int(found[8]), minutes=int(found[9])) * (1 if found[7] == "+" else -1)
    try:
        local = datetime(
            int(year),
            _MONTHS.index(month) + 1,
            int(day),
            int(hour),
            int(minute),
            int(second or 0),
        )
        return local - east
    except (ValueError, OverflowError):
        return None


def format_date(date: datetime) -> str:
    """Return a naive UTC date as a Date header has it, whatever the locale."""
    return f"{_DAYS[date.weekday()]}, {date.day} {_MONTHS[date.month - 1]} {date:%Y %H:%M:%S} +0000"


def _decode(data: bytes, charset: str | None) -> str:
    for name in (charset or "utf-8", "windows-1252"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return data.decode("iso-8859-1")


def _decode_base64(body: bytes) -> bytes:
    try:
        return binascii.a2b_base64(body)
    except binascii.Error:
        return body


def _read_multipart(data: bytes) -> list[tuple[str, str]]:
    from email import message_from_bytes

    found = []
    for part in message_from_bytes(data).walk():
        payload = part.get_payload(decode=True)
        if part.get_content_maintype() == "text" and isinstance(payload, bytes):
            text = _decode(payload, part.get_content_charset())
            found.append((part.get_content_subtype(), text.replace("\r\n", "\n")))
    return found

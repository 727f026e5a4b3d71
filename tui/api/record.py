"""One answer's JSON, read field by field; every reading that fails is a NotPatchwork.

What a server leaves out or sets to null degrades; without an essential field NotPatchwork is
raised, naming the field.  Addresses are rebased: servers behind TLS say ``http://`` in their
payloads, and some name another host.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from tui.api.errors import NotPatchwork

T = TypeVar("T")

_LARGEST = 2**63 - 1  # what SQLite can hold; a larger number is a damaged one


def parse_json(text: bytes, server: str) -> object:
    """Return what the text of an answer says; raise NotPatchwork where it is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise NotPatchwork(f"{server} sent an answer that breaks off or is no JSON; try again") from None


def decode_list(value: object, server: str, decode: Callable[[Record], T]) -> tuple[T, ...]:
    """Decode a list of objects; raises NotPatchwork."""
    if not isinstance(value, list):
        raise _misshapen(server, "a list")
    return tuple(decode(Record(item, server)) for item in value)


class Record:
    """One JSON object of an answer, read field by field."""

    __slots__ = ("fields", "server")

    def __init__(self, value: object, server: str) -> None:
        if not isinstance(value, dict):
            raise _misshapen(server, "an object")
        self.fields: dict[str, Any] = value
        self.server = server

    def number(self, key: str, least: int = 1) -> int:
        """Return an essential number, such as an id."""
        value = self.fields.get(key)
        if type(value) is not int or not least <= value <= _LARGEST:
            raise self._bad(key)
        return value

    def count(self, key: str, default: int) -> int:
        """Return a number from 0 on that may be missing or null."""
        return default if self.fields.get(key) is None else self.number(key, least=0)

    def text(self, key: str) -> str:
        """Return a text; empty where it is missing or null."""
        value = self.fields.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self._bad(key)
        return storable(value)

    def essential(self, key: str) -> str:
        """Return a text that must not be missing or empty."""
        value = self.text(key)
        if not value:
            raise self._bad(key)
        return value

    def flag(self, key: str) -> bool:
        """Return a truth value; false where it is missing or null."""
        value = self.fields.get(key)
        if value is not None and not isinstance(value, bool):
            raise self._bad(key)
        return bool(value)

    def date(self, key: str) -> datetime:
        """Return an essential date, naive as Patchwork's are; one with an offset is turned to UTC."""
        try:
            date = datetime.fromisoformat(self.text(key))
            return date.astimezone(UTC).replace(tzinfo=None) if date.tzinfo else date
        except (ValueError, OverflowError):
            raise self._bad(key) from None

    def record(self, key: str) -> Record | None:
        """Return an embedded object, or None where it is missing or null."""
        value = self.fields.get(key)
        return None if value is None else Record(value, self.server)

    def needed(self, key: str) -> Record:
        """Return an essential embedded object."""
        value = self.fields.get(key)
        if not isinstance(value, dict):
            raise self._bad(key)
        return Record(value, self.server)

    def records(self, key: str) -> list[Record]:
        """Return a list of embedded objects; empty where it is missing or null."""
        value = self.fields.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._bad(key)
        return [Record(item, self.server) for item in value]

    def page(self, key: str, fallback: str = "") -> str:
        """Return the address of a page of this server, on the configured scheme, host and port.

        Only path and query are taken from the payload; the fallback is such a path, for
        servers before API 1.1, which name no pages.
        """
        try:
            parts = urlsplit(self.text(key))
        except ValueError:
            parts = urlsplit("")
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if not path.startswith("/") or not _is_plain(path):
            return self.server + fallback if fallback else ""
        root = urlsplit(self.server)
        return f"{root.scheme}://{root.netloc}{path}"

    def link(self, key: str) -> str:
        """Return an address elsewhere, such as a CI's; empty unless it is http or https."""
        value = self.text(key)
        return value if value.lower().startswith(("http://", "https://")) and _is_plain(value) else ""

    def _bad(self, key: str) -> NotPatchwork:
        told = "a damaged" if self.fields.get(key) is not None else "no"
        return NotPatchwork(
            f"{self.server} sent an answer with {told} {key!r}; it may be no Patchwork, or a newer one"
        )


def _is_plain(address: str) -> bool:
    """Say whether an address is written as addresses are, in visible ASCII."""
    return address.isascii() and address.isprintable() and " " not in address


def _misshapen(server: str, wanted: str) -> NotPatchwork:
    return NotPatchwork(f"{server} sent an answer that is not {wanted}; it may be no Patchwork server")


def storable(text: str) -> str:
    """Return a text without lone surrogates, which JSON can carry and SQLite cannot."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

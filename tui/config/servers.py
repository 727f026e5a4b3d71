"""The known public Patchwork servers."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).with_name("servers.toml")


class KnownServer(NamedTuple):
    """A public server."""

    name: str
    address: str
    """Its root address, without /api and without a slash at the end."""
    about: str
    """What is there, in one line."""


@cache
def known_servers() -> tuple[KnownServer, ...]:
    """Return the known servers, in the order in which a link name is looked up."""
    listed = tomllib.loads(_FILE.read_text(encoding="utf-8"))["server"]
    return tuple(KnownServer(s["name"], s["address"], s["about"]) for s in listed)


def secured(root: str) -> str:
    """Return the https address of a known server; any other root address as it is.

    Settings of other tools often say ``http:`` of servers that have long been asked over https.
    """
    if not root.startswith("http://"):
        return root
    secure = f"https://{root.removeprefix('http://')}"
    return secure if secure in {known.address for known in known_servers()} else root

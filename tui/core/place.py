"""Where to open: the PROJECT argument, a link name or an address copied from a browser."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit


class PlaceKind(StrEnum):
    """What a place is."""

    ANYWHERE = "anywhere"
    PROJECT = "project"
    SERIES = "series"
    PATCH = "patch"
    COVER = "cover"


class Place(NamedTuple):
    """A spot on a server."""

    kind: PlaceKind
    server: str = ""
    """Root address without /api and without a slash at the end; empty when it is not said."""
    project: str = ""
    """Link name; empty when it is not said (an old numeric address names none)."""
    ref: str = ""
    """A series id, a patch id, or a message id without angle brackets."""


Reader = Callable[[str, list[str], dict[str, list[str]]], Place]

_DIGITS = 18  # what any database holds
_NAME = re.compile(r"(?!\.+\Z)[\w.+-]+\Z")
_MESSAGE_ID = re.compile(r"[!-;=?-~]{1,200}@[!-;=?-~]{1,200}", re.ASCII)
_HOST = re.compile(r"[\w.-]+\.[\w-]+(:\d+)?|localhost(:\d+)?|\[[0-9A-Fa-f:]+\](:\d+)?", re.ASCII)


def parse_place(text: str) -> Place:
    """Read the PROJECT argument.

    Takes ``link-name``, ``server/link-name``, and the addresses of Patchwork's web pages and
    API: a project's list, a series (``?series=N``), a patch, a cover letter, old numeric ones
    among them.  Raises ValueError with a sentence for anything else.
    """
    text = text.strip()
    _refuse_unprintable(text, text)
    if not text:
        return Place(PlaceKind.ANYWHERE)
    if "://" in text:
        return _parse_address(text)
    if "/" not in text:
        if not _NAME.match(text):
            raise ValueError(f"{text!r} is no project's link name; it looks like qemu-devel")
        return Place(PlaceKind.PROJECT, project=text)
    host, _, rest = text.partition("/")
    if _HOST.fullmatch(host):
        rest = rest.strip("/")
        if rest and "/" not in rest and "?" not in rest and _NAME.match(rest):
            return Place(PlaceKind.PROJECT, _server(host), rest)
        return _parse_address(f"{_server(host)}/{rest}")
    raise ValueError(f"{text!r} names no server; write patchwork.kernel.org/netdevbpf, or a whole address")


def parse_target(text: str) -> Place:
    """Read what is to be opened: as parse_place does, or a message id, alone or in an archive's address.

    Such a place is a patch of no server and no project; it may be a cover letter.  Raises ValueError.
    """
    text = text.strip()
    bare = text.removeprefix("<").removesuffix(">")
    if ("/" not in bare or bare != text) and _MESSAGE_ID.fullmatch(bare):
        return Place(PlaceKind.PATCH, ref=bare)
    place = parse_place(text)
    if place.kind is PlaceKind.ANYWHERE and "@" in unquote(place.server):
        parts = (unquote(part) for part in urlsplit(place.server).path.split("/"))
        if found := next((part for part in parts if _MESSAGE_ID.fullmatch(part)), ""):
            return Place(PlaceKind.PATCH, ref=found)
    return place._replace(server=server_root(place.server)) if place.server else place


def _refuse_unprintable(part: str, text: str) -> None:
    if not part.isprintable():  # controls, and bytes that are no text, which are lone surrogates
        raise ValueError(f"{text!a} has characters in it that no name and no address has")


def _server(host: str) -> str:
    """The root address of a host named without a scheme: plain http only on this machine."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return f"{'http' if name in ('localhost', '127.0.0.1', '[::1]') else 'https'}://{host}"


def _parse_address(text: str) -> Place:
    parts = _split(text)
    segments = [s for s in parts.path.split("/") if s]
    if not all(unquote(s).strip(".") for s in segments):
        raise ValueError(f"{text!r} has dots for a name, and no server and no project is called so")
    query = parse_qs(parts.query)
    for index, segment in enumerate(segments):
        if segment in _READERS:
            server = f"{parts.scheme}://{parts.netloc}" + "".join(f"/{s}" for s in segments[:index])
            # A message id may hold what an address writes as %2B or %2F; whoever sends it quotes it anew.
            rest = [unquote(s, errors="surrogateescape") for s in segments[index + 1 :]]
            place = _READERS[segment](server, rest, query)
            _refuse_unprintable(place.project + place.ref, text)
            if place.ref.isdecimal() and len(place.ref) > _DIGITS:
                raise ValueError(f"{text!r} has a number in it that no server has")
            return place
    server = f"{parts.scheme}://{parts.netloc}" + "".join(f"/{s}" for s in segments)
    return Place(PlaceKind.ANYWHERE, server)


def _split(text: str) -> SplitResult:
    """Take an http address apart.  Raises ValueError with a sentence where it is none."""
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no http address: {error}") from None
    if parts.username or parts.password:
        raise ValueError("an address must carry no user name or password; see the README for where they go")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{text!r} is no http address of a Patchwork server")
    try:
        parts.port  # noqa: B018 - raises ValueError for a port that is none
    except ValueError:
        raise ValueError(f"{text!r} has a port that is none; ports go from 0 to 65535") from None
    return parts


def _project(server: str, rest: list[str], query: dict[str, list[str]]) -> Place:
    """``/project/NAME/list/?series=N``, ``/project/NAME/patch/MSGID/``, ``.../cover/MSGID/``."""
    name = rest[0] if rest else ""
    if len(rest) >= 3 and rest[1] in ("patch", "cover"):
        return Place(PlaceKind(rest[1]), server, name, rest[2].strip("<>"))
    if series := query.get("series"):
        return Place(PlaceKind.SERIES, server, name, series[0])
    return Place(PlaceKind.PROJECT if name else PlaceKind.ANYWHERE, server, name)


def _numbered(kind: PlaceKind) -> Reader:
    def read(server: str, rest: list[str], query: dict[str, list[str]]) -> Place:
        """``/patch/N/``, ``/series/N/mbox/``: addresses that name no project."""
        return Place(kind, server, "", rest[0]) if rest else Place(PlaceKind.ANYWHERE, server)

    return read


def _api(server: str, rest: list[str], query: dict[str, list[str]]) -> Place:
    """``/api/1.2/patches/N/`` and the like."""
    rest = rest[1:] if rest and re.fullmatch(r"\d+\.\d+", rest[0]) else rest
    kinds = {"patches": PlaceKind.PATCH, "covers": PlaceKind.COVER, "series": PlaceKind.SERIES}
    if len(rest) >= 2 and rest[0] in kinds:
        return Place(kinds[rest[0]], server, "", rest[1])
    if len(rest) >= 2 and rest[0] == "projects":
        return Place(PlaceKind.PROJECT, server, rest[1])
    return Place(PlaceKind.ANYWHERE, server)


_READERS: dict[str, Reader] = {
    "project": _project,
    "api": _api,
    "patch": _numbered(PlaceKind.PATCH),
    "cover": _numbered(PlaceKind.COVER),
    "series": _numbered(PlaceKind.SERIES),
}


def server_root(address: str) -> str:
    """Return a server's root address in its one spelling, so that addresses can be compared.

    Takes what people write: ``patchwork.example.org``, ``https://Patchwork.example.org:443/``,
    git-pw's ``https://patchwork.example.org/api/1.2/``.  Raises ValueError with a sentence.
    """
    address = address.strip()
    if "://" not in address and not _HOST.fullmatch(address.partition("/")[0]):
        raise ValueError(f"{address!a} is no server's address; it looks like https://patchwork.example.org")
    parts = urlsplit(parse_place(address if "://" in address else address + "/").server)
    name = parts.hostname or ""  # never empty: it was read as an address
    host = f"[{name}]" if ":" in name else name
    port = parts.port if parts.port != {"http": 80, "https": 443}[parts.scheme] else None
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{parts.path.rstrip('/')}"

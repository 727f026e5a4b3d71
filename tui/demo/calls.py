"""One request as handlers see it, and the ways to refuse it."""

from __future__ import annotations

import json
from binascii import Error as Base64Error
from binascii import a2b_base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qs, parse_qsl, urlencode

from starlette.datastructures import Headers, QueryParams
from starlette.responses import JSONResponse, Response

from tui.demo.links import Json, Links
from tui.demo.model import Patch
from tui.demo.registry import USERS, User
from tui.demo.world import World

PAGE = 30
LONGEST_PAGE = 250
T = TypeVar("T")


class Refused(Exception):
    """A request is answered with an error."""

    def __init__(self, status: int, body: Json | str) -> None:
        super().__init__(status)
        self.status = status
        self.body: Json = {"detail": body} if isinstance(body, str) else body


class NoSuchPage(Exception):
    """No address of the server is like this: answered with a page, not with JSON."""


def refuse_stranger(user: User | None) -> Refused:
    """Return the error for somebody who may not do this, known or not."""
    if user is None:
        return Refused(403, "Authentication credentials were not provided.")
    return Refused(403, "You do not have permission to perform this action.")


@dataclass(eq=False, repr=False)
class Call:
    """A request: ``path`` is below the API's root, in parts."""

    world: World
    method: str
    path: tuple[str, ...]
    url: str
    params: QueryParams
    headers: Headers
    body: bytes
    links: Links
    user: User | None

    def data(self) -> Json:
        """Return the body's fields, of JSON or of a form.  Raises Refused."""
        kind = self.headers.get("content-type", "application/json").split(";")[0].strip().lower()
        if kind == "application/x-www-form-urlencoded":
            fields = parse_qs(self.body.decode("utf-8", "replace"), keep_blank_values=True)
            return {name: values[0] if len(values) == 1 else values for name, values in fields.items()}
        if kind != "application/json":
            raise Refused(415, f'Unsupported media type "{kind}" in request.')
        try:
            data = json.loads(self.body or b"{}")
        except ValueError as error:
            raise Refused(400, f"JSON parse error - {error}") from None
        if not isinstance(data, dict):
            raise Refused(
                400, {"detail": [f"Invalid data. Expected a dictionary, but got {type(data).__name__}."]}
            )
        return data

    def answer(self, found: Sequence[T], show: Callable[[T, Links], Json]) -> Response:
        """Return a page of a list, with Link headers.  Raises Refused past the end."""
        size = self._page_size()
        last = max(1, -(-len(found) // size))
        text = self.params.get("page", "1")
        number = last if text == "last" else int(text) if text.isdecimal() else 0
        if not 1 <= number <= last:
            raise Refused(404, "Invalid page.")
        rows = found[(number - 1) * size : number * size]
        return JSONResponse(
            [show(one, self.links) for one in rows], headers={"Link": self._link(number, last)}
        )

    def _page_size(self) -> int:
        text = self.params.get("per_page", "")
        size = int(text) if text.isdecimal() else 0
        return min(size, LONGEST_PAGE) if size > 0 else PAGE

    def _link(self, number: int, last: int) -> str:
        links = []
        if number < last:
            links.append(f'<{self._page_url(number + 1)}>; rel="next"')
        if number > 1:
            links.append(f'<{self._page_url(number - 1 if number > 2 else None)}>; rel="prev"')
        links.append(f'<{self._page_url(1)}>; rel="first"')
        links.append(f'<{self._page_url(last)}>; rel="last"')
        return ", ".join(links)

    def _page_url(self, number: int | None) -> str:
        base, _, query = self.url.partition("?")
        pairs = [(key, value) for key, value in parse_qsl(query, keep_blank_values=True) if key != "page"]
        if number is not None:
            pairs.append(("page", str(number)))
        return f"{base}?{urlencode(sorted(pairs, key=lambda pair: pair[0]))}" if pairs else base


def find_patch(call: Call, number: int) -> Patch:
    """Return a patch by its id.  Raises Refused."""
    patch = call.world.patches.get(number)
    if patch is None:
        raise Refused(404, "No Patch matches the given query.")
    return patch


def find_user(headers: Headers) -> User | None:
    """Return who sent a request; nobody where it does not say.  Raises Refused."""
    scheme, _, secret = headers.get("authorization", "").strip().partition(" ")
    if scheme.lower() == "token":
        for user in USERS:
            if user.token == secret.strip():
                return user
        raise Refused(403, "Invalid token." if secret else "Invalid token header. No credentials provided.")
    if scheme.lower() == "basic":
        try:
            name, _, password = a2b_base64(secret, strict_mode=True).decode().partition(":")
        except (Base64Error, UnicodeDecodeError):
            raise Refused(403, "Invalid basic header. Credentials not correctly base64 encoded.") from None
        for user in USERS:
            if (user.username, user.password) == (name, password):
                return user
        raise Refused(403, "Invalid username/password.")
    return None

"""Addresses of requests and redirects: which can be read at all, and which are of the same server."""

from __future__ import annotations

import httpx

from tui.api.errors import one_line

DEFAULT_PORT = {"http": 80, "https": 443}


def readable(address: str, base: httpx.URL | None = None) -> httpx.URL:
    """Return an address, relative to a base if there is one.  Raises ValueError for one that is none.

    httpx takes ``http://xn--a.example``, and raises only when its host is read; and what it
    does not take is no ValueError to it.
    """
    try:
        url = base.join(address) if base else httpx.URL(address)
    except httpx.InvalidURL as error:
        raise ValueError("this is no address") from error
    _ = url.host
    return url


def origin(url: httpx.URL) -> tuple[str, str, int | None]:
    """Return scheme, host and port, the port also where it is the usual one."""
    return url.scheme, url.host, url.port or DEFAULT_PORT.get(url.scheme)


def site(location: str) -> str:
    """Name where a redirect leads, as far as people need to know."""
    try:
        url = readable(location)
    except ValueError:
        return "no valid address"
    return one_line(f"{url.scheme}://{url.host}") if url.host else "another page"


def rebased(root: httpx.URL, asked: httpx.URL, location: str, *, verified: bool) -> httpx.URL:
    """Return where a redirect of a read leads: its path and query, on the scheme, host and port of
    the configured server, or on https of the same host where TLS is verified.

    Raises ValueError for an address that is none, or one of another server.
    """
    target = readable(location, asked)
    if not location or target.host != root.host or target.scheme not in DEFAULT_PORT:
        raise ValueError("another host")
    if origin(target) == origin(root):
        return target.copy_with(userinfo=b"", fragment=None)
    upgraded = root.scheme == "http" and target.scheme == "https"
    if upgraded and not verified:  # TLS that is not verified is no step up
        raise ValueError("no step up")
    if not upgraded and target.port not in (None, root.port):
        raise ValueError("another port")
    port = target.port if upgraded else root.port
    scheme = "https" if upgraded else root.scheme
    return httpx.URL(scheme=scheme, host=root.host, port=port, raw_path=target.raw_path)

"""Addresses as one request sees them: its scheme and host, and the API version it asked for."""

from __future__ import annotations

from dataclasses import dataclass

Json = dict[str, object]
VERSIONS = ("1.0", "1.1", "1.2", "1.3", "1.4")


@dataclass(eq=False, repr=False)
class Links:
    """Builds absolute addresses.  ``version`` is "" where the request named none, which means the
    latest.
    """

    base: str
    version: str

    def has(self, version: str) -> bool:
        """Whether the request's version is at least this one."""
        return not self.version or self.version >= version

    def api(self, *path: str | int) -> str:
        """Return an address in the API, at the version asked for."""
        start = f"{self.base}/api/{self.version}/" if self.version else f"{self.base}/api/"
        return start + "".join(f"{part}/" for part in path)

    def plain_api(self, *path: str | int) -> str:
        """Return an address without a version: Patchwork has some, whatever was asked for."""
        return f"{self.base}/api/" + "".join(f"{part}/" for part in path)

    def web(self, path: str) -> str:
        """Return an address outside the API."""
        return f"{self.base}/{path}"

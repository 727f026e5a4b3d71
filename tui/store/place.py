"""Where a server's store lies."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit

LONGEST = 120
"""Characters of a file's name before its hash takes over; what is set aside gets a date on top."""


def data_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of all stores: ``$PWTUI_DATA``, or pwtui in the user's data folder."""
    if own := environ.get("PWTUI_DATA"):
        return Path(own).expanduser()
    base = Path(environ.get("XDG_DATA_HOME", ""))
    if not base.is_absolute():  # the XDG specification has relative ones ignored
        base = Path.home() / ".local" / "share"
    return base / "pwtui"


def store_path(server: str, data: Path) -> Path:
    """Return the file of a server, named by its host, its port and its path.

    ``https://example.org:8443/patchwork/`` is in ``example.org_8443+patchwork.sqlite``.
    """
    parts = urlsplit(server)
    port = parts.port or {"http": 80}.get(parts.scheme)
    host = quote(parts.hostname or "").replace("_", "%5F")
    host += f"_{port}" if port and port != 443 else ""
    name = "+".join([host, *(quote(piece) for piece in parts.path.split("/") if piece)]).lstrip(".")
    if len(name) > LONGEST:
        import hashlib  # it loads all of OpenSSL, at every start

        name = f"{name[:LONGEST]}-{hashlib.sha256(name.encode()).hexdigest()[:12]}"
    return data / f"{name or 'server'}.sqlite"

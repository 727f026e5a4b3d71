"""Mails as a file of them (RFC 4155), from what the API gives: headers, and content and diff decoded."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tui.core.model import Body

_SEPARATOR = re.compile(r"^(?=>*From )", re.MULTILINE)
_ENCODED = ("content-type", "content-transfer-encoding", "mime-version")
"""Headers that say how the mail was on the wire; here it is plain UTF-8."""


def mbox_of(bodies: Iterable[Body]) -> bytes:
    """Return mails as ``git am`` takes them.  A line of a message that begins with From gets a > before."""
    return b"".join(_mail(body) for body in bodies)


def _mail(body: Body) -> bytes:
    headers = [(name, value) for name, value in body.headers if name.lower() not in _ENCODED]
    headers += [("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=utf-8")]
    headers += [("Content-Transfer-Encoding", "8bit"), ("X-Patchwork-Id", str(abs(body.id)))]
    lines = [f"{_in_a_line(name)}: {_folded(value)}" for name, value in headers]
    content = _SEPARATOR.sub(">", body.content).rstrip("\n")
    text = "\n".join(["From patchwork Thu Jan  1 00:00:00 1970", *lines, "", content, "", body.diff])
    return f"{text.rstrip()}\n\n".encode("utf-8", "replace")


def _in_a_line(name: str) -> str:
    return re.sub(r"[\s:]+", "-", name)


def _folded(value: str) -> str:
    """Return a header's value with each line after the first one indented: none begins another header."""
    return "\n ".join(line.strip() for line in value.splitlines() if line.strip())

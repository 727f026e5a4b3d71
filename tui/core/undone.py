"""What a server left undone in a mail's text: markup where text was promised, base64, quoted-printable.

Patchwork decodes what a mail's headers declare; some clients declare one thing and send another.
"""

from __future__ import annotations

import binascii
import re

_HTML = re.compile(r"\s*(?:<!doctype html|<html|<head|<body|<div|<p>|<meta |<table)", re.I)
_CLOSED = re.compile(r"</(?:html|body|div|p|table)>\s*\Z", re.I)
_BASE64 = re.compile(
    r"(?:[A-Za-z0-9+/]{40,80}\r?\n)+[A-Za-z0-9+/]{1,80}={0,2}\s*|[A-Za-z0-9+/]{60,}={0,2}\s*"
)
_SOFT_BREAK = re.compile(r"=\n")
_OCTET = re.compile(r"=([0-9A-F]{2})")


def undo(content: str) -> str:
    """Return the text that was meant; what is only text comes back as it is."""
    if _HTML.match(content) and _CLOSED.search(content):
        from tui.core.markup import read_markup  # 3 ms: nearly no mail needs it

        return read_markup(content)
    if _BASE64.fullmatch(content):
        return _read_base64(content)
    if _is_quoted_printable(content):
        return _read_quoted_printable(content)
    return content


def _is_quoted_printable(content: str) -> bool:
    """Say whether nobody decoded a text: soft breaks, and no equals sign but in octets."""
    breaks = len(_SOFT_BREAK.findall(content))
    octets = content.count("=3D") + content.count("=20\n") + content.count("=C3=") + content.count("=E2=80=")
    return octets > 0 and breaks + octets >= 2 and content.count("=") == breaks + len(_OCTET.findall(content))


def _read_quoted_printable(content: str) -> str:
    try:
        return binascii.a2b_qp(content.encode()).decode()
    except (UnicodeDecodeError, binascii.Error):
        return content


def _read_base64(content: str) -> str:
    try:
        text = binascii.a2b_base64(content.encode()).decode()
    except (UnicodeDecodeError, binascii.Error):
        return content
    return text if text.isprintable() or "\n" in text else content

"""Addresses of the web in a text."""

from __future__ import annotations

import re
from typing import NamedTuple

_LINK = re.compile(r"https?://[^\s<>\"'`\\^{}|\u2028\u2029]{3,2000}", re.I)
_BEHIND = ".,;:!?*_"
_BRACKETS = {")": "(", "]": "["}


class Link(NamedTuple):
    """An address and where it stands in its text."""

    start: int
    end: int
    url: str


def find_links(text: str) -> list[Link]:
    """Return the http and https addresses of a text, without what only ends the sentence around them."""
    found: list[Link] = []
    for match in _LINK.finditer(text) if "://" in text else ():
        url = match[0].rstrip(_BEHIND)
        while url[-1] in _BRACKETS and url.count(url[-1]) > url.count(_BRACKETS[url[-1]]):
            url = url[:-1].rstrip(_BEHIND)
        if len(url) > len("https://"):
            found.append(Link(match.start(), match.start() + len(url), url))
    return found

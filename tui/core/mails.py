"""The mails in the mbox that Patchwork makes of a series, taken apart as the API gives them.

It is nearly what the patches have: the trailers of comments stand in the messages, white space at
the ends of a message is gone, and where its diff begins has to be found again
(patchwork/views/utils.py, Patchwork 2.0 to 3.2).
"""

from __future__ import annotations

import re
from email.parser import HeaderParser

from tui.core.model import Body

_MAIL = re.compile(r"(?:\A|\n)From patchwork \w{3} .*\n(?=[A-Za-z-]+: )")
_DIFF = re.compile(r"^(?:diff (?:--git |-)|Index: |--- .+\n\+\+\+ )", re.MULTILINE)
_OF_THE_WIRE = ("content-type", "content-transfer-encoding", "mime-version")
_ID = "x-patchwork-id"


def bodies_of(mbox: str, *, is_cut: bool = False) -> list[Body]:
    """Return the texts of patches; of an mbox that ``is_cut`` somewhere, all but the last one."""
    mails = _MAIL.split(mbox)[1:]
    return [body for mail in (mails[:-1] if is_cut else mails) if (body := _body(mail))]


def _body(mail: str) -> Body | None:
    head, _, text = mail.partition("\n\n")
    headers = HeaderParser().parsestr(head)
    number = (headers.get(_ID) or "").strip()
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        return None
    if headers.get("content-transfer-encoding", "8bit").strip().lower() not in ("7bit", "8bit"):
        return None
    shown = tuple(
        (name, str(value))
        for name, value in headers.items()
        if name.lower() not in _OF_THE_WIRE and not name.lower().startswith("x-patchwork-")
    )
    start = _DIFF.search(text)
    at = start.start() if start else len(text)
    return Body(int(number), shown, text[:at].rstrip(), text[at:])

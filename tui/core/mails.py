"""The mails in the mbox that Patchwork makes of a series, taken apart as the API gives them.

It is nearly what the patches have: the trailers of comments stand in the messages, white space at
the ends of a message is gone, and where its diff begins has to be found again
(patchwork/views/utils.py, Patchwork 2.0 to 3.2).
"""

from __future__ import annotations

import re
from collections import Counter
from email.parser import HeaderParser

from tui.core.model import Body

_MAIL = re.compile(r"(?:\A|\n)From patchwork \w{3} .*\n(?=[A-Za-z-]+: )")
_DIFF = re.compile(r"^(?:diff (?:--git |-)|Index: |--- .+\n\+\+\+ )", re.MULTILINE)
_OF_THE_WIRE = ("content-type", "content-transfer-encoding", "mime-version")
_ID = "x-patchwork-id"


def bodies_of(mbox: str, *, is_cut: bool = False) -> list[Body]:
    """Return the texts of patches; of an mbox that ``is_cut`` somewhere, all but the last one.

    A message may quote a mail of an mbox: what is there twice or without a number is not the
    server's, and what stands before it is not whole.
    """
    bodies = [_body(mail) for mail in _MAIL.split(mbox)[1:]]
    times = Counter(body.id for body in bodies if body)
    sound = [body is not None and times[body.id] == 1 for body in bodies] + [not is_cut]
    return [
        body for body, whole, after in zip(bodies, sound, sound[1:], strict=False) if body and whole and after
    ]


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

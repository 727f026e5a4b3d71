"""Headers as people read them."""

from __future__ import annotations

import pytest

from tui.core.headers import decode_value, read_headers


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?Hana_Kov=C3=A1=C5=99ov=C3=A1?=", "Hana Kovářová"),
        ("=?iso-8859-1?Q?J=F6rg?= =?utf-8?B?wqE=?=", "Jörg¡"),
        ("a line\n that goes on\r\n\tand on", "a line that goes on and on"),
        ("=?no-such-charset?q?=E4?=", "=?no-such-charset?q?=E4?="),
        ("=?utf-8?b?not base64?=", "=?utf-8?b?not base64?="),
        ("=?utf-8?q?=FF=FE?=", None),
        ("=?", "=?"),
    ],
)
def test_values_are_decoded_where_they_can_be(raw: str, read: str | None) -> None:
    assert decode_value(raw) == read if read is not None else decode_value(raw)


def test_addresses_come_one_by_one() -> None:
    first, second = '"Ashdown, Ruth" <ruth@example.org>', "=?utf-8?q?M=C3=BCller=2C_Jo?= <jo@example.org>"
    to = f"{first},\n {second}, list@example.org"
    headers = read_headers(
        [("To", to), ("Subject", "one, two"), ("Cc", "undisclosed-recipients:;"), ("Cc", "")]
    )
    assert headers[0].values == (
        "Ashdown, Ruth <ruth@example.org>",
        "Müller, Jo <jo@example.org>",
        "list@example.org",
    )
    assert headers[1].values == ("one, two",)
    assert headers[2].values == ("undisclosed-recipients:;",)
    assert headers[3].values == ("",)

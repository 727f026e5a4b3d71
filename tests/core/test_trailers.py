"""Trailers are told from prose and from what others wrote, whatever client wrapped them."""

from __future__ import annotations

import email
import mailbox
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import tui.demo
from tui.core.trailers import (
    ACKED,
    COUNTED,
    REVIEWED,
    TESTED,
    Placed,
    Trailer,
    above_rule,
    parse_trailers,
    place_trailers,
)

CORPUS = Path(tui.demo.__file__).parent / "corpus"
LINKS = "Closes: https://example.org/1\nLink: https://example.org/2"
FIXES = 'Fixes: 0123456789ab ("hw: a subject that'
LONG = "Reviewed-by: Somebody With A Very Long Name"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Reviewed-by: Ann <ann@example.org>", ["Reviewed-by: Ann <ann@example.org>"]),
        ("reviewed-By:Ann <ann@example.org>  ", ["Reviewed-by: Ann <ann@example.org>"]),
        ("CC: list@example.org\r\nBUGLINK: x", ["Cc: list@example.org", "BugLink: x"]),
        (
            "Co-developed-by: A\nReported-and-tested-by: B",
            ["Co-developed-by: A", "Reported-and-tested-by: B"],
        ),
        ("> Acked-by: Bob <bob@example.org>\n>> Tested-by: c", []),
        (" Acked-by: Bob <bob@example.org>", []),
        ("Nice. Reviewed-by: me", []),
        ("Acked-by:\nAcked-by:   ", []),
        ("Note: this\nFixes nothing: x\nby: y", []),
        ("Acked-by: A\n-----Original Message-----\nReviewed-by: B", ["Acked-by: A"]),
        (LINKS, LINKS.split("\n")),
    ],
)
def test_trailers_of_a_text(text: str, found: list[str]) -> None:
    assert [": ".join(one) for one in parse_trailers(text)] == found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f'{FIXES}\nwas wrapped")\nmore', f'{FIXES} was wrapped")'),
        (f"{FIXES}\nReviewed-by: A", FIXES),
        (f"{LONG}\n<some@example.org>\nmore", f"{LONG} <some@example.org>"),
        (f"{LONG}\n <some@example.org> # basalt\nmore", f"{LONG} <some@example.org> # basalt"),
        ("Link: https://example.org/x\n<https://example.org/y>", "Link: https://example.org/x"),
        ("Acked-by: Ann <ann@example.org>\n<bob@example.org>", "Acked-by: Ann <ann@example.org>"),
    ],
)
def test_a_wrapped_value_is_one_line(text: str, value: str) -> None:
    assert ": ".join(parse_trailers(text)[0]) == value


def test_where_trailers_stand() -> None:
    lines = ["Hello", "", "Tested-by: A", "  <a@example.org>", "Acked-by: B"]
    assert place_trailers(lines) == (
        Placed(2, 4, Trailer("Tested-by", "A <a@example.org>")),
        Placed(4, 5, Trailer("Acked-by", "B")),
    )


def test_people_count_once_whatever_their_names_look_like() -> None:
    reviewed = ["Ann <ann@example.org>", "Dr. Ann <Ann@Example.org>", "bob@example.org"]
    lines = [f"Reviewed-by: {who}" for who in reviewed]
    lines += ["Acked-by: Bob", "acked-by:  bob", "Tested-by: Ann <ann@example.org>", "Signed-off-by: Ann"]
    text = "\n".join(lines)
    people = {(trailer.name, trailer.who) for trailer in parse_trailers(text) if trailer.name in COUNTED}
    assert people == {
        (REVIEWED, "ann@example.org"),
        (REVIEWED, "bob@example.org"),
        (ACKED, "bob"),
        (TESTED, "ann@example.org"),
    }


def test_a_long_indented_tail_does_not_become_a_value() -> None:
    (one,) = parse_trailers("Acked-by: A\n" + "    code\n" * 50)
    assert len(one.value) < 60


def test_what_stands_above_the_rule() -> None:
    assert above_rule("Acked-by: a\n---\nAcked-by: b\n") == "Acked-by: a\n"
    assert above_rule("no rule") == "no rule"


def texts(folders: Iterable[Path]) -> Iterator[str]:
    """Return the plain parts of all mails below some folders."""
    for path in (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()):
        box = mailbox.mbox(path, create=False)
        for message in (*box,) or (email.message_from_bytes(path.read_bytes()),):
            for part in message.walk():
                payload = part.get_payload(decode=True)
                if part.get_content_type() == "text/plain" and isinstance(payload, bytes):
                    yield payload.decode("utf-8", "replace").replace("\r\n", "\n")
        box.close()


def as_patchwork(text: str) -> Counter[str]:
    """Count as Patchwork does by the patterns of its tags, but for tags with nothing behind them."""
    found = {name: re.findall(rf"^{name}:[ \t]*\S", text, re.MULTILINE | re.IGNORECASE) for name in COUNTED}
    return +Counter({name: len(lines) for name, lines in found.items()})


def agree(folder: Path) -> int:
    """Check that we count as Patchwork does; return how many that were."""
    number = 0
    for text in texts([folder]):
        found = Counter(one.name for one in parse_trailers(text) if one.name in COUNTED)
        assert found == as_patchwork(text)
        number += found.total()
    return number


def test_what_counts_is_what_counts_for_patchwork() -> None:
    assert agree(CORPUS) > 60


def test_the_same_for_mails_of_every_kind(shared: Path) -> None:
    assert agree(shared / "mails") > 5

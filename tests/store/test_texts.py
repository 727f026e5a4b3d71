"""Texts come back as they were, long ones compressed, and can be asked for without being read."""

from __future__ import annotations

import zlib

import pytest

from tui.core.change import Change, Kind
from tui.core.model import Body
from tui.store import texts
from tui.store.connection import open_database
from tui.store.store import Store
from tui.store.touched import Touched


@pytest.mark.parametrize(
    "text",
    [
        "",
        "short",
        "é" * 10,
        "long " * 2000,
        "\ud800 alone " * 1000,
        "nul \0 " * 1000,
        "\udcff",
        "漢字" * 3000,
    ],
)
def test_any_text_comes_back(text: str) -> None:
    store = Store()
    body = Body(1, (("Subject", text), ("Subject", "twice")), text, text)
    store.put_body(1, body)
    assert store.body(1) == body


def test_a_long_text_takes_less_room_and_the_same_again_tells_nothing() -> None:
    store = Store()
    body = Body(1, (), "", "+\tdiff of a patch, line by line\n" * 1000)
    store.put_body(1, body)
    assert 0 < store.sizes().text_bytes < len(body.diff) / 4
    told: list[Change] = []
    store.listen(told.append)
    store.put_body(1, body)
    assert told == []
    store.put_body(1, body._replace(diff=f"{body.diff}+"))
    assert told == [Change(Kind.BODIES, frozenset({1}))]


def test_a_text_is_asked_for_by_its_patch_or_minus_its_cover() -> None:
    store = Store()
    store.put_body(4, Body(4, (), "text"))
    assert [store.has_body(key) for key in (4, -4, 5)] == [True, False, False]


DIFF = "+\tdiff of a patch, line by line\n" * 1000


def test_a_long_text_is_left_to_be_unpacked_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "AT_ONCE", 10_000)
    store = Store()
    bodies = {1: Body(1, (), "Why.", DIFF), 2: Body(2, (("Subject", "x"),), "Why.", "+short\n")}
    for key, body in bodies.items():
        store.put_body(key, body)
    long, short = store.text(1), store.text(2)
    assert long is not None
    assert short is not None
    assert (long.body, short.body) == (None, bodies[2])
    assert long.whole() == bodies[1]
    assert long.body == bodies[1]
    assert store.text(3) is None
    assert store.body(1) == bodies[1]


def test_the_text_that_was_read_last_is_not_unpacked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "AT_ONCE", 10_000)
    store = Store()
    store.put_body(1, Body(1, (), "Why.", DIFF))
    text = store.text(1)
    assert text is not None
    whole = text.whole()
    assert store.body(1) is whole
    store.put_body(1, Body(1, (), "Why not.", DIFF))
    assert store.body(1) == Body(1, (), "Why not.", DIFF)


def test_a_text_that_ends_too_early_is_damaged() -> None:
    kept = texts.packed(DIFF)
    assert isinstance(kept, bytes)
    for damaged in (kept[:-1], b"", b"x" + kept):
        with pytest.raises(ValueError, match=r"early|incorrect"):
            texts.unpacked_within(damaged, 1 << 20)
    assert texts.unpacked_within(kept, len(DIFF)) == DIFF
    assert texts.unpacked_within(kept, len(DIFF) - 1) is None
    assert texts.unpacked_within(zlib.compress(b""), 0) == ""


def test_sqlite_keeps_nothing_of_a_large_text_that_was_read() -> None:
    db = open_database(":memory:")
    said: list[str] = []
    noise = "".join(f"{number * number % 99_991:x}" for number in range(60_000))
    for key, diff in ((1, DIFF), (2, noise)):
        texts.put(db, Touched(), key, Body(key, (), "", diff))
    db.set_trace_callback(said.append)
    for key in (1, 2):
        assert texts.read(db, key) is not None
    assert [line for line in said if not line.startswith("SELECT")] == ["PRAGMA shrink_memory"]

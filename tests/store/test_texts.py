"""Texts come back as they were, long ones compressed, and can be asked for without being read."""

from __future__ import annotations

import pytest

from tui.core.change import Change, Kind
from tui.core.model import Body
from tui.store.store import Store


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

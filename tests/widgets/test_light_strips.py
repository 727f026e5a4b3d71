"""Strips without caches do what Textual's do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.widgets.light_strips import lighten_strips


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(Strip, "__init__", Strip.__init__)
    monkeypatch.setattr(Strip, "__getattr__", None, raising=False)
    lighten_strips()
    yield


def ways(strip: Strip) -> list[object]:
    """Return what comes of a strip in each way that fills a cache."""
    return [
        strip.text,
        strip.cell_length,
        [piece.text for piece in strip.divide([2, 7])],
        strip.crop(1, 5).text,
        strip.adjust_cell_length(12).text,
        strip.crop_extend(0, 12, None).text,
        [segment.style for segment in strip.apply_style(Style(bold=True))],
        strip.apply_offsets(3, 4).text,
        strip.link_ids,
    ]


def test_they_have_no_cache_before_it_is_used(light: None) -> None:
    strip = Strip([Segment("some "), Segment("words")])
    assert filled(strip) == set()
    assert ways(strip) == ways(strip)
    assert "_divide_cache" in filled(strip)
    assert strip.divide([2, 7])[0] is strip.divide([2, 7])[0]
    with pytest.raises(AttributeError):
        _ = strip.nothing  # type: ignore[attr-defined]


def test_they_do_the_same() -> None:
    before = ways(Strip([Segment("some "), Segment("words")]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Strip, "__init__", Strip.__init__)
        patch.setattr(Strip, "__getattr__", None, raising=False)
        lighten_strips()
        assert ways(Strip([Segment("some "), Segment("words")])) == before


def filled(strip: Strip) -> set[str]:
    """Return the caches that there are."""
    found = set()
    for name in Strip.__slots__:
        try:
            cache = object.__getattribute__(strip, name)
        except AttributeError:
            continue
        if name.endswith("_cache") and cache is not None:
            found.add(name)
    return found

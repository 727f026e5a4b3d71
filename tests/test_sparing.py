"""What is made differently while all is imported serves as what is made later does."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tui.sparing import end_sparing, spare_modules


@pytest.fixture
def _sparing() -> Iterator[None]:
    spare_modules()
    yield
    end_sparing()


@pytest.mark.usefixtures("_sparing")
def test_a_named_tuple_is_made_without_compiling_its_annotations() -> None:
    """It has all else that one has."""

    class Spot(NamedTuple):
        """Where something is."""

        path: str
        line: int = 1

        def __str__(self) -> str:
            return f"{self.path}:{self.line}"

    spot = Spot("a.c")

    assert Spot.__annotations__ == {"path": "str", "line": "int"}
    assert (spot, str(spot), repr(spot)) == (("a.c", 1), "a.c:1", "Spot(path='a.c', line=1)")
    assert spot._replace(line=2) == Spot("a.c", 2) and Spot.__doc__ == "Where something is."
    assert typing.get_type_hints(Spot) == {"path": str, "line": int}


def test_afterwards_all_is_as_it_was() -> None:
    before = typing._make_nmtuple  # type: ignore[attr-defined]
    spare_modules()
    end_sparing()

    assert typing._make_nmtuple is before  # type: ignore[attr-defined]

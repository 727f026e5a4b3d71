"""Whatever subjects, people, states and delegates are made of, no row of the lists has anything hidden."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.widgets.hostile_reader import WAYS, code_points
from tests.widgets.terminal_bytes import is_hidden
from tui.core.colors import Colors
from tui.core.model import Patch, Person, Series, User
from tui.core.rows import PatchRow, SeriesRow
from tui.widgets.rows import cover_cells, patch_cells, series_cells

DATE = datetime(2026, 3, 31)


def cells(text: str, state: str) -> str:
    """All that is shown of rows with this text in every field."""
    person, user = Person(1, text, text), User(1, text)
    patch = Patch(1, 1, "<1@example.org>", f"[PATCH] {text}", DATE, person, state, delegate=user)
    one = SeriesRow(Series(1, 1, text, DATE, person), 2, ((state, 2),), delegates=(user, user))
    two = one._replace(states=((state, 1), (text, 1)))
    rows = [patch_cells(PatchRow(patch), Colors()), cover_cells(text, Colors())]
    rows += [series_cells(row, Colors(), DATE) for row in (one, two)]
    return "\n".join(words for row in rows for cell in row.values() for words, _ in cell)


def hidden(shown: str) -> list[str]:
    return [hex(ord(character)) for character in set(shown) if character != "\n" and is_hidden(character)]


@pytest.mark.parametrize(("opening", "closing"), WAYS)
def test_no_cell_has_anything_hidden(opening: str, closing: str) -> None:
    special, plain = code_points(0, 0x110000, 4001)
    odd = [character for character in special if is_hidden(character)]
    text = f"{opening}{''.join([*special, *plain])}\n{closing}"
    shown = cells(text, text)
    assert hidden(shown) == []
    assert all(f"\u27e8{ord(character):X}\u27e9" in shown for character in odd if character >= "\x80")
    # A state of eight cells stands in full, a longer one by its first letters.
    for character in odd:
        assert hidden(cells("x", f"{opening}{character}")) == []

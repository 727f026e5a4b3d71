"""Rows say what was answered, what of it is unread and open, and who vouches; in columns of one width."""

from __future__ import annotations

from datetime import datetime

import pytest
from rich.cells import cell_len

from tests.store.test_store import START, patch, series
from tui.core.colors import Colors
from tui.core.rows import Counts, PatchRow, SeriesRow, Talk
from tui.screens.layout import arrange
from tui.where import Where
from tui.widgets.columns import Cell, Column, fit_columns
from tui.widgets.rows import OPEN, PATCH_COLUMNS, SERIES_COLUMNS, cover_cells, patch_cells, series_cells

READ = datetime(2026, 1, 1)


def words(cell: Cell) -> str:
    return "".join(text for text, _ in cell)


@pytest.mark.parametrize(
    ("talk", "says"),
    [
        (Talk(), ""),
        (Talk(READ), ""),
        (Talk(READ, 7), "7"),
        (Talk(READ, 7, 3), "3/7"),
        (Talk(READ, 40, 40), "40/40"),
        (Talk(READ, 123, 99), "99"),
        (Talk(READ, 2000, 1999), "1k/2k"),
    ],
)
def test_comments_are_counted_unread_of_all(talk: Talk, says: str) -> None:
    assert words(patch_cells(PatchRow(patch(1, 2), talk=talk), Colors())["talk"]) == says
    assert words(cover_cells("cover", Colors(), talk)["talk"]) == says
    row = SeriesRow(series(2, 1), 1, talk=talk)
    assert words(series_cells(row, Colors(), START)["talk"]) == says
    assert cell_len(says) <= 5


@pytest.mark.parametrize(
    ("counts", "says"),
    [(None, ""), (Counts(), "- - -"), (Counts(1, 2), "1 2 -"), (Counts(9, 10, 200), "9 + +")],
)
def test_who_vouches_is_counted_as_patchwork_does(counts: Counts | None, says: str) -> None:
    cells = patch_cells(PatchRow(patch(1, 2), talk=Talk(counts=counts)), Colors())
    assert words(cells["vouched"]) == says


def test_names_are_bold_while_comments_are_unread_and_open_points_stand_before_them() -> None:
    def name(talk: Talk) -> Cell:
        return patch_cells(PatchRow(patch(1, 2), talk=talk), Colors())["name"]

    assert [bool(cell[-1][1].bold) for cell in map(name, (Talk(READ, 1), Talk(READ, 1, 1)))] == [False, True]
    assert words(name(Talk(READ, 2, 0, 2))) == f"{OPEN}2 patch 1"
    assert cell_len(OPEN) == 1


TALKS = ("talk", "vouched")


def test_they_show_where_names_keep_their_room_and_no_other_column_leaves_for_them() -> None:
    for columns, least, leaves in ((SERIES_COLUMNS, 29, ""), (PATCH_COLUMNS, 24, "delegate")):
        others = {column.key for column in columns} - {*TALKS, leaves}
        for width in range(1, 200):
            layout = {column.key: size for column, size in fit_columns(columns, width)}
            if not layout.keys().isdisjoint(TALKS):
                assert others <= layout.keys()
                assert layout["name"] >= least


def test_who_vouches_for_a_patch_shows_in_a_terminal_of_120_columns() -> None:
    lists = arrange(120, Where.PATCHES, zoomed=False).lists_width - 2
    keys = [column.key for column, _ in fit_columns((Column("sign", 2), *PATCH_COLUMNS), lists)]
    assert "vouched" in keys


def test_they_show_in_the_lists_of_a_terminal_of_200_columns() -> None:
    lists = arrange(200, Where.SERIES, zoomed=False).lists_width - 2
    for columns in (SERIES_COLUMNS, PATCH_COLUMNS):
        layout = dict(fit_columns((Column("sign", 2), *columns), lists))
        assert {"talk", "vouched", "delegate"} < {column.key for column in layout}


def test_names_keep_room_beside_a_delegate_in_a_terminal_of_160_columns() -> None:
    lists = arrange(160, Where.SERIES, zoomed=False).lists_width - 2
    layout = {column.key: size for column, size in fit_columns((Column("sign", 2), *SERIES_COLUMNS), lists)}
    assert layout["name"] >= 32  # it was 26
    assert layout["delegate"] >= 7


def test_a_pane_of_patches_beside_the_diff_has_both() -> None:
    keys = [column.key for column, _ in fit_columns(PATCH_COLUMNS, 70)]
    assert keys[-4:] == ["talk", "vouched", "delegate", "archived"]

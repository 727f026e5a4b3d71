from rich.cells import cell_len
from rich.style import Style

from tui.widgets.columns import Column, cut, cut_middle, fit_cell, fit_columns, render_cells
from tui.widgets.rows import PATCH_COLUMNS, SERIES_COLUMNS

PLAIN = Style()


def keys(width: int) -> list[str]:
    return [column.key for column, _ in fit_columns(SERIES_COLUMNS, width)]


def test_columns_leave_in_a_fixed_order_and_the_name_stays() -> None:
    whole = [column.key for column in SERIES_COLUMNS]
    left = [set(whole) - set(keys(width)) for width in range(140, 0, -1)]
    order = []
    for now in left:
        order += [
            key
            for key in ("submitter", "delegate", "count", "age", "check")
            if key in now and key not in order
        ]
    assert order == ["submitter", "delegate", "count", "age", "check"]
    assert all("name" not in gone for gone in left)


def test_the_layout_fills_its_width() -> None:
    for columns in (SERIES_COLUMNS, PATCH_COLUMNS):
        for width in range(60, 200):
            layout = fit_columns(columns, width)
            assert sum(size for _, size in layout) + len(layout) - 1 == width


def test_a_wide_character_is_never_halved() -> None:
    assert cut("中川潤", 4) == "中…"
    assert cut("中川潤", 6) == "中川潤"
    assert cut("abc", 0) == ""


def test_a_cell_is_cut_with_an_ellipsis_across_its_runs() -> None:
    cell = (("New 22", PLAIN), (" Rev 2", PLAIN))
    assert "".join(s.text for s in fit_cell(cell, 8, right=False, blank=PLAIN)).rstrip() == "New 22…"
    assert "".join(s.text for s in fit_cell(cell, 6, right=False, blank=PLAIN)) == "New 2…"
    assert "".join(s.text for s in fit_cell(cell, 14, right=True, blank=PLAIN)) == "  New 22 Rev 2"


def test_a_row_is_exactly_as_wide_as_asked() -> None:
    layout = fit_columns((Column("a", 3, right=True), Column("b", 5, flexible=True)), 12)
    strip = render_cells({"a": (("1", PLAIN),), "b": (("中川潤中川潤", PLAIN),)}, layout, 12, PLAIN)
    assert strip.cell_length == 12
    assert strip.text.startswith("  1 中川潤")


def test_a_path_is_cut_in_its_middle() -> None:
    path = "drivers/net/ethernet/very/deep/down/card.c"
    assert cut_middle(path, 60) == path
    assert cut_middle(path, 20) == "drivers…/down/card.c"
    for width in range(50):
        assert cell_len(cut_middle(path, width)) <= width
        assert cell_len(cut_middle("目录/" * 9 + "文件.c", width)) <= width


def test_a_name_that_would_be_cut_goes_on_through_columns_that_say_nothing() -> None:
    columns = (Column("name", 4, flexible=True), Column("talk", 3), Column("who", 4), Column("more", 1))
    layout, blank = fit_columns(columns, 17), Style()

    def row(**texts: str) -> str:
        return render_cells({key: ((text, blank),) for key, text in texts.items()}, layout, 17, blank).text

    assert row(name="abcdef", talk="1", who="mira") == "abcdef 1   mira  "
    assert row(name="a long name", who="mira") == "a long na… mira  "
    assert row(name="a longer name", talk=" ") == "a longer name    "
    assert row(name="a much too long name") == "a much too long… "
    assert row(name="a long name", talk="1") == "a lon… 1         "

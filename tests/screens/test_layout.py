import pytest

from tui.screens.layout import arrange
from tui.where import Where

ALL = (Where.SERIES, Where.PATCHES, Where.DIFF)


@pytest.mark.parametrize(
    ("width", "level", "panes"),
    [
        (80, Where.SERIES, {Where.SERIES}),
        (80, Where.DIFF, {Where.DIFF}),
        (99, Where.PATCHES, {Where.PATCHES}),
        (100, Where.SERIES, {Where.SERIES, Where.DIFF}),
        (120, Where.PATCHES, {Where.PATCHES, Where.DIFF}),
        (159, Where.DIFF, {Where.PATCHES, Where.DIFF}),
        (160, Where.SERIES, set(ALL)),
        (240, Where.DIFF, set(ALL)),
    ],
)
def test_panes_in_sight(width: int, level: Where, panes: set[Where]) -> None:
    assert arrange(width, level, zoomed=False).panes == panes


@pytest.mark.parametrize("width", [1, 80, 120, 200])
@pytest.mark.parametrize("level", ALL)
def test_a_zoomed_pane_is_alone(width: int, level: Where) -> None:
    assert arrange(width, level, zoomed=True).panes == {level}

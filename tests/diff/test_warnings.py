"""What a file's header warns of, however far into the file it is."""

from __future__ import annotations

import pytest

from tui.diff.index import index_diff
from tui.diff.lookalike import LOOK_ALIKE
from tui.diff.warnings import HIDDEN, STEP, WIDEST, read_warnings


@pytest.mark.parametrize(
    ("lines", "warnings"),
    [
        (["plain"], []),
        (["\u0430ccess", "a\u202eb"], [HIDDEN, LOOK_ALIKE]),
        (["a\u202eb", "\u0430ccess"], [HIDDEN, LOOK_ALIKE]),
        (["\u0434\u043e\u0441\u0442\u0443\u043f"], []),
    ],
)
def test_what_is_far_down_is_warned_of(lines: list[str], warnings: list[str]) -> None:
    body = "".join(f"+{'x' if n % STEP else line}\n" for line in lines for n in range(1, 4 * STEP + 1))
    index = index_diff(f"--- a/x\n+++ b/x\n@@ -0,0 +1,{4 * STEP * len(lines)} @@\n{body}")
    found: list[str] = []
    steps = list(read_warnings(index, index.files[0], found))
    assert found == warnings
    assert len(steps) >= 4 * len(lines)


def test_a_long_line_is_read_in_pieces_and_few_long_ones_at_once() -> None:
    long = "漢" * (5 * WIDEST)
    index = index_diff(f"--- a/x\n+++ b/x\n@@ -0,0 +1,2 @@\n+{long}\u202e\n+{long}\n")
    found: list[str] = []
    assert len(list(read_warnings(index, index.files[0], found))) >= 10
    assert found == [HIDDEN]
    line = "漢" * (WIDEST // 10)
    index = index_diff(f"--- a/x\n+++ b/x\n@@ -0,0 +1,{STEP} @@\n" + f"+{line}\n" * STEP)
    assert len(list(read_warnings(index, index.files[0], found))) >= 10

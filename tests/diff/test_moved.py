"""Moved lines are found where they are, both ends of them, and never at a price."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.diff.index import DiffIndex, index_diff
from tui.diff.moved import Moves, steps

FUNCTION = [
    "static int frobnicate(struct device *dev)",
    "{",
    "\tint ret = device_lock(dev);",
    "",
    "\treturn ret;",
    "}",
]


def file(name: str, *hunks: list[str]) -> str:
    lines = [f"--- a/{name}", f"+++ b/{name}"]
    for hunk in hunks:
        old, new = (sum(line[:1] != sign for line in hunk) for sign in "+-")
        lines += [f"@@ -1,{old} +1,{new} @@", *hunk]
    return "\n".join([*lines, ""])


def removed(lines: list[str]) -> list[str]:
    return [f"-{line}" for line in lines]


def added(lines: list[str]) -> list[str]:
    return [f"+{line}" for line in lines]


def find_moves(index: DiffIndex) -> Moves:
    """All moved blocks, at once."""
    moves = Moves()
    for _ in steps(index, moves):
        pass
    return moves


def moved(text: str) -> list[tuple[int, int]]:
    """Lines and partners, which must agree from both ends."""
    index = index_diff(text)
    moves = find_moves(index)
    found = []
    for line in range(len(index.lines)):
        move = moves.of(line)
        if move:
            found.append((line, move.partner))
            back = moves.of(move.partner)
            assert back is not None
            assert (back.partner, back.count, back.indented) == (line, move.count, move.indented)
            assert move.first <= line < move.first + move.count
            assert {index.kinds[line], index.kinds[move.partner]} == {"+", "-"}
    return [(line, partner) for line, partner in found if index.kinds[line] == "-"]


def test_a_function_that_moved_down() -> None:
    text = file("x", [*removed(FUNCTION), " context", *added(FUNCTION)])
    assert moved(text) == [(3 + k, 10 + k) for k in range(6)]
    move = find_moves(index_diff(text)).of(5)
    assert move is not None
    assert (move.first, move.count, move.indented) == (3, 6, False)


def test_into_another_file_and_up() -> None:
    text = file("x", [" a", *added(FUNCTION)]) + file("y", [" b", *removed(FUNCTION), " c"])
    assert moved(text) == [(14 + k, 4 + k) for k in range(6)]


def test_re_indented() -> None:
    shifted = [f"\t{line}" if line else line for line in FUNCTION]
    text = file("x", [*removed(FUNCTION), " context", *added(shifted)])
    assert len(moved(text)) == 6
    move = find_moves(index_diff(text)).of(3)
    assert move is not None
    assert move.indented


def test_re_indented_in_place_is_no_move() -> None:
    shifted = [f"\t{line}" if line else line for line in FUNCTION]
    assert moved(file("x", [*removed(FUNCTION), "+if (x) {", *added(shifted), "+}"])) == []


def test_small_things_are_not_marked() -> None:
    small = ["}", "", "{", "\treturn 0;", ""]
    assert moved(file("x", [*removed(small), " context", *added(small)])) == []


def test_one_line_must_be_alone_on_both_sides() -> None:
    line = "#include <linux/some_long_header.h>"
    assert len(moved(file("x", [f"-{line}", " c", f"+{line}"]))) == 1
    assert moved(file("x", [f"-{line}", " c", f"+{line}", " d", f"+{line}"])) == []
    assert moved(file("x", [f"-{line}", " c", f"-{line}", " d", f"+{line}"])) == []


def test_a_block_ends_where_its_ends_differ() -> None:
    text = file("x", [*removed([*FUNCTION, "int gone;"]), " c", *added([*FUNCTION, "int other;"])])
    assert len(moved(text)) == 6


def test_lines_seen_often_belong_to_a_block_but_begin_none() -> None:
    often = ["\tput_device(dev);", "\treturn -EINVAL;"]
    block = [*often, *FUNCTION, *often]
    noise = [line for _ in range(10) for line in ("-\tput_device(dev);", "-\treturn -EINVAL;", " x")]
    found = moved(file("x", [*noise, " a", *removed(block), " b", *added(block)]))
    assert len(found) == 10
    assert moved(file("x", [*noise, " b", *added(often)])) == []


def test_the_longer_of_two_places_is_taken() -> None:
    text = file("x", [*removed(FUNCTION[:4]), " a", *removed(FUNCTION), " b", *added(FUNCTION)])
    assert [old for old, _ in moved(text)] == [8 + k for k in range(6)]


def test_what_was_removed_once_moved_once() -> None:
    text = file("x", [*removed(FUNCTION), " a", *added(FUNCTION), " b", *added(FUNCTION)])
    assert [new for _, new in moved(text)] == [10 + k for k in range(6)]


def test_blank_lines_at_the_ends_are_left_out() -> None:
    block = ["", *FUNCTION, ""]
    found = moved(file("x", [*removed(block), " a", *added(block)]))
    assert [old for old, _ in found] == [4 + k for k in range(6)]


def test_merges_are_left_alone() -> None:
    lines = ["diff --cc x", "--- a/x", "+++ b/x", "@@@ -1,6 -1,0 +1,6 @@@"]
    text = "\n".join([*lines, *(f"- {line}" for line in FUNCTION), *(f"++{line}" for line in FUNCTION), ""])
    assert moved(text) == []


def test_equal_lines_in_any_number_cost_one_pass() -> None:
    lines = ["the same text in every line, and long enough"] * 20_000
    index = index_diff(file("x", removed(lines)) + file("y", added(lines)))
    moves = Moves()
    assert sum(1 for _ in steps(index, moves)) < 1000
    assert moves.of(10) is None


def test_long_blocks_and_slices() -> None:
    lines = [f"\tvalue_{n} = compute({n});" for n in range(5000)]
    index = index_diff(file("x", removed(lines)) + file("y", added(lines)))
    moves = find_moves(index)
    move = moves.of(4000)
    assert move is not None
    assert (len(moves), move.count, move.partner - 4000) == (1, 5000, 5003)
    assert moves.of(len(index.lines) + 5) is None
    assert moves.of(-1) is None


BLOCK = st.lists(st.sampled_from([*FUNCTION, "x", "int alpha_beta_gamma;", ""]), max_size=8)
PIECE = st.tuples(st.sampled_from("+- "), BLOCK)


@given(st.lists(PIECE, max_size=8))
@settings(max_examples=200, deadline=None)
def test_ends_agree_in_any_diff(pieces: list[tuple[str, list[str]]]) -> None:
    body = [sign + line for sign, block in pieces for line in block]
    text = file("x", body)
    lines = text.split("\n")
    for old, new in moved(text):
        assert lines[old][1:].strip() == lines[new][1:].strip()

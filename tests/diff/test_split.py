"""Old and new side by side."""

from __future__ import annotations

import pytest

from tui.diff.document import Document, build_document
from tui.diff.forms import Shape
from tui.diff.index import index_diff
from tui.diff.places import Places
from tui.diff.row import Kind, Row
from tui.diff.split import RUNS, Pairs, Split, find_pairs

HEADER = "--- a/x\n+++ b/x\n"


def split(diff: str, *, body: int = 0) -> Document:
    document = build_document("", diff)
    document.lay_out(Shape(0, body, split=True, wrap=bool(body)))
    return document


def text(row: Row | None) -> str | None:
    return None if row is None else row.text[row.start + 1 : row.end + 1]


def pairs(document: Document) -> list[tuple[str | None, str | None]]:
    rows = [document.row(number) for number in range(document.count)]
    return [(text(row.left), text(row.right)) for row in rows if row.kind is Kind.PAIR]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (["-a", "-b", "+c"], [("a", "c"), ("b", None)]),
        (["-a", "+b", "+c"], [("a", "b"), (None, "c")]),
        (["+a", "-b"], [(None, "a"), ("b", None)]),
        (["-a", " x", "+b"], [("a", None), ("x", "x"), (None, "b")]),
        (["-a", "+b", "-c", "+d"], [("a", "b"), ("c", "d")]),
    ],
)
def test_the_kth_removed_line_is_beside_the_kth_added(
    body: list[str], expected: list[tuple[str | None, str | None]]
) -> None:
    old, new = sum(line[0] != "+" for line in body), sum(line[0] != "-" for line in body)
    document = split(f"{HEADER}@@ -1,{old} +1,{new} @@\n" + "\n".join(body) + "\n")
    assert pairs(document) == expected
    assert document.count < document.places or len(expected) == len(body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            ["-the quick fox", "+something else", "+the quick dog"],
            [(None, "something else"), ("the quick fox", "the quick dog")],
        ),
        (
            ["-something else", "-the quick fox", "+the quick dog"],
            [("something else", None), ("the quick fox", "the quick dog")],
        ),
        (
            [
                "-gone(a);",
                "-int one = 1;",
                "-int two = 2;",
                "+int one = 10;",
                "+int two = 20;",
                "+come(b, c);",
            ],
            [
                ("gone(a);", None),
                ("int one = 1;", "int one = 10;"),
                ("int two = 2;", "int two = 20;"),
                (None, "come(b, c);"),
            ],
        ),
        (
            ["-x + 1", "-int one = 1;", "-y * 2", "+for_ever()", "+and(ever)", "+int one = 10;", "+z"],
            [
                ("x + 1", "for_ever()"),
                (None, "and(ever)"),
                ("int one = 1;", "int one = 10;"),
                ("y * 2", "z"),
            ],
        ),
    ],
)
def test_partners_stand_side_by_side(
    body: list[str], expected: list[tuple[str | None, str | None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = sum(line[0] != "+" for line in body), sum(line[0] != "-" for line in body)
    diff = f"{HEADER}@@ -1,{old} +1,{new} @@\n" + "\n".join(body) + "\n"
    assert pairs(split(diff)) == expected
    monkeypatch.setattr("tui.diff.split.ALIGNED", 0)
    assert len(pairs(split(diff))) == max(old, new)


NO_NEWLINE = " No newline at end of file"


def test_no_newline_is_said_on_its_side() -> None:
    sign = "\\" + NO_NEWLINE
    both = split(f"{HEADER}@@ -1 +1 @@\n-a\n{sign}\n+b\n{sign}\n")
    assert pairs(both) == [("a", "b"), (NO_NEWLINE, NO_NEWLINE)]
    old = split(f"{HEADER}@@ -1 +1,2 @@\n-a\n{sign}\n+b\n+c\n")
    assert pairs(old) == [("a", "b"), (NO_NEWLINE, "c")]
    kept = split(f"{HEADER}@@ -1 +1 @@\n a\n{sign}\n")
    assert pairs(kept) == [("a", "a"), (NO_NEWLINE, NO_NEWLINE)]
    new = split(f"{HEADER}@@ -0,0 +1 @@\n+a\n{sign}\n")
    assert pairs(new) == [(None, "a"), (None, NO_NEWLINE)]


def test_numbers_stand_on_their_sides() -> None:
    document = split(f"{HEADER}@@ -7,2 +9,2 @@\n x\n-a\n+b\n")
    rows = [row for row in map(document.row, range(document.count)) if row.kind is Kind.PAIR]
    sides = [(row.left.old, row.right.new) for row in rows if row.left and row.right]
    assert sides == [(7, 9), (8, 10)]


def test_a_merge_and_what_is_no_line_stand_across() -> None:
    combined = "diff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x\n@@@ -1,3 -1,1 +7,3 @@@\n  a\n- b\n +c\n++d\n"
    document = split(combined + "Regards\n")
    assert pairs(document) == []
    kinds = [document.row(number).kind for number in range(document.count)]
    assert kinds[-5:] == [Kind.BODY] * 4 + [Kind.RAW]


def test_the_longer_side_goes_on_alone() -> None:
    document = split(f"{HEADER}@@ -1,2 +1,2 @@\n-abcdefgh\n+ab\n x\n", body=3)
    assert pairs(document) == [("abc", "ab"), ("def", None), ("gh", None), ("x", "x")]
    rows = [row for row in map(document.row, range(document.count)) if row.kind is Kind.PAIR]
    assert [row.goes_on for row in rows] == [False, True, True, False]


def test_a_fold_hides_what_stands_above_the_first_removed_line() -> None:
    """It is of the hunk, although its partner's run begins below it."""
    document = split(HEADER + "@@ -1 +1,2 @@\n-old();\n+other;\n+old();\n")
    assert pairs(document) == [(None, "other;"), ("old();", "old();")]

    document.fold(document.where(document.hunk_rows[0])[0])

    assert pairs(document) == []


@pytest.mark.parametrize("hunk", ["@@ -{0} +{0} @@\n-a\n+b\n", "-a\n+b\n"])
def test_many_small_runs_come_in_steps(hunk: str) -> None:
    count = 3 * RUNS
    head = "" if "@" in hunk else f"@@ -1,{count} +1,{count} @@\n"
    diff = f"--- a/x\n+++ b/x\n{head}" + "".join(map(hunk.format, range(1, count + 1)))
    places = Places(index_diff(diff))
    partners: dict[int, Pairs] = {}
    assert len(list(find_pairs(places, partners))) >= 3
    halves = Split(places)
    assert len(list(halves.steps(partners))) == 3
    assert halves.segments.growth == -count

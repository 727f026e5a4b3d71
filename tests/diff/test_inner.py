"""Diffs that a message holds are told from its prose."""

from __future__ import annotations

import pytest

from tui.diff.document import build_document
from tui.diff.inner import LINES, LONGEST, inner_parts
from tui.diff.row import Kind, Part

SIGNS = {Part.ADDED: "+", Part.REMOVED: "-", Part.RANGE: "@", Part.CODE: "c"}
HEADER = "diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n"
HUNK = "@@ -1,3 +1,3 @@ f\n a\n-b\n+c\n d"


def told(text: str) -> str:
    """Return a sign for each line: what it is of a diff, or a dot."""
    lines = text.split("\n")
    parts = inner_parts(lines)
    return "".join(SIGNS[parts[number]] if number in parts else "." for number in range(len(lines)))


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Prose\n- a list\n+ more of it", "..."),
        (f"As in:\n\n{HEADER}{HUNK}\n\nas said", "..cccc@c-+c.."),
        (f"--- a/x\n+++ b/x\n{HUNK}", "cc@c-+c"),
        (f"Only a hunk:\n{HUNK}\n\n- a list", ".@c-+c.."),
        ("A name: @@ -1,9 +1,9 @@\n@@ -1,9 +1,9 @@ stands there\n- a list\n", "...."),
        (f"{HEADER}@@ -1,9 +1,9 @@\n-b\nand so on\n+c", "cccc@-.+"),
        ("diff --git a/x b/x\nwithout a hunk", ".."),
        (
            "Range-diff:\n1:  1234567890ab ! 1:  abcdef012345 x: y\n    @@ x.c\n     \ta\n    -+\tb\n"
            "    ++\tc\n\n2:  1234567890ab = 2:  abcdef012345 x: z\n-:  ------------ > 3:  abcdef012345 new\n"
            "and\n    -more",
            ".c@c-+.cc..",
        ),
        ("    -1\n1: a ! 2: b\n    -2", "..."),
    ],
)
def test_lines_of_diffs_in_prose(text: str, signs: str) -> None:
    assert told(text) == signs


def test_a_message_that_is_a_book_is_not_looked_through() -> None:
    assert not inner_parts(f"{HEADER}{HUNK}\n{'x' * LONGEST}".split("\n"))
    assert not inner_parts(["", *[""] * LINES, *f"{HEADER}{HUNK}".split("\n")])


def test_a_hunk_that_claims_too_much_takes_neither_rule_nor_trailers() -> None:
    message = f"x\n\n{HEADER}@@ -1,90 +1,90 @@\n-b\n+c\n\nSigned-off-by: A <a@example.org>\n---\nv2: more\n"
    document = build_document(message, "")
    rows = [document.row(number) for number in range(document.count)]
    parts = {row.text: row.part for row in rows if row.kind is Kind.MESSAGE}
    assert parts["-b"] is Part.REMOVED
    assert parts["Signed-off-by: A <a@example.org>"] is Part.TRAILER
    assert parts["---"] is Part.RULE
    assert parts["v2: more"] is Part.NOTE


@pytest.mark.parametrize("width", [30, 53, 78])
def test_its_lines_are_neither_joined_nor_folded(width: int) -> None:
    long = HEADER.replace("/x", "/drivers/net/ethernet/vendor/device.c")
    body = HUNK.replace("+c", "+the_label: return the_function_with_a_long_name(of, two, arguments); /* ! */")
    document = build_document(f"It needs this, which is not merged:\n{long}{body}\n", "")
    document.lay_out(document.shape._replace(prose=width))
    rows = [document.row(number) for number in range(document.count)]
    assert "\n".join(row.text for row in rows if row.part >= Part.ADDED) == long + body

"""What the reader shows of a patch, in rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui.core.text import cells
from tui.diff.document import Document, build_document
from tui.diff.forms import Shape
from tui.diff.headline import describe, is_hostile
from tui.diff.index import index_diff
from tui.diff.message import read_message
from tui.diff.row import Kind, Part
from tui.diff.stat import stat_rows

DIFF = """\
diff --git a/a.c b/a.c
index 1..2 100644
--- a/a.c
+++ b/a.c
@@ -10,3 +10,4 @@ f
 one
-two
+2
+2.5
 three
@@ -90 +91 @@
-x
+y
diff --git a/b b/b
old mode 100644
new mode 100755
"""
SIGNATURE = "-- \n2.39\n"


def rows(document: Document) -> list[Kind]:
    return [document.row(number).kind for number in range(document.count)]


def test_rows_in_order() -> None:
    document = build_document("Why.\n\nSigned-off-by: A <a@example.org>\n", DIFF + SIGNATURE)
    lead = [Kind.MESSAGE] * 3 + [Kind.BLANK, Kind.STAT, Kind.STAT, Kind.SUMMARY]
    first = [Kind.BLANK, Kind.FILE, Kind.HUNK] + [Kind.BODY] * 5 + [Kind.HUNK] + [Kind.BODY] * 2
    assert rows(document) == lead + first + [Kind.BLANK, Kind.FILE, Kind.RAW, Kind.RAW]
    assert [document.row(row).kind for row in document.file_rows] == [Kind.FILE] * 2
    assert [document.row(row).kind for row in document.hunk_rows] == [Kind.HUNK] * 2
    with pytest.raises(IndexError):
        document.row(document.count)


def test_line_numbers() -> None:
    document = build_document("", DIFF)
    body = [document.row(n) for n in range(document.count) if document.row(n).kind is Kind.BODY]
    assert [(row.sign, row.old, row.new) for row in body] == [
        (" ", 10, 10),
        ("-", 11, 0),
        ("+", 0, 11),
        ("+", 0, 12),
        (" ", 12, 13),
        ("-", 90, 0),
        ("+", 0, 91),
    ]


def test_a_combined_diff_counts_only_its_result() -> None:
    header = "diff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x\n"
    document = build_document("", header + "@@@ -1,3 -1,1 +7,3 @@@\n  a\n- b\n +c\n++d\n")
    body = [document.row(n) for n in range(document.count) if document.row(n).kind is Kind.BODY]
    assert [(row.old, row.new) for row in body] == [(0, 7), (0, 0), (0, 8), (0, 9)]


def test_every_line_of_the_payloads_has_a_row(shared: Path) -> None:
    for path in sorted((shared / "payloads").glob("*.json")):
        payload = json.loads(path.read_text())
        document = build_document(payload["content"], payload["diff"])
        found = [document.row(n) for n in range(document.count)]
        shown = {row.line for row in found if row.line >= 0}
        hidden = set(range(len(document.index.lines) - 1)) - shown
        assert {document.index.kinds[line] for line in hidden} == {"h"}
        assert any(row.part is Part.TRAILER for row in found)


def test_trailers_are_told_from_prose() -> None:
    prose = "Note: this is prose.\n\nText with: colon\n\n"
    message = prose + "Cc: a@example.org\nReviewed-by: B <b@example.org>\n---\nv2: x"
    parts = [line.part for line in read_message(message)]
    assert parts == [Part.TEXT] * 4 + [Part.TRAILER] * 2 + [Part.RULE, Part.NOTE]


def test_no_diff() -> None:
    patch = build_document("Hello.", "")
    assert rows(patch) == [Kind.MESSAGE, Kind.BLANK, Kind.REMARK]
    assert "No diff" in patch.row(2).text
    assert "No diff" in build_document("", "\n").row(0).text


def test_a_cover_letter_has_no_diff_to_speak_of() -> None:
    assert rows(build_document("Hello.", "", cover=True)) == [Kind.MESSAGE]
    assert "empty" in build_document("\n", "", cover=True).row(0).text


def test_a_pull_request_says_first_where_it_is() -> None:
    pull = build_document("Please pull.", "", "https://example.org/x.git tags/y", subject="[PULL] y")
    assert rows(pull) == [
        Kind.SUBJECT,
        Kind.BLANK,
        Kind.SUMMARY,
        Kind.REMARK,
        Kind.BLANK,
        Kind.MESSAGE,
    ]
    assert pull.row(2).text == "Pull request: https://example.org/x.git tags/y"
    both = build_document("Please pull.", DIFF, "https://example.org/x.git")
    assert Kind.REMARK not in rows(both)


def test_heading() -> None:
    author, date = "A. Name <a@example.org>", "2026-03-31 18:00 UTC"
    document = build_document("Why.", DIFF, subject="[1/2] x: y", author=author, date=date)
    assert [document.row(n).text for n in range(5)] == [
        f"From: {author}",
        f"Date: {date}",
        "[1/2] x: y",
        "",
        "Why.",
    ]


LONG = " ".join(f"word{n}" for n in range(100))


def test_prose_is_folded_and_nothing_else() -> None:
    kept = ["    " + LONG, "> " + LONG, "| " + LONG, "-" * 70, "name" + " " * 5 + LONG]
    content = "\n".join([LONG, "", *kept, "", f"Cc: {LONG}"])
    document = build_document(content, "", cover=True)
    document.lay_out(Shape(40))
    found = [document.row(n) for n in range(document.count)]
    assert all(cells(row.text) <= 40 or row.text in kept for row in found)
    assert [row.text for row in found if row.text in kept] == kept
    assert " ".join(row.text for row in found if row.part is Part.TEXT).startswith(LONG)
    trailer = [row for row in found if row.part is Part.TRAILER]
    assert [row.goes_on for row in trailer] == [False] + [True] * (len(trailer) - 1)
    assert {row.text[:4] for row in trailer[1:]} == {" " * 4}
    document.lay_out(Shape(2_000))
    assert document.count == len(content.split("\n"))


FILLED = """\
A paragraph that an editor filled to a width of seventy or so has lines
that go on below, and a pane that is narrower would end each of them in
a word or two on a row of its own.
base-commit: 0123456789
- a list item is never drawn up to what stands above it
short
"""


def test_a_filled_paragraph_stays_one() -> None:
    document = build_document(FILLED, "", cover=True)
    document.lay_out(Shape(50))
    found = [document.row(n).text for n in range(document.count)]
    text = " ".join(FILLED.split("\n")[:3])
    assert " ".join(found[:-4]) == text
    assert all(len(line) > 35 for line in found[:-5])
    assert found[-4:] == [
        "base-commit: 0123456789",
        "- a list item is never drawn up to what stands",
        "  above it",
        "short",
    ]
    assert [document.row_at(*document.where(n)) for n in range(document.count)] == list(range(document.count))
    assert "that go on below" in found[document.row_at(1)]
    document.lay_out(Shape(72))
    assert [document.row(n).text for n in range(document.count)] == FILLED.split("\n")[:-1]


def test_places_stay_at_every_width() -> None:
    document = build_document(f"One.\n\n{LONG}\n\n{LONG}", DIFF, subject=LONG)
    plain = document.count
    assert [document.where(n) for n in range(plain)] == [(n, 0) for n in range(plain)]
    for width in (30, 1, 77, 300):
        document.lay_out(Shape(width))
        assert [document.row_at(*document.where(n)) for n in range(document.count)] == list(
            range(document.count)
        )
        assert document.where(document.file_rows[1])[0] == plain - 1
        assert [document.row(row).kind for row in document.file_rows] == [Kind.FILE] * 2
        assert [document.row(row).kind for row in document.hunk_rows] == [Kind.HUNK] * 2


@pytest.mark.parametrize("width", [30, 44, 60, 84, 120])
def test_the_diffstat_fits(width: int) -> None:
    names = ["a.c", "drivers/net/ethernet/" * 4 + "main.c"]
    diff = "".join(f"--- a/{n}\n+++ b/{n}\n@@ -0,0 +1,400 @@\n" + "+x\n" * 400 for n in names)
    stats = stat_rows(index_diff(diff), width)
    assert all(cells(f"{s.name} │ {s.total} {s.plus}{s.minus}") <= width for s in stats)
    assert all(len(s.plus) >= 10 for s in stats)


def test_a_diff_that_is_none_is_shown_raw() -> None:
    document = build_document("", "what is\nthis\n")
    assert [document.row(n).text for n in range(document.count)] == ["what is", "this"]


def test_many_files_are_counted_not_listed() -> None:
    diff = "".join(f"diff --git a/{n} b/{n}\nold mode 100644\nnew mode 100755\n" for n in range(20_000))
    document = build_document("", diff)
    assert len(document.file_rows) == 20_000
    assert "19800 more" in document.row(200).text


def test_columns_of_the_stat_line_up() -> None:
    names = ["a.c", "漢字/かな.c", "x" * 90 + "/end.c", "漢" * 60]
    diff = "".join(f"diff --git a/{n} b/{n}\nold mode 100644\nnew mode 100755\n" for n in names)
    stats = stat_rows(index_diff(diff))
    assert {cells(stat.name) for stat in stats} == {50}
    assert stats[2].name.startswith("…")
    assert stats[2].name.endswith("/end.c")


def test_headlines() -> None:
    def say(header: str) -> str:
        new = "y" if " from " in header else "x"
        return describe(index_diff(f"diff --git a/x b/{new}\n{header}\n").files[0])

    assert say("similarity index 96%\nrename from x\nrename to y") == "renamed from x 96%"
    assert say("copy from x\ncopy to y") == "copied from x"
    assert say("old mode 100644\nnew mode 100755") == "mode 100644 → 100755"
    assert say("new file mode 100755") == "new file, mode 100755"
    assert say("new file mode 120000") == "new file, symbolic link"
    assert say("deleted file mode 100644") == "deleted"
    assert say("index 1..2 160000") == "submodule 1..2"
    assert say("index 1..2\nGIT binary patch\nliteral 142") == "binary, 142 bytes"


@pytest.mark.parametrize(
    ("line", "hostile"),
    [("+é \t\f\r", False), ("+\x1b[2J", True), ("+a\u202eb", True), ("+a\u200bb", True), ("+\x9b1m", True)],
)
def test_hostile_lines_are_found(line: str, hostile: bool) -> None:
    index = index_diff(f"--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n{line}\n")
    assert is_hostile(index.lines.text) is hostile

"""What the reader shows of a patch, in rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui.core.text import cells
from tui.diff.document import Document, Kind, build_document
from tui.diff.headline import describe, is_hostile
from tui.diff.index import index_diff
from tui.diff.message import Part, read_message
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


def test_diffstat_of_the_mail_goes_where_it_says_the_same() -> None:
    stat = "Why.\n---\n a.c | 5 ++++\n b   | 0\n 2 files changed, {} insertions(+), 2 deletions(-)\n"
    same = build_document(stat.format(3), DIFF)
    assert [same.row(n).text for n in range(2)] == ["Why.", ""]
    other = build_document(stat.format(4), DIFF)
    assert any("4 insertions" in other.row(n).text for n in range(other.count))


def test_trailers_are_told_from_prose() -> None:
    prose = "Note: this is prose.\n\nText with: colon\n\n"
    message = prose + "Cc: a@example.org\nReviewed-by: B <b@example.org>\n---\nv2: x"
    parts = [line.part for line in read_message(message)]
    assert parts == [Part.TEXT] * 4 + [Part.TRAILER] * 2 + [Part.RULE, Part.NOTE]


def test_no_diff() -> None:
    cover = build_document("Hello.", "")
    assert rows(cover) == [Kind.MESSAGE, Kind.BLANK, Kind.REMARK]
    pull = build_document("Please pull.", "", "https://example.org/x.git tags/y")
    assert "https://example.org/x.git tags/y" in pull.row(2).text
    assert build_document("", "").count == 1


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
        return describe(index_diff(f"diff --git a/x b/y\n{header}\n").files[0])

    assert say("similarity index 96%\nrename from x\nrename to y") == "renamed from x 96%"
    assert say("copy from x\ncopy to y") == "copied from x"
    assert say("old mode 100644\nnew mode 100755") == "mode 100644 → 100755"
    assert say("new file mode 100755") == "new file, mode 100755"
    assert say("new file mode 120000") == "new file, symbolic link"
    assert say("deleted file mode 100644") == "deleted"
    assert say("index 1..2 160000") == "submodule"
    assert say("index 1..2\nGIT binary patch\nliteral 142") == "binary, 142 bytes"


@pytest.mark.parametrize(
    ("line", "hostile"),
    [("+é \t\f\r", False), ("+\x1b[2J", True), ("+a\u202eb", True), ("+a\u200bb", True), ("+\x9b1m", True)],
)
def test_hostile_lines_are_found(line: str, hostile: bool) -> None:
    index = index_diff(f"--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n{line}\n")
    assert is_hostile(index, index.files[0]) is hostile

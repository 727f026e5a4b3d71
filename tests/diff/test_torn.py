"""Diffs that Patchwork tore at a binary are put together, or said to be incomplete."""

from __future__ import annotations

from tui.diff.document import build_document
from tui.diff.row import Kind
from tui.diff.torn import mend

MESSAGE = "Add things.\n---\n a.bmp | Bin\n 2 files changed"
BINARY = ["GIT binary patch", "literal 3", "KcmZQzU|?Vb0RR91", "", "literal 0", "HcmV?d00001", ""]
FIRST = ["diff --git a/a.bmp b/a.bmp", "new file mode 100644", "index 0000000..1111111", *BINARY]


def text(*parts: list[str]) -> str:
    return "\n".join(line for part in parts for line in part) + "\n"


def test_text_file_behind_a_binary_gets_its_headers_back() -> None:
    lost = ["new file mode 100644", "index 0000000..2222222"]
    hunk = ["--- /dev/null", "+++ b/b.sh", "@@ -0,0 +1 @@", "+echo"]
    head = ["diff --git a/b.sh b/b.sh"]
    content = MESSAGE + "\n\n" + "\n".join(lost)
    assert mend(content, text(FIRST, head, hunk)) == (MESSAGE, text(FIRST, head, lost, hunk), True)


def test_second_binary_gets_its_body_back() -> None:
    head, last = ["diff --git a/b.bmp b/b.bmp"], ["diff --git a/c b/c", "old mode 100644", "new mode 100755"]
    lost = ["index 3333333..4444444 100644", *BINARY]
    content = MESSAGE + "\n\n" + "\n".join(lost).rstrip("\n")
    assert mend(content, text(FIRST, head, last)) == (MESSAGE, text(FIRST, head, lost, last), True)


def test_header_that_stands_in_the_message() -> None:
    lost = ["new file mode 100644", "index 0000000..2222222"]
    head = ["diff --git a/empty b/empty"]
    content = MESSAGE + "\n\n" + "\n".join([*lost, *head])
    assert mend(content, text(FIRST)) == (MESSAGE, text(FIRST, head, lost), True)


def test_two_empty_headers_in_a_row_are_two_files() -> None:
    one, two = ["diff --git a/b b/b"], ["diff --git a/c b/c"]
    lost = ["old mode 100644", "new mode 100755"]
    content = MESSAGE + "\n\n" + "\n".join(lost + lost)
    assert mend(content, text(FIRST, one, two))[1] == text(FIRST, one, lost, two, lost)


def test_what_cannot_be_mended_is_said_to_be_incomplete() -> None:
    content = MESSAGE + "\n\nold mode 100644\nnew mode 100755"
    diff = text(FIRST)
    assert mend(content, diff) == (content, diff, False)
    document = build_document(content, diff)
    found = [document.row(n) for n in range(document.count)]
    assert any(row.kind is Kind.WARNING for row in found)
    assert any(row.text == "new mode 100755" for row in found)


def test_whole_diffs_are_left_alone() -> None:
    diff = "diff --git a/x b/x\nold mode 100644\nnew mode 100755\n"
    assert mend("index 1..2 of things", diff) == ("index 1..2 of things", diff, True)
    assert mend(MESSAGE, text(FIRST)) == (MESSAGE, text(FIRST), True)


def test_a_diff_quoted_in_the_message_is_not_taken_away() -> None:
    content = "As in\n\n    diff --git a/x b/x\n\nthis."
    assert mend(content, "") == (content, "", True)

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


HEAD = ["diff --git a/x and y.png b/x and y.png", "new file mode 100644", "index 0000000..1111111"]
DIFFER = "Binary files /dev/null and b/x and y.png differ"


def test_a_binary_at_the_end_is_a_binary_again() -> None:
    content = f"{MESSAGE}\n\n{DIFFER}"
    assert mend(content, text(HEAD)) == (MESSAGE, text(HEAD, [DIFFER]), True)


def test_what_stands_below_it_stays_in_the_message() -> None:
    content = f"{MESSAGE}\n\n{DIFFER}\n\nbase-commit: 123"
    assert mend(content, text(HEAD)) == (f"{MESSAGE}\n\nbase-commit: 123", text(HEAD, [DIFFER]), True)


def test_a_binary_with_a_header_of_one_line_is_all_in_the_message() -> None:
    lost = [
        "diff --git a/z.png b/z.png",
        "index 1111111..2222222 100644",
        "Binary files a/z.png and b/z.png differ",
    ]
    content = "\n".join([MESSAGE, "", *lost])
    assert mend(content, "") == (MESSAGE, text(lost), True)
    assert mend(content, text(HEAD[:2])) == (MESSAGE, text(HEAD[:2], lost), True)
    both = "\n".join([MESSAGE, "", DIFFER, *lost])
    assert mend(both, text(HEAD)) == (MESSAGE, text(HEAD, [DIFFER], lost), True)


def test_a_binary_of_another_name_is_not_put_anywhere() -> None:
    content = f"{MESSAGE}\n\nBinary files a/q and b/q differ"
    assert mend(content, text(HEAD)) == (content, text(HEAD), False)


def test_a_change_of_mode_and_a_rename_are_told_apart_by_the_names() -> None:
    mode, same = ["diff --git a/b b/b"], ["old mode 100644", "new mode 100755"]
    moved, rename = ["diff --git a/d b/e"], ["similarity index 100%", "rename from d", "rename to e"]
    second = ["diff --git a/c b/c", "index 3333333..4444444 100644", *BINARY]
    content = "\n".join([MESSAGE, "", *same, *rename])
    assert mend(content, text(FIRST, mode, second, moved)) == (
        MESSAGE,
        text(FIRST, mode, same, second, moved, rename),
        True,
    )


def test_what_has_lost_its_name_stays_in_the_message_and_the_rest_is_mended() -> None:
    lost = ["new file mode 100644", "index 0000000..2222222"]
    hunk = ["--- /dev/null", "+++ b/b.sh", "@@ -0,0 +1 @@", "+echo"]
    head = ["diff --git a/b.sh b/b.sh"]
    content = "\n".join([MESSAGE, "", *lost, "old mode 100644", "new mode 100755"])
    message, diff, whole = mend(content, text(FIRST, head, hunk))
    assert (diff, whole) == (text(FIRST, head, lost, hunk), False)
    assert message.endswith("\nold mode 100644\nnew mode 100755")


def test_prose_that_begins_like_a_header_is_the_messages_own() -> None:
    content = f"{MESSAGE}\n\nrename to whatever\nindex of things\nBinary files are bad"
    assert mend(content, text(FIRST)) == (content, text(FIRST), True)


def test_a_diff_with_text_in_the_message_is_the_messages_own() -> None:
    quoted = ["diff --git a/q b/q", "index 1..2 100644", "--- a/q", "+++ b/q", "@@ -1 +1 @@", "-a", "+b"]
    content = "\n".join(["As in:", "", *quoted])
    assert mend(content, text(FIRST)) == (content, text(FIRST), False)
    assert mend(content, "") == (content, "", False)

"""Messages and diffs are told apart; hashes, pulls and trailers are found."""

from __future__ import annotations

from tui.demo.bodies import find_pull_url, find_trailers, hash_patch, read_patch, split_patch
from tui.demo.mail import Mail

DIFF = (
    "diff --git a/k.c b/k.c\nindex 1..2 100644\n--- a/k.c\n+++ b/k.c\n@@ -1,2 +1,3 @@\n one\n+two\n three\n"
)


def of(text: str) -> Mail:
    return Mail(b"Subject: x\n\n" + text.encode())


def test_the_signature_belongs_to_neither() -> None:
    assert read_patch(of(f"Why.\n---\n k.c | 1 +\n\n{DIFF}-- \n2.43.0\n")) == ("Why.\n---\n k.c | 1 +", DIFF)


def test_a_diff_without_git_is_one_too() -> None:
    plain = DIFF.partition("100644\n")[2]
    assert split_patch(f"Why.\n{plain}")[0] == plain


def test_a_rename_and_an_empty_file_have_no_hunks() -> None:
    rename = "diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to y\n"
    empty = "diff --git a/z b/z\nnew file mode 100644\nindex 0000000..e69de29\n"
    message, diff = read_patch(of(f"Why.\n{rename}{empty}{DIFF}"))
    assert (message, diff) == ("Why.", rename + empty + DIFF)


def test_a_hunk_takes_as_many_lines_as_it_says() -> None:
    diff, message = split_patch(DIFF.replace("+two", "+++ two") + "\nbye")
    assert "+++ two\n" in diff
    assert message == "\nbye"


def test_no_newline_at_the_end_of_a_file_is_kept() -> None:
    text = DIFF + "\\ No newline at end of file\n"
    assert split_patch(text)[0] == text


def test_prose_with_marks_of_a_diff_stays_prose() -> None:
    text = "diff of opinion\n--- so be it\n@@ -1 +1 @@ he said"
    assert split_patch(text) == ("", text)


def test_what_follows_a_binary_file_is_torn_as_patchwork_tears_it() -> None:
    binary = "diff --git a/p.bin b/p.bin\nindex 1..2 100644\nGIT binary patch\nliteral 3\nKcmZQ\n\n"
    diff, message = split_patch(binary + DIFF)
    assert message.startswith("index 1..2 100644\n")
    assert diff.count("index") == 1
    assert "diff --git a/k.c b/k.c\n--- a/k.c\n" in diff


def test_a_hash_ignores_places_and_messages_but_not_lines() -> None:
    first = hash_patch(of(f"Why.\n{DIFF}-- \n2.43.0"))
    moved = DIFF.replace("@@ -1,2 +1,3 @@", "@@ -9,2 +9,3 @@").replace("index 1..2", "index 3..4")
    assert first == hash_patch(of(f"Otherwise.\n{moved}-- \n2.44.1"))
    assert first != hash_patch(of(DIFF.replace("+two", "+2")))
    assert hash_patch(of("Only words.")) is None


def test_a_pull_request_names_where_to_pull_from() -> None:
    text = (
        "The following changes since commit 0123:\n\n  one (date)\n\n"
        "are available in the Git repository at:\n\n"
        "  https://git.example.org/kiln.git tags/pull-1\n\nfor you to fetch changes up to 4567:\n"
    )
    assert find_pull_url(text) == "https://git.example.org/kiln.git tags/pull-1"
    assert find_pull_url("are available in the Git repository at: nowhere") is None


def test_trailers_of_a_comment() -> None:
    text = "> Acked-by: not me\nReviewed-by: Jun <j@example.org>\nno\ntested-by: B <b@example.org>"
    assert find_trailers(text) == "Reviewed-by: Jun <j@example.org>\ntested-by: B <b@example.org>\n"

"""What changed between two versions of a patch, as a diff of the files after each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.bench.made_versions import Maker, commit, read_texts, run_git
from tui.diff.alignment import Alignment
from tui.diff.changes import Comparison
from tui.diff.index import index_diff
from tui.diff.interdiff import MESSAGE, write_interdiff, write_raw
from tui.diff.sheet import Numbers, Sheet, Text

HEAD = "diff --git a/ring.c b/ring.c\n--- a/ring.c\n+++ b/ring.c\n"
ABOVE, BELOW = " int a;\n int b;\n int c;\n", " int x;\n int y;\n int z;\n"


def hunk(body: str, start: int = 10, section: str = "init") -> str:
    lines = body.splitlines()
    old, new = (sum(line[0] in signs for line in lines) for signs in (" -", " +"))
    return f"@@ -{start},{old} +{start},{new} @@ {section}\n{body}"


def align(old: str, new: str, old_text: str = "Why.", new_text: str = "Why.") -> Alignment:
    numbers = Numbers()
    sheets = (
        Sheet(Text("ring: do", text, diff), numbers) for text, diff in ((old_text, old), (new_text, new))
    )
    return Alignment(*sheets)


def lines_of(old: str, new: str) -> list[str]:
    """Return the lines of hunks, context left out where it is that of all examples."""
    text = write_interdiff(align(HEAD + hunk(ABOVE + old + BELOW), HEAD + hunk(ABOVE + new + BELOW)))
    index = index_diff(text)
    assert not [one.trouble for one in index.hunks if one.trouble]
    found = [line for one in index.hunks for line in index.lines[one.start + 1 : one.end]]
    return [line for line in found if f"{line}\n" not in ABOVE + BELOW]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("+one\n", "+one\n", []),
        ("-one\n", "-one\n", []),
        ("+one\n", "", ["-one"]),
        ("", "+one\n", ["+one"]),
        ("-one\n", "", ["+one"]),
        ("-one\n", " one\n", ["+one"]),
        (" one\n", "-one\n", ["-one"]),
        (" one line\n", " another\n", []),
        ("+one\n", " one\n", []),
        ("+one\n", "-one\n", ["-one"]),
        ("-one\n", "+one\n", ["+one"]),
        ("-foo(a);\n+foo(a, b);\n", "-foo(a, 0);\n+foo(a, b, 0);\n", ["-foo(a, b);", "+foo(a, b, 0);"]),
        ("-gone\n+came = 1;\n", "-gone\n+came = 2;\n", ["-came = 1;", "+came = 2;"]),
        ("+one\n+two\n", "+two\n+three\n", ["-one", " two", "+three"]),
    ],
)
def test_lines_are_told_by_what_is_in_the_file(old: str, new: str, expected: list[str]) -> None:
    assert lines_of(old, new) == expected


def test_numbers_are_those_after_either_patch() -> None:
    old = HEAD + hunk(ABOVE + "+one\n" + BELOW, 10)
    new = HEAD + hunk(ABOVE + "+two\n" + BELOW, 210)
    assert "@@ -10,7 +210,7 @@ init\n" in write_interdiff(align(old, new))


def test_a_hunk_that_is_no_more_is_undone_with_its_context() -> None:
    kept = hunk(ABOVE + "+one\n" + BELOW, 10)
    gone = hunk(" here\n-old\n+new\n there\n", 90, "exit")
    text = write_interdiff(align(HEAD + kept + gone, HEAD + kept))
    assert text.startswith(HEAD)
    assert text.endswith(" here\n-new\n+old\n there\n") and "exit" in text and "one" not in text


def test_a_file_that_one_of_them_makes_is_made_or_gone() -> None:
    made = (
        "diff --git a/new.c b/new.c\nnew file mode 100644\n--- /dev/null\n+++ b/new.c\n@@ -0,0 +1 @@\n+one\n"
    )
    same = HEAD + hunk(ABOVE + "+one\n" + BELOW)
    index = index_diff(write_interdiff(align(same, same + made)))
    assert [(file.old_path, file.new_path, file.added) for file in index.files] == [("", "new.c", 1)]
    index = index_diff(write_interdiff(align(same + made, same)))
    assert [(file.old_path, file.new_path, file.removed) for file in index.files] == [("new.c", "", 1)]


def test_modes_names_and_binaries_are_told() -> None:
    mode = "diff --git a/x.sh b/x.sh\nold mode 100644\nnew mode 100755\n"
    text = write_interdiff(align("", mode))
    assert "old mode 100644\nnew mode 100755\n" in text
    rename = "diff --git a/x.c b/{0}.c\nsimilarity index 100%\nrename from x.c\nrename to {0}.c\n"
    text = write_interdiff(align(rename.format("y"), rename.format("z")))
    assert "rename from y.c\nrename to z.c\n" in text
    binary = "diff --git a/i.png b/i.png\nindex 1..2 100644\nGIT binary patch\nliteral 3\n{}\n\n"
    text = write_interdiff(align(binary.format("Kc${Nk"), binary.format("Kc${Nl")))
    assert "Binary files a/i.png and b/i.png differ\n" in text
    assert not write_interdiff(align(binary.format("Kc${Nk"), binary.format("Kc${Nk")))


def test_the_message_is_compared_as_the_first_file() -> None:
    same = HEAD + hunk(ABOVE + "+one\n" + BELOW)
    text = write_interdiff(align(same, same, "It is good.\n---\nv1", "It is better.\n---\nv2: better"))
    index = index_diff(text)
    assert [file.path for file in index.files] == [MESSAGE]
    assert "-It is good.\n+It is better.\n" in text and "v2" not in text


def test_what_a_run_was_moved_past_is_told() -> None:
    old = HEAD + hunk(" first thing\n+lock();\n second thing\n third thing\n")
    new = HEAD + hunk(" first thing\n second thing\n+lock();\n third thing\n")
    text = write_interdiff(align(old, new))
    assert "-lock();" in text and "+lock();" in text


def test_two_diffs_can_be_compared_as_they_are() -> None:
    old, new = HEAD + hunk(" a\n-b\n"), HEAD + hunk(" a\n-c\n")
    assert "--b\n+-c\n" in write_raw(align(old, new))


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_without_a_rebase_it_is_what_git_says_of_the_two_states(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "--quiet")
    for seed in range(8):
        maker = Maker(seed)
        old = maker.version(1, 60, files=3)
        new = maker.next(old, 0)
        new.happened = [maker.edit(new)]
        commit(tmp_path, "a", old)
        commit(tmp_path, "b", new)
        found = Comparison(read_texts(tmp_path, "a"), read_texts(tmp_path, "b")).run()
        text = write_interdiff(found.pairing.alignment(0, 0))
        said = run_git(tmp_path, "diff", "--numstat", "a", "b")
        counts = {line.split("\t")[2]: tuple(map(int, line.split("\t")[:2])) for line in said.splitlines()}
        ours = {file.path: (file.added, file.removed) for file in index_diff(text).files}
        assert ours.keys() == counts.keys(), (seed, text)
        # It need not be the least; but what it says must add up.
        assert all(a - b == x - y for (a, b), (x, y) in zip(ours.values(), counts.values(), strict=True))
        assert sum(map(sum, ours.values())) <= 1.2 * sum(map(sum, counts.values()))

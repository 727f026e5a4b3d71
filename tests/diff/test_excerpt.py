"""Patches of what is selected: git applies them, and they do no more than they should."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.diff.excerpt import HUNKS, MERGE, NOTHING, NoPatch, patch_of
from tui.diff.index import STRAY, DiffIndex, index_diff

Tree = dict[str, str]

GIT = """\
diff --git a/src/a.c b/src/a.c
index 1234567..89abcde 100644
--- a/src/a.c
+++ b/src/a.c
@@ -1,3 +1,4 @@ int main(void)
 one
-two
+2
+2.5
 three
@@ -10,2 +11,1 @@
 ten
-eleven
"""


def git(folder: Path, *words: str, text: str = "") -> str:
    env = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(folder.parent),
    }
    done = subprocess.run(
        ["git", *words], cwd=folder, input=text.encode(), capture_output=True, env=env, check=False
    )
    assert done.returncode < 2, done.stderr
    assert not done.stderr, (done.stderr, text)
    return done.stdout.decode()


def write(folder: Path, tree: Tree) -> None:
    for path in folder.iterdir() if folder.is_dir() else ():
        path.unlink()
    folder.mkdir(exist_ok=True)
    for name, text in tree.items():
        (folder / name).write_bytes(text.encode())


def read(folder: Path) -> Tree:
    return {path.name: path.read_bytes().decode() for path in folder.iterdir()}


def diff(folder: Path, old: Tree, new: Tree) -> str:
    write(folder / "a", old)
    write(folder / "b", new)
    return git(folder, "diff", "--no-index", "--no-prefix", "--no-renames", "--text", "a", "b")


def apply(folder: Path, old: Tree, patch: str) -> Tree:
    write(folder / "c", old)
    git(folder / "c", "apply", "--whitespace=nowarn", "-", text=patch)
    return read(folder / "c")


def expect(index: DiffIndex, old: Tree, chosen: range) -> Tree:
    """Do by hand to the old files what the chosen lines say."""
    tree = dict(old)
    for file in index.files:
        hunks = index.hunks[file.first_hunk : file.end_hunk]
        lines = [line for hunk in hunks for line in range(hunk.start, hunk.end) if line in chosen]
        if not any(index.kinds[line] in "+-" for line in lines):
            continue
        rest = old.get(file.path, "").split("\n")
        rest = [f"{text}\n" for text in rest[:-1]] + [text for text in rest[-1:] if text]
        out: list[str] = []
        taken = 0
        for hunk in hunks:
            above = hunk.old_start - (hunk.old_count > 0)
            out += rest[taken:above]
            taken = above
            for line in range(hunk.start + 1, hunk.end):
                kind = index.kinds[line]
                bare = line + 1 < hunk.end and index.kinds[line + 1] == "\\"
                if kind == " " or (kind == "-" and line not in chosen):
                    out.append(rest[taken])
                elif kind == "+" and line in chosen:
                    out.append(index.lines[line][1:] + ("" if bare else "\n"))
                taken += kind in " -"
        out += rest[taken:]
        tree[file.path] = "".join(f"{text}\n" if not text.endswith("\n") else text for text in out[:-1])
        tree[file.path] += "".join(out[-1:])
        if not file.new_path and not out:
            del tree[file.path]
    return tree


TEXT = st.builds(
    lambda lines, end: "\n".join(lines) + end if lines else "",
    st.lists(st.sampled_from(["a", "b", "", " d", "-e", "+f", "g\r", "é", "\\ h"]), max_size=8),
    st.sampled_from(["\n", ""]),
)
NAMES = st.sampled_from(["x", "y y", "z"])
EDIT = st.tuples(
    st.integers(0, 40), st.integers(0, 3), st.lists(st.sampled_from(["a", "new", ""]), max_size=3)
)


@st.composite
def trees(draw: st.DrawFn) -> tuple[Tree, Tree]:
    """Files before and after: some edited here and there, some all new, some gone."""
    old = draw(st.dictionaries(NAMES, TEXT, max_size=1))
    new = draw(st.dictionaries(NAMES, TEXT, max_size=1))
    lines = [f"line {n}" for n in range(draw(st.integers(1, 40)))]
    after = lines.copy()
    for place, count, come in draw(st.lists(EDIT, min_size=1, max_size=4)):
        after[place : place + count] = come
    end = st.sampled_from(["\n", "", "\n", "\r\n"])
    old["w"] = "\n".join(lines) + draw(end)
    new["w"] = "\n".join(after) + draw(end)
    return old, new


@given(pair=trees(), data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_git_applies_any_selection(tmp_path: Path, pair: tuple[Tree, Tree], data: st.DataObject) -> None:
    old, new = pair
    index = index_diff(diff(tmp_path, old, new))
    changes = [line for line, kind in enumerate(index.kinds) if kind in "+-"]
    if not changes:
        return
    first = data.draw(st.sampled_from(changes))
    last = data.draw(
        st.integers(first, min(first + 12, len(index.lines) - 1)) | st.just(len(index.lines) - 1)
    )
    found = apply(tmp_path, old, patch_of(index, first, last))
    for file in index.files:
        # An empty file that comes or goes has nothing but a header.
        if file.first_hunk == file.end_hunk and first <= file.start <= last:
            found.pop(file.path, None)
            old = {name: text for name, text in old.items() if name != file.path}
    assert found == expect(index, old, range(first, last + 1))


def test_all_of_it_is_what_it_was() -> None:
    index = index_diff(GIT)
    assert patch_of(index, 0, len(index.lines) - 1) == GIT.replace("+11,1", "+11")


def test_one_of_two_added_lines() -> None:
    patch = patch_of(index_diff(GIT), 7, 7)
    assert patch.split("\n")[4:] == ["@@ -1,3 +1,4 @@ int main(void)", " one", " two", "+2", " three", ""]


def test_the_second_hunk_counts_from_where_it_now_is() -> None:
    index = index_diff(GIT)
    assert "@@ -10,2 +10 @@" in patch_of(index, 12, 12)
    assert "@@ -10,2 +11 @@" in patch_of(index, 6, 12)


def test_a_line_without_newline_gets_one_where_lines_come_below_it(tmp_path: Path) -> None:
    bare = "\\ No newline at end of file"
    index = index_diff(f"--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n-last\n{bare}\n+last\n+new\n")
    assert apply(tmp_path, {"x": "last"}, patch_of(index, 6, 6)) == {"x": "last\nnew\n"}
    index = index_diff(f"--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n-last\n+last\n+new\n{bare}\n")
    assert apply(tmp_path, {"x": "last\n"}, patch_of(index, 4, 6)) == {"x": "last\nlast\nnew"}


def test_a_header_stands_for_all_below_it() -> None:
    index = index_diff(GIT)
    assert patch_of(index, 1, 1) == patch_of(index, 0, 13)
    assert patch_of(index, 10, 10) == patch_of(index, 10, 12)
    assert patch_of(index, 10, 10).count("@@ ") == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (GIT.replace("-two", " two").replace("+2", " 2"), NOTHING),
        ("", NOTHING),
        ("@@ -1 +1 @@\n-a\n+b\n", STRAY),
        ("diff --cc x\n--- a/x\n+++ b/x\n@@@ -1,1 -1,1 +1,1 @@@\n- a\n -b\n++c\n", MERGE),
        (
            "diff --git a/x b/x\nindex 1..2 100644\nBinary files a/x and b/x differ\n",
            "x is binary, and what is in it is not in the diff",
        ),
        (
            "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\nlost\n+b\n c\n",
            "x: a hunk holds lines that are none of a diff",
        ),
        (
            "--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n-a\nwrapped\n+b\n c\n",
            "x: a hunk holds lines that are none of a diff",
        ),
    ],
)
def test_what_cannot_be_a_patch_says_so(text: str, why: str) -> None:
    index = index_diff(text)
    with pytest.raises(NoPatch) as caught:
        patch_of(index, 5 if why == NOTHING and text else 0, 5 if text.startswith("diff --git a/s") else 9)
    assert str(caught.value) == why
    assert "\n" not in why


def test_part_of_a_deleted_file_leaves_the_rest(tmp_path: Path) -> None:
    old = {"x": "a\nb\nc\n"}
    index = index_diff(diff(tmp_path, old, {}))
    (line,) = (number for number, text in enumerate(index.lines) if text == "-b")
    patch = patch_of(index, line, line)
    assert "deleted" not in patch
    assert apply(tmp_path, old, patch) == {"x": "a\nc\n"}


def test_renamed_with_a_change(tmp_path: Path) -> None:
    body = "".join(f"{n}\n" for n in range(20))
    text = (
        "diff --git a/x b/y\nsimilarity index 90%\nrename from x\nrename to y\nindex 1..2 100644\n"
        "--- a/x\n+++ b/y\n@@ -4,7 +4,8 @@\n 3\n 4\n 5\n-6\n+six\n+and a half\n 7\n 8\n 9\n"
    )
    index = index_diff(text)
    assert patch_of(index, 0, len(index.lines) - 1) == text
    found = apply(tmp_path, {"x": body}, patch_of(index, 13, 13))
    assert found == {"y": body.replace("6\n7", "6\nand a half\n7", 1)}


def test_files_without_hunks_are_taken_whole(tmp_path: Path) -> None:
    text = "diff --git a/x b/z\nsimilarity index 100%\nrename from x\nrename to z\n"
    index = index_diff(text + GIT)
    assert patch_of(index, 2, 2) == text
    assert apply(tmp_path, {"x": "1\n"}, text) == {"z": "1\n"}


def test_a_binary_with_its_content(tmp_path: Path) -> None:
    write(tmp_path / "a", {})
    write(tmp_path / "b", {"p": "\0\1\2"})
    text = git(tmp_path, "diff", "--no-index", "--no-prefix", "--binary", "a", "b")
    text = text.replace("a/p", "p").replace("b/p", "p").replace("git p p", "git a/p b/p")
    index = index_diff(text + "-- \n2.39.5\n")
    assert apply(tmp_path, {}, patch_of(index, 0, 0)) == {"p": "\0\1\2"}


def test_a_mail_with_carriage_returns(tmp_path: Path) -> None:
    index = index_diff("--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\n\n-b\n+c\n".replace("\n", "\r\n"))
    assert apply(tmp_path, {"x": "a\n\nb\n"}, patch_of(index, 0, 6)) == {"x": "a\n\nc\n"}


def test_a_hunk_whose_header_miscounts_is_counted_anew(tmp_path: Path) -> None:
    index = index_diff("--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n a\n-b\n+c\n")
    assert apply(tmp_path, {"x": "a\nb\n"}, patch_of(index, 0, 5)) == {"x": "a\nc\n"}


def test_there_is_an_end_to_the_hunks_that_are_cut_between_two_keys() -> None:
    hunks = "".join(f"@@ -{n} +{n} @@\n-a\n+b\n" for n in range(1, HUNKS + 3))
    index = index_diff(f"--- a/x\n+++ b/x\n{hunks}")
    with pytest.raises(NoPatch, match="hunks"):
        patch_of(index, 0, len(index.lines) - 1, 1_000_000)
    assert patch_of(index, 0, len(index.lines) - 1).count("@@\n") == HUNKS + 2
    assert patch_of(index, 0, 3 * HUNKS, 1_000_000).count("@@\n") == HUNKS

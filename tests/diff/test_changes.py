"""What became of patches: as git pairs them, and with words for what git only draws."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.bench.made_versions import Made, Maker, Version, commit, read_pairs, read_texts, run_git
from tui.diff.changes import Comparison, Fate, Row
from tui.diff.interdiff import write_interdiff
from tui.diff.sheet import Text

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def made(name: str, *lines: str, file: str = "a.c", line: int = 10) -> Text:
    """Return a patch that adds lines."""
    body = "".join(f"+{one}\n" for one in lines)
    diff = (
        f"diff --git a/{file} b/{file}\n--- a/{file}\n+++ b/{file}\n"
        f"@@ -{line},2 +{line},{2 + len(lines)} @@ here\n before it all\n{body} after it all\n"
    )
    return Text(name, f"Add to {file}.", diff)


def code(what: str, count: int = 12) -> list[str]:
    return [f"{what}_call({n}, {what});" for n in range(count)]


def compare(olds: list[Text], news: list[Text]) -> Comparison:
    return Comparison(olds, news).run()


@needs_git
def test_patches_are_paired_as_git_pairs_them(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "--quiet")
    differ = []
    for seed in range(6):
        maker = Maker(seed)
        old = maker.version(5, 20, files=4)
        new = maker.next(old, 4)
        commit(tmp_path, f"a{seed}", old)
        commit(tmp_path, f"b{seed}", new)
        ours = compare(read_texts(tmp_path, f"a{seed}"), read_texts(tmp_path, f"b{seed}")).pairing.pairs
        if set(ours.items()) != read_pairs(tmp_path, f"a{seed}", f"b{seed}"):
            differ.append((seed, new.happened))
    assert not differ


@needs_git
def test_a_rebase_leaves_all_as_it_was(tmp_path: Path) -> None:
    run_git(tmp_path, "init", "--quiet")
    maker = Maker(3)
    base = maker.tree(3, 6)
    patches = [Made(f"part {n}: more", maker.patch(base, 12).edits) for n in range(3)]
    old = Version(base, patches)
    commit(tmp_path, "a", old)
    for functions in base.values():
        for body in functions.values():
            body.insert(1, "\tcalled();")
    commit(tmp_path, "b", old)
    found = compare(read_texts(tmp_path, "a"), read_texts(tmp_path, "b"))
    assert [(row.fate, row.old, row.new) for row in found.rows] == [(Fate.SAME, n, n) for n in range(3)]
    assert not any(write_interdiff(found.pairing.alignment(n, n)) for n in range(3))


def test_what_is_dropped_added_and_moved_is_told() -> None:
    one, two, three, four = (
        made(f"[PATCH 1/3] {what}: do", *code(what), file=f"{what}.c")
        for what in ("one", "two", "three", "four")
    )
    rows = compare([one, two, three], [three, four, one]).rows
    assert [(row.fate, row.old, row.new) for row in rows if row.fate is not Fate.SAME] == [
        (Fate.ADDED, -1, 1),
        (Fate.DROPPED, 1, -1),
    ]
    assert sum(row.is_moved for row in rows) == 1
    assert {(row.old, row.new) for row in rows if row.fate is Fate.SAME} == {(0, 2), (2, 0)}


def test_a_split_is_told_on_both_its_sides() -> None:
    whole = made("ring: all of it", *code("head"), *code("tail", 7))
    head, tail = made("ring: all of it", *code("head")), made("ring: the tail", *code("tail", 7))
    rows = compare([whole], [head, tail]).rows
    assert rows == [Row(Fate.CHANGED, 0, 0, parts=(0, 1)), Row(Fate.ADDED, new=1, source=0)]


def test_a_merge_is_told_on_both_its_sides() -> None:
    whole = made("ring: all of it", *code("head"), *code("tail", 7))
    head, tail = made("ring: all of it", *code("head")), made("ring: the tail", *code("tail", 7))
    rows = compare([head, tail], [whole]).rows
    assert rows == [Row(Fate.CHANGED, 0, 0, sources=(0, 1)), Row(Fate.DROPPED, 1, target=0)]


def test_a_patch_with_another_subject_is_known_by_what_it_does() -> None:
    old = [made("ring: do", *code("ring"), file="r.c"), made("port: do", *code("port"), file="p.c")]
    new = [made("port: do it", *code("port"), file="p.c"), made("hoop: do", *code("ring"), file="r.c")]
    rows = compare(old, new).rows
    assert {(row.old, row.new, row.fate) for row in rows} == {
        (0, 1, Fate.REWORDED),
        (1, 0, Fate.REWORDED),
    }


def test_a_patch_written_anew_is_known_by_its_subject() -> None:
    rows = compare([made("[v1] ring: do", *code("ring"))], [made("[v2] ring: do", *code("port", 30))]).rows
    assert rows == [Row(Fate.CHANGED, 0, 0)]


def test_of_patches_that_do_the_same_the_subject_decides() -> None:
    one, two = made("one", *code("x")), made("two", *code("x"))
    rows = compare([one, two], [two, one]).rows
    assert {(row.old, row.new, row.fate) for row in rows} == {(0, 1, Fate.SAME), (1, 0, Fate.SAME)}


def test_progress_goes_from_nothing_to_all() -> None:
    texts = [made(f"part {n}", *code(f"part{n}")) for n in range(5)]
    steps = list(Comparison(texts, [text._replace(diff=text.diff + "+\n") for text in texts]).steps())
    assert steps == sorted(steps) and 0 < steps[0] < 0.2 and steps[-1] == 1


def test_nothing_and_odd_texts_are_compared_too() -> None:
    assert compare([], []).rows == []
    odd = Text("", "", "@@ -1 +1 @@\n-a\n+b\n" + "\x00\x1b[31m" + "diff --git\n+++\n")
    rows = compare([odd, Text("[PULL] x", "words")], [Text("[PULL] x", "words"), odd]).rows
    assert {(row.old, row.new) for row in rows} == {(0, 1), (1, 0)}

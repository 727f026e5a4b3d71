"""What is folded, and what stands for it."""

from __future__ import annotations

import pytest

from tui.diff.document import Document, build_document
from tui.diff.forms import Shape
from tui.diff.hunk_list import HunkList
from tui.diff.hunks import Hunk
from tui.diff.row import Kind

ONE = "--- a/one.c\n+++ b/one.c\n@@ -1,2 +1,2 @@\n x\n-a\n+b\n@@ -9 +9 @@\n-c\n+d\n"
LOCK = "--- a/package-lock.json\n+++ b/package-lock.json\n@@ -1,1 +1,2 @@\n {\n+}\n"
MODE = "diff --git a/run b/run\nold mode 100644\nnew mode 100755\n"


def build(*parts: str) -> Document:
    document = build_document("Why.", "".join(parts))
    document.lay_out(Shape(80, 80))
    return document


def kinds(document: Document) -> list[Kind]:
    return [document.row(number).kind for number in range(document.file_rows[0], document.count)]


def fold_text(document: Document) -> list[str]:
    rows = [document.row(number) for number in range(document.count)]
    return [row.text for row in rows if row.kind is Kind.FOLD]


def test_a_lock_file_starts_folded_and_says_so() -> None:
    document = build(ONE, LOCK)
    assert (document.is_folded(file=0), document.is_folded(file=1)) == (False, True)
    assert kinds(document)[-2:] == [Kind.FILE, Kind.FOLD]
    assert fold_text(document) == ["… 2 lines in 1 hunk of a generated file"]
    assert document.unfold(document.places - 1)
    assert not document.folds
    assert document.text_at(document.where(document.count - 1)[0]) == "}"


def test_what_git_packs_of_a_binary_starts_folded_and_says_so() -> None:
    header = "diff --git a/x.bin b/x.bin\nindex 1..2 100644\n"
    packed = f"{header}GIT binary patch\nliteral 4\nDcmZQz\n\nliteral 2\nBcmZQzU\n\n"
    document = build(packed, ONE)
    assert (document.is_folded(file=0), document.is_folded(file=1)) == (True, False)
    assert fold_text(document) == ["… binary, 7 lines"]
    assert document.unfold(document.where(document.file_rows[0])[0] + 1)
    assert fold_text(document) == []
    assert not build(f"{packed}Words that somebody put there.\n").folds
    assert not build(f"{header}Binary files a/x.bin and b/x.bin differ\n").folds


def test_a_file_that_says_it_is_generated_starts_folded() -> None:
    new = "--- /dev/null\n+++ b/x.c\n@@ -0,0 +1,2 @@\n+/* Automatically generated, DO NOT EDIT */\n+int x;\n"
    assert build(new).is_folded(file=0)
    assert not build(new.replace("+1,2", "+90,2").replace("-0,0", "-89,0")).is_folded(file=0)


def test_fold_a_hunk_or_its_file() -> None:
    document = build(ONE, MODE)
    top, hunk = document.file_rows[0], document.hunk_rows[0]
    body = document.where(hunk + 1)[0]
    assert document.fold(body)
    assert document.is_folded(hunk=0)
    assert fold_text(document) == ["… 3 lines"]
    assert document.row_at(body) == document.row_at(body + 2) == hunk + 1
    assert list(document.hunk_rows) == [hunk, hunk + 2]
    assert document.fold(document.where(top)[0])
    assert document.is_folded(file=0)
    assert fold_text(document) == ["… 5 lines in 2 hunks"]
    assert list(document.hunk_rows) == []
    assert document.fold(body)
    assert not document.folds
    assert document.fold(document.where(hunk)[0])
    assert document.fold(document.where(hunk)[0])
    assert not document.folds


def test_there_is_nothing_to_fold_in_a_mode_or_the_message() -> None:
    document = build(ONE, MODE)
    assert not document.fold(document.where(document.file_rows[1])[0])
    assert not document.fold(0)
    assert not document.unfold(0)
    assert not document.folds


def test_folds_outlive_a_change_of_shape_and_come_back() -> None:
    document = build(ONE, LOCK)
    document.fold(document.where(document.hunk_rows[1])[0])
    folds = document.folds
    assert len(folds) == 2
    for shape in (Shape(20, 9, split=True), Shape(20, 9, wrap=True), Shape(9, 3, split=True, wrap=True)):
        document.lay_out(shape)
        assert document.folds == folds
        assert len(fold_text(document)) == 2
    again = build(ONE, LOCK)
    again.set_folds(folds | {1, 10_000})
    assert again.folds == folds
    again.set_folds(frozenset())
    assert fold_text(again) == []


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((ONE, LOCK, MODE), [Kind.FILE, Kind.FOLD, Kind.BLANK, Kind.FILE, Kind.FOLD, Kind.BLANK, Kind.FILE]),
        ((ONE,), [Kind.FILE, Kind.HUNK, Kind.FOLD, Kind.HUNK, Kind.FOLD]),
    ],
)
def test_fold_all(parts: tuple[str, ...], expected: list[Kind]) -> None:
    document = build(*parts)
    document.fold_all(True)
    assert kinds(document) == expected
    document.fold_all(False)
    assert Kind.FOLD not in kinds(document)
    assert document.count == document.places


@pytest.mark.parametrize("shape", [Shape(), Shape(split=True), Shape(80, 70, wrap=True)])
def test_to_fold_all_hunks_none_is_read_again(shape: Shape, monkeypatch: pytest.MonkeyPatch) -> None:
    hunks = "".join(f"@@ -{n} +{n} @@\n-a\n+b\n" for n in range(1, 501))
    document = build_document("", f"--- a/x.c\n+++ b/x.c\n{hunks}")
    document.lay_out(shape)
    made: list[int] = []
    plain = HunkList._make

    def make(self: HunkList, number: int) -> Hunk:
        made.append(number)
        return plain(self, number)

    monkeypatch.setattr(HunkList, "_make", make)
    document.fold_all(True)
    assert len(document.hunk_rows) == 500
    document.unfold(document.count - 1)
    document.fold_all(False)
    assert len(made) < 10

"""Damaged patches by the thousand: see tests/bench/fuzz_diff.py, which does a million."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench.fuzz_diff import check, fuzz
from tests.bench.patch_damage import mutants
from tests.bench.patch_pool import Git, make_pool


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return make_pool(tmp_path_factory.mktemp("pool"))


def test_twenty_thousand_damaged_patches(tmp_path: Path) -> None:
    report = fuzz(20_000, 1_000, tmp_path, documents=8)
    assert report.failures == []
    assert (report.patches, report.asked) == (20_000, 1_000)
    assert report.taken > 300
    assert report.misnamed < 5
    assert report.judged > 200


def test_the_pool_has_every_kind_of_patch(pool: list[str]) -> None:
    text = "".join(pool)
    for words in (
        *("\nrename from ", "\ncopy from ", "\nnew file mode 100644", "\ndeleted file mode 100644"),
        *("\nold mode 100644\nnew mode 100755", "\nGIT binary patch\n", "\nBinary files ", " 160000\n"),
        *("\n\\ No newline at end of file\n", "\r\n", '"a/q\\"uote\\t.c"', "\ndiff --cc ", "\n@@@ "),
        *("\nIndex: ", "\ndiff -ruN ", "\n-- \n2.", "\nSubject: [PATCH", " 120000\n"),
    ):
        assert words in text, words


def test_patches_as_git_makes_them_are_sound(pool: list[str]) -> None:
    # Some mails of the corpus are damaged on purpose.
    for text in (text for text in pool if "\nMessage-ID: " not in text):
        index = check(text)
        assert index.files
        assert not [file for file in index.files if file.trouble]


def test_the_same_seed_makes_the_same_patches(pool: list[str]) -> None:
    assert list(mutants(pool, 50, 1)) == list(mutants(pool, 50, 1))
    assert len(set(mutants(pool, 50, 1)) & set(mutants(pool, 50, 2))) < 10


def test_git_that_stops_at_a_damaged_binary_has_refused(tmp_path: Path) -> None:
    text = "diff --git a/x b/x\nnew file mode 100644\nindex 0000000..1111111\nGIT binary patch\nliteral 3\n"
    assert Git(tmp_path).run("apply", "--numstat", stdin=text.encode()) is None


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_lines_of_patches_in_any_order(pool: list[str], data: st.DataObject) -> None:
    lines = sorted({line for text in pool for line in text.split("\n")})
    check("\n".join(data.draw(st.lists(st.sampled_from(lines) | st.text(max_size=20), max_size=40))))

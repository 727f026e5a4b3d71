"""File names as headers of diffs write them."""

from __future__ import annotations

import pytest

from tui.core.paths import name_of, split_git_names, strip_prefix, unquote


@pytest.mark.parametrize(
    ("rest", "name"),
    [
        ("a/x", "a/x"),
        ("a/x\t2024-01-02 03:04:05", "a/x"),
        ("a/x y\t", "a/x y"),
        ("a/x\r", "a/x"),
        ('"a/\\303\\244\\t\\"\\\\"', 'a/ä\t"\\'),
        ('"a/x"\t2024', "a/x"),
        ('"a/\\377"', "a/\ufffd"),
        ('"a/\\9"b"', '"a/\\9"b"'),  # no quotes of git's: it takes the name as it is
        ('"a/open', '"a/open'),
    ],
)
def test_name_in_a_line(rest: str, name: str) -> None:
    assert name_of(rest) == name


@pytest.mark.parametrize(
    ("rest", "names"),
    [
        ("a/x b/x", ("a/x", "b/x")),
        ("a/x y b/x y", ("a/x y", "b/x y")),
        ("a/x b/y b/x b/y", ("a/x b/y", "b/x b/y")),
        ("a/x b/y", ("a/x", "b/y")),
        ("x x", ("x", "x")),
        ('"a/\\t" "b/\\t"', ("a/\t", "b/\t")),
        ('a/x "b/\\t"', ("a/x", "b/\t")),
        ('"a/\\t" b/x y', ("a/\t", "b/x y")),
        ("one", ("one", "one")),
        ("a/x b/x\r", ("a/x", "b/x")),
    ],
)
def test_names_of_a_git_line(rest: str, names: tuple[str, str]) -> None:
    assert split_git_names(rest) == names


@pytest.mark.parametrize("name", ["", '"', '""', "x", '"x', 'x"'])
def test_what_is_not_quoted_stays(name: str) -> None:
    assert unquote(name) == ("" if name == '""' else name)


def test_prefixes() -> None:
    assert [strip_prefix(name) for name in ("a/x", "b/x", "i/x", "w/x", "d/x", "ab/x")] == [
        *"xxxx",
        "d/x",
        "ab/x",
    ]

"""What the server would refuse of a check is known before it is sent."""

from __future__ import annotations

import pytest

from tui.core.check_draft import CheckDraft, find_faults
from tui.core.model import CheckState

GOOD = CheckDraft(CheckState.FAIL, "build-arm64_2", "two errors", "https://ci.example.org:8080/build/7?a=b#c")


def test_a_good_one_has_no_faults() -> None:
    assert find_faults(GOOD) == {}
    assert find_faults(CheckDraft(CheckState.SUCCESS, "x")) == {}
    assert GOOD.title == "build-arm64_2: fail"


@pytest.mark.parametrize("context", ["", "two words", "ü", "a/b", "a.b", "a\n", "x" * 256])
def test_a_context_is_a_slug(context: str) -> None:
    assert list(find_faults(GOOD._replace(context=context))) == ["context"]


@pytest.mark.parametrize(
    "address",
    ["ci.example.org", "javascript:alert(1)", "file:///etc", "http://", "https:///x", "https://a b/", "http://a/\n",
     "https://user@example.org/", "https://ü.example.org/", "https://ci.example.org/" + "x" * 200],
)  # fmt: skip
def test_an_address_is_a_whole_one(address: str) -> None:
    assert list(find_faults(GOOD._replace(target_url=address))) == ["target_url"]


@pytest.mark.parametrize("description", ["x" * 1001, "two\nlines", "bell \x07"])
def test_a_description_is_one_line(description: str) -> None:
    assert list(find_faults(GOOD._replace(description=description))) == ["description"]


def test_all_faults_are_told_at_once() -> None:
    draft = CheckDraft(CheckState.FAIL, " ", "\x1b", "nowhere")
    assert set(find_faults(draft)) == {"context", "description", "target_url"}

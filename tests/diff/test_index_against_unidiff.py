"""unidiff judges the index on all that it can parse; no mutation makes it raise or lose a line."""

from __future__ import annotations

import difflib
from email import message_from_bytes
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unidiff.errors import UnidiffParseError
from unidiff.patch import PatchSet

from tui.diff.index import DiffIndex, index_diff

CORPUS = Path(__file__).resolve().parents[2] / "tui" / "demo" / "corpus"

LINE = st.sampled_from(
    [
        "",
        "a",
        "b",
        "int x;",
        "-- ",
        "- dash",
        "++i;",
        "@@ -1 +1 @@",
        "diff --git a/x b/x",
        "\tx",
        "\\ no",
        "é",
    ]
)
CONTENT = st.lists(LINE, max_size=12)
NOISE = st.sampled_from(
    [
        "+x",
        "-y",
        " z",
        "prose",
        "-- ",
        "@@ -1 +1 @@",
        "@@ -0,0 +1,3 @@",
        "@@@ -1 -1 +1 @@@",
        "--- a/q",
        "+++ b/q",
        "diff --git a/x b/x",
        "\\ No newline at end of file",
        "GIT binary patch",
        "Index: q",
        "",
    ]
)
MUTATION = st.tuples(st.sampled_from(["delete", "insert", "wrap", "cut"]), st.integers(0, 200), NOISE)


@st.composite
def diffs(draw: st.DrawFn) -> str:
    """A git diff of one to three files."""
    pieces: list[str] = []
    for number in range(draw(st.integers(1, 3))):
        old, new = draw(CONTENT), draw(CONTENT)
        names = f"a/f{number}.c", f"b/f{number}.c"
        lines = list(difflib.unified_diff(old, new, *names, lineterm=""))
        if lines:
            pieces += [f"diff --git {names[0]} {names[1]}", "index 1234567..89abcde 100644", *lines]
    return "\n".join([*pieces, ""])


def mutate(text: str, mutations: list[tuple[str, int, str]]) -> str:
    """Damage a diff as mail does."""
    lines = text.split("\n")
    for kind, place, noise in mutations:
        at = place % max(1, len(lines))
        if kind == "delete":
            lines[at : at + 1] = []
        elif kind == "insert":
            lines.insert(at, noise)
        elif kind == "wrap" and lines:
            lines[at : at + 1] = [lines[at][:3], lines[at][3:]]
        else:
            lines[at:] = lines[at : at + 4]
    return "\n".join(lines)


def check_whole(text: str) -> DiffIndex:
    """See that nothing is lost and that ranges are in order."""
    found = index_diff(text)
    assert "\n".join(found.lines) == text
    assert len(found.kinds) == len(found.lines)
    assert set(found.kinds) <= set(" +-\\@hbt")
    for ranges in (
        [(file.start, file.end) for file in found.files],
        [(hunk.start, hunk.end) for hunk in found.hunks],
    ):
        flat = [number for pair in ranges for number in pair]
        assert flat == sorted(flat)
    return found


def facts(diff: PatchSet) -> list[tuple[int, int, int]]:
    return [(len(file), file.added, file.removed) for file in diff]


def our_facts(found: DiffIndex) -> list[tuple[int, int, int]]:
    return [(file.end_hunk - file.first_hunk, file.added, file.removed) for file in found.files]


@given(diffs())
@settings(max_examples=150, deadline=None)
def test_agrees_on_sound_diffs(text: str) -> None:
    found = check_whole(text)
    assert our_facts(found) == facts(PatchSet.from_string(text))
    assert not any(hunk.trouble for hunk in found.hunks)


@given(diffs(), st.lists(MUTATION, min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_mutations_lose_nothing(text: str, mutations: list[tuple[str, int, str]]) -> None:
    check_whole(mutate(text, mutations))


@given(st.text(alphabet=" +-@\\\n,0123abdifgINx/:", max_size=120))
@settings(max_examples=300, deadline=None)
def test_any_text_is_kept(text: str) -> None:
    check_whole(text)


def mails(folder: Path) -> list[str]:
    """The texts of all mails below a folder, decoded."""
    texts: list[str] = []
    for path in sorted(folder.rglob("*.mbox")):
        for piece in path.read_bytes().split(b"\nFrom "):
            payloads = [part.get_payload(decode=True) for part in message_from_bytes(piece).walk()]
            texts += [
                payload.decode("utf-8", "replace") for payload in payloads if isinstance(payload, bytes)
            ]
    return texts


def judge(texts: list[str]) -> int:
    """Compare on all that unidiff parses; return how many those are."""
    judged = 0
    for text in texts:
        found = check_whole(text)
        at = text.find("\ndiff --git ")
        if at < 0 or "GIT binary patch" in text:
            continue
        diff = text[at + 1 :].partition("\n-- \n")[0] + "\n"
        try:
            theirs = PatchSet.from_string(diff)
        except UnidiffParseError:
            continue
        found = check_whole(diff)
        if any(hunk.trouble for hunk in found.hunks) or "@@@" in diff:
            continue
        assert our_facts(found) == facts(theirs), diff[:400]
        judged += 1
    return judged


def test_agrees_on_the_sample_mails(shared: Path) -> None:
    assert judge(mails(shared / "mails")) > 20


def test_agrees_on_the_demo_corpus() -> None:
    texts = mails(CORPUS)
    if not texts:
        pytest.skip("the demo has no corpus yet")
    assert judge(texts) > 50

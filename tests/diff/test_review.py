"""Parts of patches: known again in another version, and seen or not."""

from __future__ import annotations

from tests.diff.test_substance import DIFF
from tui.diff.review import Parts, content_of, find_seen, is_seen, take_apart, unchanged_since
from tui.diff.sheet import Text

SECOND = DIFF.replace("ring.c", "port.c")
REBASED = DIFF.replace("@@ -10,7 +10,8 @@", "@@ -90,7 +91,8 @@").replace(" \treturn 0;", " \treturn 1;")
CHANGED = DIFF.replace("roundup(size)", "rounddown(size)")


def parts(diff: str, content: str = "Why.", name: str = "[PATCH 1/2] ring: do") -> Parts:
    return take_apart(Text(name, content, diff))


def kept(*all_parts: Parts) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in all_parts:
        for seal in one.all:
            digest, places = content_of(seal)
            found.setdefault(digest, []).append(places)
    return found


def test_a_mark_holds_when_a_patch_is_rebased_and_falls_when_it_changes() -> None:
    marks = kept(parts(DIFF + SECOND))
    assert all(is_seen(seal, marks) for seal in parts(REBASED + SECOND, name="[v2,1/2] ring: do").all)
    now = parts(CHANGED + SECOND)
    assert [is_seen(seal, marks) for seal in now.all] == [True, False, True]
    assert [is_seen(seal, marks) for seal in parts(DIFF, "Why not.").all] == [False, True]
    assert len(find_seen(now.all, marks)) == 2


def test_files_are_found_by_their_number_whatever_stands_before_them() -> None:
    loose = parts("@@ -1 +1 @@\n-a\n+b\n" + DIFF)
    assert loose.has_loose
    assert loose.seal_of_file(0) == parts(DIFF).files[0]
    assert loose.seal_of_file(1) is None


def test_a_cover_letter_has_words_only() -> None:
    assert parts("", "Dear all").files == ()


def test_it_is_told_in_how_many_versions_a_patch_is_the_same() -> None:
    now, same, other = parts(DIFF), parts(REBASED), parts(CHANGED)
    assert unchanged_since(now, [[other, same], [same]]) == 2
    assert unchanged_since(now, [[same], [other], [same]]) == 1
    assert unchanged_since(now, [[same], None, [same]]) == 1
    assert unchanged_since(now, [[other]]) == unchanged_since(now, []) == 0

"""What a patch changes, apart from where its lines stand and what stands around them.

Two patches are the same when they add and take away the same lines of the same files, and put
them at the same place.  White space counts.  Line numbers do not, nor does context, which is
another one after a rebase.  But a line that is moved past one that stayed is a change that no
added or removed line tells: so the lines around each run are looked at too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

from tui.diff.sheet import Leaf, Sheet

AROUND = 3
"""Lines before and after a run of changed ones that say where it is; as many as git shows."""
_RUN = re.compile(r"[-+tb][-+\\tb]*")
_TELLING = re.compile(r"\w\W*\w\W*\w")
"""What a line has that is not found at every end of a block, as a brace is."""

Place = tuple[tuple[int, ...], tuple[int, ...]]
"""Checks of the lines before a run, and of those after it."""


class Seal(NamedTuple):
    """What a file of a patch, or its message, is known by in another version."""

    digest: bytes
    """Of what is changed, 16 bytes."""
    places: str = ""
    """Where, packed: those of a diff of 100,000 lines take 4 MB otherwise."""

    def is_same(self, other: Seal) -> bool:
        """Say whether the same is changed at the same place."""
        if self.digest != other.digest:
            return False
        return self.places == other.places or are_places_same(unpack(self.places), unpack(other.places))


def are_places_same(ours: Sequence[Place], theirs: Sequence[Place]) -> bool:
    """Say whether no run has been moved past a line that stayed, or among others altogether."""
    return len(ours) == len(theirs) and all(map(is_same_place, ours, theirs))


def is_same_place(one: Place, other: Place) -> bool:
    """Say whether a run is where it was, as far as the lines around it tell."""
    if one == other:
        return True
    (before, after), (before_too, after_too) = map(set, one), map(set, other)
    crossed = (before & after_too) - before_too - after | (after & before_too) - after_too - before
    if crossed:
        return False
    shares = before & before_too or after & after_too
    return bool(shares) or not (before | after) or not (before_too | after_too)


def seal_leaf(leaf: Leaf) -> Seal:
    """Return what a file of a patch is known by."""
    lines = leaf.lines
    digest = blake2b(_encoded(lines[0]), digest_size=16)
    runs = list(runs_of(leaf.signs))
    for first, end in runs:
        digest.update(_encoded("\n\n" + "\n".join(lines[first:end])))
    return Seal(digest.digest(), pack(place_of(leaf, *run) for run in runs))


def runs_of(signs: str) -> Iterator[tuple[int, int]]:
    """Yield where runs of changed lines begin and end."""
    return (match.span() for match in _RUN.finditer(signs))


def place_of(leaf: Leaf, first: int, end: int) -> Place:
    """Return where a run of changed lines is."""
    signs, lines = leaf.signs, leaf.lines
    top = signs.rfind("@", 0, first)
    bottom = signs.find("@", end)
    bottom = len(signs) if bottom < 0 else bottom
    return (
        _checks(lines[n] for n in range(first - 1, top, -1) if signs[n] == " "),
        _checks(lines[n] for n in range(end, bottom) if signs[n] == " "),
    )


def _checks(lines: Iterable[str]) -> tuple[int, ...]:
    """Return checks of the first few lines that tell something."""
    found: list[int] = []
    for line in lines:
        if _TELLING.search(line):
            found.append(crc32(_encoded(line)))
            if len(found) == AROUND:
                break
    return tuple(found)


def seal_words(sheet: Sheet) -> Seal:
    """Return what the message of a patch is known by: its subject and text, without trailers."""
    text = "\n".join(" ".join(line.split()) for line in sheet.words)
    return Seal(blake2b(_encoded(f"message\n{text}"), digest_size=16).digest())


def has_same_changes(old: Sheet, new: Sheet) -> bool:
    """Say whether two patches change the same, be one rebased or not."""
    if old.ids == new.ids:
        return True
    if len(old.leaves) != len(new.leaves):
        return False
    pairs = zip(old.leaves, new.leaves, strict=True)
    return all(one.ids == other.ids or _is_same_leaf(one, other) for one, other in pairs)


def _is_same_leaf(one: Leaf, other: Leaf) -> bool:
    if one.lines[0] != other.lines[0]:
        return False
    if _count_changed(one) != _count_changed(other):
        return False  # much quicker than what follows
    return seal_leaf(one).is_same(seal_leaf(other))


def _count_changed(leaf: Leaf) -> tuple[int, int]:
    signs = leaf.signs
    return signs.count("+"), signs.count("-")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def pack(places: Iterable[Place]) -> str:
    """Return places as a text to be kept."""
    return ";".join(",".join(map(str, before)) + "|" + ",".join(map(str, after)) for before, after in places)


def unpack(kept: str) -> tuple[Place, ...]:
    """Return places that were kept; none of a text that is no such one."""
    try:
        return tuple(_unpack_one(one) for one in kept.split(";") if one)
    except ValueError:
        return ()


def _unpack_one(kept: str) -> Place:
    before, _, after = kept.partition("|")
    return tuple(map(int, filter(None, before.split(",")))), tuple(map(int, filter(None, after.split(","))))

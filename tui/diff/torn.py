"""Patches with a binary, which Patchwork tears: part of the diff ends up in the message.

After one ``GIT binary patch``, Patchwork's parser waits for the next ``diff`` line and keeps
that, but takes what follows for text again (getpatchwork/patchwork#463): a text file loses its
extended headers, a second binary or a change of mode everything but its ``diff --git`` line.
The lost lines stand behind the message in ``content``, in their order, so they can be put back.
"""

from __future__ import annotations

import re

_HEADERS = (
    "old mode ",
    "new mode ",
    "deleted file mode ",
    "new file mode ",
    "similarity index ",
    "dissimilarity index ",
    "copy from ",
    "rename from ",
    "copy to ",
    "rename to ",
    "index ",
    "GIT binary patch",
)
"""In the order in which git writes them."""
_BASE85 = re.compile(r"[A-Za-z][0-9A-Za-z!#$%&()*+;<=>?@^_`{|}~-]+\Z")
_GIT = "diff --git "


def mend(content: str, diff: str) -> tuple[str, str, bool]:
    """Return message and diff as they were, and whether the diff is whole.

    What cannot be put together with certainty comes back as it was, with False.
    """
    loose = diff.startswith(_GIT) and "GIT binary patch" in diff
    if not loose and f"\n{_GIT}" not in f"\n{content}":
        return content, diff, True
    message, fragments = _split_message(content)
    lines = diff.removesuffix("\n").split("\n") if diff else []
    sites = _find_sites(lines)
    if not fragments and not sites:
        return content, diff, f"\n{_GIT}" not in f"\n{content}"
    ends = [fragment for fragment in fragments if fragment[0].startswith(_GIT)]
    torn = [fragment for fragment in fragments if not fragment[0].startswith(_GIT)]
    whole = [fragment for fragment in ends if len(fragment) > 1]
    bare = [fragment for fragment in ends if len(fragment) == 1]
    if len(torn) == len(sites) + len(bare) and len(bare) <= 1 and not whole:
        return message, _join(lines, sites, torn, bare), True
    if not sites and not torn and whole and not lines:
        return message, "\n".join(line for fragment in whole for line in fragment) + "\n", True
    return content, diff, False


def _split_message(content: str) -> tuple[str, list[list[str]]]:
    """Split what belongs to the diff off the end of a message, file by file."""
    lines = content.split("\n")
    first = len(lines)
    while first and _is_torn(lines[first - 1]):
        first -= 1
    while first < len(lines) and not lines[first].startswith((*_HEADERS, _GIT)):
        first += 1
    fragments: list[list[str]] = []
    rank = len(_HEADERS)
    for line in lines[first:]:
        new = next((n for n, header in enumerate(_HEADERS) if line.startswith(header)), None)
        if line.startswith(_GIT):
            fragments.append([line])
            rank = -1
        elif new is not None:
            if new <= rank or not fragments:
                fragments.append([])
            fragments[-1].append(line)
            rank = new
        else:
            fragments[-1].append(line)
            rank = len(_HEADERS)
    return "\n".join(lines[:first]).rstrip("\n"), fragments


def _is_torn(line: str) -> bool:
    return (
        not line
        or line.startswith((*_HEADERS, _GIT, "literal ", "delta "))
        or (len(line) > 5 and _BASE85.match(line) is not None)
    )


def _find_sites(lines: list[str]) -> list[int]:
    """Return the ``diff --git`` lines that have lost what stood below them."""
    return [
        number
        for number, line in enumerate(lines)
        if line.startswith(_GIT)
        and (number + 1 == len(lines) or lines[number + 1].startswith((_GIT, "--- ")))
    ]


def _join(lines: list[str], sites: list[int], torn: list[list[str]], bare: list[list[str]]) -> str:
    """Put each fragment below its ``diff --git`` line; the last one may stand in the message."""
    out: list[str] = []
    rest = iter(torn)
    open_ended = set(sites)
    for number, line in enumerate(lines):
        out.append(line)
        if number in open_ended:
            out += _closed(next(rest))
    for headline in bare:
        out += [*headline, *_closed(next(rest))]
    return "\n".join(out) + "\n"


def _closed(fragment: list[str]) -> list[str]:
    """A binary ends with an empty line, which Patchwork strips at the end of a message."""
    binary = any(line.startswith("GIT binary patch") for line in fragment)
    return [*fragment, ""] if binary and fragment[-1] else fragment

"""What the header row of a file says: its name, what happened to it, what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from tui.core.text import is_clean

if TYPE_CHECKING:
    from tui.diff.files import File

SUBMODULE = "160000"
SYMLINK = "120000"

_UNUSUAL = re.compile(r"[^\t\n\f\r\xa0 -~]")


def describe(file: File, brevity: int = 0) -> str:
    """Return what happened to a file, in words; empty where its content changed and no more.

    At a ``brevity`` of 1 an old name lacks what the new one says too; at 2 nothing is told of what
    was before.  Not clean: names and modes are what the diff says.
    """
    words: list[str] = []
    if file.copied or file.renamed:
        old = _differing(file.old_path, file.new_path) if brevity else file.old_path
        origin = "" if brevity > 1 else f" from {old}"
        words.append(f"{'copied' if file.copied else 'renamed'}{origin} {file.similarity}".rstrip())
    elif file.new_path and not file.old_path:
        words.append("new file")
    elif file.old_path and not file.new_path:
        words.append("deleted")
    elif _is_another(file.old_path, file.new_path):
        words.append(f"was {file.old_path}")
    if SUBMODULE in (file.old_mode, file.new_mode):
        words.append(f"submodule {_commits(file)}".rstrip())
    elif file.old_mode and file.new_mode and file.old_mode != file.new_mode:
        words.append(f"mode {'' if brevity > 1 else f'{file.old_mode} '}→ {file.new_mode}")
    elif not file.old_path and file.new_mode not in ("", "100644"):
        words.append("symbolic link" if file.new_mode == SYMLINK else f"mode {file.new_mode}")
    if file.binary:
        words.append("binary" if file.size is None else f"binary, {file.size} bytes")
    return ", ".join(words)


def _is_another(old: str, new: str) -> bool:
    """Say whether ``diff -u`` was given files of two names, not one in two folders, or with its backup."""
    if old == new or not old:
        return False
    for suffix in ("~", ".orig", ".old", ".bak"):
        old = old.removesuffix(suffix)
    shorter, longer = sorted((f"/{name.partition('/')[2] or name}" for name in (old, new)), key=len)
    return not longer.endswith(shorter)


def both_names(old: str, new: str) -> str:
    """Return two names as ``git diff --stat`` does: ``net/{core → ipv4}/dev.c``."""
    head, left, right, tail = _split_names(old, new)
    if not head and not tail:
        return f"{old} → {new}"
    middle = f"{{{'/'.join(left)} → {'/'.join(right)}}}"
    return "/".join([*head, middle, *tail])


def _differing(old: str, new: str) -> str:
    """Return an old name with ``…`` for the folders, and the end, that it shares with the new one."""
    head, left, _, tail = _split_names(old, new)
    if not left:
        # A folder was put in between: what stood there side by side tells where.
        head, left, tail = head[:-1], head[-1:] + tail[:1], tail[1:]
    return "/".join([*["…"][: len(head)], *left, *["…"][: len(tail)]])


def _split_names(old: str, new: str) -> tuple[list[str], list[str], list[str], list[str]]:
    """Return what two paths share at first, what each has for itself, and what they share at last."""
    left, right = old.split("/"), new.split("/")
    pairs = list(zip(left, right, strict=False))
    first = next((n for n, (a, b) in enumerate(pairs) if a != b), len(pairs))
    first = min(first, len(left) - 1, len(right) - 1)
    most = min(len(left), len(right)) - first
    last = next((n for n in range(most) if left[-1 - n] != right[-1 - n]), most)
    return (
        left[:first],
        left[first : len(left) - last],
        right[first : len(right) - last],
        left[len(left) - last :],
    )


def _commits(file: File) -> str:
    """The commits of a submodule, as short as people write them; of one side where the other has none."""
    old, _, new = file.blobs.partition("..")
    sides = [side[:12] for side in (old, new) if side.strip("0")]
    return "..".join(sides)


def is_hostile(text: str) -> bool:
    """Say whether a text holds characters that would not show, or would act, in a terminal.

    Form feeds, carriage returns and blanks of other widths are common in honest text.
    """
    if _UNUSUAL.search(text) is None:
        return False
    # Each character once: to clean all of a long text takes ten times as long.
    found = set(text) - set("\n\f\r")
    return not is_clean("".join(c for c in found if unicodedata.category(c) != "Zs"))

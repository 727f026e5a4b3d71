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


def describe(file: File) -> str:
    """Return what happened to a file, in words; empty where its content changed and no more.

    Not clean: names and modes are what the diff says.
    """
    words: list[str] = []
    if file.copied or file.renamed:
        words.append(
            f"{'copied' if file.copied else 'renamed'} from {file.old_path} {file.similarity}".rstrip()
        )
    elif file.new_path and not file.old_path:
        words.append("new file")
    elif file.old_path and not file.new_path:
        words.append("deleted")
    if SUBMODULE in (file.old_mode, file.new_mode):
        words.append(f"submodule {_commits(file)}".rstrip())
    elif file.old_mode and file.new_mode and file.old_mode != file.new_mode:
        words.append(f"mode {file.old_mode} → {file.new_mode}")
    elif not file.old_path and file.new_mode not in ("", "100644"):
        words.append("symbolic link" if file.new_mode == SYMLINK else f"mode {file.new_mode}")
    if file.binary:
        words.append("binary" if file.size is None else f"binary, {file.size} bytes")
    return ", ".join(words)


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

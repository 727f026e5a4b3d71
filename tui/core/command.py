"""Commands of the user's own: a key runs one, each field of the row a word of the shell whatever it holds."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

FIELDS: Mapping[str, str] = {
    "msgid": "message id of the patch, of a series that of its cover letter or first patch",
    "series_id": "number of the series",
    "patch_id": "number of the patch",
    "patch_ids": "numbers of all patches of the series, or of this one",
    "name": "name of the patch or series",
    "version": "version of the series",
    "submitter": "who sent it",
    "email": "their address",
    "state": "state of the patch",
    "server": "root address of the server",
    "project": "link name of the project",
    "web_url": "its page",
    "mbox_url": "its mbox on the server",
    "mbox_file": "a file that holds its mails while the command runs",
    "diff_file": "a file that holds the diff of the patch while the command runs",
}
"""What may stand in braces, and what it is."""
FILES = ("mbox_file", "diff_file")
_FIELD = re.compile(r"(?<!\$)\{([a-z_]+)\}")


class Output(StrEnum):
    """What becomes of a command's output."""

    TERMINAL = "terminal"
    """It has the terminal while it runs."""
    BACKGROUND = "background"
    """Its last line is told when it has ended."""
    READER = "reader"
    """It is shown while it comes."""


class Command(NamedTuple):
    """What a key runs."""

    key: str
    """As the user wrote it."""
    run: str
    """For the shell, with fields in braces."""
    output: Output = Output.TERMINAL
    title: str = ""
    """What it is called; empty for the first word that it runs."""
    at: str = ""
    """Where it is written: a file and a line."""

    @property
    def name(self) -> str:
        """Return what to call it."""
        return self.title or self.run.split()[0]

    @property
    def fields(self) -> list[str]:
        """Return the fields that it wants, each once."""
        return list(dict.fromkeys(_FIELD.findall(self.run)))

    def filled(self, values: Mapping[str, tuple[str, ...]]) -> str:
        """Return what the shell is given: each value a word of its own."""
        return _FIELD.sub(lambda found: " ".join(map(shlex.quote, values[found[1]])), self.run)


def check_command(run: str) -> None:
    """Raise ValueError with what is wrong with a command, as the end of a sentence."""
    if not run.strip():
        raise ValueError("runs nothing")
    if "\0" in run:
        raise ValueError("holds a character that no command can")
    known, quoted = set(FIELDS), dict(_quotes(run))
    for found in _FIELD.finditer(run):
        if found[1] not in known:
            raise ValueError(_unknown(found[1]))
        if quoted[found.start()]:
            raise ValueError(f"has {found[0]} in quotes: it is quoted already, so write it without them")


def _unknown(field: str) -> str:
    from difflib import get_close_matches  # only mistakes need it

    meant = get_close_matches(field, FIELDS, 1)
    return f"has {{{field}}}, which is no field; " + (
        f"did you mean {{{meant[0]}}}?" if meant else f"there are: {', '.join(FIELDS)}"
    )


def _quotes(run: str) -> Iterator[tuple[int, str]]:
    """Yield for each place of a command the quote that it stands in, empty for none, as a shell reads it."""
    quote, escaped = "", False
    for place, character in enumerate(run):
        yield place, quote or ("\\" if escaped else "")
        if escaped:
            escaped = False
        elif character == "\\" and quote != "'":
            escaped = True
        elif character == quote:
            quote = ""
        elif not quote and character in "'\"`":
            quote = character


def fault_of(value: str) -> str:
    """Say why a value cannot be a word of a command: it comes from whoever sent the mail."""
    if value.startswith("-"):
        return "begins with -, and might be taken as an option"
    if any(not character.isprintable() for character in value):
        return "holds control characters"
    return ""

"""A check as a user writes it, before it is filed: what the server would refuse of it is said here."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.core.model import CheckState

LONGEST_CONTEXT, LONGEST_URL = 255, 200
"""What Patchwork keeps (API 1.0 to 1.4); a description has no limit there."""
LONGEST_DESCRIPTION = 1000
"""Ours: it is shown in one line."""

_SLUG = re.compile(r"[-a-zA-Z0-9_]+")
_URL = re.compile(r"https?://[^\s/?#@]+(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)


class CheckDraft(NamedTuple):
    """What a check is to say.  A check that is filed stays: no API takes it back."""

    state: CheckState
    context: str
    description: str = ""
    target_url: str = ""

    @property
    def title(self) -> str:
        """What it says in short, for the journal and for questions."""
        return f"{self.context}: {self.state.value}"


BLANK = CheckDraft(CheckState.SUCCESS, "")
"""Where nothing is written yet."""


def find_faults(draft: CheckDraft) -> dict[str, str]:
    """Return what is wrong, by the name of the field as the API has it; empty where all is well."""
    faults = {}
    if not draft.context:
        faults["context"] = "Give it a name, such as build-arm64"
    elif not _SLUG.fullmatch(draft.context):
        faults["context"] = "Only letters, digits, - and _ are taken"
    elif len(draft.context) > LONGEST_CONTEXT:
        faults["context"] = f"At most {LONGEST_CONTEXT} characters; these are {len(draft.context)}"
    if len(draft.description) > LONGEST_DESCRIPTION:
        faults["description"] = (
            f"At most {LONGEST_DESCRIPTION} characters; these are {len(draft.description)}"
        )
    elif not draft.description.replace(" ", "").isprintable():
        faults["description"] = "Only one line of text that can be seen is taken"
    if draft.target_url and not _is_address(draft.target_url):
        faults["target_url"] = "Write a whole address: https://ci.example.org/build/7"
    elif len(draft.target_url) > LONGEST_URL:
        faults["target_url"] = f"At most {LONGEST_URL} characters; these are {len(draft.target_url)}"
    return faults


def _is_address(text: str) -> bool:
    return text.isascii() and text.isprintable() and _URL.fullmatch(text) is not None

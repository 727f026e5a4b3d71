"""What a mail's text says: message and diff told apart as Patchwork does, pulls, hashes, trailers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from tui.demo.mail import Mail

_HUNK = re.compile(r"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_DIFF_START = re.compile(r"^(?:diff --git |Index: |--- \S+\n\+\+\+ |GIT binary patch)", re.M)
_NO_MATTER = re.compile(r"^(?:index .*|@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@)", re.M)
_SIGNATURE = re.compile(r"^(-- |_+)\n.*", re.S | re.M)
_PULL = re.compile(
    r"^The following changes since commit.*^are available in the git repository at:\s*\n"
    r"^\s*([\w+-]+(?:://|@)[\w/.@:~-]+[\s\\]*[\w/._-]*)\s*$",
    re.S | re.M | re.I,
)
_TRAILER = re.compile(r"^(Tested|Reviewed|Acked|Signed-off|Nacked|Reported)-by:.*$", re.M | re.I)
_DEPENDS = re.compile(r"^Depends-on: (<[^>]+>)\s*$", re.M | re.I)
_NO_NEWLINE = "\\ No newline at end of file"
_META = (
    "old mode ",
    "new mode ",
    "deleted file mode ",
    "new file mode ",
    "copy from ",
    "copy to ",
    "rename from ",
    "rename to ",
    "similarity index ",
    "dissimilarity index ",
    "index ",
)


def read_patch(mail: Mail) -> tuple[str, str]:
    """Return message and diff of a mail that may be a patch; either may be empty."""
    diff, message = "", ""
    for subtype, text in mail.parts:
        if subtype in ("x-patch", "x-diff"):
            diff = text
        elif subtype == "plain":
            if not diff:
                diff, text = split_patch(text)
            message += text.strip() + "\n"
    return _clean(message), diff.replace("\0", "")


def read_comment(mail: Mail) -> str:
    """Return the text of a reply: whole, but for the signature."""
    return _clean("".join(text.strip() + "\n" for subtype, text in mail.parts if subtype == "plain"))


def find_pull_url(message: str) -> str | None:
    """Return where a pull request wants to be pulled from."""
    match = _PULL.search(message)
    return " ".join(match[1].split()) if match else None


def find_trailers(message: str) -> str:
    """Return the lines of a comment that go into the mbox of its patch."""
    return "".join(match[0] + "\n" for match in _TRAILER.finditer(message))


def find_depends(message: str) -> list[str]:
    """Return the message ids that a message depends on."""
    return _DEPENDS.findall(message)


def hash_patch(mail: Mail) -> str | None:
    """Return a hash of a mail's diff that stays when only line numbers and index lines change.

    Lists show it, so it does not tell the diff apart line by line, which took ten times as long.
    """
    text = "\n".join(text for _, text in mail.parts)
    start = _DIFF_START.search(text)
    if start is None:
        return None
    diff = _NO_MATTER.sub("", text[start.start() :].replace("\r", "").partition("\n-- \n")[0])
    return hashlib.sha1(diff.encode(), usedforsecurity=False).hexdigest()


def split_patch(text: str) -> tuple[str, str]:
    """Return diff and message of a mail's text.

    Works as Patchwork's own state machine does, the tearing of what follows a binary file
    included: its ``index`` lines end up in the message.
    """
    return _Splitter().split(text)


def _clean(message: str) -> str:
    return _SIGNATURE.sub("", message).strip().replace("\0", "")


class _Splitter:
    """Tells a diff from the text around it, line by line; ``_step`` is what takes the next line."""

    def __init__(self) -> None:
        self._diff: list[str] = []
        self._text: list[str] = []
        self._held: list[str] = []
        self._step: Callable[[str], None] = self._in_text
        self._old = self._new = self._hunks = 0

    def split(self, text: str) -> tuple[str, str]:
        for line in text.split("\n"):
            self._step(line)
        return "".join(f"{line}\n" for line in self._diff), "\n".join(self._text + self._held)

    def _hold(self, line: str, step: Callable[[str], None]) -> None:
        self._held.append(line)
        self._step = step

    def _keep(self, line: str, step: Callable[[str], None]) -> None:
        self._diff += self._held
        self._held = []
        self._diff.append(line)
        self._step = step

    def _doubt(self, line: str) -> None:
        """Go on after a line that does not fit: a header when hunks were seen, text before."""
        if self._hunks:
            self._hold(line, self._in_header)
        else:
            self._text += [*self._held, line]
            self._held = []
            self._step = self._in_text

    def _in_text(self, line: str) -> None:
        if line.startswith(("diff ", "Index: ")):
            self._hold(line, self._in_header)
        elif line.startswith("--- "):
            self._hold(line, self._after_old)
        else:
            self._text.append(line)

    def _in_header(self, line: str) -> None:
        self._hold(line, self._in_header)
        if line.startswith("--- "):
            self._step = self._after_old
        elif line.startswith(_META):
            self._step = self._in_meta

    def _after_old(self, line: str) -> None:
        if line.startswith("+++ "):
            self._hold(line, self._before_hunk)
        else:
            self._doubt(line)

    def _before_hunk(self, line: str) -> None:
        if hunk := _HUNK.match(line):
            self._old, self._new = int(hunk[1] or 1), int(hunk[2] or 1)
            self._keep(line, self._in_hunk)
        elif line.startswith("--- "):
            self._keep(line, self._after_old)
        elif self._hunks and line.startswith(_NO_NEWLINE):
            self._diff.append(line)
        else:
            self._doubt(line)

    def _in_hunk(self, line: str) -> None:
        sign = line[:1]
        if not line.startswith(_NO_NEWLINE):
            self._old -= sign != "+"
            self._new -= sign != "-"
        self._diff.append(line)
        if self._old <= 0 and self._new <= 0:
            self._hunks += 1
            self._step = self._before_hunk

    def _in_meta(self, line: str) -> None:
        if line.startswith(_META):
            self._keep(line, self._in_meta)
        elif line.startswith("--- "):
            self._keep(line, self._after_old)
        elif line.startswith("GIT binary patch"):
            self._keep(line, self._in_binary)
        else:
            self._hold(line, self._in_header)

    def _in_binary(self, line: str) -> None:
        if line.startswith("diff"):
            self._hold(line, self._in_text)
        else:
            self._keep(line, self._in_binary)

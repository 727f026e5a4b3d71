"""What git's settings say: ``pw.*``, which git-pw reads, ``b4.pw-*``, and ``user.email``.

git is asked itself, since only it knows all of its files, their includes and their conditions.
It runs while the rest of the program is loaded; its answer is waited for at the end of that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

PATIENCE = 5.0
"""Seconds that git may take."""
WANTED = r"^(pw\.|b4\.pw-|user\.email$)"
B4_FILE = ".b4-config"
"""Settings of b4 that come with a repository: whoever wrote that wrote them, so no secret is read there."""
B4_TAKEN = ("b4.pw-url", "b4.pw-project")
"""Of those."""


class GitWords(NamedTuple):
    """What git has, by lower-case name."""

    values: Mapping[str, str] = {}
    origins: Mapping[str, str] = {}
    """The file of each, as git names it."""
    shipped: Mapping[str, str] = {}
    """What comes with the repository."""
    problem: str = ""

    def __repr__(self) -> str:
        """Name what there is: among it may be tokens, which are for no traceback."""
        return f"{type(self).__name__}({', '.join(sorted(self.values))}, ...)"


GitReader = Callable[[], GitWords]


def ask_git(folder: Path | None = None) -> GitReader:
    """Start to ask git about a folder, or the current one; return what waits for its answer.

    None of it raises: where there is no git, it has nothing.
    """
    asked = _start(["--show-origin", "--get-regexp", WANTED], folder)
    shipped = find_shipped(folder or Path())
    beside = (
        _start(["--file", str(shipped), "--show-origin", "--get-regexp", WANTED], folder) if shipped else None
    )

    def answer() -> GitWords:
        words = asked()
        if beside:
            found = beside()
            taken = {name: value for name, value in found.values.items() if name in B4_TAKEN}
            words = words._replace(shipped=taken, problem=words.problem or found.problem)
        return words

    return answer


def find_shipped(folder: Path) -> Path | None:
    """Return b4's file at the top of a folder's repository; None where there is none."""
    try:
        here = folder.resolve()
    except OSError:
        return None
    for place in (here, *here.parents):
        if (place / ".git").exists():
            file = place / B4_FILE
            return file if file.is_file() else None
    return None


def _start(arguments: list[str], folder: Path | None) -> GitReader:
    import subprocess  # 13 ms, and asyncio has not loaded it yet when --help asks

    try:
        process = subprocess.Popen(  # noqa: S603
            ["git", "config", "--null", *arguments],  # noqa: S607
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
        )
    except OSError:
        return GitWords

    def answer() -> GitWords:
        try:
            told, complaint = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return GitWords(problem=f"git config said nothing for {PATIENCE:g} seconds, so it is not used")
        if process.returncode > 1:  # 1 is that it has nothing
            words = " ".join(complaint.decode("utf-8", "replace").split()).removeprefix("fatal: ")
            return GitWords(problem=f"git config cannot be read ({words[:200]}), so nothing of it is used")
        return _understand(told.decode("utf-8", "replace"))

    return answer


def _understand(told: str) -> GitWords:
    """Read ``origin NUL name LF value NUL``, again and again; the last of a name holds."""
    parts = told.split("\0")
    values: dict[str, str] = {}
    origins: dict[str, str] = {}
    for origin, entry in zip(parts[::2], parts[1::2], strict=False):
        name, _, value = entry.partition("\n")
        section, _, key = name.rpartition(".")
        name = f"{section}.{key.lower()}"
        values[name], origins[name] = value, origin.removeprefix("file:")
    return GitWords(values, origins)

"""``pwtui config --edit``: the config file in the user's editor, made from the sample where there is none."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from tui.commands.arguments import UsageError
from tui.config.paths import config_path
from tui.config.settings_file import read_settings_file

Tell = Callable[[str], None]
SAMPLE = Path(__file__).resolve().parent.parent / "config" / "sample.toml"
USUAL = "vi"
"""As POSIX has it for programs that open an editor."""


def edit_settings(env: Mapping[str, str], tell: Tell) -> int:
    """Open the file, and tell what is wrong with it afterwards; return the exit status.

    That is 1 where something is wrong.  Raises UsageError where there is no file to open, or no editor.
    """
    path = config_path(env)
    if path is None:
        raise UsageError("there is no home folder to keep settings in: set HOME or XDG_CONFIG_HOME")
    if make_file(path):
        tell(f"Made {path}")
    status = _open(env.get("VISUAL") or env.get("EDITOR") or USUAL, path)
    if status:
        tell(f"The editor ended with status {status}")
    problems = read_settings_file(path).problems
    for problem in problems:
        tell(problem)
    return 1 if status or problems else 0


def make_file(path: Path) -> bool:
    """Write the sample where there is no file, readable by its owner alone; say whether that was so.

    Raises UsageError where the folder cannot be written.
    """
    if path.exists():
        return False
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(SAMPLE.read_bytes())
    except OSError as error:
        raise UsageError(f"{path} cannot be made: {error.strerror}; mind the rights of its folder") from error
    return True


def _open(editor: str, path: Path) -> int:
    try:
        command = shlex.split(editor)
        return subprocess.run([*command, str(path)], check=False).returncode  # noqa: S603 - the user's editor
    except (OSError, ValueError) as error:
        words = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(
            f"the editor {editor!r} cannot be started ({words}); set VISUAL or EDITOR"
        ) from error

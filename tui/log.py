"""The log of a run that was asked for one."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from tui.commands.arguments import UsageError


def start_log() -> Path:
    """Keep details in a file that only its owner can read; return where."""
    base = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    path = Path(base) / "pwtui" / "pwtui.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.chmod(0o600)
    except OSError as error:
        raise UsageError(f"no log can be kept in {path}: {error.strerror}") from error
    logging.basicConfig(
        filename=path, level=logging.DEBUG, format="%(asctime)s %(name)s %(levelname)s %(message)s"
    )
    return path

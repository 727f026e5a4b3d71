"""The config file that a first start writes."""

from __future__ import annotations

from pathlib import Path

from tui.config.views import write_file
from tui.core.first import Answers, first_lines

HEAD = "# pwtui's settings; `pwtui config --edit` shows what else there is."


def write_first(path: Path, answers: Answers) -> None:
    """Write what was chosen, for its owner's eyes alone.

    Raises ValueError with a sentence where there is a file already, or none can be written.
    """
    try:
        if path.exists():
            raise ValueError(f"{path} is there already, so nothing was written")
        write_file(path, "\n".join([HEAD, *first_lines(answers), ""]))
    except OSError as error:
        raise ValueError(f"{path} cannot be written: {error.strerror}") from error

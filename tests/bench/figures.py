"""What the benchmarks have in common: figures that are ratios, and the table they are printed in.

Milliseconds say more about the machine than about the program.  So everything is measured in
rounds, each with the thing itself and what it is compared with, one right after the other; a
figure is the median of the rounds' ratios, with the lowest and the highest beside it.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table."""

    what: str
    against: str
    ratios: tuple[float, ...]
    """One for each round; none where it was not run."""
    target: float | None = None
    """The most that it should be; the least, where it says how many times faster something is."""
    note: str = ""
    faster: bool = False
    """Whether the ratio is what it is compared with over the thing itself: the more the better."""
    unit: str = ""
    """Of a figure that is no ratio."""

    @property
    def row(self) -> str:
        """The row in Markdown."""
        ratio, spread = "not run", ""
        if self.ratios:
            ratio = self._say(statistics.median(self.ratios))
        if len(self.ratios) > 1:
            spread = f"{_short(min(self.ratios))} to {_short(max(self.ratios))}"
        target = ""
        if self.target is not None:
            target = f"at {'least' if self.faster else 'most'} {self._say(self.target, '{:g}')}"
        what = f"{self.what} ({self.note})" if self.note else self.what
        return f"| {what} | {self.against} | {ratio} | {spread} | {target} |"

    def _say(self, value: float, form: str = "") -> str:
        number = form.format(value) if form else _short(value)
        return f"{number} {self.unit}" if self.unit else f"{number} times faster" if self.faster else number


def _short(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def make_table(figures: Sequence[Figure]) -> str:
    """Return the figures as a table in Markdown."""
    head = ["| measured | against | ratio | spread | target |", "|---|---|---|---|---|"]
    return "\n".join([*head, *(figure.row for figure in figures), ""])


def show(figures: Sequence[Figure]) -> None:
    """Print the table."""
    sys.stdout.write(make_table(figures))


def clock(work: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def hide_settings() -> None:
    """Give this process and those it starts an empty home, and bytecode that is cached."""
    home = tempfile.mkdtemp(prefix="pwtui-bench-")
    for name in [name for name in os.environ if name.startswith(("PWTUI_", "PW_"))]:
        del os.environ[name]
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        os.environ.pop(name, None)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.update(HOME=home, GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_SYSTEM=os.devnull)

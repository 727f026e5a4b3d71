"""The checks of a patch as lines: the newest of each context by state, and what was said before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from datetime import datetime, timedelta
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style

from tui.core.checks import Turn, find_history, find_newest, group
from tui.core.colors import Colors
from tui.core.dates import age
from tui.core.filing import Filing
from tui.core.intent import Status
from tui.core.model import Check, CheckState
from tui.core.text import clean
from tui.widgets.columns import Cell, cut
from tui.widgets.folded import fold
from tui.widgets.palette import style
from tui.widgets.rows import CHECK_SIGNS, check_color

WORDS = {
    CheckState.FAIL: "Failed",
    CheckState.WARNING: "Warnings",
    CheckState.PENDING: "Pending",
    CheckState.SUCCESS: "Succeeded",
}
_LONGEST = 1000
"""Characters of a description that are folded into lines; a server has no limit."""


class Line(NamedTuple):
    """One line: what stands in it, and what a key there is about."""

    key: str
    """The same when it is made anew, so that the cursor finds it again."""
    cells: Cell = ()
    check: Check | None = None
    patch_id: int = 0
    context: str = ""
    filing: Filing | None = None


class Frame(NamedTuple):
    """What lines are drawn for."""

    room: int
    """Cells that a line has."""
    colors: Colors
    now: datetime
    """Naive UTC."""
    ahead: timedelta = timedelta()
    """How far the server's own time, which checks are dated in, is ahead of UTC."""


def key_of(check: Check) -> str:
    """Return what tells one line of checks from another."""
    return f"check {check.context} {check.user.id if check.user else 0}"


def sign(state: CheckState | None, colors: Colors, none: str = " ") -> tuple[str, Style]:
    """Return the sign of a state in its colour; another one where there is none."""
    return (CHECK_SIGNS[state], style(check_color(state, colors))) if state else (none, style(colors.dim))


def counts_cell(counts: Iterable[tuple[CheckState, int]], colors: Colors) -> Cell:
    """Return ``3✓ 1✗`` in colours."""
    return tuple(
        (f"{' ' if index else ''}{number}{CHECK_SIGNS[state]}", style(check_color(state, colors)))
        for index, (state, number) in enumerate(counts)
    )


def patch_lines(checks: Sequence[Check], opened: Set[str], frame: Frame) -> list[Line]:
    """Return the lines of a patch's checks; those of ``opened`` keys with all that is under them."""
    newest = find_newest(checks)
    widths = _widths(newest, frame.room)
    lines: list[Line] = []
    for state, found in group(newest):
        look = style(check_color(state, frame.colors), bold=True)
        lines.append(Line(f"group {state}", ((f" {CHECK_SIGNS[state]} {WORDS[state]} {len(found)}", look),)))
        for check in found:
            lines.append(_check_line(check, widths, frame))
            if key_of(check) in opened:
                lines += _under(check, find_history(checks, check)[1:], frame)
        lines.append(Line(f"after {state}"))
    return lines[:-1]


def _widths(checks: Sequence[Check], room: int) -> tuple[int, int]:
    """Return the cells of contexts and of owners; 0 for these where there is no room."""
    context = max((cell_len(clean(check.context)) for check in checks), default=0)
    owner = max((cell_len(owner_of(check)) for check in checks), default=0)
    return min(context, max(12, room // 3)), min(owner, 12) if room >= 60 else 0


def owner_of(check: Check) -> str:
    """Return who says it; clean."""
    return clean(check.user.username) if check.user else ""


def _check_line(check: Check, widths: tuple[int, int], frame: Frame) -> Line:
    colors = frame.colors
    dim, text = style(colors.dim), style(colors.text)
    context, owner = widths
    cells: Cell = (
        (f"   {CHECK_SIGNS[check.state]} ", style(check_color(check.state, colors))),
        (_fit(clean(check.context), context), text),
        (f"  {_age(check, frame):>3}  ", dim),
    )
    if owner:
        cells += ((f"{_fit(owner_of(check), owner)}  ", dim),)
    left = frame.room - sum(cell_len(run) for run, _ in cells)
    cells += ((cut(_one_line(check.description), max(0, left)), dim),)
    return Line(key_of(check), cells, check, check.patch_id, check.context)


def _one_line(text: str) -> str:
    """Return a server's text in one clean line."""
    return clean(" ".join(text[:_LONGEST].split()))


def _fit(text: str, width: int) -> str:
    text = cut(text, width)
    return text + " " * (width - cell_len(text))


def _age(check: Check, frame: Frame) -> str:
    return age(check.date - frame.ahead, frame.now)


def _under(check: Check, older: Sequence[Check], frame: Frame) -> list[Line]:
    """Return a check in full, and what the same context said before, the newest first."""
    colors, key = frame.colors, key_of(check)
    about = (check, check.patch_id, check.context)
    text, dim = style(colors.text), style(colors.dim)
    room = max(10, frame.room - 8)
    words = [(line, text) for line in fold(_one_line(check.description), room) if line]
    words += [(line, style(colors.info)) for line in fold(clean(check.target_url), room) if line]
    words += [(f"#{check.id}, {_when(check, frame)}", dim)]
    lines = [Line(f"{key} {n}", (("       ", dim), run), *about) for n, run in enumerate(words)]
    for one in older:
        lead = f"{_age(one, frame):>3}  "
        cells: Cell = (
            ("       ", dim),
            (f"{CHECK_SIGNS[one.state]} ", style(check_color(one.state, colors))),
            (lead, dim),
            (cut(_one_line(one.description), max(0, frame.room - 9 - len(lead))), dim),
        )
        lines.append(Line(f"{key} #{one.id}", cells, one, one.patch_id, one.context))
    return lines


def _when(check: Check, frame: Frame) -> str:
    date = check.date - frame.ahead
    owner = f" by {owner_of(check)}" if check.user else ""
    return f"{date:%Y-%m-%d %H:%M} UTC, {_age(check, frame)} ago{owner}"


def filing_lines(filings: Sequence[Filing], frame: Frame) -> list[Line]:
    """Return the checks that are on their way to the server, or were refused."""
    lines = []
    for one in filings:
        failed = one.status is Status.FAILED
        look = style(frame.colors.bad if failed else frame.colors.pending)
        said = f": {one.error}" if one.error else ""
        words = "not filed" if failed else "on its way"
        text = f" {'✗' if failed else '…'} {clean(one.draft.title)}, {words}{_one_line(said)}"
        for number, piece in enumerate(fold(text.lstrip(), max(10, frame.room - 4))):
            key = f"filing {one.id}{f' {number}' if number else ''}"
            cells: Cell = (("   " if number else " ", look), (piece, look))
            lines.append(Line(key, cells, patch_id=one.patch_id, filing=one))
    return [*lines, Line("after filings")] if lines else []


def turn_lines(turns: Sequence[Turn], title: str, numbers: dict[int, str], frame: Frame) -> list[Line]:
    """Return what changed since an older version; ``numbers`` are those of patches, for a series."""
    colors = frame.colors
    lines = [Line("turns", ((f" {title}", style(colors.text, bold=True)),))]
    width = max((cell_len(clean(turn.context)) for turn in turns), default=0)
    for turn in turns:
        before, after = sign(turn.before, colors, "–"), sign(turn.after, colors, "–")
        words = _turn_words(turn)
        if numbers and turn.patch_ids:
            words += f": {', '.join(numbers.get(id, str(id)) for id in turn.patch_ids)}"
        look = style(colors.bad if turn.turned_red else colors.good if turn.turned_green else colors.dim)
        dim = style(colors.dim)
        cells = (
            ("   ", dim), before, (" → ", dim), after,
            (f" {_fit(clean(turn.context), min(width, max(12, frame.room // 3)))}  ", style(colors.text)),
            (words, look),
        )  # fmt: skip
        first = turn.patch_ids[0] if turn.patch_ids else 0
        lines.append(Line(f"turn {turn.context}", cells, patch_id=first, context=turn.context))
    return lines


def _turn_words(turn: Turn) -> str:
    if turn.turned_red:
        return "fails now" if turn.before is None else "turned red"
    if turn.turned_green:
        return "turned green"
    if turn.before is None:
        return "new"
    if turn.after is None:
        return "says nothing now"
    return "fails elsewhere now" if turn.after is turn.before else f"is {turn.after.value} now"

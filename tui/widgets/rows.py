"""How a series and a patch look as a row: their columns and cells."""

from __future__ import annotations

import re
from datetime import datetime

from rich.style import Style

from tui.core.colors import Colors
from tui.core.dates import age
from tui.core.flags import Flag
from tui.core.model import CheckState, User
from tui.core.rows import NO_TALK, Mark, PatchRow, SeriesRow, Talk
from tui.core.states import label_of, short_of
from tui.core.text import clean
from tui.core.versions import ALONE, Seat
from tui.widgets.columns import Cell, Column
from tui.widgets.listing import MARK
from tui.widgets.palette import style

SERIES_COLUMNS = (
    Column("age", 3, right=True, gives=((13, 0),)),
    Column("version", 3),
    Column("count", 5, right=True, gives=((2, 3), (10, 0))),
    Column("check", 1, gives=((14, 0),)),
    Column("states", 12, gives=((11, 8),)),
    Column("name", 33, flexible=True, gives=((4, 29), (8, 24), (12, 20))),
    Column("talk", 5, right=True, gives=((6, 0),)),
    Column("vouched", 5, gives=((5, 0),)),
    Column("submitter", 16, gives=((1, 12), (7, 0))),
    Column("delegate", 9, gives=((3, 7), (9, 0))),
)
PATCH_COLUMNS = (
    Column("number", 3, right=True),
    Column("check", 1, gives=((7, 0),)),
    Column("state", 9),
    Column("name", 28, flexible=True, gives=((1, 24),)),
    Column("talk", 5, right=True, gives=((2, 0),)),
    Column("vouched", 5, gives=((5, 0),)),
    Column("delegate", 9, gives=((3, 6), (4, 0))),
    Column("archived", 1, gives=((6, 0),)),
)

CHECK_SIGNS = {
    CheckState.SUCCESS: "✓",
    CheckState.WARNING: "!",
    CheckState.FAIL: "✗",
    CheckState.PENDING: "·",
}
MARK_SIGNS = {Mark.NONE: " ", Mark.WAITING: "…", Mark.HELD: "‖"}
FRESH = "•"
"""On a row that news changed since it was under the cursor."""
NOTED = "¶"
"""On a row that the user has a note on."""
SEEN, PARTLY = "✓", "◔"
"""On a patch that the user has marked as looked at, all of it or a part."""
OPEN = "☐"
"""With the number of comments that ask for something not done yet."""
FLAG_SIGNS = {Flag.DISAGREE: "≠", Flag.INCOMPLETE: "∂", Flag.STALE: "◷"}
"""Each one cell wide, whatever the terminal; beside the name, so that rows without any lose no room."""
BOLD = Style(bold=True)
NUMBER = re.compile(r"(\d+)/(\d+)\Z")
PREFIX = re.compile(r"\A\[[^\]]*\]\s*")


def check_color(check: CheckState | None, colors: Colors) -> str:
    """Return the colour of a check."""
    return {
        CheckState.SUCCESS: colors.good,
        CheckState.WARNING: colors.warning,
        CheckState.FAIL: colors.bad,
    }.get(check or CheckState.PENDING, colors.dim)


def state_color(slug: str, colors: Colors) -> str:
    """Return the colour of a state: what it asks for, not which it is."""
    return {
        "new": colors.text,
        "under-review": colors.info,
        "accepted": colors.good,
        "rejected": colors.bad,
        "changes-requested": colors.warning,
        "awaiting-upstream": colors.good,
        "superseded": colors.dim,
        "deferred": colors.dim,
        "not-applicable": colors.dim,
    }.get(slug, colors.info)


def series_cells(
    row: SeriesRow, colors: Colors, now: datetime, flags: tuple[Flag, ...] = (), seat: Seat = ALONE
) -> dict[str, Cell]:
    """Return the cells of a series' row; now is naive UTC, as the series' date is."""
    series = row.series
    plain = style(colors.dim if row.is_closed or seat.is_older else colors.text)
    dim = style(colors.dim)
    missing = not series.received_all
    count = f"{_few(series.received_total)}/{_few(series.total)}" if missing else _few(series.received_total)
    return {
        MARK: _mark(row.mark, row.fresh, colors),
        "age": ((age(series.date, now), dim),),
        "version": ((f"v{series.version}", dim if series.version == 1 else plain),),
        "count": ((count, style(colors.warning) if missing else dim),),
        "check": ((_check_sign(row.check), style(check_color(row.check, colors))),),
        "states": _states(row, colors),
        "name": (
            *_signs(row.noted, flags, seat, row.talk, colors),
            (clean(PREFIX.sub("", series.name)) or "(no subject)", _read(plain, row.talk)),
        ),
        "talk": _talk(row.talk, colors),
        "vouched": _vouched(row.talk, colors),
        "submitter": ((clean(series.submitter.label), dim),),
        "delegate": ((_names(row.delegates), style(colors.info)),),
    }


def patch_cells(row: PatchRow, colors: Colors) -> dict[str, Cell]:
    """Return the cells of a patch's row."""
    patch = row.patch
    plain = style(colors.dim if row.is_closed else colors.text)
    return {
        MARK: _mark(row.mark, row.fresh, colors),
        "number": ((patch_number(patch.name), style(colors.dim)),),
        "check": ((_check_sign(patch.check), style(check_color(patch.check, colors))),),
        "state": ((_word(patch.state), style(state_color(patch.state, colors))),),
        "name": (
            *_signs(row.noted, (), ALONE, row.talk, colors),
            (clean(PREFIX.sub("", patch.name)) or "(no subject)", _read(plain, row.talk)),
        ),
        "talk": _talk(row.talk, colors),
        "vouched": _vouched(row.talk, colors),
        "delegate": ((_names((patch.delegate,) if patch.delegate else ()), style(colors.info)),),
        "archived": (("A" if patch.archived else "", style(colors.dim)),),
    }


def _signs(noted: bool, flags: tuple[Flag, ...], seat: Seat, talk: Talk, colors: Colors) -> Cell:
    """What stands before a name: that it is under another one, a note, open points, flags, how many are
    under it.
    """
    warning = style(colors.warning)
    parts = [("└", style(colors.dim))] if seat.is_older else []
    parts += [(NOTED, style(colors.info))] if noted else []
    parts += [(f"{OPEN}{talk.open}", warning)] if talk.open else []
    parts += [("".join(FLAG_SIGNS[flag] for flag in flags), warning)] if flags else []
    if seat.under:
        parts.append((f"{'−' if seat.is_open else '+'}{seat.under}", style(colors.accent)))
    return tuple((f"{text} ", look) for text, look in parts)


def _read(look: Style, talk: Talk) -> Style:
    """Return how a name looks: bold where comments are unread."""
    return look + BOLD if talk.unread else look


def _talk(talk: Talk, colors: Colors) -> Cell:
    """Say how many comments are unread, of how many; of too many for the column, only the unread ones."""
    if not talk.total:
        return ()
    all_ = _few(talk.total)
    if not talk.unread:
        return ((all_, style(colors.dim)),)
    unread, rest = _few(talk.unread), f"/{all_}"
    return (
        (unread, style(colors.accent, bold=True)),
        (rest if len(unread + rest) <= 5 else "", style(colors.dim)),
    )


def _vouched(talk: Talk, colors: Colors) -> Cell:
    """Count who acked, reviewed and tested, as Patchwork does in its column A/R/T; blank while unknown."""
    if talk.counts is None:
        return ()
    cell: Cell = ()
    for number in talk.counts:
        word = "-" if not number else str(number) if number < 10 else "+"
        look = style(colors.good if number else colors.border)
        cell += ((" ", style(colors.dim)), (word, look)) if cell else ((word, look),)
    return cell


def cover_cells(name: str, colors: Colors, talk: Talk = NO_TALK) -> dict[str, Cell]:
    """Return the cells of a cover letter's row; it has no state."""
    return {
        "number": (("0", style(colors.dim)),),
        "state": (("cover", style(colors.dim)),),
        "name": (
            *_signs(False, (), ALONE, talk, colors),
            (clean(PREFIX.sub("", name)) or "(no subject)", _read(style(colors.text), talk)),
        ),
        "talk": _talk(talk, colors),
        "vouched": _vouched(talk, colors),
    }


def patch_number(name: str) -> str:
    """Return the number that a patch has in its series, from its prefix; 1 where it has none."""
    prefix = name[1 : name.find("]")] if name.startswith("[") else ""
    for part in re.split(r"[,\s]+", prefix):
        if found := NUMBER.match(part):
            return found[1].lstrip("0") or "0"
    return "1"


def _mark(mark: Mark, fresh: bool, colors: Colors) -> Cell:
    """A wish before the news: it is to be decided, or comes true by itself."""
    if mark is Mark.NONE and fresh:
        return ((FRESH, style(colors.info)),)
    return ((MARK_SIGNS[mark], style(colors.pending, bold=True)),)


def _few(number: int) -> str:
    """A number in two cells where it can be, in three from a hundred on."""
    return f"{number // 1000}k" if number >= 1000 else str(number)


def _check_sign(check: CheckState | None) -> str:
    return CHECK_SIGNS[check] if check is not None else " "


def _word(slug: str) -> str:
    """A state in the eight cells of its column: in full where it fits."""
    label = clean(label_of(slug))
    return label if len(label) <= 8 else clean(short_of(slug))


def _states(row: SeriesRow, colors: Colors) -> Cell:
    """The states in short, with counts only where they differ."""
    if not row.known and not row.series.received_total:
        return (("none yet", style(colors.warning)),)
    if not row.known:
        return (("· · ·", style(colors.border)),)
    if len(row.states) == 1:
        slug = row.states[0][0]
        return ((_word(slug), style(state_color(slug, colors))),)
    parts: Cell = ()
    for index, (slug, count) in enumerate(row.states):
        text = f"{' ' if index else ''}{clean(short_of(slug))} {count}"
        parts += ((text, style(state_color(slug, colors))),)
    return parts


def _names(users: tuple[User, ...]) -> str:
    if not users:
        return ""
    first = clean(users[0].username)
    return f"{first}+{len(users) - 1}" if len(users) > 1 else first

"""The most useful keys of the moment, for the footer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui.actions import footer_actions
from tui.where import LISTS, Where

if TYPE_CHECKING:
    from tui.screens.browser import Browser

MOST = 5
"""Keys besides the one that leads to all others."""
_WRITES = ("set_state", "delegate", "archive")
Hint = tuple[str, str]
"""An action, and what it is called here; empty for its title."""


def hints_of(browser: Browser) -> list[Hint]:
    """Return what the footer names now: what the moment asks for first, then what the pane is for."""
    usual = footer_actions(browser.level, diff_in_sight=browser.shows_diff)
    may_write = browser.sync.can_write
    found: dict[str, str] = {}
    for id, title in (*_first(browser), *((action.id, "") for action in usual if action.id != "help")):
        if may_write or id not in _WRITES:
            found.setdefault(id, title)
    keyed = [(id, title) for id, title in found.items() if browser.keymap.has_key(id)]
    return [*keyed[:MOST], ("help", "")]


def _first(browser: Browser) -> Iterator[Hint]:
    """Yield what the moment asks for."""
    if browser.is_waiting:
        yield "back", "give up"
    elif browser.level is Where.DIFF:
        yield from _in_the_diff(browser)
    elif browser.level in LISTS:
        yield from _in_a_list(browser)
    status = browser.sync.status
    if status.held or status.failed:
        yield "outbox", "decide"


def _in_the_diff(browser: Browser) -> Iterator[Hint]:
    if browser.reader.selection:
        yield from (("copy", ""), ("copy_patch", "as a patch"), ("back", "end"))
    elif browser.reader.hits:
        yield from (("next_hit", "next hit"), ("previous_hit", "one back"), ("back", "clear"))


def _in_a_list(browser: Browser) -> Iterator[Hint]:
    listing = browser.chosen_from
    if listing.ranging:
        yield from (("mark_range", "mark to here"), ("back", "leave it"))
    elif listing.marked:
        yield from ((id, "") for id in _WRITES)
        yield from ([("repeat", "")] if browser.last and browser.sync.can_write else [])
        yield "back", "clear marks"
    elif browser.filter_of(browser.level):
        yield "back", "show all"

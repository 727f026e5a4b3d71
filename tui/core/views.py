"""Views: queries with a name, which the browser shows as tabs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tui.core.states import CLOSED_STATES

ACTED_ON = ("new", "under-review")
"""States that ask a maintainer for something, as Patchwork's own list has it (action required)."""


class View(NamedTuple):
    """A query with a name."""

    name: str
    query: str
    own: bool = False
    """Whether the user made it."""


EVERYTHING = View("Everything", "")
LONGEST_NAME = 24


def builtin_views(states: Iterable[str], has_name: bool) -> tuple[View, ...]:
    """Return the views that every project has, in terms of the states of its server.

    ``has_name`` says whether the user's own name is known; without it, what is to do is nobody's.
    """
    known = tuple(states)
    asks = [state for state in known if state in ACTED_ON] or list(ACTED_ON)
    open_ = [state for state in known if state not in CLOSED_STATES] or asks
    return (
        View("To do", f"{_states(asks)} archived:no delegate:{'me,nobody' if has_name else 'nobody'}"),
        View("Mine", "delegate:me archived:no"),
        View("All open", f"{_states(open_)} archived:no"),
        EVERYTHING,
    )


def _states(states: Iterable[str]) -> str:
    return f"state:{','.join(states)}"  # slugs: nothing in them needs quotes


def with_view(views: Iterable[View], view: View) -> tuple[View, ...]:
    """Return the views with one put in the place of the one of its name, else behind them.

    Raises ValueError with a sentence for a name that a built-in view has, or that is none.
    """
    name = " ".join(view.name.split())
    if not name:
        raise ValueError("A view needs a name.")
    if not name.isprintable() or len(name) > LONGEST_NAME:
        raise ValueError(f"A view's name has no controls in it, and at most {LONGEST_NAME} characters.")
    view = view._replace(name=name)
    found = list(views)
    for at, one in enumerate(found):
        if one.name.casefold() == name.casefold():
            if not one.own:
                raise ValueError(f"{one.name} comes built in; choose another name.")
            found[at] = view
            return tuple(found)
    return (*found, view)

import pytest

from tui.core.query import Words
from tui.core.query_parse import parse_query
from tui.core.states import USUAL_STATES
from tui.core.views import EVERYTHING, LONGEST_NAME, View, builtin_views, with_view

NAMES = ["To do", "Mine", "All open", "Everything"]


@pytest.mark.parametrize("states", [USUAL_STATES, ("new", "queued", "merged-elsewhere"), ("odd",), ()])
@pytest.mark.parametrize("me", ["", "mira"])
def test_built_in_views_ask_for_what_the_server_knows(states: tuple[str, ...], me: str) -> None:
    views = builtin_views(states, bool(me))
    assert [view.name for view in views] == NAMES
    words = Words(states or USUAL_STATES, me=me)
    for view in views:
        if "delegate:me" in view.query and not me:
            continue  # it says that it does not know who that is
        if states == ("odd",) and view.name == "To do":
            continue  # and this one, that there is no such state
        parse_query(view.query, words)


def test_what_is_to_do_is_mine_or_nobodys() -> None:
    todo = builtin_views(USUAL_STATES, True)[0]
    assert todo.query == "state:new,under-review archived:no delegate:me,nobody"
    assert builtin_views(USUAL_STATES, False)[0].query.endswith("delegate:nobody")


def test_a_view_saved_twice_takes_the_place_of_the_first() -> None:
    views = with_view((EVERYTHING,), View("Block  layer ", "file:block/*", own=True))
    views = with_view(views, View("Net", "net", own=True))
    views = with_view(views, View("block LAYER", "file:hw/block/*", own=True))
    assert [view.name for view in views] == ["Everything", "block LAYER", "Net"]
    assert views[1].query == "file:hw/block/*"


@pytest.mark.parametrize(
    ("name", "word"),
    [("", "needs a name"), (" \t", "needs a name"), ("everything", "built in"), ("a\x1b[0m", "controls")],
)
def test_a_name_that_cannot_be_says_why(name: str, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        with_view((EVERYTHING,), View(name, "x", own=True))
    with pytest.raises(ValueError, match="at most"):
        with_view((), View("x" * (LONGEST_NAME + 1), "x", own=True))

"""A query means the same to the server and to the store: asked over a socket, on the whole corpus."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tui.api.client import Client
from tui.api.wire import Limits
from tui.core.model import Patch
from tui.core.query import Query, Words, show_query
from tui.core.query_parse import parse_query
from tui.core.query_server import ServerFilter, server_filters
from tui.demo.registry import STATES
from tui.demo.server import DemoServer
from tui.store.store import Store
from tui.sync.search import ask_page
from tui.sync.sync import Sync

ARCHIVED = ("archived:yes", "archived:no")
MOMENTS = tuple(f"{(NOW - timedelta(days=days)):%Y-%m-%dT%H:%M:%S}" for days in (0, 1, 5, 9, 20, 60, 400))
AGES = tuple(f"{op}{number}" for op in ("<", ">", "<=", ">=", "") for number in ("3d", "10d", "1m", "1y"))


class Sides:
    """The server, and a store that has all of it; its series have no names and its texts are not here."""

    def __init__(self, server: DemoServer, runner: asyncio.Runner) -> None:
        self._server, self._runner = server, runner
        self.store = Store()
        self.asked: dict[ServerFilter, frozenset[int]] = {}
        self.patches: dict[int, Patch] = {}
        runner.run(self._fill())
        project = self.store.project(server.project)
        assert project is not None
        self.project = project
        self.words = Words(
            self.store.states(), project.maintainers, self.store.submitters(project.id), "mira", NOW
        )

    async def _fill(self) -> None:
        sync = Sync(self.store, self._server.project, self._connect, can_write=True)
        sync.start()
        await sync.settled()
        while len(self.store.series_ids(sync.project.id if sync.project else 0)) < (sync.status.total or 0):
            sync.need_older()
            await sync.settled()
        assert sync.project is not None
        series = self.store.series_ids(sync.project.id)
        sync.need_patches(series)
        await sync.settled()
        sync.learn_states(self.store.patch_ids(series[0])[0])
        await sync.settled()
        await sync.close()
        rows = self.store.series_rows(series)
        self.store.put_series(row.series._replace(name="") for row in rows if row.series.id > 0)
        ids = [id_ for one in series for id_ in self.store.patch_ids(one)]
        self.patches = {patch.id: patch for patch in self.store.patches(ids)}

    async def _connect(self) -> Client:
        return Client(self._server.url, None, verify=False, limits=Limits(tries=1))

    def parse(self, text: str) -> Query:
        return parse_query(text, self.words)

    def here(self, query: Query) -> set[int]:
        """The patches that the store finds."""
        series = self.store.find_series(self.project.id, query)
        return {patch for one in series for patch in self.store.find_patches(one, query)}

    def there(self, filters: tuple[ServerFilter, ...]) -> set[int]:
        """The patches that the server finds, with all filters together."""
        return set().union(*map(self._ask, filters))

    def _ask(self, asked: ServerFilter) -> frozenset[int]:
        if asked not in self.asked:
            self.asked[asked] = self._runner.run(self._ask_all(asked))
        return self.asked[asked]

    async def _ask_all(self, asked: ServerFilter) -> frozenset[int]:
        client = await self._connect()
        try:
            found: set[int] = set()
            for page in range(1, 50):
                answer = await ask_page(client, self._server.project, asked, page)
                found.update(patch.id for patch in answer.items)
                if answer.next is None:
                    return frozenset(found)
            raise AssertionError("there is no end to it")
        finally:
            await client.aclose()


@pytest.fixture(scope="module")
def sides(running_demo: DemoServer) -> Iterator[Sides]:
    running_demo.reset()
    with asyncio.Runner() as runner:
        yield Sides(running_demo, runner)


def terms(sides: Sides) -> dict[str, list[str]]:
    """Every value of every field that both sides have."""
    addresses = sorted({patch.submitter.email for patch in sides.patches.values()})
    return {
        "state": [f"state:{state.slug}" for state in STATES],
        "delegate": [f"delegate:{user.username}" for user in sides.project.maintainers]
        + [f"delegate:{user.id}" for user in sides.project.maintainers]
        + ["delegate:me", "delegate:unknown"],
        "submitter": [f'submitter:"{address}"' for address in addresses],
        "archived": [*ARCHIVED, "-archived:yes", "-archived:no"],
        "since": [f"since:{moment}" for moment in MOMENTS],
    }


@pytest.mark.parametrize("field", ["state", "delegate", "submitter", "archived", "since"])
def test_both_sides_find_exactly_the_same(sides: Sides, field: str) -> None:
    sizes = set()
    for text in terms(sides)[field]:
        query = sides.parse(text)
        filters = server_filters(query, sides.words)
        assert filters is not None, text
        assert sides.here(query) == sides.there(filters), text
        sizes.add(len(sides.here(query)))
    assert len(sizes) > 1, "they all find the same"


def dates_at(moment: datetime, patches: dict[int, Patch]) -> set[int]:
    return {id_ for id_, patch in patches.items() if moment <= patch.date <= moment + timedelta(seconds=1)}


@pytest.mark.parametrize("text", [f"before:{m}" for m in MOMENTS] + [f"age:{age}" for age in AGES])
def test_times_are_asked_for_to_the_second(sides: Sides, text: str) -> None:
    query = sides.parse(text)
    filters = server_filters(query, sides.words)
    assert filters is not None
    (term,) = query.terms()
    moment = term.values[0].moment
    assert moment is not None
    here, there = sides.here(query), sides.there(filters)
    assert here <= there
    assert there - here <= dates_at(moment, sides.patches)


def test_words_mean_the_same_in_names(sides: Sides) -> None:
    """Some words of all names: the server looks into names, and asks for people beside that."""
    words = {word for patch in sides.patches.values() for word in patch.name.split() if word.isprintable()}
    assert len(words) > 100
    for word in sorted(words)[::7]:
        text = '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
        query = sides.parse(text)
        filters = server_filters(query, sides.words)
        if filters is None:  # nothing but commas and quotes
            continue
        named = {id_ for id_, patch in sides.patches.items() if word.lower() in patch.name.lower()}
        assert named <= sides.here(query), text
        assert named <= sides.there(filters), text


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_what_the_store_finds_is_among_what_the_server_answers(sides: Sides, data: st.DataObject) -> None:
    known = [text for texts in terms(sides).values() for text in texts]
    known += [f"before:{moment}" for moment in MOMENTS] + [f"age:{age}" for age in AGES]
    known += ["has:cover", "version:>1", "check:fail", "delegate:nobody", "net", "docs", "PATCH", "halvorsen"]
    leaf = st.sampled_from(known)
    trees = st.recursive(
        leaf,
        lambda inner: st.one_of(
            inner.map(lambda one: f"-({one})"),
            st.lists(inner, min_size=2, max_size=3).map(lambda some: f"({' '.join(some)})"),
            st.lists(inner, min_size=2, max_size=3).map(lambda some: f"({' OR '.join(some)})"),
        ),
        max_leaves=8,
    ).filter(lambda text: text.count("(") < 8)
    query = sides.parse(data.draw(trees))
    filters = server_filters(query, sides.words)
    words = [term for term in query.terms() if not term.field]
    if filters is None or len(words) > 1:  # several words may stand in different places
        return
    assert sides.here(query) <= sides.there(filters), show_query(query)

"""The server's whole list is searched a page at a time, and what it finds comes with its series."""

from __future__ import annotations

import pytest

from tests.sync.rig import PROJECT, Rig, state
from tui.core.change import Tone
from tui.sync.search import PATCHES_A_PAGE

pytestmark = pytest.mark.anyio

NEW = ((("state", "new"),),)
RFC = ((("state", "rfc"),),)


async def test_what_is_found_comes_with_its_series(rig: Rig) -> None:
    series = [rig.add_series(2) for _ in range(4)]
    series[2].patches[1].state = state("rfc")
    loose = rig.add_patch("alone")
    loose.state = state("rfc")
    rig.sync.search(RFC)
    await rig.sync.settled()
    assert rig.series_ids() == [-loose.id, series[2].id]
    assert rig.store.patch_ids(series[2].id) == [series[2].patches[1].id]
    assert rig.notices == []
    assert not rig.sync.search_left
    assert rig.road.count("GET .*/patches/") == 1


async def test_every_filter_is_sent_as_the_server_takes_it(rig: Rig) -> None:
    rig.add_series()
    asked = (
        ("archived", "false"),
        ("before", "2026-04-01T00:00:00"),
        ("delegate", "21"),
        ("q", "net fix"),
        ("since", "2026-01-01T00:00:00"),
        ("state", "new"),
        ("submitter", "a@x.org"),
    )
    rig.sync.search((asked,))
    await rig.sync.settled()
    (line,) = [line for line in rig.road.log if "/patches/" in line]
    parameters = line.partition("?")[2].replace("%3A", ":").replace("%40", "@").split("&")
    sent = dict(parameter.split("=") for parameter in parameters)
    assert {name: sent[name].replace("+", " ").replace("%20", " ") for name, _ in asked} == dict(asked)
    assert (sent["project"], sent["order"]) == (PROJECT, "-date")


async def test_pages_come_one_by_one_the_newest_first(rig: Rig) -> None:
    series = [rig.add_series() for _ in range(2 * PATCHES_A_PAGE + 1)]
    shown: list[str] = []
    rig.store.listen(lambda _: shown.append(rig.sync.status.searching))
    rig.sync.search(NEW)
    assert rig.sync.status.searching == "page 1"
    rig.sync.search_more()  # one page at a time
    await rig.sync.settled()
    newest = [one.id for one in reversed(series)]
    assert rig.series_ids() == newest[:PATCHES_A_PAGE]
    assert rig.sync.status.searching == ""
    assert rig.sync.search_left
    rig.sync.search(NEW)  # the same again reads nothing again
    rig.sync.search_more()
    await rig.sync.settled()
    assert f"page 2, {PATCHES_A_PAGE} patches so far" in shown
    rig.sync.search_more()
    await rig.sync.settled()
    assert rig.series_ids() == newest
    assert not rig.sync.search_left
    count = len(rig.road.log)
    rig.sync.search_more()
    await rig.sync.settled()
    assert len(rig.road.log) == count


async def test_series_that_came_together_come_in_one_list(rig: Rig) -> None:
    for _ in range(20):
        rig.add_series()
    rig.sync.search(NEW)
    await rig.sync.settled()
    assert len(rig.series_ids()) == 20
    assert rig.road.count("GET .*/series/") == 1
    rig.sync.search(RFC)
    rig.sync.search(NEW)
    await rig.sync.settled()
    assert rig.road.count("GET .*/series/") == 1  # they are stored now


async def test_several_filters_are_one_search(rig: Rig) -> None:
    first, second, third = (rig.add_series() for _ in range(3))
    second.patches[0].state, third.patches[0].state = state("rfc"), state("accepted")
    rig.sync.search(NEW + RFC)
    await rig.sync.settled()
    assert rig.series_ids() == [second.id, first.id]


async def test_another_search_ends_the_one_before(rig: Rig) -> None:
    for _ in range(3):
        rig.add_series()
    hold = rig.road.hold("state=new")
    rig.sync.search(NEW)
    await hold.arrived.wait()
    rig.sync.search(RFC)
    assert rig.sync.status.searching == "page 1"
    rig.road.release()
    await rig.sync.settled()
    assert rig.road.count("GET .*/series/") == 0  # nobody asks for what it found any more
    assert rig.sync.status.searching == ""
    assert not rig.sync.search_left


async def test_no_filters_end_the_search(rig: Rig) -> None:
    for _ in range(PATCHES_A_PAGE + 1):
        rig.add_series()
    hold = rig.road.hold("state=new")
    rig.sync.search(NEW)
    await hold.arrived.wait()
    rig.sync.search(())
    assert rig.sync.status.searching == ""
    assert not rig.sync.search_left
    rig.road.release()
    await rig.sync.settled()
    assert rig.notices == []


async def test_with_no_line_it_is_quiet_and_goes_on_when_the_line_is_back(rig: Rig) -> None:
    await rig.start_with(1)
    old = rig.add_series()
    old.patches[0].state = state("rfc")
    rig.road.broken = True
    rig.sync.search(RFC)
    await rig.sync.settled()
    assert rig.sync.status.offline
    assert rig.sync.status.searching == ""
    assert rig.notices == []
    assert rig.sync.search_left
    rig.road.broken = False
    await rig.look()
    assert old.id in rig.series_ids()
    assert rig.road.count("state=rfc") == 1


async def test_what_the_server_refuses_is_told(rig: Rig) -> None:
    rig.app.faults.add("/patches/", status=403)
    rig.sync.search(NEW)
    await rig.sync.settled()
    assert rig.only_notice().tone is Tone.TROUBLE
    assert rig.sync.status.searching == ""


async def test_a_list_that_is_too_heavy_is_told_although_the_line_is_there(rig: Rig) -> None:
    rig.road.late = "state=new"
    rig.sync.search(NEW)
    await rig.sync.settled()
    assert not rig.sync.status.offline
    assert rig.only_notice().tone is Tone.TROUBLE

"""Bad servers and bad answers: one clear line, what was there stays, and R tries again."""

from __future__ import annotations

import json
import ssl

import pytest

from tests.screens.conftest import Seat, Sit
from tui import clients
from tui.api.client import Client
from tui.api.wire import Limits
from tui.core.credentials import Credentials
from tui.core.place import Place, PlaceKind, parse_place
from tui.demo.server import DemoServer
from tui.sync import lookout
from tui.where import Where

pytestmark = pytest.mark.anyio

PATIENT = Limits(tries=2, backoff=0, longest_wait=0.1)
HASTY = PATIENT._replace(total=2)
"""For an answer that never ends; any other may take its time where the machine is busy."""
PAGE = "<html><body>nothing here</body></html>"
FAULTS: dict[str, tuple[dict[str, object], str]] = {
    "html": ({"garbage": "html"}, "web page"),
    "half a document": ({"garbage": "json"}, "JSON"),
    "cut off": ({"cut": True}, "broke off"),
    "reset": ({"reset": True}, "broke off"),
    "endless": ({"endless": True}, "too long"),
    "missing fields": ({"status": 200, "body": '[{"id": 1}]'}, "sent an answer"),
    "another host": ({"redirect": "http://elsewhere.example.org/"}, "elsewhere.example.org"),
    "409": ({"status": 409, "body": '{"detail": "Conflict."}'}, "has changed"),
    "502": ({"status": 502, "body": PAGE}, "trouble"),
    "504": ({"status": 504, "body": PAGE}, "trouble"),
    "other JSON": ({"status": 200, "body": '{"hello": "world"}'}, "sent an answer"),
    "switched off": ({"status": 404, "body": PAGE}, "has no"),
    "401": ({"status": 401, "body": '{"detail": "Invalid token."}'}, "token"),
    "403": ({"status": 403, "body": '{"detail": "Invalid token."}'}, "token"),
    "429": ({"status": 429, "body": "{}", "headers": {"Retry-After": "9"}}, "slow down"),
    "500": ({"status": 500, "body": PAGE}, "500"),
    "503": ({"status": 503, "body": PAGE}, "not available"),
}


class Patience:
    """How long the clients of a test wait for a bad server."""

    def __init__(self) -> None:
        self._limits = PATIENT
        self._clients: list[Client] = []

    def client(self, server: str, credentials: Credentials | None) -> Client:
        self._clients.append(Client(server, credentials, verify=False, limits=self._limits))
        return self._clients[-1]

    def suit(self, kind: str) -> None:
        """Give an answer that never ends two seconds, all others a minute."""
        self._limits = HASTY if kind == "endless" else PATIENT
        for client in self._clients:
            client._wire._limits = self._limits


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> Patience:
    """Have every client made with the patience of the test."""
    patience = Patience()
    monkeypatch.setattr(clients, "open_with_token", patience.client)
    return patience


async def trouble(seat: Seat) -> str:
    """Wait for the line of a trouble, and return it."""
    await seat.until(lambda: "✗" in seat.last_line)
    await seat.settled()
    return seat.last_line


@pytest.mark.parametrize("kind", FAULTS)
async def test_a_bad_start_says_why_and_R_tries_again(
    sit: Sit, demo: DemoServer, patience: Patience, kind: str
) -> None:
    fault, word = FAULTS[kind]
    demo.faults.add(path="/api/", times=None, **fault)
    patience.suit(kind)
    async with sit((160, 40)) as seat:
        line = await trouble(seat)
        assert word.lower() in seat.text.lower(), seat.text
        assert "Traceback" not in seat.text
        assert "R tries again" in line or kind in ("401", "403", "409")
        demo.faults.clear()
        patience.suit("")
        await seat.press("R")
        await seat.loaded()
        assert len(seat.browser.unfolded) >= 50


@pytest.mark.parametrize("kind", FAULTS)
async def test_a_bad_refresh_keeps_what_was_there(
    sit: Sit, demo: DemoServer, patience: Patience, kind: str
) -> None:
    fault, word = FAULTS[kind]
    async with sit((160, 40)) as seat:
        await seat.loaded()
        before = list(seat.browser.series.ids)
        demo.faults.add(path="/api/", times=None, **fault)
        patience.suit(kind)
        await seat.press("R")
        await trouble(seat)
        assert word.lower() in seat.last_line.lower()
        assert seat.browser.series.ids == before


@pytest.mark.parametrize("kind", FAULTS)
async def test_a_text_that_cannot_be_had_says_so_in_its_place(
    sit: Sit, demo: DemoServer, patience: Patience, kind: str
) -> None:
    fault, word = FAULTS[kind]
    demo.faults.add(path=r".*(/patches/\d+|/mbox)/$", times=None, **fault)  # before any is fetched ahead
    async with sit((80, 24)) as seat:
        await seat.loaded()
        patience.suit(kind)
        await seat.goes_to("hw: reset values in tables")
        await seat.press("enter", "j", "enter")
        await seat.until(lambda: seat.browser.sync.trouble(seat.browser.patches.current or 0))
        await seat.until(lambda: word.lower() in " ".join(seat.text.split()).lower())
        demo.faults.clear()
        patience.suit("")
        await seat.press("R")
        await seat.until(seat.shows_its_patch)


async def test_no_server_there(sit: Sit) -> None:
    async with sit((120, 36), server="http://127.0.0.1:9", token="") as seat:
        await trouble(seat)
        assert "127.0.0.1:9" in seat.last_line
        assert "offline" in seat.text


async def test_a_lost_server_that_is_back_is_online_without_a_key(
    sit: Sit, demo: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookout, "FIRST_PAUSE", 0.01)
    demo.faults.add(path="/api/", times=None, reset=True)
    async with sit((120, 36)) as seat:
        await seat.sees("offline")
        demo.faults.clear()
        await seat.sees("online")
        await seat.loaded()
        assert len(seat.browser.unfolded) >= 50


async def test_tls_is_refused(sit: Sit, demo: DemoServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def client(server: str, credentials: Credentials | None) -> Client:
        return Client(server, verify=ssl.create_default_context(), limits=PATIENT)

    monkeypatch.setattr(clients, "open_with_token", client)
    async with sit((160, 36), server=demo.url.replace("http:", "https:"), token="") as seat:
        await trouble(seat)
        assert "cannot be trusted" in seat.last_line


async def test_an_unknown_project_is_named(sit: Sit) -> None:
    async with sit((120, 36), project="no-such-project") as seat:
        await seat.sees(
            "There is no project no-such-project", "R tries again, P goes to another project, q leaves"
        )


async def test_an_empty_project_says_so(sit: Sit) -> None:
    async with sit((80, 24), project="kiln-attic") as seat:
        await seat.sees("kiln-attic has no series yet", "R asks again")
        await seat.press("s", "enter", "space", "j", "G", "d", "a", "o", "y")
        assert "Traceback" not in seat.text


async def test_a_series_without_patches_says_so_in_the_row_and_in_the_reader(
    sit: Sit, demo: DemoServer
) -> None:
    async with sit((160, 44)) as seat:
        await seat.loaded()
        store = seat.browser.store
        newest = store.series_rows(seat.browser.series.ids[:1])[0].series
        empty = newest._replace(
            id=999_999,
            name="Nothing but a cover letter",
            total=3,
            received_total=0,
            received_all=False,
            patch_ids=(),
            cover_id=None,
        )
        store.put_series([empty])
        await seat.until(lambda: empty.id in seat.browser.series.ids)
        seat.browser.series.jump(empty.id)
        await seat.sees("0/3 ", "none yet", "No patch of this series has arrived.")
        assert "No patch of this series has arrived." in seat.browser.reader._words
        await seat.press("s")
        assert "There is no patch here to act on." in seat.last_line


async def test_null_names_are_shown_as_unknown(sit: Sit, demo: DemoServer) -> None:
    import httpx

    series = httpx.get(f"{demo.url}/api/series/?project=kiln-devel&order=-date&per_page=3").json()
    for one in series:
        one["name"] = one["submitter"]["name"] = None
    demo.faults.add(path="/api/.*series/.*per_page=50", times=None, status=200, body=json.dumps(series))
    async with sit((200, 40)) as seat:
        await seat.loaded()
        assert len(seat.browser.series.ids) == 3
        assert "Untitled series" in seat.text
        assert "None" not in seat.text


async def test_a_pull_request_has_no_diff_and_says_so(sit: Sit, demo: DemoServer) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.goes_to("tools: kilnctl and the agent for 4.2")
        await seat.press("enter", "enter")
        await seat.until(seat.shows_its_patch)
        await seat.sees("Pull request: https://git.example.org/")


@pytest.mark.parametrize(
    ("kind", "ref"),
    [(PlaceKind.PATCH, "no@such.mail"), (PlaceKind.SERIES, "99999999"), (PlaceKind.COVER, "x@y")],
)
async def test_an_address_that_names_nothing(sit: Sit, demo: DemoServer, kind: PlaceKind, ref: str) -> None:
    async with sit((160, 36), place=Place(kind, demo.url, demo.project, ref)) as seat:
        await trouble(seat)
        assert ref in seat.last_line
        assert len(seat.browser.unfolded) >= 50


async def test_an_address_opens_at_its_patch(sit: Sit, demo: DemoServer) -> None:
    import httpx

    patches = httpx.get(f"{demo.url}/api/patches/?project=kiln-devel&order=date&per_page=5").json()
    async with sit((120, 36), place=parse_place(patches[3]["web_url"])) as seat:
        await seat.until(lambda: seat.browser.level == "diff")
        assert seat.browser.patches.current == patches[3]["id"]
        await seat.until(seat.shows_its_patch)


async def test_the_address_of_an_old_patch_does_not_bring_the_whole_list(
    sit: Sit, demo: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    import httpx

    monkeypatch.setattr("tui.sync.listing.SERIES_A_PAGE", 10)
    series = httpx.get(f"{demo.url}/api/series/?project=kiln-devel&order=date&per_page=1").json()
    async with sit((120, 36), place=parse_place(series[0]["web_url"])) as seat:
        await seat.until(lambda: seat.at(Where.PATCHES))
        await seat.settled()
        status = seat.browser.sync.status
        assert seat.browser.series.current == series[0]["id"]
        assert status.total is not None
        assert status.loaded < status.total // 2
        before = status.loaded
        await seat.press("escape", "k")
        await seat.settled()
        assert before < seat.browser.sync.status.loaded < status.total


async def test_when_the_server_was_asked_the_line_says_so(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("R")
        await seat.sees("Asked ")
        assert "Asking" not in seat.last_line

"""A tiny corpus of mails made by each test, and a server over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tui.demo.app import DemoApp, make_app
from tui.demo.server import DemoServer

NOW = datetime(2026, 3, 31, 18, 0)
DIFF = (
    "diff --git a/kiln.c b/kiln.c\nindex 1111111..2222222 100644\n--- a/kiln.c\n+++ b/kiln.c\n"
    "@@ -1,3 +1,4 @@\n one\n+two\n three\n four\n"
)
Writer = Callable[..., str]
Loader = Callable[..., DemoApp]


def mail(
    subject: str,
    body: str = "",
    number: int = 1,
    sender: str = "Ann Author <ann@example.org>",
    reply_to: str = "",
    minute: int = 0,
    **headers: str,
) -> str:
    """Return a mail as it stands in an mbox; headers in words, ``x_demo_state`` for X-Demo-State."""
    lines = [
        "From mboxrd@z Thu Jan  1 00:00:00 1970",
        f"From: {sender}",
        f"Subject: {subject}",
        f"Message-Id: <{number}@example.org>",
        f"Date: Mon, 5 Feb 2024 10:{minute:02}:00 +0000",
        "List-Id: Kiln <kiln-devel.lists.example.org>",
    ]
    if reply_to:
        lines += [f"In-Reply-To: {reply_to}", f"References: {reply_to}"]
    lines += [f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items()]
    return "\n".join(lines) + f"\n\n{body}\n"


def patch(subject: str, number: int = 1, **more: str | int) -> str:
    """Return a mail with a message and a diff."""
    body = (
        f"Say why.\n\nSigned-off-by: Ann Author <ann@example.org>\n---\n kiln.c | 1 +\n\n{DIFF}-- \n2.43.0\n"
    )
    return mail(subject, body, number, **more)  # type: ignore[arg-type]


@pytest.fixture
def load(tmp_path: Path) -> Loader:
    """Return a function that loads mails: a server in process whose clock stands at NOW."""

    def load(*mails: str, **options: object) -> DemoApp:
        file = tmp_path / "list.mbox"
        file.write_text("".join(mails), encoding="utf-8")
        options.setdefault("now", lambda: NOW)
        return make_app(file, **options)  # type: ignore[arg-type]

    return load


SMALL = (
    mail("[PATCH v2 0/3] kiln: fire hotter", "All of it.", number=10),
    patch("[PATCH v2 1/3] kiln: add a grate", 11, reply_to="<10@example.org>"),
    patch("[PATCH v2 2/3] kiln: open the door", 12, reply_to="<10@example.org>", x_demo_state="accepted"),
    patch("[PATCH v2 3/3] kiln: light it", 13, reply_to="<10@example.org>", x_demo_delegate="jun"),
    mail(
        "Re: [PATCH v2 1/3] kiln: add a grate",
        "> one\n\nFine.\nReviewed-by: Jun Nakagawa <jun@example.org>\n",
        number=14,
        sender="Jun Nakagawa <jun@example.org>",
        reply_to="<11@example.org>",
        minute=5,
    ),
    patch("[PATCH] kiln: sweep", 15, minute=10, sender="Vera Visitor <visitor@example.org>"),
    patch("[RFC PATCH] kiln: glaze", 16, minute=20),
)


@pytest.fixture(scope="session")
def small_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    """Run a server over SMALL: patches 4001 to 4005, of the series 701 to 703."""
    file = tmp_path_factory.mktemp("corpus") / "small.mbox"
    file.write_text("".join(SMALL), encoding="utf-8")
    seconds = iter(range(10**6))
    with DemoServer(file, now=lambda: NOW + timedelta(seconds=next(seconds))) as server:
        yield server


@pytest.fixture
def server(small_server: DemoServer) -> DemoServer:
    """Return the server over SMALL as it was loaded."""
    small_server.reset()
    return small_server


@pytest.fixture(scope="session")
def connections(small_server: DemoServer) -> Iterator[httpx.Client]:
    """Return one client for a run: building one takes longer than a test."""
    with httpx.Client(base_url=small_server.url, timeout=5) as client:
        yield client


@pytest.fixture
def http(server: DemoServer, connections: httpx.Client) -> httpx.Client:
    """Return a client of the server, which is as it was loaded."""
    return connections


@pytest.fixture
def maintainer(server: DemoServer) -> dict[str, str]:
    """Return the headers of a maintainer."""
    return {"Authorization": f"Token {server.token}"}


@pytest.fixture
def outsider(server: DemoServer) -> dict[str, str]:
    """Return the headers of a user who maintains nothing, but sent patch 4004."""
    return {"Authorization": f"Token {server.outsider_token}"}


@pytest.fixture
def make_mail() -> Writer:
    """Return the function that makes a mail."""
    return mail


@pytest.fixture
def make_patch() -> Writer:
    """Return the function that makes a patch."""
    return patch

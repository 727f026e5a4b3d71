"""What a run on the embedded server has for as long as it lasts: the store, and that server."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tui.store.store import Store

if TYPE_CHECKING:
    from tui.api.client import Client
    from tui.demo.app import DemoApp

DEMO_SERVER = "https://kiln.example.org"
"""What the embedded server is called; nothing is ever sent there."""


class Demonstration:
    """A demo: all its projects have one store, in memory, and one server, in this process."""

    def __init__(self) -> None:
        self.store = Store()

    @cached_property
    def app(self) -> DemoApp:
        """The server."""
        from tui.demo.app import make_app

        app = make_app()
        app.faults.add("patches/", delay=0.05, times=1)  # the first series are painted before
        return app

    def client(self) -> Client:
        """Return a client with a maintainer's token."""
        import httpx

        from tui.api.client import Client
        from tui.core.credentials import Credentials
        from tui.demo.registry import MIRA

        transport = httpx.ASGITransport(app=self.app)
        return Client(DEMO_SERVER, Credentials(DEMO_SERVER, MIRA.token), transport=transport, verify=False)

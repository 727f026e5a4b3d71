"""The embedded server behind a socket: in a thread for tests, in the main thread for people."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType

import uvicorn

from tui.demo.app import DemoApp, make_app
from tui.demo.faults import Faults, Seen
from tui.demo.registry import MAIN_PROJECT, MIRA, VISITOR
from tui.demo.world import CORPUS


class DemoServer:
    """Runs the server on a loopback port in a thread of its own.  A context manager.

    ``url`` is the root, without /api; ``token`` a maintainer's; ``outsider_token`` of somebody who
    maintains nothing.
    """

    def __init__(
        self,
        corpus: Path = CORPUS,
        now: Callable[[], datetime] | None = None,
        local: timedelta = timedelta(),
        port: int = 0,
    ) -> None:
        self.app = make_app(corpus, now, local, control=True)
        self.project = MAIN_PROJECT.link_name
        self.token = MIRA.token
        self.outsider_token = VISITOR.token
        self.url = ""
        self._port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def faults(self) -> Faults:
        """What goes wrong."""
        return self.app.faults

    @property
    def requests(self) -> list[Seen]:
        """The requests since the start or the last reset."""
        return self.app.faults.requests

    def reset(self) -> None:
        """Go back to what was loaded, with no faults and an empty log."""
        self.app.reset()

    def start(self) -> DemoServer:
        """Start answering.  Raises OSError when the port is taken."""
        listener = listen(self._port)
        self.url = url_of(listener)
        self._server = _Server(configure(self.app))
        self._thread = threading.Thread(target=self._server.run, args=([listener],), daemon=True)
        self._thread.start()
        self._server.ready.wait()
        return self

    def stop(self) -> None:
        """Stop, whatever is still being answered."""
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = self._server.force_exit = True
        self._thread.join()
        self._server = self._thread = None

    def __enter__(self) -> DemoServer:
        """Start answering."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()


class _Server(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


def configure(app: DemoApp) -> uvicorn.Config:
    """Return how uvicorn serves the app: no logs, no lifespan, no web sockets, and ``send`` as it
    is, so that faults can reach the connection.
    """
    return uvicorn.Config(
        app,
        log_config=None,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
    )


def listen(port: int) -> socket.socket:
    """Return a socket that listens on a loopback port; 0 takes a free one.  Raises OSError."""
    # asyncio turns Nagle's delay off only for sockets that name their protocol: 40 ms a request.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def url_of(listener: socket.socket) -> str:
    """Return the root address of a server on a socket."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}"

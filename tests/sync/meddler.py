"""Somebody else, who writes to the same patches of the server at random moments."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Event, Thread

import httpx

from tui.demo.registry import STATES, TOMASZ

LONGEST_PAUSE = 0.04
"""Seconds between two writes."""


class Meddler:
    """Another maintainer, with a client of their own."""

    def __init__(self, url: str, dice: random.Random, patches: Sequence[int]) -> None:
        self._line = httpx.Client(base_url=url, trust_env=False, verify=False)
        self._line.headers["Authorization"] = f"Token {TOMASZ.token}"
        self._dice = dice
        self._patches = patches

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Write meanwhile; at the end the last write is through."""
        stop = Event()
        thread = Thread(target=self._write, args=(stop,))
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def _write(self, stop: Event) -> None:
        while not stop.wait(self._dice.uniform(0, LONGEST_PAUSE)):
            patch, state = self._dice.choice(self._patches), self._dice.choice(STATES)
            with suppress(httpx.HTTPError):  # the server fails them, too
                self._line.patch(f"/api/patches/{patch}/", json={"state": state.slug})

    def close(self) -> None:
        """Go."""
        self._line.close()

"""What every test gets: no configuration, tokens, clock or locale of whoever runs it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tui.demo.server import DemoServer

NOW = datetime(2026, 3, 31, 18, 0)
"""The time of every test, naive UTC: what is shown does not depend on the day."""

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
"""Sample data beside the checkout; tests that need it skip where it is absent."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a person take new pictures, ``pytest --update-screenshots``, and look at all there is."""
    parser.addoption("--update-screenshots", action="store_true", help="write screenshots/ anew")
    parser.addoption("--all-themes", action="store_true", help="see all screens in all themes at all sizes")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Run async tests on asyncio, as the app does."""
    return "asyncio"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Hide the developer's own settings, tokens and git configuration."""
    for name in [name for name in os.environ if name.startswith(("PWTUI_", "PW_"))]:
        monkeypatch.delenv(name)
    for name in (
        "NO_COLOR",
        "COLORTERM",
        "TEXTUAL",
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "LINES",  # readline says these of the terminal that the tests run in
        "COLUMNS",
    ):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("PWTUI_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of sample data, or skip."""
    if not SHARED.is_dir():
        pytest.skip(f"the sample data is not there: {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def running_demo() -> Iterator[DemoServer]:
    """Run the embedded server on a loopback port, for all tests of a run."""
    # Every look at the clock is a second later: events and checks must not fall together.
    seconds = iter(range(10**9))
    with DemoServer(now=lambda: NOW + timedelta(seconds=next(seconds))) as server:
        yield server


@pytest.fixture
def demo(running_demo: DemoServer) -> DemoServer:
    """Return the embedded server as it was loaded, with no faults and an empty log."""
    running_demo.reset()
    return running_demo

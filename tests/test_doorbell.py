"""The socket that reaches a pwtui that runs: for its owner only, and nothing that comes does harm."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from tui import doorbell
from tui.doorbell import LONGEST, Doorbell, door_folder, ring

pytestmark = pytest.mark.anyio


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = door_folder({"XDG_RUNTIME_DIR": str(tmp_path)})
    assert found is not None
    return found


@asynccontextmanager
async def listening(folder: Path, why_not: str = "") -> AsyncIterator[list[str]]:
    heard: list[str] = []

    def hear(text: str) -> str:
        heard.append(text)
        return why_not

    bell = Doorbell(folder, hear)
    await bell.listen()
    try:
        yield heard
    finally:
        bell.close()


async def say(folder: Path, message: bytes) -> bytes:
    reader, writer = await asyncio.open_unix_connection(next(folder.glob("*.sock")))
    writer.write(message)
    answer = b""
    with suppress(ConnectionError):
        await writer.drain()
        answer = await reader.read(LONGEST)
    writer.close()
    return answer


async def test_what_is_said_is_heard(folder: Path) -> None:
    async with listening(folder) as heard:
        assert await asyncio.to_thread(ring, folder, "https://example.org/patch/1/ é") == "ok"
    assert heard == ["https://example.org/patch/1/ é"]
    assert not list(folder.iterdir()), "no socket is left"


async def test_why_not_is_told(folder: Path) -> None:
    async with listening(folder, "no project is open there"):
        assert await asyncio.to_thread(ring, folder, "x") == "no: no project is open there"


async def test_nobody_is_there(folder: Path) -> None:
    assert ring(folder, "x") is None


async def test_a_socket_without_anybody_is_removed_and_the_next_one_asked(folder: Path) -> None:
    async with listening(folder) as heard:
        old = folder / "1.sock"
        with socket.socket(socket.AF_UNIX) as dead:
            dead.bind(str(old))
        os.utime(old, (2**32, 2**32))
        assert await asyncio.to_thread(ring, folder, "x") == "ok"
        assert not old.exists()
    assert heard == ["x"]


async def test_our_own_old_socket_is_replaced(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(folder / f"{os.getpid()}.sock"))
    async with listening(folder) as heard:
        assert await asyncio.to_thread(ring, folder, "x") == "ok"
    assert heard == ["x"]


@pytest.mark.parametrize(
    "message",
    [b"\xff\xfe\n", b"a" * (LONGEST * 300), b"\n", b"   \n", b"\x00" * 5000 + b"\n", b"x" * 9000 + b"\n"],
)
async def test_what_cannot_be_read_does_nothing(folder: Path, message: bytes) -> None:
    async with listening(folder) as heard:
        answer = await say(folder, message)
        assert answer == b"" or answer.startswith(b"no: ")
        assert heard == []
        assert await asyncio.to_thread(ring, folder, "x") == "ok", "and it listens on"


async def test_who_says_nothing_is_not_waited_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorbell, "PATIENCE", 0.05)
    async with listening(folder) as heard:
        assert await say(folder, b"half a line") == b"no: nothing was said\n"
    assert heard == []


async def test_a_crowd_is_sent_away(folder: Path) -> None:
    async with listening(folder) as heard:
        path = next(folder.glob("*.sock"))
        waiting = [await asyncio.open_unix_connection(path) for _ in range(doorbell.MOST)]
        await asyncio.sleep(0)
        assert await say(folder, b"x\n") == b"no: too many at once\n"
        for _, writer in waiting:
            writer.close()
        assert heard == []


async def test_the_socket_is_for_its_owner(folder: Path) -> None:
    async with listening(folder):
        assert folder.stat().st_mode & 0o777 == 0o700
        assert next(folder.glob("*.sock")).stat().st_mode & 0o077 == 0


def test_a_folder_that_others_could_open_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "pwtui").mkdir(mode=0o700)
    (tmp_path / "pwtui").chmod(0o755)
    assert door_folder({"XDG_RUNTIME_DIR": str(tmp_path)}) is None


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "pwtui").symlink_to(tmp_path / "elsewhere")
    assert door_folder({"XDG_RUNTIME_DIR": str(tmp_path)}) is None


def test_without_a_runtime_folder_one_of_our_own_is_made(tmp_path: Path) -> None:
    found = door_folder({"TMPDIR": str(tmp_path)})
    assert found == tmp_path / f"pwtui-{os.getuid()}"
    assert found.stat().st_mode & 0o777 == 0o700


def test_where_none_can_be_made_there_is_none(tmp_path: Path) -> None:
    assert door_folder({"XDG_RUNTIME_DIR": str(tmp_path / "not" / "there")}) is None


async def test_a_path_that_is_too_long_is_no_trouble(tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 120)
    folder.mkdir()
    async with listening(folder):
        assert ring(folder, "x") is None

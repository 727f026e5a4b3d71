"""Connections that do not come about, break, or are not to be trusted, over real sockets."""

from __future__ import annotations

import asyncio
import shutil
import socket
import ssl
import struct
import subprocess
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.api.replies import HEAD, ONCE, saying
from tui.api import errors
from tui.api.client import Client
from tui.api.wire import Limits
from tui.core.intent import Field

if TYPE_CHECKING:
    from tests.api.conftest import Line, Listen

pytestmark = pytest.mark.anyio


async def test_a_server_that_is_not_there() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        client = Client(f"http://127.0.0.1:{unused.getsockname()[1]}")
        with pytest.raises(
            errors.Unreachable, match=r"is not there \(connection refused\); check the address"
        ):
            await client.projects()
        await client.aclose()


async def test_a_name_that_no_dns_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    client = Client("http://patchwork.invalid", transport=httpx.AsyncHTTPTransport())
    with pytest.raises(errors.Unreachable, match=r"is not there \(the name could not be looked up\)"):
        await client.projects()
    await client.aclose()


async def test_a_server_without_tls_is_not_trusted(listen: Listen) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()

    async with listen(talk) as address:
        client = Client(address.replace("http:", "https:"))
        with pytest.raises(errors.TlsRefused, match=r"cannot be trusted \(wrong version number\)"):
            await client.set_patch(7, {Field.STATE: "new"})
        await client.aclose()


@pytest.mark.skipif(not shutil.which("openssl"), reason="makes its certificate with openssl")
async def test_a_certificate_that_nobody_signed_is_not_trusted(tmp_path: Path) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1"
    subprocess.run([*make.split(), "-keyout", key, "-out", cert], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0, ssl=context)
    client = Client(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    with pytest.raises(errors.TlsRefused, match="self-signed certificate"):
        await client.projects()
    await client.aclose()
    server.close()
    await server.wait_closed()


async def test_a_connection_that_is_reset(listen: Listen) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    async with listen(talk) as address:
        client = Client(address, limits=ONCE)
        with pytest.raises(errors.Unreachable, match="broke off while sending the projects"):
            await client.projects()
        with pytest.raises(errors.AnswerLost):
            await client.set_patch(7, {Field.STATE: "new"})
        await client.aclose()


async def test_an_answer_that_is_cut_is_read_again_and_a_write_is_not(listen: Listen) -> None:
    calls: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        calls.append(await reader.readuntil(b"\r\n\r\n"))
        length = 9 if len(calls) != 2 else 2
        writer.write(HEAD + b"Content-Length: %d\r\nConnection: close\r\n\r\n[]" % length)
        await writer.drain()

    async with listen(talk) as address:
        client = Client(address, limits=Limits(backoff=0))
        assert (await client.projects()).items == ()
        assert len(calls) == 2
        with pytest.raises(errors.AnswerLost):
            await client.set_patch(7, {Field.STATE: "new"})
        assert len(calls) == 3
        await client.aclose()


async def test_json_that_is_cut_while_http_is_whole(line: Line) -> None:
    client = line.client(partial(httpx.Response, 200, content=b'[{"id": 7, "na'))
    with pytest.raises(errors.NotPatchwork, match="breaks off or is no JSON"):
        await client.projects()


async def test_a_server_that_says_nothing_times_out(listen: Listen) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with listen(talk) as address:
        client = Client(address, limits=Limits(silence=0.05))
        with pytest.raises(errors.TimedOut, match="took too long over the projects"):
            await client.projects()
        with pytest.raises(errors.AnswerLost):
            await client.set_patch(7, {Field.STATE: "new"})
        await client.aclose()


async def test_garbage_instead_of_http(listen: Listen) -> None:
    async with listen(saying(b"220 mail.example.org ESMTP\r\n")) as address:
        client = Client(address, limits=ONCE)
        with pytest.raises(errors.Unreachable, match="broke off"):
            await client.projects()
        await client.aclose()

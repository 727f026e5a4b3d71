"""Making a client: what the environment and the settings can spoil, each one clear sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.replies import SERVER
from tui.api.client import open_client
from tui.api.errors import Misconfigured
from tui.core.credentials import Credentials


@pytest.mark.anyio
async def test_a_client_is_opened_with_and_without_tls() -> None:
    for server in (SERVER, "http://127.0.0.1:8000"):
        client = open_client(server, Credentials(server, "secret"))
        assert client.server == server
        await client.aclose()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ALL_PROXY", "socks5://127.0.0.1:1080", "ALL_PROXY cannot be used: a SOCKS proxy needs"),
        ("https_proxy", "socks5h://127.0.0.1:1080", "https_proxy cannot be used: a SOCKS proxy needs"),
        ("HTTPS_PROXY", "gopher://ada:lovelace@proxy.example.org", "HTTPS_PROXY cannot be used: a proxy is"),
        ("HTTP_PROXY", "http://ada:lovelace@proxy:port", "HTTP_PROXY cannot be used: a proxy is"),
        ("ALL_PROXY", "http://ada:lovelace\udce9@proxy", "ALL_PROXY cannot be used: a proxy is"),
        ("SSL_CERT_FILE", "/missing/certs.pem", "SSL_CERT_FILE cannot be used: No such file"),
        ("SSLKEYLOGFILE", "/missing/keys", "SSLKEYLOGFILE cannot be used: No such file"),
    ],
)
def test_what_the_environment_spoils_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    for other in ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(name, value)
    with pytest.raises(Misconfigured) as caught:
        open_client(SERVER, None)
    assert str(caught.value).startswith(words)
    assert "lovelace" not in str(caught.value)
    assert not caught.value.retryable


def test_a_certificate_file_without_certificates_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "certs.pem"
    file.write_text("nothing\n")
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with pytest.raises(Misconfigured, match="SSL_CERT_FILE cannot be used: no certificates in it"):
        open_client(SERVER, None)


@pytest.mark.parametrize(
    "server", ["http://xn--a.example", "https://a\x1bb", "patchwork", "http://\udc80", ""]
)
def test_an_address_that_is_none_is_told(server: str) -> None:
    with pytest.raises(Misconfigured, match=r"http.*; check the address") as caught:
        open_client(server, None)
    assert str(caught.value).isprintable()


def test_credentials_of_another_server_are_told_without_them() -> None:
    with pytest.raises(Misconfigured, match="these credentials") as caught:
        open_client(SERVER, Credentials("https://other.example.org", "the-secret"))
    assert "the-secret" not in str(caught.value)

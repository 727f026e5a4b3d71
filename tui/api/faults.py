"""What a request that failed without an answer, or with the wrong kind of answer, means."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Iterable, Iterator

import httpx

from tui.api.errors import (
    AnswerLost,
    ApiError,
    Misconfigured,
    NotPatchwork,
    TimedOut,
    TlsRefused,
    Unreachable,
)

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError)


def fault(error: Exception, server: str, what: str, *, written: bool) -> ApiError:
    """Return the error for a request about ``what`` that got no whole answer.

    A write that may have reached the server is AnswerLost, whatever broke.
    """
    if isinstance(error, _NOT_SENT):
        return _not_sent(error, server)
    if written:
        return answer_lost(server, what)
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return TimedOut(f"{server} took too long over {what}; try again")
    # ValueErrors: headers of sense to nobody, such as a length of five thousand digits.
    if isinstance(error, httpx.DecodingError | ValueError):
        return NotPatchwork(f"{server} sent {what} in damaged form; try again")
    return Unreachable(f"{server} broke off while sending {what}; try again")


def _not_sent(error: Exception, server: str) -> ApiError:
    if tls := _tls_fault(error):
        return TlsRefused(f"{server} cannot be trusted ({tls}); nothing was sent", reason=tls)
    if isinstance(error, httpx.ConnectTimeout):
        return TimedOut(f"{server} does not answer; check the network and try again")
    why = _why_not_there(error)
    told = f" ({why})" if why else ""
    return Unreachable(f"{server} is not there{told}; check the address and the network", reason=why)


def _why_not_there(error: BaseException) -> str:
    """Return why no connection came about, as the system said; empty where it said nothing."""
    for cause in _causes(error):
        if isinstance(cause, socket.gaierror):
            return "the name could not be looked up"
        if isinstance(cause, OSError) and cause.errno:
            return os.strerror(cause.errno).lower()
    return ""


def _tls_fault(error: BaseException) -> str:
    """Return what is wrong with a server's TLS, in OpenSSL's words; empty where that is not it."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause.verify_message
        if isinstance(cause, ssl.SSLError):
            return (cause.reason or "no TLS there").replace("_", " ").lower()
    return ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Go from an error to what it came from, down to the first."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


_PROXIES = ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY")
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")


def bad_proxy(error: Exception) -> Misconfigured:
    """Return the error for proxies in the environment that httpx cannot use.

    Its own words are not told: they may hold the proxy's password.
    """
    if isinstance(error, ImportError):
        names, why = _set_of(_PROXIES, "socks"), "a SOCKS proxy needs the package socksio"
    else:
        names, why = _set_of(_PROXIES), "a proxy is given as http://host:port"
    return Misconfigured(f"{names} cannot be used: {why}; change or unset it")


def bad_certificates(error: OSError) -> Misconfigured:
    """Return the error for a TLS context that cannot be made."""
    why = "no certificates in it" if isinstance(error, ssl.SSLError) else error.strerror or "unreadable"
    return Misconfigured(f"{_set_of(_CERTIFICATES)} cannot be used: {why}; change or unset it")


def _set_of(names: Iterable[str], start: str = "") -> str:
    """Name those variables of the environment that are set to something that starts so."""
    spelt = [spelling for name in names for spelling in (name, name.lower())]
    found = [name for name in spelt if (value := os.environ.get(name)) and value.startswith(start)]
    return " or ".join(found) or "What the system says of proxies and certificates"


def broke_off(error: Unreachable) -> bool:
    """Say whether a connection stood and then broke, so that another try is worth it at once."""
    return not isinstance(error.__cause__, _NOT_SENT)


def answer_lost(server: str, what: str) -> AnswerLost:
    """Return the error of a write without a readable answer."""
    return AnswerLost(
        f"{server} gave no answer about {what}: nobody knows whether it was taken; refresh to see"
    )

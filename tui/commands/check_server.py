"""Checks of servers: are they there, what do they speak, is the token good, and what may it do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.commands.findings import Finding, bad, good, note
from tui.config.loading import Gathered
from tui.config.servers import known_servers
from tui.config.settings import LOOPBACK, Settings
from tui.config.tokens import TokenTrouble, fetch_token
from tui.core.credentials import Credentials

if TYPE_CHECKING:
    from tui.api.checkup import Account, Checkup

SKEW = 120.0
"""Seconds by which clocks may differ before ages look wrong."""
NEWEST = "1.4"
MOST = 8
"""Servers that are asked; nobody waits for a list of old projects."""
Section = tuple[str, list[Finding]]


def servers_of(gathered: Gathered) -> list[str]:
    """Return the servers that the settings name, the likeliest first."""
    settings = gathered.settings
    named = (
        settings.server,
        settings.project_server,
        *(secret.server for secret in settings.secrets),
        *settings.servers_of_projects.values(),
    )
    return [server for server in dict.fromkeys(named) if server][:MOST]


async def check_servers(gathered: Gathered) -> list[Section]:
    """Check all servers that the settings name, at once."""
    servers = servers_of(gathered)
    if not servers:
        known = len(known_servers())
        finding = good(f"None is set: a project that is named is looked for on {known} public ones")
        return [("Servers", [finding])]
    found = await asyncio.gather(*(_check(server, gathered.settings) for server in servers))
    return list(zip(servers, found, strict=True))


async def _check(server: str, settings: Settings) -> list[Finding]:
    """Check one server.  Never raises."""
    from tui.api.checkup import BRIEF, Checkup
    from tui.api.client import tls_context
    from tui.api.errors import ApiError

    findings: list[Finding] = []
    credentials = settings.credentials(server, opened=server in (settings.project_server, settings.server))
    if credentials and credentials.kept:
        try:
            credentials = await asyncio.to_thread(fetch_token, credentials)
        except TokenTrouble as error:
            findings.append(bad(str(error)))
            credentials = None
    try:
        secure = server.startswith("https:")
        verify = await asyncio.to_thread(tls_context) if secure else False
        checkup = Checkup(server, credentials, verify=verify, limits=BRIEF)
    except (ApiError, OSError, ValueError) as error:
        return [*findings, bad(f"It cannot be asked: {error}", "check its address and your certificates")]
    try:
        findings += [finding async for finding in _examine(checkup, credentials, settings)]
    except ApiError as error:
        findings.append(bad(str(error)))
    finally:
        await checkup.aclose()
    return findings


async def _examine(
    checkup: Checkup, credentials: Credentials | None, settings: Settings
) -> AsyncIterator[Finding]:
    """Ask what is to be known, one thing after the other.  Raises ApiError at the first that fails."""
    version = await checkup.negotiate()
    yield good(f"It answers, with API {version}{'' if version == NEWEST else _missing(version)}")
    for finding in _clock(await checkup.clock()):
        yield finding
    me = settings.me(checkup.server).username
    account = None
    if credentials:
        account = await checkup.account(me)
        yield _token(account, me, credentials)
        if checkup.server.startswith("http:") and urlsplit(checkup.server).hostname not in LOOPBACK:
            yield note(
                "The token goes over plain http, which anybody on the way can read", "set its https address"
            )
    else:
        yield note(
            "No token: everything can be read, nothing written", f"get one from {checkup.server}/user/"
        )
    for name in _projects(checkup.server, settings):
        yield await _project(checkup, name, account, me)


def _missing(version: str) -> str:
    """Say what an older API lacks; see its documentation."""
    lacks = {
        "1.0": "comments and web addresses",
        "1.1": "related patches",
        "1.2": "marks of addressed comments",
    }
    return f", which lacks {lacks[version]}" if version in lacks else ""


def _clock(ahead: float | None) -> Iterator[Finding]:
    if ahead is None or abs(ahead) < SKEW:
        yield good("Its clock and yours agree" if ahead is not None else "It does not tell the time")
    else:
        way = "behind" if ahead > 0 else "ahead of"
        yield bad(
            f"Your clock is {_span(abs(ahead))} {way} the server's, so ages are wrong",
            "set it, or let it be set: timedatectl set-ntp true",
        )


def _span(seconds: float) -> str:
    for size, name in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {name}"
    return f"{seconds:.0f} seconds"


def _token(account: Account, me: str, credentials: Credentials) -> Finding:
    what = "token" if credentials.token else "user name and password"
    if account.trouble:
        return bad(f"The {what} {'is' if credentials.token else 'are'} not taken: {account.trouble}")
    if account.is_other:
        works = f"The {what} {'works' if credentials.token else 'work'}"
        return bad(f"{works}, and is not that of {me}", "correct me in config.toml, or PWTUI_ME")
    if account.username:
        return good(f"The {what} works; it is that of {account.username}")
    if me:
        return good(f"The {what} works; this API does not tell whether it is that of {me}")
    return note(
        f"The {what} works; nothing tells whose it is",
        "set me in config.toml, or PWTUI_ME, to know what is yours",
    )


def _projects(server: str, settings: Settings) -> Sequence[str]:
    own = [settings.project] if settings.project_server == server else []
    return list(dict.fromkeys([*own, *(p for p, s in settings.servers_of_projects.items() if s == server)]))[
        :MOST
    ]


async def _project(checkup: Checkup, name: str, account: Account | None, me: str) -> Finding:
    """Say whether a project is there, and what the token may do in it."""
    from tui.api.errors import NotFound

    try:
        project = await checkup.project(name)
    except NotFound:
        return bad(f"There is no project {name}", f"pwtui --server {checkup.server} lists those there are")
    if account is None or account.trouble:
        return good(f"{name}: {project.name}")
    if not me:
        return good(f"{name}: {project.name}; what the token may do there is known when me is set")
    if me.casefold() in {user.username.casefold() for user in project.maintainers}:
        return good(f"{name}: {me} is a maintainer, and may write to all patches")
    return good(f"{name}: {me} is no maintainer, and may write to patches of their own or delegated to them")

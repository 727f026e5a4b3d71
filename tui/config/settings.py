"""Settings, and the secrets that prove to a server who we are.

Sources, the first one that knows wins: the command line (``--server``, given by the caller),
the environment (``PWTUI_TOKEN``, ``PWTUI_USERNAME`` and ``PWTUI_PASSWORD``, ``PWTUI_SERVER``,
and the same as ``PW_...``, which git-pw uses), ``git config`` (``pw.token``, ``pw.username``,
``pw.password``, ``pw.server``), and the config file (see settings_file.py).

A secret goes only to the server it was set for.  One that was set for no server in particular
goes only to the server that a run finally opens, never to those where a name is looked up, and
only where that is

- the server that was set: ``--server``, ``PWTUI_SERVER``, ``PW_SERVER``, ``pw.server``, the file's,
- one of the known public servers (see servers.toml), or
- this machine.

To any other, such as the host of an address that somebody sent, it does not go: set it for that
server, in the file or with ``PWTUI_SERVER``.

Who the user is on a server, which a token does not tell: ``PWTUI_ME``, else ``me`` of the file's
table for it, else the user name that goes there; and ``user.email`` of git.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlsplit

from tui.config.servers import known_servers
from tui.config.settings_file import KEEP_DAYS, KEEP_MEGABYTES, STALE_DAYS, FileSettings, read_settings_file
from tui.core.bound import Bound
from tui.core.credentials import Credentials
from tui.core.me import Me
from tui.core.place import server_root
from tui.core.text import clean
from tui.core.views import View

GitReader = Callable[[], Mapping[str, str]]
"""Returns what ``git config`` has under ``pw.``, and ``user.email``, by whole lower-case name."""

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Settings(NamedTuple):
    """What the user has set."""

    theme: str = ""
    """A theme's name; empty where nothing is set."""
    server: str = ""
    """Root address of the server to use where the user names none; empty where nothing is set."""
    pipe: str = ""
    """The command that diffs are given to; empty where nothing is set."""
    prefetch: bool = True
    """Whether diffs near the cursor are fetched before they are opened."""
    advance: bool = True
    """Whether the cursor goes on after an action, to the next row that needs one."""
    keep_days: int = KEEP_DAYS
    """Days after which a series leaves the store; 0 for never."""
    keep_megabytes: int = KEEP_MEGABYTES
    """Megabytes of texts that a server's store keeps; 0 for any number."""
    keys: tuple[Bound, ...] = ()
    """Keys of the user's own."""
    stale_days: int = STALE_DAYS
    """Days without anything new after which an open series is flagged; 0 for never."""
    problems: tuple[str, ...] = ()
    """One line for each thing that is wrong with the settings, to be shown; never a secret."""
    secrets: tuple[Credentials, ...] = ()
    """In the order of their sources; the server is empty in those set for none in particular."""
    views: tuple[View, ...] = ()
    """The user's own."""
    states_of_servers: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    own_name: str = ""
    """What the user is called on any server; empty where nothing is set for all."""
    names_of_servers: Mapping[str, str] = MappingProxyType({})
    email: str = ""
    """Where the user's mails come from; empty where git does not tell."""

    def states(self, server: str) -> tuple[str, ...]:
        """Return the slugs of a server's states, where the user has set them; else nothing."""
        return self.states_of_servers.get(server, ())

    def me(self, server: str) -> Me:
        """Return who the user is on a server, given by its root address, as far as that is set."""
        name = self.own_name or self.names_of_servers.get(server, "")
        if not name and (secret := self.credentials(server, opened=True)):
            name = secret.username
        return Me(name, self.email)

    def credentials(self, server: str, *, opened: bool = False) -> Credentials | None:
        """Return what to prove ourselves with to a server, given by its root address.

        ``opened`` says that this is the one server which this run opens: only there may a
        secret go that was set for no server in particular, and only where it is set, known or
        this machine (see above).
        """
        for secret in self.secrets:
            if secret.server == server:
                return secret
        if not opened or not self._is_trusted(server):
            return None
        for secret in self.secrets:
            if not secret.server:
                return Credentials(server, secret.token, secret.username, secret.password)
        return None

    def _is_trusted(self, server: str) -> bool:
        known = (known.address for known in known_servers())
        return server == self.server or urlsplit(server).hostname in _LOOPBACK or server in known


def load(env: Mapping[str, str], *, read_git: GitReader | None = None, server: str = "") -> Settings:
    """Gather the settings from all sources.  Never raises: what is wrong is in ``problems``.

    ``server`` is the ``--server`` option; ``read_git`` is for tests, None asks git.
    """
    problems: list[str] = []
    git = (read_git or read_git_config)()
    path = config_path(env)
    file = read_settings_file(path) if path else FileSettings()
    given = _root("--server", server, problems)
    servers = {name: _root(name, env.get(name, ""), problems) for name in ("PWTUI_SERVER", "PW_SERVER")}
    git_server = _root("git config pw.server", git.get("pw.server", ""), problems)
    secrets = [
        *_secret(_of_prefix(env, "PWTUI_"), "PWTUI_", _first(servers, "PWTUI_SERVER", "PW_SERVER"), problems),
        *_secret(_of_prefix(env, "PW_"), "PW_", _first(servers, "PW_SERVER", "PWTUI_SERVER"), problems),
        *_secret(_of_prefix(git, "pw."), "git config pw.", git_server, problems),
        *file.secrets,
    ]
    named = (given, servers["PWTUI_SERVER"], servers["PW_SERVER"], git_server, file.server)
    return Settings(
        theme=file.theme,
        pipe=file.pipe,
        prefetch=file.prefetch,
        advance=file.advance,
        keep_days=file.keep_days,
        keep_megabytes=file.keep_megabytes,
        keys=file.keys,
        stale_days=file.stale_days,
        server=next((root for root in named if root), ""),
        problems=tuple(clean(problem) for problem in (*problems, *file.problems)),
        secrets=tuple(secrets),
        states_of_servers=file.states,
        own_name=env.get("PWTUI_ME", "").strip(),
        names_of_servers=file.names,
        email=git.get("user.email", "").strip(),
        views=file.views,
    )


def config_path(env: Mapping[str, str]) -> Path | None:
    """Return where the config file stands; None without a home folder."""
    base = env.get("XDG_CONFIG_HOME", "")
    if not base.startswith("/"):
        if not env.get("HOME"):
            return None
        base = f"{env['HOME']}/.config"
    return Path(base) / "pwtui" / "config.toml"


def read_git_config() -> dict[str, str]:
    """Return git's settings under ``pw.``, and ``user.email``; none where there is no git or it fails."""
    import subprocess  # 13 ms, and asyncio has not loaded it yet when --help asks

    command = ["git", "config", "--null", "--get-regexp", r"^(pw\.|user\.email$)"]
    try:
        told = subprocess.run(command, capture_output=True, timeout=5, check=True, stdin=subprocess.DEVNULL)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return {}
    entries = told.stdout.decode("utf-8", "replace").split("\0")
    return {name: value for name, _, value in (entry.partition("\n") for entry in entries) if name}


def _root(source: str, address: str, problems: list[str]) -> str | None:
    """Return the root address that a source names, empty where it names none, None for a bad one."""
    if not address:
        return ""
    try:
        return server_root(address)
    except ValueError:  # its words are not shown: they repeat an address that may hold a password
        problems.append(
            f"{source} is no server's address, so it is not used; write https://patchwork.example.org"
        )
        return None


def _first(servers: Mapping[str, str | None], own: str, other: str) -> str | None:
    """The server of a secret: by its own variable, else by the other one."""
    return servers[other] if servers[own] == "" else servers[own]


def _of_prefix(source: Mapping[str, str], prefix: str) -> tuple[str, str, str]:
    """Token, user name and password of a source; its names are in its prefix's case."""
    names = (f"{prefix}{name}" for name in ("token", "username", "password"))
    token, username, password = (source.get(n.upper() if prefix.isupper() else n, "").strip() for n in names)
    return token, username, password


def _secret(
    found: tuple[str, str, str], source: str, server: str | None, problems: list[str]
) -> list[Credentials]:
    """Return the one secret of a source, or none, and why it cannot be used.

    ``server`` is empty for a secret that is for no server in particular; with None, for a
    server that could not be read, it goes nowhere.
    """
    if server is None or not any(found):
        return []
    secret = Credentials(server, *found)
    if secret.fault:
        problems.append(f"{source}*: {secret.fault}; it is not used")
        return []
    return [secret]

"""Settings, and the secrets that prove to a server who we are.

Where they come from, and what weighs more, is in sources.py.  A project goes with the server that
is named beside it, unless the command line or the environment names a server; for the rest the
weightiest source holds.

A secret goes only to the server it was set for.  One that was set for no server in particular
goes only to the server that a run finally opens, never to those where a name is looked up, and
only where that is

- a server that the user has set: ``--server``, ``PWTUI_SERVER``, ``PW_SERVER``, the file's, ``pw.server``,
- one of the known public servers (see servers.toml), or
- this machine.

To any other, such as the host of an address that somebody sent, or one that a repository brings
along, it does not go: set it for that server, in the file or with ``PWTUI_SERVER``.

Who the user is on a server, which a token does not tell: ``PWTUI_ME``, else ``me`` of the file's
table for it, else the user name that goes there; and ``email`` of the file, else git's ``user.email``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from tui.config.servers import known_servers
from tui.config.settings_file import KEEP_DAYS, KEEP_MEGABYTES, STALE_DAYS
from tui.core.bound import Bound, Rebound
from tui.core.credentials import Credentials
from tui.core.me import Me
from tui.core.views import View

if TYPE_CHECKING:
    from tui.core.command import Command

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""The names of this machine, which what goes over plain http to them does not leave."""


class Settings(NamedTuple):
    """What the user has set."""

    theme: str = ""
    """A theme's name; empty where nothing is set."""
    theme_at: str = ""
    """Where that is set."""
    keymap: str = ""
    """A keymap's name; empty where nothing is set."""
    keymap_at: str = ""
    """Where that is set."""
    binds: tuple[Rebound, ...] = ()
    """Keys of actions, in place of those of the keymap."""
    server: str = ""
    """Root address of the server to use where the user names none; empty where nothing is set."""
    pipe: str = ""
    """The command that diffs are given to; empty where nothing is set."""
    prefetch: bool = True
    """Whether diffs near the cursor are fetched before they are opened."""
    advance: bool = True
    """Whether the cursor goes on after an action, to the next row that needs one."""
    motion: bool = True
    """Whether anything may move or blink by itself."""
    mouse: bool = True
    """Whether we hear of the mouse; else it is the terminal's own."""
    plain: bool = False
    """Whether somebody listens to the screen in place of looking at it."""
    keep_days: int = KEEP_DAYS
    """Days after which a series leaves the store; 0 for never."""
    keep_megabytes: int = KEEP_MEGABYTES
    """Megabytes of texts that a server's store keeps; 0 for any number."""
    keys: tuple[Bound, ...] = ()
    """Keys of the user's own."""
    commands: tuple[Command, ...] = ()
    """Keys that run a command."""
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
    """Where the user's mails come from; empty where nothing tells."""
    project: str = ""
    """The project to open where the user names none; empty where nothing is set."""
    project_server: str = ""
    """Root address of the server that this project is on; empty where nothing tells."""
    servers_of_projects: Mapping[str, str] = MappingProxyType({})
    """Root addresses of the servers that projects are said to be on, by link name."""
    listed: tuple[tuple[str, str], ...] = ()
    """All servers, by root address, with their projects that any of the sources names."""
    views_of_servers: Mapping[str, tuple[View, ...]] = MappingProxyType({})
    some_states: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """States that servers have, by root address, among others."""
    trusted: frozenset[str] = frozenset()
    """The servers that the user has set, beside ``server``."""

    def states(self, server: str) -> tuple[str, ...]:
        """Return the slugs of a server's states, where the user has set them; else nothing."""
        return self.states_of_servers.get(server, ())

    def views_on(self, server: str) -> tuple[View, ...]:
        """Return the user's own views, with those of a server in the place of others of their name."""
        if server not in self.views_of_servers:
            return self.views
        found = {view.name.casefold(): view for view in (*self.views, *self.views_of_servers[server])}
        return tuple(found.values())

    def me(self, server: str) -> Me:
        """Return who the user is on a server, given by its root address, as far as that is set."""
        name = self.own_name or self.names_of_servers.get(server, "")
        if not name and (secret := self.credentials(server, opened=True)):
            name = secret.username
        return Me(name, self.email)

    def credentials(self, server: str, *, opened: bool = False) -> Credentials | None:
        """Return what to prove ourselves with to a server, given by its root address.

        A token that is kept elsewhere is not in it yet: see tui.config.tokens.

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
                return secret._replace(server=server)
        return None

    def _is_trusted(self, server: str) -> bool:
        if server == self.server or server in self.trusted or urlsplit(server).hostname in LOOPBACK:
            return True
        return server in (known.address for known in known_servers())

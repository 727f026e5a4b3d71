"""The tables of servers in the config file, each headed by a server's address::

    [servers."https://patchwork.example.org"]
    projects = ["kiln-devel"]       # that these are there need not be looked for
    token_command = "pass show patchwork"
    states = ["new", "under-review", "accepted"]
    me = "ada"

    [[servers."https://patchwork.example.org".views]]
    name = "Block layer"
    query = "file:block/* state:new"

A token is ``token`` itself, or kept elsewhere: ``token_command`` prints it, ``token_file`` holds it,
or ``token_keyring = true`` has it in the system's keyring.
"""

from __future__ import annotations

from tui.config.complaints import Complaints
from tui.config.views import read_views
from tui.core.credentials import Credentials, Keeper, Kept
from tui.core.views import View

SERVICE = "pwtui"
"""The name under which a keyring has our tokens; the user name there is the server's address."""
SECRETS = ("token", "username", "password")
KEEPERS = ("token_command", "token_file", "token_keyring")
KEYS = (*SECRETS, *KEEPERS, "projects", "states", "me", "views")


class ServerTables:
    """What the file says of servers, by root address."""

    def __init__(self, notes: Complaints, *, private: bool, ours: bool) -> None:
        """``private`` says whether its owner alone reads the file, ``ours`` whether they alone write it."""
        self.secrets: list[Credentials] = []
        self.projects: dict[str, str] = {}
        """The server of each project that a table names."""
        self.listed: list[tuple[str, str]] = []
        """Every server with each of its projects: two may have one of the same name."""
        self.states: dict[str, tuple[str, ...]] = {}
        self.names: dict[str, str] = {}
        self.views: dict[str, tuple[View, ...]] = {}
        self._notes = notes
        self._private = private
        self._ours = ours

    def read(self, servers: object) -> None:
        """Read all tables of servers."""
        if not isinstance(servers, dict):
            self._notes.complain("servers", 'holds tables, such as [servers."https://patchwork.example.org"]')
            return
        for address, table in servers.items():
            root = self._notes.root(address, address)
            if root and isinstance(table, dict):
                self._read_one(root, address, table)
            elif root:
                self._notes.complain(address, f'is a table: write [servers."{address}"]')

    def _read_one(self, root: str, address: str, table: dict[str, object]) -> None:
        for key in table.keys() - KEYS:
            self._notes.unknown(key, "setting of a server", KEYS, address)
        self._read_secret(root, address, table)
        if name := self._notes.text(table, "me", address).strip():
            self.names[root] = name
        self.states[root] = self._notes.texts(table, "states", '["new", "accepted"]', address)
        for project in self._notes.texts(table, "projects", '["kiln-devel"]', address):
            self.projects.setdefault(project.strip(), root)
            self.listed.append((root, project.strip()))
        if "views" in table:
            self.views[root] = read_views(
                table["views"], lambda key, what: self._notes.complain(key, what, address)
            )

    def _read_secret(self, root: str, address: str, table: dict[str, object]) -> None:
        token, username, password = (self._notes.text(table, key, address).strip() for key in SECRETS)
        ways = [*(["token"] if token else []), *(key for key in KEEPERS if table.get(key))]
        if len(ways) > 1:
            self._notes.complain(
                ways[1], f"and {ways[0]} are two ways to one token; {ways[0]} is used", address
            )
        secret = Credentials(root, token, username, password, None if token else self._kept(table, address))
        if any((token, username, password)) and not self._private:
            path = self._notes.path
            self._notes.problems.append(
                f"{path} holds secrets and others can read it, so they are not used; run: chmod 600 {path}"
            )
            secret = Credentials(root, kept=secret.kept)
        if secret.fault:
            self._notes.complain(address, f"is of no use: {secret.fault}")
        elif secret:
            self.secrets.append(secret)

    def _kept(self, table: dict[str, object], address: str) -> Kept | None:
        """Say where a token is kept, if the table says so."""
        command = self._notes.text(table, "token_command", address).strip()
        if command and not self._ours:
            words = f"is not run, since others can write this file; chmod go-w {self._notes.path}"
            self._notes.complain("token_command", words, address)
        elif command:
            return Kept(Keeper.COMMAND, command)
        if path := self._notes.text(table, "token_file", address).strip():
            return Kept(Keeper.FILE, path)
        if self._notes.flag(table, "token_keyring", False, address):
            return Kept(Keeper.KEYRING, SERVICE)
        return None

"""The config file, ``pwtui/config.toml`` in the folder of settings.

    theme = "dark"
    server = "https://patchwork.example.org"
    pipe = "delta"           # what ! gives a diff to
    prefetch = true          # fetch diffs near the cursor before they are opened
    advance = true           # go on to the next row that needs an action after each
    keep_days = 730          # let older series leave the store; 0 for never
    keep_megabytes = 500     # of diffs and mails, a server; 0 for any number
    stale_days = 30          # flag an open series that nothing happened to for so long; 0 for never

    [keys]                   # keys of your own: what each does, in one action
    A = ["state accepted", "archive", "next"]

    [servers."https://patchwork.example.org"]
    token = "..."            # or username and password
    states = ["new", "under-review", "accepted"]
    me = "ada"               # our user name there, which no token tells

    [[views]]                # see views.py
    name = "Block layer"
    query = "file:block/* state:new"

Where others can read the file, its secrets are not used.  Nothing here raises: what is wrong
is a line that names the file, its line, what is wrong and what to do; never a secret.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tui.config.views import read_views
from tui.core.bound import Bound, read_bound
from tui.core.credentials import Credentials
from tui.core.place import server_root
from tui.core.views import View

KEEP_DAYS, KEEP_MEGABYTES, STALE_DAYS = 730, 500, 30
_TOP = {"theme", "server", "pipe", "prefetch", "advance", "keep_days", "keep_megabytes"}
_TOP |= {"stale_days", "keys", "servers", "views"}
_EXAMPLE = 'A = ["state accepted", "archive", "next"]'
_SECRETS = ("token", "username", "password")


class FileSettings(NamedTuple):
    """What a config file says."""

    theme: str = ""
    server: str = ""
    pipe: str = ""
    prefetch: bool = True
    advance: bool = True
    keep_days: int = KEEP_DAYS
    keep_megabytes: int = KEEP_MEGABYTES
    keys: tuple[Bound, ...] = ()
    stale_days: int = STALE_DAYS
    secrets: tuple[Credentials, ...] = ()
    states: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    names: Mapping[str, str] = MappingProxyType({})
    """What servers, by root address, call the user."""
    views: tuple[View, ...] = ()
    problems: tuple[str, ...] = ()


def read_settings_file(path: Path) -> FileSettings:
    """Read a config file.  One that does not exist says nothing."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode if os.name == "posix" else 0
            text = file.read().decode("utf-8")
    except FileNotFoundError:
        return FileSettings()
    except UnicodeDecodeError:
        return FileSettings(problems=(f"{path} is not written in UTF-8, so nothing of it is used",))
    except OSError as error:
        return FileSettings(problems=(f"{path} cannot be read ({error.strerror}), so nothing of it is used",))
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return FileSettings(problems=(_bad_toml(path, error),))
    return _Reading(path, text, private=not mode & 0o077).settings(document)


def _bad_toml(path: Path, error: tomllib.TOMLDecodeError) -> str:
    """Name the line of a mistake.  Of tomllib's words only that: the line may hold a secret."""
    line = re.search(r"at line (\d+)", str(error))
    where = f"{path}:{line.group(1)}" if line else f"{path}, at its end"
    return f"{where}: this is no TOML, so nothing of the file is used"


class _Reading:
    """One pass over a config file."""

    def __init__(self, path: Path, text: str, *, private: bool) -> None:
        self.path = path
        self.lines = text.splitlines()
        self.private = private
        self.problems: list[str] = []
        self.secrets: list[Credentials] = []
        self.states: dict[str, tuple[str, ...]] = {}
        self.names: dict[str, str] = {}

    def settings(self, document: dict[str, object]) -> FileSettings:
        """Return what a parsed file says."""
        servers = document.get("servers", {})
        if isinstance(servers, dict):
            for address, table in servers.items():
                self._read_server(address, table)
        else:
            self._complain("servers", 'holds tables, such as [servers."https://patchwork.example.org"]')
        for key in document.keys() - _TOP:
            self._complain(key, "is no setting")
        server = self._text(document, "server")
        return FileSettings(
            theme=self._text(document, "theme"),
            server=self._root(server, "server") if server else "",
            pipe=self._text(document, "pipe"),
            prefetch=self._flag(document, "prefetch", True),
            advance=self._flag(document, "advance", True),
            keep_days=self._number(document, "keep_days", KEEP_DAYS),
            keep_megabytes=self._number(document, "keep_megabytes", KEEP_MEGABYTES),
            keys=tuple(self._read_keys(document.get("keys", {}))),
            stale_days=self._number(document, "stale_days", STALE_DAYS),
            secrets=tuple(self.secrets),
            states=self.states,
            names=self.names,
            views=read_views(document.get("views", []), self._complain),
            problems=tuple(self.problems),
        )

    def _read_keys(self, table: object) -> Iterator[Bound]:
        if not isinstance(table, dict):
            self._complain("keys", f"holds keys, such as {_EXAMPLE}")
            return
        for key, words in table.items():
            said = [words] if isinstance(words, str) else words
            if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
                self._complain(key, f"is what the key does, such as {_EXAMPLE}", "keys")
                continue
            try:
                yield read_bound(key, said)
            except ValueError as error:
                self._complain(key, str(error), "keys")

    def _read_server(self, address: str, table: object) -> None:
        root = self._root(address, address)
        if not root:
            return
        if not isinstance(table, dict):
            self._complain(address, f'is a table: write [servers."{address}"]')
            return
        for key in table.keys() - {*_SECRETS, "states", "me"}:
            self._complain(key, "is no setting of a server", address)
        secret = Credentials(root, *(self._text(table, key, address).strip() for key in _SECRETS))
        if any((secret.token, secret.username, secret.password)):
            self._keep(secret, address)
        if name := self._text(table, "me", address).strip():
            self.names[root] = name
        states = table.get("states", [])
        if isinstance(states, list) and all(isinstance(state, str) for state in states):
            self.states[root] = tuple(states)
        else:
            self._complain("states", 'is a list of texts, such as ["new", "accepted"]', address)

    def _keep(self, secret: Credentials, address: str) -> None:
        if not self.private:
            self.problems.append(
                f"{self.path} holds secrets and others can read it, so they are not used; "
                f"run: chmod 600 {self.path}"
            )
        elif secret.fault:
            self._complain(address, f"is of no use: {secret.fault}")
        else:
            self.secrets.append(secret)

    def _root(self, address: str, key: str) -> str:
        try:
            return server_root(address)
        except ValueError:
            self._complain(key, "is no server's address; write https://patchwork.example.org")
            return ""

    def _text(self, table: dict[str, object], key: str, section: str = "") -> str:
        value = table.get(key, "")
        if isinstance(value, str):
            return value
        self._complain(key, "is a text in quotes", section)
        return ""

    def _flag(self, table: dict[str, object], key: str, usual: bool) -> bool:
        value = table.get(key, usual)
        if isinstance(value, bool):
            return value
        self._complain(key, "is true or false")
        return usual

    def _number(self, table: dict[str, object], key: str, usual: int) -> int:
        value = table.get(key, usual)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100_000:
            return value
        self._complain(key, f"is a number from 0 on, such as {usual}; 0 is no limit")
        return usual

    def _complain(self, key: str, what: str, section: str = "") -> None:
        line = self._line_of(key, section)
        self.problems.append(f"{self.path}{f':{line}' if line else ''}: {key} {what}")

    def _line_of(self, key: str, section: str) -> int:
        """Return the line where a key stands, after its section's heading; 0 where it is not found."""
        heading = re.compile(rf"\s*\[.*{re.escape(section)}")
        assignment = re.compile(rf"\s*(\[.*)?[\"']?{re.escape(key)}[\"']?\s*([=.]|.*\])")
        inside = not section
        for number, line in enumerate(self.lines, 1):
            inside = inside or bool(heading.match(line))
            if inside and assignment.match(line):
                return number
        return 0

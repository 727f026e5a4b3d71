"""The config file, ``pwtui/config.toml`` in the folder of settings; ``sample.toml`` shows all of it.

    theme = "dark"
    server = "https://patchwork.example.org"
    project = "kiln-devel"   # what pwtui opens when it is told nothing
    email = "ada@example.org"    # where your mails come from; else user.email of git
    pipe = "delta"           # what ! gives a diff to
    prefetch = true          # fetch diffs near the cursor before they are opened
    advance = true           # go on to the next row that needs an action after each
    keep_days = 730          # let older series leave the store; 0 for never
    keep_megabytes = 500     # of diffs and mails, a server; 0 for any number
    motion = true            # false: nothing moves or blinks by itself
    mouse = true             # false: the mouse is the terminal's own, to select text with
    plain = false            # true: one pane, no boxes, a first line in words, as for a screen reader
    stale_days = 30          # flag an open series that nothing happened to for so long; 0 for never

    keymap = "vim"           # see keymap_files.py

    [bind]                   # other keys for actions
    top = ["g g", "home"]

    [keys]                   # keys of your own: what each does, in one action
    A = ["state accepted", "archive", "next"]

    [commands]               # see command_table.py
    X = "b4 shazam {msgid}"

    [servers."https://patchwork.example.org"]    # see server_tables.py
    token = "..."            # or username and password

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
from typing import TYPE_CHECKING, NamedTuple

from tui.config.complaints import Complaints
from tui.config.keymap_files import read_binds
from tui.config.server_tables import ServerTables
from tui.config.views import read_views
from tui.core.bound import Bound, Rebound, read_bound
from tui.core.credentials import Credentials
from tui.core.views import View

if TYPE_CHECKING:
    from tui.core.command import Command

KEEP_DAYS, KEEP_MEGABYTES, STALE_DAYS = 730, 500, 30
_TEXTS = ("theme", "keymap", "server", "project", "email", "pipe")
_SWITCHES = ("prefetch", "advance", "motion", "mouse", "plain", "keep_days", "keep_megabytes", "stale_days")
TOP = frozenset((*_TEXTS, *_SWITCHES, "bind", "keys", "commands", "servers", "views"))
"""The keys that stand in no table."""
_NAME = re.compile("[a-z]{2,}(_[a-z]+)*")
"""What an action may be called; few keys are."""
_EXAMPLE = 'A = ["state accepted", "archive", "next"]'


class FileSettings(NamedTuple):
    """What a config file says."""

    theme: str = ""
    theme_at: str = ""
    """Where that is set."""
    keymap: str = ""
    keymap_at: str = ""
    """Where that is set."""
    binds: tuple[Rebound, ...] = ()
    """Keys of actions, in place of those of the keymap."""
    server: str = ""
    project: str = ""
    email: str = ""
    pipe: str = ""
    prefetch: bool = True
    advance: bool = True
    motion: bool = True
    mouse: bool = True
    plain: bool = False
    keep_days: int = KEEP_DAYS
    keep_megabytes: int = KEEP_MEGABYTES
    keys: tuple[Bound, ...] = ()
    commands: tuple[Command, ...] = ()
    stale_days: int = STALE_DAYS
    secrets: tuple[Credentials, ...] = ()
    projects: Mapping[str, str] = MappingProxyType({})
    """The server of each project that is said to be on one."""
    listed: tuple[tuple[str, str], ...] = ()
    """All servers and projects that are named."""
    states: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    names: Mapping[str, str] = MappingProxyType({})
    """What servers, by root address, call the user."""
    views: tuple[View, ...] = ()
    views_of_servers: Mapping[str, tuple[View, ...]] = MappingProxyType({})
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
    notes = Complaints(path, text)
    return _settings(document, notes, ServerTables(notes, private=not mode & 0o077, ours=not mode & 0o022))


def _bad_toml(path: Path, error: tomllib.TOMLDecodeError) -> str:
    """Name the line and the column of a mistake, and no more of tomllib's words: they may hold a secret."""
    place = re.search(r"at line (\d+), column (\d+)", str(error))
    where = f"{path}:{place.group(1)}:{place.group(2)}" if place else f"{path}, at its end"
    return f"{where}: this is no TOML, so nothing of the file is used"


def _settings(document: dict[str, object], notes: Complaints, tables: ServerTables) -> FileSettings:
    """Return what a parsed file says."""
    tables.read(document.get("servers", {}))
    for key in document.keys() - TOP:
        notes.unknown(key, "setting", TOP)
    server = notes.text(document, "server")
    return FileSettings(
        theme=notes.text(document, "theme"),
        theme_at=notes.at("theme") if document.get("theme") else "",
        keymap=notes.text(document, "keymap").strip(),
        keymap_at=notes.at("keymap") if "keymap" in document else "",
        binds=tuple(read_binds(document.get("bind", {}), notes)),
        server=notes.root(server, "server") if server else "",
        project=notes.text(document, "project").strip(),
        email=notes.text(document, "email").strip(),
        pipe=notes.text(document, "pipe"),
        prefetch=notes.flag(document, "prefetch", True),
        advance=notes.flag(document, "advance", True),
        motion=notes.flag(document, "motion", True),
        mouse=notes.flag(document, "mouse", True),
        plain=notes.flag(document, "plain", False),
        keep_days=notes.number(document, "keep_days", KEEP_DAYS),
        keep_megabytes=notes.number(document, "keep_megabytes", KEEP_MEGABYTES),
        keys=tuple(_read_keys(document.get("keys", {}), notes)),
        commands=_read_commands(document, notes),
        stale_days=notes.number(document, "stale_days", STALE_DAYS),
        secrets=tuple(tables.secrets),
        projects=tables.projects,
        listed=tuple(tables.listed),
        states=tables.states,
        names=tables.names,
        views=read_views(document.get("views", []), notes.complain),
        views_of_servers=tables.views,
        problems=tuple(notes.problems),
    )


def _read_commands(document: dict[str, object], notes: Complaints) -> tuple[Command, ...]:
    if "commands" not in document:
        return ()
    from tui.config.command_table import read_commands  # only where there are some

    return tuple(read_commands(document["commands"], notes))


def _read_keys(table: object, notes: Complaints) -> Iterator[Bound]:
    if not isinstance(table, dict):
        notes.complain("keys", f"holds keys, such as {_EXAMPLE}")
        return
    for key, words in table.items():
        said = [words] if isinstance(words, str) else words
        if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
            notes.complain(key, f"is what the key does, such as {_EXAMPLE}", "keys")
            continue
        try:
            yield read_bound(key, said)._replace(at=notes.at(key, "keys"))
        except ValueError as error:
            hint = "; the keys of an action stand in [bind]" if _NAME.fullmatch(key) else ""
            notes.complain(key, f"{error}{hint}", "keys")

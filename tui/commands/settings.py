"""``pwtui config``: which settings are in force, and from where each came.  No secret is told."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tui.beginning import Beginning
from tui.commands.faults import setting_faults, theme_fault
from tui.config.complaints import Complaints
from tui.config.keymap_files import DEFAULT_KEYMAP
from tui.config.loading import Gathered
from tui.config.paths import config_path
from tui.config.pwclient import pwclient_path
from tui.config.recent import chosen_theme
from tui.config.server_tables import KEEPERS
from tui.config.settings_file import FileSettings
from tui.config.sources import B4, FILE, GIT, PW, PWCLIENT, PWTUI, Source
from tui.config.themes import default_theme
from tui.core.credentials import Credentials
from tui.core.text import clean
from tui.store.place import data_folder

Tell = Callable[[str], None]
MASK = "••••••••"
BUILT_IN = "built in"
_TOLD = "the command line"


class Row(NamedTuple):
    """A setting, its value, and where that is from."""

    name: str
    value: str
    origin: str


class Origins:
    """Where things stand: the variable, or the file and the line."""

    def __init__(self, gathered: Gathered, env: Mapping[str, str]) -> None:
        self._git = gathered.git
        self._path = config_path(env)
        self._pwclient = pwclient_path(env)
        text = ""
        if self._path and self._path.is_file():
            text = self._path.read_text(encoding="utf-8", errors="replace")
        self._file = Complaints(self._path or Path(), text)

    def in_file(self, key: str, section: str = "") -> str:
        """Return the place of a key of the config file."""
        line = self._file.line_of(key, section)
        return f"{self._path}{f':{line}' if line else ''}"

    def of(self, source: Source, what: str, server: str = "") -> str:
        """Return where a source says something: ``server``, ``project``, ``token``, ``username``."""
        if source.name in (PWTUI, PW):
            return f"{source.name}{what.upper()}"
        if source.name == FILE:
            section = server.split("://", 1)[-1]
            keys = (what, *KEEPERS) if what == "token" else (what,)
            places = (self.in_file(key, section) for key in keys)
            return next((place for place in places if place != str(self._path)), str(self._path))
        if source.name in (GIT, B4):
            names = {"server": "url", "token": "key"} if source.name == B4 else {}
            name = f"{'b4.pw-' if source.name == B4 else 'pw.'}{names.get(what, what)}"
            where = self._git.origins.get(name, "")
            return f"git config {name}" + (f" ({where})" if where else "")
        return str(self._pwclient) if source.name == PWCLIENT else source.name


def tell_all(beginning: Beginning, env: Mapping[str, str], tell: Tell) -> int:
    """Print all settings; return the exit status, 1 where something is wrong with them."""
    gathered = beginning.gathering.finish()
    origins = Origins(gathered, env)
    tell(describe_file(config_path(env)))
    tell("")
    _tell_rows([*_general(gathered, origins, env), *_from_file(gathered.file, origins)], tell)
    for server, rows in _servers(gathered, origins).items():
        tell(f"\n{server or 'no server in particular'}")
        _tell_rows(rows, tell, "  ")
    theme = theme_fault(gathered, env, origin_of_theme(gathered, origins, env))
    problems = [*setting_faults(gathered), *([theme] if theme else [])]
    for problem in problems:
        tell(f"\n{clean(problem)}")
    return 1 if problems else 0


def describe_file(path: Path | None) -> str:
    """Say where the config file is, and who can read it."""
    if path is None:
        return "There is no home folder to keep settings in: set HOME or XDG_CONFIG_HOME"
    try:
        mode = path.stat().st_mode
    except OSError:
        return f"{path} is not there; pwtui config --edit makes it"
    return f"{path}{', which others can read' if stat.S_IMODE(mode) & 0o077 else ', which only you can read'}"


def _tell_rows(rows: Sequence[Row], tell: Tell, indent: str = "") -> None:
    shown = [Row(*map(clean, row)) for row in rows]
    names, values = (max((len(row[column]) for row in shown), default=0) for column in (0, 1))
    for row in shown:
        tell(f"{indent}{row.name:<{names}}  {row.value:<{min(values, 44)}}  {row.origin}".rstrip())


def _general(gathered: Gathered, origins: Origins, env: Mapping[str, str]) -> Iterator[Row]:
    """Project, server, theme and who we are."""
    settings = gathered.settings
    project = next((source for source in gathered.sources if source.project), None)
    yield Row("project", settings.project or "-", origins.of(project, "project") if project else "not set")
    if settings.project_server not in ("", settings.server):
        yield Row("its server", settings.project_server, "named beside the project")
    servers = [source for source in gathered.sources if source.server and source.vouched]
    told = settings.server and settings.server not in {source.server for source in servers}
    origin = _TOLD if told else origins.of(servers[0], "server") if servers else "not set"
    yield Row("server", settings.server or "-", origin)
    for source in gathered.sources:
        if source.project and source is not project:
            yield Row("passed over", f"project {source.project}", origins.of(source, "project"))
        if source.server and source.server not in (settings.server, settings.project_server):
            yield Row("passed over", f"server {source.server}", origins.of(source, "server"))
    theme = settings.theme or chosen_theme(data_folder(env)) or default_theme(env)
    yield Row("theme", theme, origin_of_theme(gathered, origins, env))
    keymap, at = gathered.file.keymap, gathered.file.keymap_at
    yield Row("keymap", keymap or DEFAULT_KEYMAP, at or BUILT_IN)
    if settings.own_name:
        yield Row("me", settings.own_name, "PWTUI_ME")
    email = origins.in_file("email") if gathered.file.email else "git config user.email"
    yield Row("email", settings.email or "-", email if settings.email else "not set")


def origin_of_theme(gathered: Gathered, origins: Origins, env: Mapping[str, str]) -> str:
    """Return where the theme is set."""
    if env.get("PWTUI_THEME", "").strip():
        return "PWTUI_THEME"
    if gathered.file.theme:
        return origins.in_file("theme")
    return "chosen in the palette" if chosen_theme(data_folder(env)) else BUILT_IN


def _from_file(file: FileSettings, origins: Origins) -> Iterator[Row]:
    """What only the file has a say in."""
    usual = FileSettings()
    flags = ("prefetch", "advance", "motion", "mouse", "plain")
    for name in ("pipe", *flags, "keep_days", "keep_megabytes", "stale_days"):
        value = getattr(file, name)
        shown = str(value).lower() if isinstance(value, bool) else str(value) or "$PAGER, or less"
        yield Row(name, shown, BUILT_IN if value == getattr(usual, name) else origins.in_file(name))
    for bound in file.keys:
        yield Row(f"key {bound.key}", ", ".join(bound.words), origins.in_file(bound.key, "keys"))
    for command in file.commands:
        yield Row(f"key {command.key}", command.run, origins.in_file(command.key, "commands"))
    for view in file.views:
        yield Row("view", f"{view.name}: {view.query}", origins.in_file("views"))


def _servers(gathered: Gathered, origins: Origins) -> dict[str, list[Row]]:
    """What is known of each server, in the order of the sources."""
    found: dict[str, list[Row]] = {}
    for source in gathered.sources:
        for secret in source.secrets:
            rows = found.setdefault(secret.server, [])
            taken = any(row.name in ("token", "user name") and row.value != "passed over" for row in rows)
            rows += _of_secret(secret, source, origins, taken)
        for server in dict.fromkeys(source.projects.values()):
            names = [project for project, where in source.projects.items() if where == server]
            found.setdefault(server, []).append(
                Row("projects", ", ".join(names), origins.of(source, "projects", server))
            )
        for server, states in source.states.items():
            found.setdefault(server, []).append(
                Row("states", ", ".join(states), origins.of(source, "states", server))
            )
    for server, name in gathered.file.names.items():
        section = server.split("://", 1)[-1]
        found.setdefault(server, []).append(Row("me", name, origins.in_file("me", section)))
    for server, views in gathered.file.views_of_servers.items():
        section = server.split("://", 1)[-1]
        found.setdefault(server, []).extend(
            Row("view", f"{view.name}: {view.query}", origins.in_file("views", section)) for view in views
        )
    return found


def _of_secret(secret: Credentials, source: Source, origins: Origins, taken: bool) -> Iterator[Row]:
    """A secret, masked: who has it, and whether one that weighs more is used."""
    what = "token" if secret.token or secret.kept else "username"
    origin = origins.of(source, what, secret.server)
    if taken:
        yield Row("passed over", "another token or password", origin)
    elif secret.kept:
        yield Row("token", f"kept by a {secret.kept.keeper}", origin)
    elif secret.token:
        yield Row("token", MASK, origin)
    if secret.username and not taken:
        yield Row("user name", secret.username, origins.of(source, "username", secret.server))
        yield Row("password", MASK if secret.password else "-", origins.of(source, "password", secret.server))

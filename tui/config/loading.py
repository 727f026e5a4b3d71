"""Gathering the settings from all sources, in the order in which they weigh (see sources.py).

The environment and the file are read at once.  git is asked, and pwclient's file is read, only
where those leave something open: a server, a project, a token, or where our mails come from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tui.config.git import GitReader, GitWords, ask_git
from tui.config.paths import config_path
from tui.config.pwclient import PwclientWords, pwclient_path, read_pwclient
from tui.config.settings import Settings
from tui.config.settings_file import FileSettings, read_settings_file
from tui.config.sources import (
    B4,
    PW,
    PWTUI,
    Source,
    environment_sources,
    file_source,
    git_sources,
    pwclient_source,
    read_root,
    seen_states,
)
from tui.core.place import Place, PlaceKind
from tui.core.text import clean

Ask = Callable[[], GitReader]
_ENVIRONMENT = (PWTUI, PW)
NOWHERE = Place(PlaceKind.ANYWHERE)


class Gathered(NamedTuple):
    """What all sources say."""

    settings: Settings
    sources: tuple[Source, ...]
    """The weightiest first; without the command line."""
    file: FileSettings
    git: GitWords
    """Empty where git was not asked."""
    asked_git: bool


class Gathering:
    """A gathering that has begun: the environment and the file are read, and git is thinking."""

    def __init__(
        self, env: Mapping[str, str], *, server: str = "", place: Place = NOWHERE, ask: Ask | None = ask_git
    ) -> None:
        """Begin.  ``server`` is the ``--server`` option, ``place`` what the command line names.

        With None for ``ask`` nobody is asked, and pwclient's file is not read: what runs needs
        no more than is known.
        """
        self._env = env
        self._problems: list[str] = []
        path = config_path(env)
        self._file = read_settings_file(path) if path else FileSettings()
        self._told = read_root("--server", server, self._problems) or place.server
        self._sources = [*environment_sources(env, self._problems), file_source(self._file, self._problems)]
        self._git = ask() if ask and not self._is_enough(place) else None

    def _is_enough(self, place: Place) -> bool:
        """Whether nothing that git or pwclient could say would change anything."""
        project = place.project or next((s.project for s in self._sources if s.project), "")
        servers = (self._told, self._file.projects.get(project), *(s.server for s in self._sources))
        server = next((s for s in servers if s), "")
        secrets = {secret.server for source in self._sources for secret in source.secrets}
        return bool(self._file.email and project and server and secrets & {server, ""})

    def finish(self) -> Gathered:
        """Wait for git, and put everything together.  Never raises: what is wrong is in ``problems``."""
        git, sources, problems = GitWords(), list(self._sources), list(self._problems)
        if self._git:
            git = self._git()
            pwclient = self._pwclient()
            sources += [*git_sources(git, problems), pwclient_source(pwclient)]
            problems += [*([git.problem] if git.problem else []), *pwclient.problems]
        settings = _settings(self._file, sources, self._told)
        b4_states = {s.server: seen_states(git) for s in sources if s.name == B4 and s.server}
        return Gathered(
            settings._replace(
                some_states={server: states for server, states in b4_states.items() if states},
                theme=self._env.get("PWTUI_THEME", "").strip() or self._file.theme,
                theme_at="PWTUI_THEME" if self._env.get("PWTUI_THEME", "").strip() else self._file.theme_at,
                own_name=self._env.get("PWTUI_ME", "").strip(),
                email=self._file.email or git.values.get("user.email", "").strip(),
                problems=tuple(clean(p) for p in (*problems, *self._file.problems, *disagreements(sources))),
            ),
            tuple(sources),
            self._file,
            git,
            self._git is not None,
        )

    def _pwclient(self) -> PwclientWords:
        path = pwclient_path(self._env)
        return read_pwclient(path) if path else PwclientWords()


def load(
    env: Mapping[str, str], *, ask: Ask | None = ask_git, server: str = "", place: Place = NOWHERE
) -> Settings:
    """Gather the settings at once; see Gathering."""
    return Gathering(env, server=server, place=place, ask=ask).finish().settings


def _settings(file: FileSettings, sources: Sequence[Source], told: str) -> Settings:
    """Put together what the sources say of servers, projects and secrets, and the file of the rest."""
    server = told or next((s.server for s in sources if s.server and s.vouched), "")
    project, project_server = _project(sources, told)
    projects: dict[str, str] = {}
    states: dict[str, tuple[str, ...]] = {}
    for source in sources:
        pairs = {source.project: source.server} if source.project and source.server else {}
        projects = {**pairs, **source.projects, **projects}
        states = {**{where or server: named for where, named in source.states.items()}, **states}
    if any(source.server for source in sources if source.name in _ENVIRONMENT):
        projects = {}  # that server is looked at first, whatever the files say
    return Settings(
        pipe=file.pipe,
        prefetch=file.prefetch,
        advance=file.advance,
        motion=file.motion,
        mouse=file.mouse,
        plain=file.plain,
        keep_days=file.keep_days,
        keep_megabytes=file.keep_megabytes,
        keymap=file.keymap,
        keymap_at=file.keymap_at,
        binds=file.binds,
        keys=file.keys,
        commands=file.commands,
        stale_days=file.stale_days,
        server=server,
        secrets=tuple(secret for source in sources for secret in source.secrets),
        states_of_servers=states,
        names_of_servers=file.names,
        views=file.views,
        project=project,
        project_server=project_server,
        servers_of_projects=projects,
        listed=_listed(file, sources),
        views_of_servers=file.views_of_servers,
        trusted=frozenset(s.server for s in sources if s.server and s.vouched),
    )


def _listed(file: FileSettings, sources: Sequence[Source]) -> tuple[tuple[str, str], ...]:
    """Return all servers and projects that are named together, the weightiest first."""
    found = [(s.server, s.project) for s in sources if s.server and s.project and s.vouched]
    found += file.listed
    found += [(server, project) for s in sources if s.vouched for project, server in s.projects.items()]
    return tuple(dict.fromkeys(found))


def with_pwclient(settings: Settings, env: Mapping[str, str]) -> Settings:
    """Return the settings with the projects and secrets of pwclient's file, which a start may not need.

    What is wrong with the file is told where it is needed, and by pwtui config.
    """
    path = pwclient_path(env)
    if path is None:
        return settings
    source = pwclient_source(read_pwclient(path))
    pairs = ((server, project) for project, server in source.projects.items())
    return settings._replace(
        listed=tuple(dict.fromkeys((*settings.listed, *pairs))),
        secrets=tuple(dict.fromkeys((*settings.secrets, *source.secrets))),
    )


def _project(sources: Sequence[Source], told: str) -> tuple[str, str]:
    """Return the project to open where none is named, and its server: what is named beside it.

    The command line's and the environment's server come before that, as for git-pw.
    """
    named = next((source for source in sources if source.project), None)
    if named is None:
        return "", ""
    said = told or named.projects.get(named.project, "") if named.name in _ENVIRONMENT else told
    said = said or next((s.server for s in sources if s.name in _ENVIRONMENT and s.server), "")
    placed = next((s.projects[named.project] for s in sources if named.project in s.projects), "")
    rest = next((s.server for s in sources if s.server and s.vouched), "")
    return named.project, said or placed or named.server or rest


def disagreements(sources: Sequence[Source]) -> list[str]:
    """Say where two files hold different tokens for one server: one of them is old."""
    found = []
    held: dict[str, tuple[str, str]] = {}
    for source in sources:
        for secret in source.secrets if source.name not in _ENVIRONMENT else ():
            if not (secret.server and secret.token):
                continue
            name, token = held.setdefault(secret.server, (source.name, secret.token))
            if token != secret.token:
                found.append(
                    f"{name} and {source.name} hold different tokens for {secret.server}; that of the first "
                    "is used, so remove the other"
                )
    return found

"""The places that say which server, which project and as whom, the weightiest first.

1. the command line,
2. the environment: ``PWTUI_SERVER``, ``PWTUI_PROJECT``, ``PWTUI_TOKEN``, ``PWTUI_USERNAME``,
   ``PWTUI_PASSWORD``,
3. the same as ``PW_...``, which git-pw uses,
4. the config file (see settings_file.py),
5. ``git config``: ``pw.server``, ``pw.project``, ``pw.token``, ``pw.username``, ``pw.password``,
   ``pw.states``, of the repository at hand, then global,
6. b4's settings there: ``b4.pw-url``, ``b4.pw-project``, ``b4.pw-key``; ``pw-review-state``,
   ``pw-accept-state`` and ``pw-discard-state`` name states of that server,
7. ``.b4-config`` of the repository: url and project alone, since whoever wrote it wrote them,
8. ``~/.pwclientrc`` (see pwclient.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tui.config.git import GitWords
from tui.config.pwclient import PwclientWords
from tui.config.servers import secured
from tui.config.settings_file import FileSettings
from tui.core.credentials import Credentials
from tui.core.place import Place, PlaceKind, parse_place, server_root

PWTUI, PW, FILE = "PWTUI_", "PW_", "the config file"
GIT, B4, SHIPPED, PWCLIENT = "git config pw.*", "git config b4.pw-*", ".b4-config", "~/.pwclientrc"
_B4_STATES = ("b4.pw-review-state", "b4.pw-accept-state", "b4.pw-discard-state")
VARIABLES = tuple(
    f"{PWTUI}{name}" for name in ("SERVER", "PROJECT", "TOKEN", "USERNAME", "PASSWORD", "ME", "THEME", "DATA")
)
"""What the environment may say of ours; of PW_... others have more than we read."""
_ALL_PROJECTS = "*"
"""What git-pw takes for no project in particular."""


class Source(NamedTuple):
    """What one place says."""

    name: str
    server: str | None = ""
    """A root address; empty where it names none, None where it names one that cannot be read."""
    project: str = ""
    secrets: tuple[Credentials, ...] = ()
    """Of those set for no server in particular the server is empty."""
    projects: Mapping[str, str] = {}
    """The server of each project that is said to be on one."""
    states: Mapping[str, tuple[str, ...]] = {}
    """Slugs of states, by root address; empty for those of no server in particular."""
    vouched: bool = True
    """Whether the user wrote it, and not somebody whose repository this is."""


def environment_sources(env: Mapping[str, str], problems: list[str]) -> list[Source]:
    """Return what the environment says: as ``PWTUI_...``, and as ``PW_...``.

    A secret is for the server of its own kind of variable, else for that of the other kind.
    """
    servers = {
        prefix: read_root(f"{prefix}SERVER", env.get(f"{prefix}SERVER", ""), problems, secure=prefix == PW)
        for prefix in (PWTUI, PW)
    }
    found = []
    for prefix, other in ((PWTUI, PW), (PW, PWTUI)):
        tied = servers[other] if servers[prefix] == "" else servers[prefix]
        words = [env.get(f"{prefix}{name}", "") for name in ("TOKEN", "USERNAME", "PASSWORD")]
        source = Source(prefix, servers[prefix], secrets=_secret(words, f"{prefix}*", tied, problems))
        found.append(with_project(source, f"{prefix}PROJECT", env.get(f"{prefix}PROJECT", ""), problems))
    problems += [_unknown(name) for name in sorted(env) if name.startswith(PWTUI) and name not in VARIABLES]
    return found


def _unknown(name: str) -> str:
    from difflib import get_close_matches  # 7 ms, and only mistakes need it

    meant = get_close_matches(name, VARIABLES, 1)
    return f"{name} is set, and nothing reads it" + (f"; did you mean {meant[0]}?" if meant else "")


def file_source(file: FileSettings, problems: list[str]) -> Source:
    """Return what the config file says."""
    states = {server: states for server, states in file.states.items() if states}
    source = Source(FILE, file.server, "", file.secrets, file.projects, states)
    return with_project(source, f"{FILE}: project", file.project, problems)


def git_sources(git: GitWords, problems: list[str]) -> Iterator[Source]:
    """Return what git's settings say: those of git-pw, those of b4, and what a repository brings for b4."""
    value = git.values
    server = read_root("git config pw.server", value.get("pw.server", ""), problems, secure=True)
    words = [value.get(f"pw.{name}", "") for name in ("token", "username", "password")]
    source = Source(GIT, server, secrets=_secret(words, GIT, server, problems))
    states = tuple(state.strip() for state in value.get("pw.states", "").split(",") if state.strip())
    if states and server is not None:
        source = source._replace(states={server: states})
    yield with_project(source, "git config pw.project", value.get("pw.project", ""), problems)
    server = read_root("git config b4.pw-url", value.get("b4.pw-url", ""), problems, secure=True)
    source = Source(B4, server, secrets=_secret([value.get("b4.pw-key", ""), "", ""], B4, server, problems))
    yield with_project(source, "git config b4.pw-project", value.get("b4.pw-project", ""), problems)
    if shipped := git.shipped:
        server = read_root(f"{SHIPPED}: pw-url", shipped.get("b4.pw-url", ""), problems, secure=True)
        source = Source(SHIPPED, server, vouched=False)
        yield with_project(source, f"{SHIPPED}: pw-project", shipped.get("b4.pw-project", ""), problems)


def seen_states(git: GitWords) -> tuple[str, ...]:
    """Return the states that b4's settings name: some of its server's, not all."""
    return tuple(value for name in _B4_STATES if (value := git.values.get(name, "").strip()))


def pwclient_source(words: PwclientWords) -> Source:
    """Return what pwclient's file says."""
    server = words.projects.get(words.project, "")
    return Source(PWCLIENT, server, words.project, words.secrets, words.projects)


def read_root(source: str, address: str, problems: list[str], *, secure: bool = False) -> str | None:
    """Return the root address that a source names, empty where it names none, None for a bad one.

    With ``secure`` a known public server is asked over https, whatever an old setting says.
    """
    if not address.strip():
        return ""
    try:
        root = server_root(address)
    except ValueError:  # its words are not shown: they repeat an address that may hold a password
        problems.append(
            f"{source} is no server's address, so it is not used; write https://patchwork.example.org"
        )
        return None
    return secured(root) if secure else root


def with_project(source: Source, name: str, text: str, problems: list[str]) -> Source:
    """Return a source with the project that it names, in any form that the command line takes."""
    if text.strip() in ("", _ALL_PROJECTS):
        return source
    try:
        place = parse_place(text)
        server = server_root(place.server) if place.server else ""
    except ValueError:
        place, server = Place(PlaceKind.ANYWHERE), ""
    if place.kind is not PlaceKind.PROJECT:
        problems.append(f"{name} is no project's link name, so it is not used; it looks like qemu-devel")
        return source
    if not server:
        return source._replace(project=place.project)
    return source._replace(project=place.project, projects={place.project: server, **source.projects})


def _secret(
    found: list[str], source: str, server: str | None, problems: list[str]
) -> tuple[Credentials, ...]:
    """Return the one secret of a source, or none, and why it cannot be used.

    ``server`` is empty for a secret that is for no server in particular; with None, for a
    server that could not be read, it goes nowhere.
    """
    token, username, password = (part.strip() for part in found)
    if server is None or not (token or username or password):
        return ()
    secret = Credentials(server, token, username, password)
    if secret.fault:
        problems.append(f"{source}: {secret.fault}; it is not used")
        return ()
    return (secret,)

"""``~/.pwclientrc``, or ``$PWCLIENTRC``: what pwclient reads, of today and of 2012::

    [options]
    default = kiln-devel

    [kiln-devel]
    url = https://patchwork.example.org/xmlrpc/
    username = ada
    password = ...

A section is a project.  ``url`` is the address of the XML-RPC interface or of the REST API, both
below the root that we want; ``token`` came with REST.  Before there were several projects there
was ``[base]`` with ``url`` and ``project``, and ``[auth]`` with ``username`` and ``password``.

Many of these files say ``http:`` for servers that have long been asked over https: the known
public ones are, and any other is taken at its word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.config.servers import secured
from tui.core.credentials import Credentials
from tui.core.place import server_root

if TYPE_CHECKING:
    from configparser import ConfigParser, SectionProxy

_OPTIONS, _BASE, _AUTH = "options", "base", "auth"
_XMLRPC = re.compile(r"/xmlrpc/*\Z")
_BLANK = re.compile(r"<.*>\Z")
"""What the sample that Patchwork gives out has where a name or a token goes."""


class PwclientWords(NamedTuple):
    """What the file says."""

    project: str = ""
    """The one that is opened by default."""
    projects: Mapping[str, str] = {}
    """The server of each project."""
    secrets: tuple[Credentials, ...] = ()
    problems: tuple[str, ...] = ()


def pwclient_path(env: Mapping[str, str]) -> Path | None:
    """Return where the file would stand; None without a home folder."""
    if own := env.get("PWCLIENTRC"):
        return Path(own)
    return Path(env["HOME"], ".pwclientrc") if env.get("HOME") else None


def read_pwclient(path: Path) -> PwclientWords:
    """Read the file.  One that does not exist says nothing; nothing here raises."""
    try:
        text = path.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return PwclientWords()
    except OSError as error:
        return PwclientWords(problems=(f"{path} cannot be read ({error.strerror}), so it is not used",))
    import configparser  # 5 ms, and few have the file

    parser = configparser.ConfigParser(strict=False, interpolation=None)
    problems = []
    try:
        parser.read_string(text)
    except configparser.MissingSectionHeaderError as error:
        problems.append(f"{path}:{error.lineno}: this line stands in no [section], so the file is not used")
    except configparser.ParsingError as error:  # the other lines are read all the same
        line = error.errors[0][0] if error.errors else 1
        problems.append(f"{path}:{line}: this is neither a section nor name = value")
    return _Reading(path, parser, problems).words()


class _Reading:
    """One pass over a file."""

    def __init__(self, path: Path, parser: ConfigParser, problems: list[str]) -> None:
        self._path = path
        self._parser = parser
        self._problems = problems
        self._projects: dict[str, str] = {}
        self._secrets: list[Credentials] = []

    def words(self) -> PwclientWords:
        parser = self._parser
        default = _value(parser[_OPTIONS], "default") if parser.has_section(_OPTIONS) else ""
        if parser.has_section(_BASE) and not default:  # which goes before what is left of the old ones
            base = parser[_BASE]
            default = _value(base, "project")
            self._take(default, base, parser[_AUTH] if parser.has_section(_AUTH) else base)
        # The default's account comes first where a server has several.
        for name in sorted(parser.sections(), key=lambda name: name != default):
            if name not in (_OPTIONS, _BASE, _AUTH):
                self._take(name, parser[name], parser[name])
        if not default and len(self._projects) == 1:
            default = next(iter(self._projects))
        if default and default not in self._projects and not self._problems:
            self._problems.append(f"{self._path}: there is no section [{default}], which is the default")
        return PwclientWords(
            default if default in self._projects else "",
            self._projects,
            tuple(self._secrets),
            tuple(self._problems),
        )

    def _take(self, project: str, section: SectionProxy, account: SectionProxy) -> None:
        """Note where a project is, and what proves who we are there."""
        try:
            server = rest_root(_value(section, "url"))
        except ValueError:
            self._problems.append(f"{self._path}: url of [{section.name}] is no server's address")
            return
        if not server or not project:
            self._problems.append(f"{self._path}: [{section.name}] lacks a url, so it is not used")
            return
        self._projects[project] = server
        token, username, password = (_value(account, key) for key in ("token", "username", "password"))
        secret = Credentials(server, token, username, password)
        if secret.fault:
            self._problems.append(f"{self._path}: [{account.name}]: {secret.fault}; it is not used")
        elif secret and server not in {other.server for other in self._secrets}:
            self._secrets.append(secret)


def _value(section: SectionProxy, key: str) -> str:
    """Return a value as pwclient takes it; empty for one that was never filled in."""
    value = (section.get(key) or "").strip()
    # pwclient's parser takes %% for %; one alone, which it dies of, is left as it is.
    value = value.replace("%%", "%")
    return "" if _BLANK.match(value) else value


def rest_root(url: str) -> str:
    """Return the root address behind one of either interface.  Raises ValueError where it is none."""
    if not url:
        return ""
    return secured(server_root(_XMLRPC.sub("", url.strip())))

"""Checks of what is on this machine: the settings, git's, and the store."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from tui.commands.faults import setting_faults, theme_fault
from tui.commands.findings import Finding, bad, good, note
from tui.commands.settings import Origins, describe_file, origin_of_theme
from tui.config.loading import Gathered
from tui.config.paths import config_path
from tui.config.pwclient import pwclient_path
from tui.config.sources import GIT, PWCLIENT

LITTLE = 200_000_000
"""Bytes of free space below which a store soon cannot be written."""


def check_settings(gathered: Gathered, env: Mapping[str, str]) -> Iterator[Finding]:
    """Check the config file, the variables, and what the other sources say."""
    path = config_path(env)
    yield good(describe_file(path)) if path else bad(describe_file(path))
    if path and not _can_make(path):
        yield note(
            f"{path.parent} cannot be written, so no view can be saved", f"check who owns {path.parent}"
        )
    for problem in setting_faults(gathered):
        yield bad(problem)
    yield from _passed_over(gathered, env)
    if theme := theme_fault(gathered, env, origin_of_theme(gathered, Origins(gathered, env), env)):
        yield bad(theme, "pwtui themes lists those there are")


def _passed_over(gathered: Gathered, env: Mapping[str, str]) -> Iterator[Finding]:
    """Say where two sources name different projects: the user may miss the other."""
    origins = Origins(gathered, env)
    named = [source for source in gathered.sources if source.project]
    for source in named[1:]:
        if source.project != named[0].project:
            first, other = (origins.of(one, "project") for one in (named[0], source))
            yield note(
                f"{first} names the project {named[0].project}, {other} names {source.project}",
                f"pwtui alone opens the first; for the other: pwtui {source.project}",
            )


def _can_make(path: Path) -> bool:
    """Whether a file can be put into the folder of a path, which may have to be made."""
    import os

    folder = next(place for place in (path.parent, *path.parents) if place.exists())
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def check_git(gathered: Gathered, env: Mapping[str, str]) -> Iterator[Finding]:
    """Check git, what it knows of us, and files of other tools that hold secrets."""
    if shutil.which("git", path=env.get("PATH")) is None:
        yield note("git is not found, so its settings are not read", "install git, or check PATH")
    elif gathered.asked_git and not gathered.git.problem:
        names = sorted(gathered.git.values)
        yield good(
            f"git config has {', '.join(names)}" if names else "git config has nothing about Patchwork"
        )
    elif not gathered.asked_git:
        yield good("git is not asked: all that it could tell is set elsewhere")
    if gathered.git.shipped:
        yield good(".b4-config of this repository names a server or a project; it gets no token by itself")
    if not gathered.settings.email:
        yield note(
            "Nothing tells which mails are yours",
            'git config --global user.email you@example.org, or email = "..." in config.toml',
        )
    for source in gathered.sources:
        if source.name in (GIT, PWCLIENT) and source.secrets:
            for path in _secret_files(source.name, gathered, env):
                yield note(f"{path} holds a secret, and others can read it", f"chmod 600 {path}")


def _secret_files(name: str, gathered: Gathered, env: Mapping[str, str]) -> Iterator[Path]:
    """Return the files with a source's secrets that others can read."""
    names = ("pw.token", "pw.password", "b4.pw-key")
    paths = {gathered.git.origins[one] for one in names if one in gathered.git.origins}
    for path in sorted(paths) if name == GIT else [str(pwclient_path(env) or "")]:
        place = Path(path)
        if place.is_file() and stat.S_IMODE(place.stat().st_mode) & 0o077:
            yield place


def check_store(env: Mapping[str, str]) -> Iterator[Finding]:
    """Check the folder of the stores, the space there, and every file."""
    from tui.store.place import data_folder
    from tui.stores import store_files

    folder = data_folder(env)
    if not _can_make(folder / "store"):
        yield bad(f"{folder} cannot be written, so nothing is kept", f"check who owns {folder}")
    place = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(place).free
    room = f"{free / 1e9:,.1f} GB free in {place}"
    yield bad(room, "make room, or set PWTUI_DATA to another folder") if free < LITTLE else good(room)
    files = store_files(folder)
    if not files:
        yield good(f"Nothing is kept in {folder} yet")
    for path in files:
        yield _check_file(path)
    aside = [p for p in (*folder.glob("*.damaged-*"), *folder.glob("*.newer-*")) if p.suffix != ".tmp"]
    for path in sorted(p for p in aside if not p.name.endswith(("-wal", "-shm"))):
        yield note(f"{path} was set aside", "delete it when you do not miss anything")


def _check_file(path: Path) -> Finding:
    from tui.store.store import find_damage

    size = f"{path.stat().st_size / 1e6:,.1f} MB"
    if damage := find_damage(path):
        return bad(
            f"{path} is damaged: {damage}", "pwtui store sets it aside, and rescues open writes from it"
        )
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return note(f"{path}, {size}: others can read it", f"chmod 600 {path}")
    return good(f"{path}, {size}: sound")

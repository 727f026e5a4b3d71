"""Tokens that no setting holds: a command prints them, a file has them, or the system's keyring.

They are fetched when a server is first spoken to, behind the first paint.  What goes wrong is one
sentence; nothing that a command printed, on either of its streams, is ever part of it.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tui.core.credentials import Credentials, Keeper

PATIENCE = 20.0
"""Seconds that a command may take: long enough for a hardware key, short of what a person waits for."""
MOST = 4096
"""Bytes of a token's file."""


class TokenTrouble(Exception):
    """A token cannot be had; the message says why in one sentence, without anything of a secret."""


def fetch_token(credentials: Credentials, patience: float = PATIENCE) -> Credentials:
    """Return credentials with their token in them, wherever it is kept.  Raises TokenTrouble.

    A command may take ``patience`` seconds: run this in a thread.
    """
    kept = credentials.kept
    if kept is None:
        return credentials
    if kept.keeper is Keeper.COMMAND:
        token = _printed(kept.at, patience)
    elif kept.keeper is Keeper.FILE:
        token = _read(Path(kept.at).expanduser())
    else:
        token = _remembered(kept.at, credentials.server)
    found = credentials._replace(token=token, kept=None)
    if not token or found.fault:
        raise TokenTrouble(f"{_named(credentials)}: {found.fault or 'there is no token'}")
    return found


def _named(credentials: Credentials) -> str:
    kept = credentials.kept
    return f"token_{kept.keeper} of {credentials.server}" if kept else credentials.server


def _printed(command: str, patience: float) -> str:
    """Return the one line that a command prints; it runs in a shell, and cannot ask on the terminal."""
    import signal
    import subprocess

    process = subprocess.Popen(  # noqa: S602 - the user's own words, as in their shell's startup file
        command,
        shell=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        printed = process.communicate(timeout=patience)[0]
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # a shell's children hold the pipe open
        process.communicate()
        raise TokenTrouble(
            f"token_command printed nothing for {patience:g} seconds and was ended; run it in a terminal once"
        ) from None
    if process.returncode:
        raise TokenTrouble(
            f"token_command failed with status {process.returncode}; run it in a terminal to see why"
        )
    lines = printed.decode("utf-8", "replace").split("\n")
    if any(line.strip() for line in lines[1:]):
        raise TokenTrouble("token_command printed several lines, and a token is one; add | head -n1 to it")
    return lines[0].strip()


def _read(path: Path) -> str:
    """Return what a file holds that only its owner can read."""
    try:
        with path.open("rb") as file:
            told = os.fstat(file.fileno())
            held = file.read(MOST)
    except OSError as error:
        raise TokenTrouble(f"token_file {path} cannot be read: {error.strerror}") from None
    if os.name == "posix" and stat.S_IMODE(told.st_mode) & 0o077:
        raise TokenTrouble(f"token_file {path} can be read by others, so it is not used; chmod 600 it")
    lines = held.decode("utf-8", "replace").split("\n")
    if any(line.strip() for line in lines[1:]):
        raise TokenTrouble(f"token_file {path} has several lines, and a token is one")
    return lines[0].strip()


def _remembered(service: str, server: str) -> str:
    """Return what the system's keyring has for a server."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        raise TokenTrouble("token_keyring: run pip install 'pwtui[keyring]' to use the keyring") from None
    try:
        token: str | None = keyring.get_password(service, server)
    except KeyringError as error:
        raise TokenTrouble(
            f"token_keyring: the keyring cannot be asked ({type(error).__name__}); unlock it, or set one up"
        ) from None
    if not token:
        raise TokenTrouble(f"token_keyring: there is none; run: keyring set {service} {server}")
    return token.strip()

"""Tokens that are kept elsewhere, and what is said where they cannot be had."""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic
from types import ModuleType

import pytest

from tui.config.tokens import TokenTrouble, fetch_token
from tui.core.credentials import Credentials, Keeper, Kept

ONE = "https://patchwork.example.org"
SECRET = "0123456789abcdef"


def kept(keeper: Keeper, at: str, patience: float = 10.0) -> Credentials:
    return fetch_token(Credentials(ONE, kept=Kept(keeper, at)), patience)


def trouble(keeper: Keeper, at: str, patience: float = 10.0) -> str:
    with pytest.raises(TokenTrouble) as caught:
        kept(keeper, at, patience)
    assert SECRET not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.__cause__ is None
    return str(caught.value)


def test_a_token_that_is_here_is_itself() -> None:
    assert fetch_token(Credentials(ONE, SECRET)) == Credentials(ONE, SECRET)


def test_a_command_prints_it() -> None:
    assert kept(Keeper.COMMAND, f"echo {SECRET}; echo note >&2") == Credentials(ONE, SECRET)
    assert kept(Keeper.COMMAND, f"printf '%s\\n\\n' {SECRET}") == Credentials(ONE, SECRET)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (f"echo {SECRET}; exit 3", "failed with status 3"),
        (f"echo {SECRET} >&2; false", "failed with status 1"),
        (f"echo {SECRET}; echo second", "printed several lines"),
        (f"echo {SECRET} and more", "characters that no token has"),
        ("true", "there is no token"),
        ("no-such-command-here", "failed with status 127"),
    ],
)
def test_a_command_that_does_not_print_one_line_is_named_without_what_it_printed(
    command: str, words: str
) -> None:
    assert words in trouble(Keeper.COMMAND, command)


def test_a_command_that_hangs_is_ended_with_its_children() -> None:
    began = monotonic()
    assert "was ended" in trouble(Keeper.COMMAND, f"echo {SECRET}; sleep 600 & sleep 600", patience=0.3)
    assert monotonic() - began < 60


def test_a_command_cannot_read_what_is_typed() -> None:
    assert "failed" in trouble(Keeper.COMMAND, "read line && echo $line")


def test_a_file_that_only_its_owner_can_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "token"
    path.write_text(f"{SECRET}\n")
    path.chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert kept(Keeper.FILE, str(path)) == Credentials(ONE, SECRET)
    assert kept(Keeper.FILE, "~/token") == Credentials(ONE, SECRET)
    path.chmod(0o640)
    assert "others" in trouble(Keeper.FILE, str(path))
    path.chmod(0o600)
    path.write_text(f"{SECRET}\n{SECRET}\n")
    assert "several lines" in trouble(Keeper.FILE, str(path))
    assert "cannot be read" in trouble(Keeper.FILE, str(tmp_path / "none"))


def a_keyring(monkeypatch: pytest.MonkeyPatch, tokens: dict[tuple[str, str], str], *, locked: bool) -> None:
    """Have the package keyring installed, whatever is on this machine."""
    errors = ModuleType("keyring.errors")
    error = type("KeyringLocked", (Exception,), {})
    errors.KeyringError = error  # type: ignore[attr-defined]
    ring = ModuleType("keyring")

    def get_password(service: str, name: str) -> str | None:
        if locked:
            raise error(SECRET)
        return tokens.get((service, name))

    ring.get_password = get_password  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", ring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)


def test_a_keyring_has_it_under_the_servers_address(monkeypatch: pytest.MonkeyPatch) -> None:
    a_keyring(monkeypatch, {("pwtui", ONE): SECRET}, locked=False)
    assert kept(Keeper.KEYRING, "pwtui") == Credentials(ONE, SECRET)


def test_a_keyring_that_is_locked_empty_or_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    a_keyring(monkeypatch, {}, locked=True)
    assert "KeyringLocked" in trouble(Keeper.KEYRING, "pwtui")
    a_keyring(monkeypatch, {}, locked=False)
    assert f"keyring set pwtui {ONE}" in trouble(Keeper.KEYRING, "pwtui")
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert "pwtui[keyring]" in trouble(Keeper.KEYRING, "pwtui")

"""``pwtui config``: every value with its origin, no secret, and the file in an editor."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.test_tables import out_of, settings
from tui.cli import main
from tui.config.paths import config_path

ONE = "https://patchwork.example.org"
SECRET = "0123456789abcdef"


def test_without_anything_the_defaults_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    told = out_of(capsys, "config")
    assert "is not there; pwtui config --edit makes it" in told
    assert "keep_days       730" in told
    assert "built in" in told


def test_every_value_is_told_with_where_it_is_from(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PW_TOKEN", SECRET)
    monkeypatch.setenv("PW_SERVER", "https://env.example.org/api")
    git = tmp_path / "gitconfig"
    git.write_text(f"[pw]\n\tproject = kiln\n\tserver = https://git.example.org/api\n\ttoken = {SECRET}2\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(git))
    path = settings(
        f"""\
theme = "light"
keep_days = 90
[keys]
A = "archive"
[servers."{ONE}"]
token_command = "echo {SECRET}"
projects = ["kiln-docs"]
me = "ada"
"""
    )
    told = out_of(capsys, "config")
    lines = {" ".join(line.split()) for line in told.splitlines()}
    assert f"{path}, which only you can read" in lines
    assert f"project kiln git config pw.project ({git})" in lines
    assert "server https://env.example.org PW_SERVER" in lines
    assert f"passed over server https://git.example.org git config pw.server ({git})" in lines
    assert f"theme light {path}:1" in lines
    assert f"keep_days 90 {path}:2" in lines
    assert f"key A archive {path}:4" in lines
    assert f"token kept by a command {path}:6" in lines
    assert f"projects kiln-docs {path}:7" in lines
    assert f"me ada {path}:8" in lines
    assert "token •••••••• PW_TOKEN" in lines
    assert f"token •••••••• git config pw.token ({git})" in lines
    assert SECRET not in told


def test_of_files_that_disagree_each_is_told_with_what_was_passed_over(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    git, old = tmp_path / "gitconfig", tmp_path / "rc"
    git.write_text("[pw]\n\tproject = gcc\n\tserver = https://git.example.org/api/1.2\n")
    old.write_text(  # as of 2008
        "[base]\nurl: http://old.example.org/xmlrpc/\nproject: glibc\n"
        f"[auth]\nusername: ada\npassword: {SECRET}\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(git))
    monkeypatch.setenv("PWCLIENTRC", str(old))

    def lines() -> list[str]:
        told = out_of(capsys, "config")
        assert SECRET not in told
        return [" ".join(line.split()) for line in told.splitlines()]

    of_old = [f"passed over project glibc {old}", f"passed over server http://old.example.org {old}"]
    of_git = [f"gcc git config pw.project ({git})", f"https://git.example.org git config pw.server ({git})"]
    found = lines()
    assert found[2:6] == [f"project {of_git[0]}", f"server {of_git[1]}", *of_old]
    assert f"user name ada {old}" in found
    path = settings('server = "https://file.example.org"\nproject = "qemu-devel"\n')
    assert lines()[2:8] == [
        f"project qemu-devel {path}:2",
        f"server https://file.example.org {path}:1",
        f"passed over project {of_git[0]}",
        f"passed over server {of_git[1]}",
        *of_old,
    ]
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    path.unlink()
    assert lines()[2:4] == [line.removeprefix("passed over ") for line in of_old]


def test_problems_are_told_and_make_it_fail(capsys: pytest.CaptureFixture[str]) -> None:
    settings("thme = 3\n")
    assert "thme is no setting; did you mean theme?" in out_of(capsys, "config", status=1)
    path = settings('theme = "mauve"\nkeymap = "nano"\n[bind]\narchiv = "f7"\n')
    told = out_of(capsys, "config", status=1)
    assert f"{path}:1: there is no theme 'mauve'; there are: " in told
    assert f"{path}:2: there is no keymap nano; there are: " in told
    assert f"{path}:4: archiv is no action; did you mean archive?" in told


def test_the_keymap_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert "keymap          default" in out_of(capsys, "config")
    path = settings('keymap = "vim"\n')
    lines = {" ".join(line.split()) for line in out_of(capsys, "config").splitlines()}
    assert f"keymap vim {path}:1" in lines


def editor(tmp_path: Path, code: str) -> str:
    path = tmp_path / "my editor"
    path.write_text(f"#!/bin/sh\n{code}\n")
    path.chmod(0o755)
    return f"'{path}' -x"


def test_the_file_is_made_from_the_sample_and_opened(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, 'echo "thme = 1" >> "$2"'))
    monkeypatch.delenv("VISUAL", raising=False)
    told = out_of(capsys, "config", "--edit", status=1)
    path = config_path(os.environ)
    assert path
    assert told.startswith(f"Made {path}\n")
    assert "thme is no setting" in told
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text().startswith("# pwtui's settings")
    monkeypatch.setenv("EDITOR", "true")
    assert "Made" not in out_of(capsys, "config", "--edit", status=1)


@pytest.mark.parametrize("editor", ["no-such-editor", "un'closed"])
def test_an_editor_that_cannot_be_started_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, editor: str
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    assert main(["config", "--edit"]) == 2
    assert "cannot be started" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "file"))
    assert main(["config", "--edit"]) == 2
    err = capsys.readouterr().err
    assert "config.toml cannot be made: Not a directory" in err
    assert err.count("\n") == 1


def test_without_a_home_there_is_nothing_to_edit(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.delenv("HOME")
    assert main(["config", "--edit"]) == 2
    assert "there is no home folder" in capsys.readouterr().err


def test_without_a_terminal_the_app_says_so() -> None:
    code = "import sys; from tui.cli import main; sys.exit(main(['--demo']))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    assert run.returncode == 2
    assert run.stderr == "pwtui: it needs a terminal, for keys and for the screen; run it without a pipe\n"

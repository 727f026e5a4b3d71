"""``pwtui doctor``: what is wrong is found, with what to do; the exit status says whether anything is."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.test_tables import settings
from tui.api.checkup import Checkup
from tui.cli import main
from tui.commands import check_place, check_terminal
from tui.commands.check_server import _clock
from tui.commands.findings import Tone
from tui.demo.registry import MIRA, VISITOR
from tui.demo.server import DemoServer
from tui.store.place import data_folder, store_path

Doctor = Callable[..., str]


@pytest.fixture
def doctor(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Doctor:
    """Return what calls the doctor, in a terminal of 120 by 36, and gives back what is told."""
    monkeypatch.setattr(os, "get_terminal_size", lambda descriptor=0: os.terminal_size((120, 36)))

    def call(*line: str, status: int = 0) -> str:
        assert main(["doctor", *line]) == status
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return call


def secrets(demo: DemoServer, token: str, me: str = "") -> None:
    settings(
        f'email = "ada@example.org"\nproject = "{demo.project}"\n[servers."{demo.url}"]\ntoken = "{token}"\n'
        f'projects = ["{demo.project}"]\n' + (f'me = "{me}"\n' if me else "")
    )


def test_all_is_well(doctor: Doctor, demo: DemoServer) -> None:
    secrets(demo, demo.token, MIRA.username)
    told = doctor()
    assert "✗" not in told
    assert "✓ TERM is xterm-256color" in told
    assert "✓ 120 columns and 36 rows" in told
    assert "✓ 16 million colours" in told
    assert "✓ LC_ALL is C.UTF-8" in told
    assert "✓ It answers, with API 1.4" in told
    assert "✓ Its clock and yours agree" in told
    assert f"✓ The token works; it is that of {MIRA.username}" in told
    assert f"✓ {demo.project}: {MIRA.username} is a maintainer, and may write to all patches" in told
    assert told.endswith("All is well.\n")
    assert demo.token not in told


def test_a_token_that_is_not_taken(doctor: Doctor, demo: DemoServer) -> None:
    secrets(demo, "0123456789abcdef", MIRA.username)
    told = doctor(status=1)
    assert "✗ The token is not taken: " in told
    assert "0123456789abcdef" not in told
    assert told.endswith("1 thing is wrong.\n")


def test_whose_a_token_is(doctor: Doctor, demo: DemoServer) -> None:
    secrets(demo, VISITOR.token, VISITOR.username)
    told = doctor()
    assert f"{VISITOR.username} is no maintainer, and may write to patches of their own" in told
    secrets(demo, demo.token, VISITOR.username)
    assert f"✗ The token works, and is not that of {VISITOR.username}" in doctor(status=1)
    secrets(demo, demo.token)
    assert "! The token works; nothing tells whose it is" in doctor()


def test_no_token_and_a_project_that_is_not_there(doctor: Doctor, demo: DemoServer) -> None:
    settings(f'[servers."{demo.url}"]\nprojects = ["nowhere-devel"]\n')
    told = doctor(status=1)
    assert "! No token: everything can be read, nothing written" in told
    assert "✗ There is no project nowhere-devel" in told
    assert f"pwtui --server {demo.url} lists those there are" in told


def test_an_older_api_is_told_with_what_it_lacks(doctor: Doctor, demo: DemoServer) -> None:
    demo.faults.add(r"/api/1\.[34]/", status=404, times=None)
    assert "✓ It answers, with API 1.2, which lacks marks of addressed comments" in doctor(
        "--server", demo.url
    )


def test_a_server_that_does_not_answer(doctor: Doctor) -> None:
    told = doctor("--server", "http://127.0.0.1:9", status=1)
    assert "http://127.0.0.1:9\n  ✗ " in told


def test_a_token_command_that_fails(doctor: Doctor, demo: DemoServer) -> None:
    settings(f'[servers."{demo.url}"]\ntoken_command = "exit 7"\n')
    assert "✗ token_command failed with status 7; run it in a terminal to see why" in doctor(status=1)


def test_with_no_server_set_the_public_ones_are_named(doctor: Doctor) -> None:
    assert "✓ None is set: a project that is named is looked for on" in doctor()


@pytest.mark.parametrize(
    ("ahead", "text"),
    [
        (5.0, "Its clock and yours agree"),
        (None, "It does not tell the time"),
        (-150.0, "Your clock is 2 minutes ahead of the server's"),
        (7300.0, "Your clock is 2 hours behind the server's"),
        (86400.0 * 400, "Your clock is 400 days behind"),
    ],
)
def test_clocks(ahead: float | None, text: str) -> None:
    (finding,) = _clock(ahead)
    assert finding.text.startswith(text)
    assert bool(finding.advice) is (finding.tone is Tone.BAD)


@pytest.mark.anyio
async def test_the_clock_of_a_server_is_read(demo: DemoServer) -> None:
    checkup = Checkup(demo.url, None, verify=False)
    try:
        ahead = await checkup.clock()
    finally:
        await checkup.aclose()
    assert ahead is not None
    assert abs(ahead) < 60


def test_what_is_wrong_with_the_settings(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    settings('theme = "mauve"\nprefech = true\nkeymap = "nano"\n[bind]\narchiv = "f7"\n')
    monkeypatch.setenv("PWTUI_TOKNE", "hidden-secret")
    told = doctor(status=1)
    assert "✗ PWTUI_TOKNE is set, and nothing reads it; did you mean PWTUI_TOKEN?" in told
    assert "config.toml:2: prefech is no setting; did you mean prefetch?" in told
    assert "config.toml:1: there is no theme 'mauve'" in told
    assert "config.toml:3: there is no keymap nano" in told
    assert "config.toml:5: archiv is no action; did you mean archive?" in told
    assert told.endswith("5 things are wrong.\n")
    assert "hidden-secret" not in told


def test_two_sources_that_name_different_projects(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = settings('project = "one"\n')
    (tmp_path / "gitconfig").write_text("[pw]\n\tproject = two\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    told = doctor()
    assert f"! {path}:1 names the project one, git config pw.project ({tmp_path}/gitconfig) names two" in told
    assert "for the other: pwtui two" in told


def test_other_tools_files_with_secrets_that_others_can_read(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    git, rc = tmp_path / "gitconfig", tmp_path / "rc"
    git.write_text("[pw]\n\ttoken = 0123\n")
    rc.write_text("[a]\nurl = http://127.0.0.1:9/xmlrpc/\nusername = ada\npassword = lovelace\n")
    for path in (git, rc):
        path.chmod(0o644)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(git))
    monkeypatch.setenv("PWCLIENTRC", str(rc))
    told = doctor(status=1)  # nobody listens on that port
    assert f"chmod 600 {git}" in told
    assert f"chmod 600 {rc}" in told
    assert "lovelace" not in told


def test_a_damaged_store(doctor: Doctor) -> None:
    path = store_path("https://patchwork.example.org", data_folder(os.environ))
    path.parent.mkdir(parents=True)
    sqlite3.connect(path).close()
    path.chmod(0o644)
    assert f"! {path}, 0.0 MB: others can read it" in doctor()
    path.write_bytes(b"no database " * 1000)
    told = doctor(status=1)
    assert f"✗ {path} is damaged" in told
    assert "pwtui store sets it aside" in told
    assert path.exists()


def test_little_room(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_place, "LITTLE", 1 << 60)
    assert "make room, or set PWTUI_DATA to another folder" in doctor(status=1)


@pytest.mark.parametrize(
    ("env", "tone", "text", "advice"),
    [
        ({}, Tone.BAD, "TERM is not set", "ssh -t"),
        ({"TERM": "dumb"}, Tone.BAD, "TERM is dumb", "ssh -t"),
        ({"TERM": "xterm", "TMUX": "x"}, Tone.NOTE, "TERM is xterm inside tmux", "startup file"),
        ({"TERM": "tmux-256color", "TMUX": "x"}, Tone.GOOD, "TERM is tmux-256color, inside tmux", ""),
        ({"TERM": "xterm", "NO_COLOR": "1"}, Tone.GOOD, "No colours: NO_COLOR is set", ""),
        ({"TERM": "tmux-256color", "TMUX": "x"}, Tone.NOTE, "256 colours", "terminal-features"),
        ({"TERM": "xterm-256color", "SSH_CONNECTION": "x"}, Tone.NOTE, "256 colours", "ssh does not pass"),
        ({"TERM": "linux"}, Tone.NOTE, "16 colours", "theme ansi"),
        ({"TERM": "xterm-direct"}, Tone.GOOD, "16 million colours", ""),
        ({"TERM": "xterm", "LANG": "de_DE.UTF-8"}, Tone.GOOD, "LANG is de_DE.UTF-8", ""),
        ({"TERM": "xterm", "LANG": "de_DE.utf8@euro"}, Tone.GOOD, "LANG is de_DE.utf8@euro", ""),
        (
            {"TERM": "xterm", "LC_ALL": "C"},
            Tone.NOTE,
            "LC_ALL is C; pwtui writes UTF-8 all the same",
            "C.UTF-8",
        ),
        ({"TERM": "xterm", "LANG": "de_DE"}, Tone.BAD, "LANG is de_DE, which has no lines", "C.UTF-8"),
    ],
)
def test_terminals(env: dict[str, str], tone: Tone, text: str, advice: str) -> None:
    found = [finding for finding in check_terminal.check_terminal(env) if finding.text.startswith(text)]
    assert [finding.tone for finding in found] == [tone]
    assert advice in found[0].advice

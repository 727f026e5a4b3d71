"""git is asked itself, in the repository at hand."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tui.config.git import GitWords, ask_git, find_shipped
from tui.config.loading import load
from tui.core.credentials import Credentials

ONE = "https://patchwork.example.org"
TWO = "https://patchwork.example.com"
SECRET = "0123456789abcdef"


def repository(tmp_path: Path, config: str = "") -> Path:
    folder = tmp_path / "repository"
    subprocess.run(["git", "init", "-q", str(folder)], check=True, capture_output=True)
    with (folder / ".git" / "config").open("a") as file:
        file.write(config)
    return folder


def everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: str) -> None:
    path = tmp_path / "gitconfig"
    path.write_text(config)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(path))


def test_the_repository_comes_before_what_holds_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = repository(tmp_path, f"[pw]\n\tserver = {ONE}/api/1.3\n\tproject = kiln-devel\n")
    everywhere(tmp_path, monkeypatch, f"[pw]\n\tServer = {TWO}\n\tToken = {SECRET}\n[user]\n\tname = Ada\n")
    words = ask_git(folder)()
    assert words.values == {"pw.server": f"{ONE}/api/1.3", "pw.project": "kiln-devel", "pw.token": SECRET}
    assert words.origins["pw.server"].endswith(".git/config")
    assert words.origins["pw.token"] == str(tmp_path / "gitconfig")
    monkeypatch.chdir(folder)
    settings = load({})
    assert (settings.project, settings.project_server) == ("kiln-devel", ONE)
    assert settings.credentials(ONE) == Credentials(ONE, SECRET)


def test_includes_are_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "more").write_text("[pw]\n\tproject = kiln-devel\n")
    everywhere(tmp_path, monkeypatch, "[include]\n\tpath = more\n")
    assert ask_git(tmp_path)().values == {"pw.project": "kiln-devel"}


def test_settings_that_git_cannot_read_are_one_line(tmp_path: Path) -> None:
    folder = repository(tmp_path, f"[pw\ntoken = {SECRET}\n")
    words = ask_git(folder)()
    assert words.values == {}
    assert words.problem.startswith("git config cannot be read (bad config line ")
    assert SECRET not in words.problem
    assert "\n" not in words.problem


def test_where_there_is_no_git_there_is_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ask_git(tmp_path)() == GitWords()


def test_b4_ships_address_and_project_with_a_repository_and_nothing_else(tmp_path: Path) -> None:
    folder = repository(tmp_path)
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / ".b4-config").write_text(
        f"[b4]\n\tpw-url = {ONE}/\n\tpw-project = kiln-devel\n\tpw-key = {SECRET}\n\tsend-to = x\n"
    )
    assert find_shipped(folder / "deep" / "er") == folder / ".b4-config"
    words = ask_git(folder / "deep")()
    assert words.shipped == {"b4.pw-url": f"{ONE}/", "b4.pw-project": "kiln-devel"}
    assert words.values == {}


def test_outside_a_repository_nothing_is_shipped(tmp_path: Path) -> None:
    (tmp_path / ".b4-config").write_text("[b4]\n\tpw-project = x\n")
    assert find_shipped(tmp_path) is None


def test_no_secret_goes_to_a_server_that_only_the_repository_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = repository(tmp_path)
    (folder / ".b4-config").write_text(f"[b4]\n\tpw-url = {ONE}\n\tpw-project = kiln-devel\n")
    everywhere(tmp_path, monkeypatch, f"[b4]\n\tpw-key = {SECRET}\n[pw]\n\ttoken = {SECRET}\n")
    monkeypatch.chdir(folder)
    settings = load({})
    assert (settings.project, settings.project_server) == ("kiln-devel", ONE)
    assert settings.credentials(ONE, opened=True) is None


def test_what_is_known_already_leaves_git_alone(tmp_path: Path) -> None:
    path = tmp_path / "pwtui" / "config.toml"
    path.parent.mkdir()
    text = (
        f'email = "a@example.org"\nproject = "x"\n[servers."{ONE}"]\nprojects = ["x"]\ntoken = "{SECRET}"\n'
    )
    path.write_text(text)
    path.chmod(0o600)
    env = {"XDG_CONFIG_HOME": str(tmp_path)}

    def ask() -> object:
        raise AssertionError("git is asked")

    settings = load(env, ask=ask)  # type: ignore[arg-type]
    assert (settings.project, settings.project_server, settings.email) == ("x", ONE, "a@example.org")
    path.write_text(text.replace("email", "#"))
    with pytest.raises(AssertionError):
        load(env, ask=ask)  # type: ignore[arg-type]

"""Saved views: what is read of the config file, and what writing one leaves alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tui.config.settings_file import read_settings_file
from tui.config.views import save_view
from tui.core.views import View

FILE = """# mine
theme = "dark"   # calm

[servers."https://patchwork.example.org"]
token = "sesame"

[[views]]  # the first
name = "Net"
# what I look after
query = "file:net/*"
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "pwtui" / "config.toml"
    path.parent.mkdir()
    path.write_text(FILE)
    path.chmod(0o600)
    return path


def test_views_are_read_in_their_order(config: Path) -> None:
    save_view(config, View("Block", "file:block/*"))
    assert read_settings_file(config).views == (
        View("Net", "file:net/*", own=True),
        View("Block", "file:block/*", own=True),
    )


def test_a_new_view_leaves_all_else_as_it_is(config: Path) -> None:
    save_view(config, View('odd "name" \\', 'submitter:"O\'Neill, Ann" -"a\\b"'))
    text = config.read_text()
    assert text.startswith(FILE)
    assert tomllib.loads(text)["views"][1] == {
        "name": 'odd "name" \\',
        "query": 'submitter:"O\'Neill, Ann" -"a\\b"',
    }
    assert config.stat().st_mode & 0o777 == 0o600


def test_a_view_saved_again_takes_its_place(config: Path) -> None:
    save_view(config, View("Last", "x"))
    save_view(config, View("net", "file:net/* state:new"))
    text = config.read_text()
    assert tomllib.loads(text)["views"] == [
        {"name": "net", "query": "file:net/* state:new"},
        {"name": "Last", "query": "x"},
    ]
    assert "# what I look after" in text
    assert "# calm" in text


def test_without_a_file_one_is_made_that_only_its_owner_can_read(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    save_view(path, View("Net", "file:net/*"))
    assert read_settings_file(path).views == (View("Net", "file:net/*", own=True),)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_to_the_file_stays_one(config: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(config)
    save_view(link, View("Block", "x"))
    assert link.is_symlink()
    assert "Block" in config.read_text()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("views = [{name = 'a', query = 'b'}]\n", "another form"),
        ("views = 3\n", "another form"),
        ("this is no TOML", "no TOML"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is_changed(config: Path, text: str, word: str) -> None:
    config.write_text(text)
    with pytest.raises(ValueError, match=word):
        save_view(config, View("Block", "x"))
    assert config.read_text() == text


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    with pytest.raises(ValueError, match="cannot be written"):
        save_view(tmp_path / "config.toml", View("Block", "x"))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("views = 3", "are tables"),
        ("[[views]]\nname = 'a'", "number 1 lacks"),
        ("[[views]]\nname = ''\nquery = 'x'", "number 1 lacks"),
        ("[[views]]\nname = 'a'\nquery = 'x'\n[[views]]\nname = 'A'\nquery = 'y'", "already"),
    ],
)
def test_a_view_that_is_none_is_named_with_its_line(config: Path, text: str, word: str) -> None:
    config.write_text(text)
    problems = read_settings_file(config).problems
    assert len(problems) == 1
    assert word in problems[0]
    assert f"{config}:1: views" in problems[0]

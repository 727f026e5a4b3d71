"""The commented sample: true in every line, and it changes nothing as it is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tui.config.loading import load
from tui.config.server_tables import KEYS
from tui.config.settings import Settings
from tui.config.settings_file import TOP, FileSettings, read_settings_file
from tui.keymap.choosing import make_keymap

SAMPLE = Path(__file__).resolve().parents[2] / "tui" / "config" / "sample.toml"


def taken() -> str:
    """Return the sample with the sign taken from every line that sets something."""
    return re.sub(r"^#(?=\S)", "", SAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_as_it_is_it_sets_nothing(tmp_path: Path) -> None:
    assert tomllib.loads(SAMPLE.read_text(encoding="utf-8")) == {}
    path = tmp_path / "pwtui" / "config.toml"
    path.parent.mkdir()
    path.write_bytes(SAMPLE.read_bytes())
    assert load({"XDG_CONFIG_HOME": str(tmp_path)}, ask=None) == Settings()


def test_it_shows_every_setting() -> None:
    document = tomllib.loads(taken())
    assert document.keys() == TOP
    (server,) = document["servers"].values()
    assert server.keys() == set(KEYS)


def test_what_it_shows_is_understood_and_the_defaults_are_the_true_ones(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(taken(), encoding="utf-8")
    path.chmod(0o600)
    read = read_settings_file(path)
    assert all("are two ways to one token" in problem for problem in read.problems)
    assert make_keymap(read.keymap, read.binds)[1] == []
    usual = FileSettings()
    for name in (
        "prefetch",
        "advance",
        "motion",
        "mouse",
        "plain",
        "keep_days",
        "keep_megabytes",
        "stale_days",
    ):
        assert getattr(read, name) == getattr(usual, name)

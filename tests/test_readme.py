"""The README cannot lie: its keys are those of the table, its commands those that CI runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tui.actions import (
    ACTIONS,
    ANYWHERE,
    INBOX,
    JOURNAL,
    LISTS,
    OUTBOX,
    PREVIEW,
    READ,
    SERIES,
    TEAM,
    Action,
    show_keys,
)
from tui.cli import make_parser

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"


def key_row(action: Action) -> str:
    keys = " ".join(f"`{key}`" for key in show_keys(action)).replace("|", "\\|")
    where = {
        ANYWHERE: "everywhere",
        LISTS: "lists",
        READ: "patches, diff",
        OUTBOX: "outbox",
        JOURNAL: "journal",
        INBOX: "inbox",
        PREVIEW: "preview",
        SERIES: "series",
        TEAM: "team",
    }.get(action.where, "diff")
    return f"| {keys} | {action.help} | {where} |"


def test_the_keys_are_those_of_the_table(request: pytest.FixtureRequest) -> None:
    text = README.read_text(encoding="utf-8")
    rows = "\n".join(["| key | what it does | where |", "|---|---|---|", *map(key_row, ACTIONS)])
    true = re.sub(
        r"<!-- keys -->\n.*?<!-- /keys -->",
        lambda _: f"<!-- keys -->\n{rows}\n<!-- /keys -->",
        text,
        flags=re.DOTALL,
    )
    if request.config.getoption("--update-screenshots"):
        README.write_text(true, encoding="utf-8")
    else:
        assert text == true


def test_the_sample_of_settings_is_the_one_that_is_shipped() -> None:
    text = README.read_text(encoding="utf-8")
    sample = (ROOT / "tui" / "config" / "sample.toml").read_text(encoding="utf-8")
    assert f"<!-- sample -->\n```toml\n{sample}```\n<!-- /sample -->" in text


def test_ci_runs_the_readmes_test_command() -> None:
    commands = re.findall(r"^python3 -m venv .*$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(commands) == 2
    assert commands[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_option_is_named() -> None:
    text = README.read_text(encoding="utf-8")
    for action in make_parser()._actions:
        assert all(option in text for option in action.option_strings if option.startswith("--"))


def test_every_picture_is_there() -> None:
    for name in re.findall(r"screenshots/[\w.-]+", README.read_text(encoding="utf-8")):
        assert (ROOT / name).is_file()

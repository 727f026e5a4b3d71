"""The README cannot lie: its keys are those of the table, its commands those that CI runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tui.action import Action
from tui.actions import ACTIONS
from tui.commands.keys import place_of
from tui.commands.table import APP, COMMANDS, OPTIONS, Option, option_name
from tui.config.themes import theme_names
from tui.keymap.live import DEFAULT
from tui.where import (
    ANYWHERE,
    CHANGES,
    CHECKS,
    DIFFS,
    INBOX,
    JOURNAL,
    LISTS,
    OUTBOX,
    OUTPUT,
    PREVIEW,
    READ,
    READER,
    SERIES,
    TEAM,
)

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"


def key_row(action: Action) -> str:
    keys = " ".join(f"`{key}`" for key in DEFAULT.shown(action)).replace("|", "\\|")
    where = {
        ANYWHERE: "everywhere",
        CHANGES: "changes",
        CHECKS: "checks",
        CHANGES | CHECKS: "changes, checks",
        DIFFS: "diff, changes",
        DIFFS | CHECKS: "diff, changes, checks",
        LISTS | CHANGES | CHECKS: "lists, changes, checks",
        LISTS: "lists",
        READ: "patches, diff",
        OUTBOX: "outbox",
        JOURNAL: "journal",
        INBOX: "inbox",
        PREVIEW: "preview",
        SERIES: "series",
        TEAM: "team",
        OUTPUT: "output",
    }.get(action.where, "diff" if action.where <= READER else place_of(action.where))
    return f"| {keys} | {DEFAULT.help(action)} | {where} |"


def test_the_keys_are_those_of_the_table(request: pytest.FixtureRequest) -> None:
    text = README.read_text(encoding="utf-8")
    bound = [action for action in ACTIONS if action.keys]
    rows = "\n".join(["| key | what it does | where |", "|---|---|---|", *map(key_row, bound)])
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


def option_row(option: Option) -> str:
    words = [f"`{word}`" if word else "a project" for word in option.commands]
    where = ", ".join(words) if option.commands != (APP,) or option.value else ""
    return f"| `{option_name(option)}` | {option.help} | {where} |"


def test_the_commands_and_options_are_those_of_the_table(request: pytest.FixtureRequest) -> None:
    commands = [f"| `pwtui {' '.join([c.word, c.argument]).strip()}` | {c.help} |" for c in COMMANDS]
    options = map(option_row, OPTIONS)
    lines = ["| command | what it does |", "|---|---|", *commands, ""]
    lines += ["| option | what it does | with |", "|---|---|---|", *options]
    text = README.read_text(encoding="utf-8")
    block = "\n".join(["<!-- commands -->", *lines, "<!-- /commands -->"])
    true = re.sub(r"<!-- commands -->.*?<!-- /commands -->", lambda _: block, text, flags=re.DOTALL)
    if request.config.getoption("--update-screenshots"):
        README.write_text(true, encoding="utf-8")
    else:
        assert text == true


def test_every_theme_is_named() -> None:
    text = README.read_text(encoding="utf-8").partition("## Themes")[2].partition("\n## ")[0]
    assert all(f"`{name}`" in text for name in theme_names())


def test_every_picture_is_there() -> None:
    for name in re.findall(r"screenshots/[\w.-]+", README.read_text(encoding="utf-8")):
        assert (ROOT / name).is_file()

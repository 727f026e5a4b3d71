"""The table of commands: what is wrong is said with its line, the rest is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.config.settings_file import read_settings_file
from tui.core.command import Command, Output


def read(folder: Path, text: str) -> tuple[tuple[Command, ...], list[str]]:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    file = read_settings_file(path)
    return file.commands, [problem.replace(f"{folder}/", "") for problem in file.problems]


def test_a_text_has_the_terminal_and_a_table_says_more(tmp_path: Path) -> None:
    commands, problems = read(
        tmp_path,
        '[commands]\nX = "b4 shazam {msgid}"\n"g l" = { run = "git log", output = "reader", title = "log" }',
    )
    assert problems == []
    assert [one._replace(at="") for one in commands] == [
        Command("X", "b4 shazam {msgid}"),
        Command("g l", "git log", Output.READER, "log"),
    ]
    assert commands[1].at.endswith("config.toml:3")
    assert [one.name for one in commands] == ["b4", "log"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('commands = "x"\n', "config.toml:1: commands holds keys and what they run"),
        ("[commands]\nX = 3\n", "config.toml:2: X is what the key runs"),
        ("[commands]\nX = { run = 3 }\n", "config.toml:2: X is what the key runs"),
        (
            '[commands]\nX = { run = "a", output = "pane" }\n',
            "config.toml:2: X has no output pane; there are",
        ),
        ('[commands]\nX = { ru = "a" }\n', "config.toml:2: X has ru, which is none of run, output, title"),
        (
            '[commands]\n\nX = "b4 am {msgd}"\n',
            "config.toml:3: X has {msgd}, which is no field; did you mean",
        ),
        ("[commands]\nX = \"echo '{name}'\"\n", "config.toml:2: X has {name} in quotes"),
        ('[commands]\nX = "  "\n', "config.toml:2: X runs nothing"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    _, problems = read(tmp_path, text)
    assert problems[0].startswith(said)

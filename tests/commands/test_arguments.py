"""The command line is understood, or said in one line why not."""

from __future__ import annotations

import pytest

from tui.commands.arguments import Arguments, UsageError, parse
from tui.commands.table import COMMANDS, OPTIONS


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("", Arguments()),
        ("kiln-devel", Arguments(project="kiln-devel")),
        ("--server a.example.org kiln", Arguments(project="kiln", server="a.example.org")),
        (
            "kiln --server=a.example.org --debug",
            Arguments(project="kiln", server="a.example.org", debug=True),
        ),
        ("--demo --theme light", Arguments(demo=True, theme="light")),
        ("--dem", Arguments(demo=True)),
        ("news --since tuesday", Arguments("news", since="tuesday")),
        ("store --forget --server x.org", Arguments("store", forget=True, server="x.org")),
        ("config --edit", Arguments("config", edit=True)),
        ("completion zsh", Arguments("completion", argument="zsh")),
        ("a.example.org/keys", Arguments(project="a.example.org/keys")),
        ("-- --odd", Arguments(project="--odd")),
        ("news --help", Arguments("news", help=True)),
        ("-h", Arguments(help=True)),
        ("-V kiln", Arguments(version=True)),
    ],
)
def test_a_line_is_understood(line: str, wanted: Arguments) -> None:
    assert parse(line.split()) == wanted


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("--thme light", "--thme: there is no such option; did you mean --theme?"),
        ("--xyzzy", "--xyzzy: there is no such option; pwtui --help lists them"),
        ("-x", "-x: there is no such option"),
        ("--s x", "--s: there is no such option"),
        ("--server", "--server: it takes a value, as in: --server URL"),
        ("--server=", "--server: it takes a value"),
        ("--server --demo", "--server: it takes a value"),
        ("--demo=yes", "--demo: it takes no value"),
        ("a b", "b: one project is opened, and a was named"),
        ("news a", "a: pwtui news takes nothing behind it"),
        ("completion bsh", "pwtui completion: SHELL is one of bash, zsh, fish; did you mean bash?"),
        ("completion", "pwtui completion: SHELL is one of bash, zsh, fish"),
        ("completion bash zsh", "zsh: pwtui completion takes nothing behind it"),
        ("kiln --forget", "--forget: it goes with store, as in: pwtui store --forget"),
        ("news --forget", "--forget: it goes with store, as in: pwtui store --forget"),
        ("kiln --since 3d", "--since: it goes with news, as in: pwtui news --since WHEN"),
        ("keys --demo", "--demo: it goes with a project, not with keys"),
        ("keys --server x.org", "--server: it goes with a project, not with keys"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(line: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(line.split())
    assert str(caught.value).startswith(words)
    assert "\n" not in str(caught.value)


def test_every_option_of_the_table_is_an_argument() -> None:
    for option in OPTIONS:
        kind = str if option.value else bool
        assert type(getattr(Arguments(), option.name)) is kind
    assert {word for option in OPTIONS for word in option.commands} <= {"", *(c.word for c in COMMANDS)}

"""``pwtui manual``: the manual page, from the tables of the command line, the actions and the sources."""

from __future__ import annotations

from collections.abc import Iterable

from tui import __version__
from tui.actions import ACTIONS
from tui.commands.keys import place_of, row_of
from tui.commands.table import (
    ABOUT,
    APP,
    COMMANDS,
    ENVIRONMENT,
    OPTIONS,
    PROJECT,
    STATUS,
    Command,
    Option,
    option_name,
    options_of,
)

SOURCES = (
    ("the command line", "--server, --theme, and the project that is named"),
    ("PWTUI_...", "variables of the environment, see below"),
    ("PW_...", "the same, as git-pw has them"),
    ("the config file", "see FILES"),
    (
        "git config pw.*",
        "of the repository at hand, then global: server, project, token, username, password, states",
    ),
    ("git config b4.pw-*", "url, project and key; url and project also from a repository's .b4-config"),
    ("~/.pwclientrc", "projects, their servers and accounts, of any age"),
)
"""In the order in which they weigh; see tui.config.sources."""
FILES = (
    ("~/.config/pwtui/config.toml", "settings; pwtui config --edit makes it, with a comment on each"),
    ("~/.config/pwtui/themes/", "themes of your own, one a file; pwtui themes lists them"),
    ("~/.local/share/pwtui/", "what is kept, one file a server"),
    ("~/.local/state/pwtui/pwtui.log", "the log of --debug"),
)


def manual() -> str:
    """Return the page in the language of man(7)."""
    return "\n".join(
        [
            *_head(),
            ".SH COMMANDS",
            *_list((" ".join(filter(None, (c.word, c.argument))), c.help) for c in COMMANDS),
            ".SH OPTIONS",
            *_list((option_name(option), _help(option)) for option in OPTIONS),
            ".SH KEYS",
            _text("? shows them inside, pwtui keys prints them with those of your own."),
            *_keys(),
            ".SH SETTINGS",
            _text("What is set more than once is taken from the first of these that has it."),
            *_list(SOURCES),
            ".SH ENVIRONMENT",
            *_list(ENVIRONMENT),
            ".SH FILES",
            *_list(FILES),
            ".SH EXIT STATUS",
            *_list((str(number), meaning) for number, meaning in STATUS),
            ".SH SEE ALSO",
            ".BR git\\-pw (1),",
            ".BR pwclient (1),",
            ".BR b4 (5)",
        ]
    )


def _head() -> list[str]:
    """Return name, synopsis and description."""
    return [
        f'.TH PWTUI 1 "" "pwtui {__version__}" "User Commands"',
        ".SH NAME",
        "pwtui \\- a Patchwork project in the terminal",
        ".SH SYNOPSIS",
        ".B pwtui",
        f"[\\fIPROJECT\\fR]{_synopsis(options_of(APP))}",
        *(line for command in COMMANDS for line in _command_line(command)),
        ".SH DESCRIPTION",
        _text(ABOUT),
        ".PP",
        ".I PROJECT",
        _text(f"is a {PROJECT}."),
        _text("The words of the commands stand where a project would; a project of such a name is reached"),
        _text("with its server in front."),
    ]


def _synopsis(options: Iterable[Option]) -> str:
    return "".join(f" [{_escape(option.flag)}{_value(option)}]" for option in options)


def _value(option: Option) -> str:
    return f" \\fI{option.value}\\fR" if option.value else ""


def _command_line(command: Command) -> list[str]:
    argument = f" \\fI{command.argument}\\fR" if command.argument else ""
    line = f"{argument}{_synopsis(options_of(command.word))}".strip()
    return [".br", f".B pwtui {command.word}", *([line] if line else [])]


def _help(option: Option) -> str:
    words = [word or "a project" for word in option.commands]
    return f"{option.help} (with {', '.join(words)})" if option.commands != (APP,) else option.help


def _keys() -> list[str]:
    lines: list[str] = []
    for where in dict.fromkeys(place_of(action.where) for action in ACTIONS):
        title = f"{where[0].upper()}{where[1:]}"
        lines += [f".SS {_escape(title)}"]
        lines += _list(
            row_of(action) for action in ACTIONS if action.keys and place_of(action.where) == where
        )
    return lines


def _list(entries: Iterable[tuple[str, str]]) -> list[str]:
    return [line for name, text in entries for line in (".TP", f".B {_quoted(name)}", _text(f"{text}."))]


def _quoted(text: str) -> str:
    """Return a macro's one argument, which blanks and quotes would take apart."""
    return '"' + _escape(text).replace('"', '""') + '"'


def _text(text: str) -> str:
    """Return a line that is text, whatever it begins with."""
    escaped = _escape(text)
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def _escape(text: str) -> str:
    """Return a text as troff wants it, whatever it takes for the encoding."""
    return "".join(
        _ESCAPES.get(letter) or (letter if letter < "\x7f" else f"\\[u{ord(letter):04X}]") for letter in text
    )


_ESCAPES = {"\\": "\\e", "-": "\\-", "~": "\\(ti", "^": "\\(ha", "`": "\\(ga"}
"""What troff would show as another sign."""

"""THE table of the command line.  Help, completion, the manual and the README are made from it.

Nothing is imported here that Python has not loaded anyway, but for ``typing``: ``--help`` is answered
from this.
"""

from __future__ import annotations

from typing import NamedTuple

APP = ""
"""Stands for no command: what opens a project."""


class Command(NamedTuple):
    """A word in the place of a project."""

    word: str
    help: str
    """A clause without a full stop."""
    argument: str = ""
    """What stands behind it, as the help writes it; empty for nothing."""
    choices: tuple[str, ...] = ()
    """What that may be."""


class Option(NamedTuple):
    """An option, and what it goes with."""

    flag: str
    help: str
    """A clause without a full stop."""
    value: str = ""
    """What its value is called; empty where it has none."""
    commands: tuple[str, ...] = (APP,)

    @property
    def name(self) -> str:
        """The flag without its dashes."""
        return self.flag.lstrip("-")


class Variable(NamedTuple):
    """A variable of the environment."""

    name: str
    help: str
    """A clause without a full stop."""


SHELLS = ("bash", "zsh", "fish")
ABOUT = "Browse a Patchwork project, read its diffs, set state and delegate with keys."
PROJECT = (
    "link name (qemu-devel), server/link-name (patchwork.kernel.org/netdevbpf), or an address copied "
    "from a browser; without it, the project that is set, for this repository or everywhere, else a list"
)
COMMANDS = (
    Command("news", "tell what is new in what was opened before, without asking a server"),
    Command("store", "tell what is kept on this machine"),
    Command("config", "tell which settings are in force, and where each is from"),
    Command("doctor", "check terminal, settings, git, store, servers and tokens, and say what to do"),
    Command("keys", "print what the keys do"),
    Command("themes", "print the themes there are"),
    Command("completion", "print what lets a shell complete this command line", "SHELL", SHELLS),
    Command("manual", "print the manual page: pwtui manual | man -l -"),
)
OPTIONS = (
    Option(
        "--server",
        "root address of the server, without /api",
        "URL",
        (APP, "news", "store", "config", "doctor"),
    ),
    Option(
        "--open",
        "open an address or a message id in the pwtui that runs, else here",
        "ADDRESS",
    ),
    Option("--demo", "a made-up project inside the program, no network"),
    Option("--theme", "the colours; pwtui themes lists them", "NAME"),
    Option(
        "--since",
        "all since then, as 3d, 12h, yesterday, tuesday, 2026-11-01; else what is unread",
        "WHEN",
        ("news",),
    ),
    Option(
        "--forget", "empty it; writes that have not gone out, and notes, only after a yes", "", ("store",)
    ),
    Option("--edit", "open the file in $VISUAL or $EDITOR; it is made where there is none", "", ("config",)),
    Option("--plain", "for screen readers: one pane, no boxes, a first line that says where you are"),
    Option("--debug", "keep a log of details, and say where it is"),
    Option("--version", "print the version"),
    Option("--help", "print this"),
)
ENVIRONMENT = (
    Variable("PWTUI_SERVER, PW_SERVER", "root address of the server"),
    Variable("PWTUI_PROJECT, PW_PROJECT", "link name of the project to open"),
    Variable("PWTUI_TOKEN, PW_TOKEN", "token, for the server of its kind of variable"),
    Variable("PWTUI_USERNAME, PW_USERNAME", "user name, for basic authentication"),
    Variable("PWTUI_PASSWORD, PW_PASSWORD", "password"),
    Variable("PWTUI_ME", "your user name on the server, which no token tells"),
    Variable("PWTUI_THEME", "name of the theme"),
    Variable("PWTUI_DATA", "folder of what is kept; else pwtui in $XDG_DATA_HOME"),
    Variable("XDG_CONFIG_HOME", "folder in which pwtui/config.toml stands; else ~/.config"),
    Variable("PWCLIENTRC", "pwclient's file; else ~/.pwclientrc"),
    Variable("NO_COLOR", "where it is set, nothing is coloured"),
    Variable("VISUAL, EDITOR", "what pwtui config --edit and e in a diff open"),
    Variable("SSL_CERT_FILE, SSL_CERT_DIR", "certificate authorities of your own"),
)
STATUS = (
    (0, "all is well"),
    (1, "pwtui doctor found something wrong, pwtui news has nothing to read, pwtui store kept something"),
    (2, "the command line or the terminal cannot be used; one line says why"),
    (143, "SIGTERM ended it, as 129 says of SIGHUP; the terminal is left as it was"),
)


def find_command(word: str) -> Command | None:
    """Return the command of a word, if it is one."""
    return next((command for command in COMMANDS if command.word == word), None)


def options_of(word: str) -> list[Option]:
    """Return the options that go with a command, or with opening a project."""
    return [option for option in OPTIONS if word in option.commands]


def option_name(option: Option) -> str:
    """Return an option as it is written, with its value."""
    return f"{option.flag} {option.value}".rstrip()

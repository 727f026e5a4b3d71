"""Understanding the command line.

argparse would take as long to load as Python to start; what is needed of it is the table and this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.commands.table import APP, OPTIONS, Option, find_command, option_name


class UsageError(Exception):
    """The command line cannot be used; the message says why, in one line."""


class Arguments(NamedTuple):
    """What the command line says."""

    command: str = APP
    """Its word; empty for opening a project."""
    project: str = ""
    argument: str = ""
    """What stands behind a command."""
    server: str = ""
    theme: str = ""
    open: str = ""
    since: str = ""
    demo: bool = False
    forget: bool = False
    edit: bool = False
    plain: bool = False
    debug: bool = False
    version: bool = False
    help: bool = False


def parse(argv: Sequence[str]) -> Arguments:
    """Understand a command line.  Raises UsageError for one that cannot be used."""
    words: list[str] = []
    given: dict[str, str | bool] = {}
    rest = iter(argv)
    for text in rest:
        if text == "--":
            words += rest
        elif text.startswith("-") and text != "-":
            option, value = _read(text, rest)
            given[option.name] = value
        else:
            words.append(text)
    if given.keys() & {"help", "version"}:
        return Arguments(command=words[0] if words and find_command(words[0]) else APP, **given)  # type: ignore[arg-type]
    arguments = _place(words)._replace(**given)  # type: ignore[arg-type]
    _check(arguments, [option for option in OPTIONS if option.name in given])
    return arguments


def _read(text: str, rest: Iterator[str]) -> tuple[Option, str | bool]:
    """Return an option and its value: what stands behind ``=``, or the next word."""
    flag, equals, value = text.partition("=")
    option = _find({"-h": "--help", "-V": "--version"}.get(flag, flag))
    if not option.value:
        if equals:
            raise UsageError(f"{option.flag}: it takes no value")
        return option, True
    if not equals:
        value = next(rest, "")
    if not value or (not equals and value.startswith("--")):
        raise UsageError(f"{option.flag}: it takes a value, as in: {option.flag} {option.value}")
    return option, value


def _find(flag: str) -> Option:
    """Return the option of a flag, or of the beginning of one."""
    found = [option for option in OPTIONS if option.flag == flag]
    if not found and len(flag) > 3:
        found = [option for option in OPTIONS if option.flag.startswith(flag)]
    if len(found) == 1:
        return found[0]
    meant = _near(flag, [option.flag for option in OPTIONS])
    raise UsageError(f"{flag}: there is no such option{meant or '; pwtui --help lists them'}")


def _place(words: Sequence[str]) -> Arguments:
    """Say what the words that are no options stand for."""
    if not words:
        return Arguments()
    first, *more = words
    command = find_command(first)
    if command is None:
        if more:
            raise UsageError(f"{more[0]}: one project is opened, and {first} was named")
        return Arguments(project=first)
    if len(more) > bool(command.argument):
        raise UsageError(f"{more[-1]}: pwtui {first} takes nothing behind it")
    argument = more[0] if more else ""
    if command.argument and argument not in command.choices:
        choices = ", ".join(command.choices)
        meant = _near(argument, command.choices)
        raise UsageError(f"pwtui {first}: {command.argument} is one of {choices}{meant}")
    return Arguments(command=first, argument=argument)


def _check(arguments: Arguments, options: Sequence[Option]) -> None:
    """Refuse options that do not go with the command."""
    for option in options:
        owner = option.commands[0]
        if arguments.command in option.commands:
            continue
        if owner == APP:
            raise UsageError(f"{option.flag}: it goes with a project, not with {arguments.command}")
        raise UsageError(f"{option.flag}: it goes with {owner}, as in: pwtui {owner} {option_name(option)}")


def _near(word: str, words: Sequence[str]) -> str:
    from difflib import get_close_matches  # 7 ms, and only mistakes need it

    found = get_close_matches(word, words, 1)
    return f"; did you mean {found[0]}?" if found else ""

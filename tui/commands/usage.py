"""``pwtui --help``, from the table."""

from __future__ import annotations

from collections.abc import Iterable

from tui.commands.table import ABOUT, APP, COMMANDS, PROJECT, Command, find_command, option_name, options_of

WIDTH, COLUMN = 80, 20


def usage(word: str = APP) -> str:
    """Return the help of a command, or of the whole."""
    command = find_command(word)
    return _of_command(command) if command else _of_all()


def _of_all() -> str:
    commands = [(" ".join(filter(None, (c.word, c.argument))), c.help) for c in COMMANDS]
    named = [(option_name(option), option.help) for option in options_of(APP)]
    others = [
        (option_name(option), f"with {command.word}: {option.help}")
        for command in COMMANDS
        for option in options_of(command.word)
        if APP not in option.commands
    ]
    return "\n".join(
        [
            "usage: pwtui [PROJECT] [OPTION ...]",
            "       pwtui COMMAND [OPTION ...]",
            "",
            *wrap(ABOUT),
            "",
            *_entry("PROJECT", PROJECT),
            "",
            "commands; a project of such a name is reached with its server in front:",
            *_entries(commands),
            "",
            "options:",
            *_entries([*named, *others]),
            "",
            "Press ? inside for the keys.",
        ]
    )


def _of_command(command: Command) -> str:
    options = options_of(command.word)
    head = " ".join(filter(None, ("usage: pwtui", command.word, command.argument)))
    lines = [
        head + " [OPTION ...]" * bool(options),
        "",
        *wrap(f"{command.help[0].upper()}{command.help[1:]}."),
    ]
    if command.choices:
        lines += ["", *_entry(command.argument, f"one of {', '.join(command.choices)}")]
    if options:
        lines += ["", "options:", *_entries([(option_name(option), option.help) for option in options])]
    return "\n".join(lines)


def _entries(entries: Iterable[tuple[str, str]]) -> list[str]:
    return [line for name, text in entries for line in _entry(name, text)]


def _entry(name: str, text: str) -> list[str]:
    first, *more = wrap(text, WIDTH - COLUMN)
    return [f"  {name:<{COLUMN - 4}}  {first}", *(" " * COLUMN + line for line in more)]


def wrap(text: str, width: int = WIDTH) -> list[str]:
    """Break a text between its words into lines of at most so many characters."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".lstrip()
    return lines

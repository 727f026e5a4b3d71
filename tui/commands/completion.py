"""``pwtui completion SHELL``: what lets a shell complete our command line, from the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tui.commands.table import APP, COMMANDS, OPTIONS, Option, options_of

ALWAYS = ("--help", "--version")
SINCE = ("yesterday", "1d", "3d", "7d", "monday")
"""A few of many."""


def values_of(option: Option) -> tuple[str, ...]:
    """Return what an option's value may be, where that can be listed."""
    if option.name == "theme":
        import os

        from tui.config.themes import own_folder, theme_names

        return tuple(theme_names(own_folder(os.environ)))
    return SINCE if option.name == "since" else ()


def flags_of(word: str) -> list[str]:
    """Return the flags that go with a command, or with a project."""
    return [option.flag for option in options_of(word)] + [
        flag for flag in ALWAYS if flag not in {option.flag for option in options_of(word)}
    ]


def bash() -> str:
    """Return the script for bash: ``eval "$(pwtui completion bash)"``."""
    words = "|".join(command.word for command in COMMANDS)
    lines = [
        '# pwtui completion bash; in ~/.bashrc:  eval "$(pwtui completion bash)"',
        "_pwtui() {",
        "    local word command= offered= cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}",
        '    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
        f"        case $word in {words}) command=$word; break;; esac",
        "    done",
        "    COMPREPLY=()",
        "    case $prev in",
    ]
    lines += [f'        {o.flag}) offered="{" ".join(values_of(o))}";;' for o in OPTIONS if o.value]
    lines += ["        *)", "            case $command in"]
    for command in COMMANDS:
        offered = [*command.choices, *flags_of(command.word)]
        lines.append(f'                {command.word}) offered="{" ".join(offered)}";;')
    first = [*(command.word for command in COMMANDS), *flags_of(APP)]
    lines += [
        f'                *) offered="{" ".join(first)}";;',
        "            esac;;",
        "    esac",
        '    [[ $offered ]] && mapfile -t COMPREPLY < <(compgen -W "$offered" -- "$cur")',
        "    return 0",
        "}",
        "complete -F _pwtui pwtui",
    ]
    return "\n".join(lines)


def zsh() -> str:
    """Return the script for zsh, a file ``_pwtui`` in a folder of ``$fpath``."""
    lines = [
        "#compdef pwtui",
        "# pwtui completion zsh > ~/.zfunc/_pwtui, with ~/.zfunc in $fpath before compinit; or eval it",
        "_pwtui() {",
        "    local curcontext=$curcontext state",
        "    case ${words[2]} in",
    ]
    for command in COMMANDS:
        argument = [f"'2:{command.argument}:({' '.join(command.choices)})'"] if command.choices else []
        specs = " ".join([*argument, *_zsh_options(command.word)])
        lines.append(f"        {command.word}) _arguments '1:command:' {specs};;")
    described = " ".join(_quoted(f"{command.word}:{_zsh_text(command.help)}") for command in COMMANDS)
    lines += [
        f"        *) _arguments -C {' '.join(_zsh_options(APP))} '1:project or command:->first';;",
        "    esac",
        "    if [[ $state == first ]]; then",
        f"        local -a commands=({described})",
        "        _describe command commands",
        "    fi",
        "}",
        'if [[ $funcstack[1] == _pwtui ]]; then _pwtui "$@"; else compdef _pwtui pwtui; fi',
    ]
    return "\n".join(lines)


def _zsh_options(word: str) -> list[str]:
    specs = []
    for option in (o for o in OPTIONS if o.flag in flags_of(word)):
        offered = f"({' '.join(values_of(option))})" if values_of(option) else " "
        value = f":{option.value}:{offered}" if option.value else ""
        specs.append(_quoted(f"{option.flag}[{_zsh_text(option.help)}]{value}"))
    return specs


def _zsh_text(text: str) -> str:
    """Take the sting out of what separates the parts of a specification."""
    for sign in "\\[]:":
        text = text.replace(sign, f"\\{sign}")
    return text


def fish() -> str:
    """Return the script for fish: ``pwtui completion fish | source``."""
    words = " ".join(command.word for command in COMMANDS)
    lines = [
        "# pwtui completion fish > ~/.config/fish/completions/pwtui.fish",
        "complete -c pwtui -f",
        *(
            f"complete -c pwtui -n __fish_use_subcommand -a {command.word} -d {_quoted(command.help)}"
            for command in COMMANDS
        ),
    ]
    for command in COMMANDS:
        seen = f"-n '__fish_seen_subcommand_from {command.word}'"
        lines += [
            f"complete -c pwtui {seen} -a {_quoted(' '.join(command.choices))}" for _ in command.choices[:1]
        ]
        lines += [_fish_option(option, seen) for option in options_of(command.word)]
    none = f"-n 'not __fish_seen_subcommand_from {words}'"
    lines += [_fish_option(option, none) for option in options_of(APP) if option.flag not in ALWAYS]
    lines += [_fish_option(option, "") for option in OPTIONS if option.flag in ALWAYS]
    return "\n".join(lines)


def _fish_option(option: Option, condition: str) -> str:
    offered = values_of(option)
    value = (f" -x -a {_quoted(' '.join(offered))}" if offered else " -x") if option.value else ""
    parts = ["complete -c pwtui", condition, f"-l {option.name}{value}", f"-d {_quoted(option.help)}"]
    return " ".join(filter(None, parts))


def _quoted(text: str) -> str:
    """Return a text as one word of any of the shells."""
    return "'" + text.replace("'", "'\\''") + "'"


SCRIPTS: Mapping[str, Callable[[], str]] = {"bash": bash, "zsh": zsh, "fish": fish}
"""By the shells of the table."""

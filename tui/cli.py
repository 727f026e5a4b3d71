"""The command line: what is answered here, and what is handed on.  Nothing heavy is loaded before."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable, Mapping, Sequence

from tui import __version__
from tui.commands.arguments import Arguments, UsageError, parse
from tui.commands.table import APP

_SPELT = {
    "↓": "down",
    "↑": "up",
    "←": "left",
    "→": "right",
    "…": "...",
    "“": '"',
    "”": '"',
    "✓": "ok",
    "✗": "x",
    "•": "*",
}
"""Our signs where a locale has none of them: a question mark would be read as a key."""


def spell(error: UnicodeError) -> tuple[str, int]:
    """Return what to write in the place of a sign that a locale does not have."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_SPELT.get(sign, "?") for sign in error.object[error.start : error.end]), error.end


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; return its exit status, see tui.commands.table.STATUS."""
    codecs.register_error("pwtui", spell)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="pwtui")  # a locale may not have our signs
    try:
        status = answer(parse(sys.argv[1:] if argv is None else argv))
        if sys.stdout is not None:
            sys.stdout.flush()  # a closed pipe is heard of here, and not when Python ends
    except UsageError as error:
        print(f"pwtui: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # as in: pwtui keys | head
        import os

        # What is still in the buffer goes nowhere, without a word, when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
        return 0
    return status


def answer(arguments: Arguments) -> int:
    """Do what the line asks for; return the exit status."""
    if arguments.version:
        print(f"pwtui {__version__}")
        return 0
    if arguments.help:
        return tell_usage(arguments)
    return _COMMANDS[arguments.command](arguments)


def tell_usage(arguments: Arguments) -> int:
    """Print the help."""
    from tui.commands.usage import usage

    print(usage(arguments.command))
    return 0


def open_project(arguments: Arguments) -> int:
    """Run the app, or have the one that runs open what is named."""
    if arguments.open and (status := hand_over(arguments)) is not None:
        return status
    import gc

    gc.disable()  # until PwtuiApp.on_ready: start-up makes no garbage, and looking for it took 60 ms
    from tui.sparing import end_sparing, spare_modules

    spare_modules()
    from tui.beginning import begin

    try:
        beginning = begin(arguments)
        from tui.session import run  # git is thinking meanwhile

        end_sparing()
        return run(arguments, beginning)
    finally:
        gc.enable()


def hand_over(arguments: Arguments) -> int | None:
    """Have a pwtui that runs open something; return None where none does, or it cannot."""
    import os

    from tui.core.place import parse_target

    try:
        parse_target(arguments.open)
    except ValueError as error:
        raise UsageError(f"--open: {error}") from error
    if not hasattr(os, "getuid"):
        return None
    from tui.doorbell import door_folder, ring

    folder = door_folder(os.environ)
    answer = ring(folder, arguments.open) if folder else None
    return 0 if answer == "ok" else None


def tend_store(arguments: Arguments) -> int:
    """Tell what is kept on this machine, of all servers or of the one that is named, or empty it."""
    import os

    from tui.core.place import server_root
    from tui.store.place import data_folder, store_path
    from tui.stores import forget, report, store_files

    data = data_folder(os.environ)
    try:
        files = [store_path(server_root(arguments.server), data)] if arguments.server else store_files(data)
    except ValueError as error:
        raise UsageError(f"--server: {error}") from error
    return forget(data, files, print, ask) if arguments.forget else report(data, files, print)


def tell_news(arguments: Arguments) -> int:
    """Tell what is new in the stores of this machine, of all servers or of the one that is named."""
    import os
    from datetime import datetime

    from tui.core.dates import read_since
    from tui.core.place import server_root
    from tui.news import report
    from tui.store.place import data_folder, store_path
    from tui.stores import store_files

    data, argument = data_folder(os.environ), "--server"
    try:
        files = [store_path(server_root(arguments.server), data)] if arguments.server else store_files(data)
        argument = "--since"
        since = read_since(arguments.since, datetime.now()) if arguments.since else None
    except ValueError as error:
        raise UsageError(f"{argument}: {error}") from error
    return report(data, files, since, print)


def tell_settings(arguments: Arguments) -> int:
    """Tell which settings are in force, or open their file in an editor."""
    import os

    if arguments.edit:
        from tui.commands.editing import edit_settings

        return edit_settings(os.environ, print)
    from tui.beginning import begin
    from tui.commands.settings import tell_all

    return tell_all(begin(arguments), os.environ, print)


def check_all(arguments: Arguments) -> int:
    """Check everything that pwtui stands on."""
    import os

    from tui.beginning import begin
    from tui.commands.doctor import check

    return check(begin(arguments), os.environ, print)


def print_keys(arguments: Arguments) -> int:
    """Print what the keys do."""
    import os

    from tui.commands.keys import own_keys, tell_keys

    own, problems, keymap = own_keys(os.environ)
    return tell_keys(own, problems, print, keymap)


def print_themes(arguments: Arguments) -> int:
    """Print the themes."""
    import os

    from tui.commands.themes import tell_themes

    return tell_themes(os.environ, print)


def print_completion(arguments: Arguments) -> int:
    """Print what lets a shell complete."""
    from tui.commands.completion import SCRIPTS

    print(SCRIPTS[arguments.argument]())
    return 0


def print_manual(arguments: Arguments) -> int:
    """Print the manual page."""
    from tui.commands.manual import manual

    print(manual())
    return 0


_COMMANDS: Mapping[str, Callable[[Arguments], int]] = {
    APP: open_project,
    "news": tell_news,
    "store": tend_store,
    "config": tell_settings,
    "doctor": check_all,
    "keys": print_keys,
    "themes": print_themes,
    "completion": print_completion,
    "manual": print_manual,
}
"""What does each command of the table."""


def ask(question: str) -> str:
    """Ask on the terminal; nobody there says nothing."""
    try:
        return input(question)
    except EOFError:
        print()
        return ""

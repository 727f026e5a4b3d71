"""The command line.  --help and --version answer without loading anything heavy."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from types import ModuleType

from tui import __version__
from tui.config.themes import DEFAULT_THEME, theme_names


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="pwtui",
        description="Browse a Patchwork project, read its diffs, set state and delegate with keys.",
        epilog="Press ? inside for the keys.",
    )
    parser.add_argument(
        "project",
        nargs="?",
        default="",
        metavar="PROJECT",
        help="link name (qemu-devel), server/link-name (patchwork.kernel.org/netdevbpf), or an address "
        "copied from a browser; without it, choose from a list; or: news, to tell what is new; "
        "store, to tell what is kept here",
    )
    parser.add_argument(
        "--server", metavar="URL", default="", help="root address of the server, without /api"
    )
    parser.add_argument(
        "--demo", action="store_true", help="a made-up project inside the program, no network"
    )
    parser.add_argument(
        "--theme",
        metavar="NAME",
        default="",
        help=f"one of: {', '.join(theme_names())} (default: {DEFAULT_THEME})",
    )
    parser.add_argument(
        "--forget", action="store_true", help="with store: empty it; open writes only after a yes"
    )
    parser.add_argument(
        "--since",
        metavar="WHEN",
        default="",
        help="with news: all since then, as 3d, 12h, yesterday, tuesday, 2026-11-01; else what is unread",
    )
    parser.add_argument("--debug", action="store_true", help="keep a log of details, and say where it is")
    parser.add_argument("--version", action="version", version=f"pwtui {__version__}")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; return its exit status: 0, or 2 for a command line that cannot be used."""
    arguments = make_parser().parse_args(argv)
    if arguments.project == "store":
        return tend_store(arguments)
    if arguments.forget:
        return _refuse("--forget: it goes with store, as in: pwtui store --forget")
    if arguments.project == "news":
        return tell_news(arguments)
    if arguments.since:
        return _refuse("--since: it goes with news, as in: pwtui news --since tuesday")
    gc.disable()  # until PwtuiApp.on_ready: start-up makes no garbage, and looking for it took 60 ms
    spare_palette()
    from tui.beginning import UsageError, begin

    try:
        beginning = begin(arguments)
        from tui.session import run  # git is thinking meanwhile

        return run(arguments, beginning)
    except UsageError as error:
        print(f"pwtui: {error}", file=sys.stderr)
        return 2
    finally:
        gc.enable()


class Spared(ModuleType):
    """Stands in for a module that is not needed: whatever is looked for in it is an empty class."""

    def __getattr__(self, name: str) -> type:
        """Return the class."""
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


def spare_palette() -> None:
    """Let Textual be imported without its command palette, which we do not have.

    With the widgets that it brings it is an eighth of all that is imported; those that we have
    come when they are needed.
    """
    sys.modules.setdefault("textual.command", Spared("textual.command"))


def tend_store(arguments: argparse.Namespace) -> int:
    """Tell what is kept on this machine, of all servers or of the one that is named, or empty it."""
    import os

    from tui.core.place import server_root
    from tui.store.place import data_folder, store_path
    from tui.stores import forget, report, store_files

    data = data_folder(os.environ)
    try:
        files = [store_path(server_root(arguments.server), data)] if arguments.server else store_files(data)
    except ValueError as error:
        return _refuse(f"--server: {error}")
    return forget(data, files, print, _ask) if arguments.forget else report(data, files, print)


def tell_news(arguments: argparse.Namespace) -> int:
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
        return _refuse(f"{argument}: {error}")
    return report(data, files, since, print)


def _refuse(words: str) -> int:
    print(f"pwtui: {words}", file=sys.stderr)
    return 2


def _ask(question: str) -> str:
    """Ask on the terminal; nobody there says nothing."""
    try:
        return input(question)
    except EOFError:
        print()
        return ""

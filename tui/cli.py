"""The command line.  --help and --version answer without loading anything heavy."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence

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
        "copied from a browser; without it, choose from a list",
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
    parser.add_argument("--debug", action="store_true", help="keep a log of details, and say where it is")
    parser.add_argument("--version", action="version", version=f"pwtui {__version__}")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; return its exit status: 0, or 2 for a command line that cannot be used."""
    arguments = make_parser().parse_args(argv)
    gc.disable()  # until PwtuiApp.on_ready: start-up makes no garbage, and looking for it took 60 ms
    from tui.session import UsageError, run

    try:
        return run(arguments)
    except UsageError as error:
        print(f"pwtui: {error}", file=sys.stderr)
        return 2
    finally:
        gc.enable()

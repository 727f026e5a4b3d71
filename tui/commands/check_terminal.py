"""Checks of the terminal: what it is called, its size, its colours, and how it is written to."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping

from tui.commands.findings import Finding, bad, good, note
from tui.config.themes import has_all_colors

COLUMNS, ROWS = 80, 24
"""Below this, panes are cut."""


def check_terminal(env: Mapping[str, str]) -> Iterator[Finding]:
    """Check the terminal that the environment tells of."""
    yield _kind(env)
    yield _size()
    yield _colours(env)
    yield _locale(env)


def _kind(env: Mapping[str, str]) -> Finding:
    term = env.get("TERM", "")
    if term in ("", "dumb", "unknown"):
        return bad(
            f"TERM is {term or 'not set'}, so no program can draw here",
            "run it in a terminal; over ssh with a command: ssh -t; else export TERM=xterm-256color",
        )
    inside = "tmux" if env.get("TMUX") else "screen" if env.get("STY") else ""
    if inside and not term.startswith(("tmux", "screen")):
        return note(
            f"TERM is {term} inside {inside}",
            f"it is {inside}'s to say: take TERM out of your shell's startup file",
        )
    return good(f"TERM is {term}{f', inside {inside}' if inside else ''}")


def _size() -> Finding:
    for stream in (sys.__stdout__, sys.__stderr__, sys.__stdin__):
        try:
            columns, rows = os.get_terminal_size(stream.fileno()) if stream else (0, 0)
        except (OSError, ValueError):
            continue
        if columns < COLUMNS or rows < ROWS:
            return note(f"{columns} columns and {rows} rows", f"{COLUMNS} by {ROWS} show all of a pane")
        return good(f"{columns} columns and {rows} rows")
    return bad("This is no terminal", "run pwtui without a pipe, and over ssh with ssh -t")


def _colours(env: Mapping[str, str]) -> Finding:
    term = env.get("TERM", "")
    if env.get("NO_COLOR"):
        return good("No colours: NO_COLOR is set")
    if has_all_colors(env):
        return good("16 million colours")
    if env.get("TMUX"):
        advice = "in ~/.tmux.conf: set -as terminal-features ',*:RGB', then export COLORTERM=truecolor"
    elif env.get("SSH_CONNECTION"):
        advice = "ssh does not pass COLORTERM on; if your terminal has them: export COLORTERM=truecolor"
    else:
        advice = "if your terminal has all of them: export COLORTERM=truecolor"
    if "256" in term:
        return note("256 colours, to which those of the themes are rounded", advice)
    return note("16 colours, to which those of the themes are rounded", f"use the theme ansi; or {advice}")


def _locale(env: Mapping[str, str]) -> Finding:
    name = next((name for name in ("LC_ALL", "LC_CTYPE", "LANG") if env.get(name)), "")
    value = env.get(name, "")
    if value.partition("@")[0].lower().replace("-", "").endswith("utf8"):
        return good(f"{name} is {value}")
    advice = "export LC_ALL=C.UTF-8, or another that ends with UTF-8"
    if value in ("", "C", "POSIX"):
        said = f"{name} is {value}" if name else "No locale is set"
        return note(f"{said}; pwtui writes UTF-8 all the same, the programs that it starts do not", advice)
    return bad(f"{name} is {value}, which has no lines and signs to draw with", advice)

"""Commands of the user's own, the table ``[commands]`` of the config file::

[commands]
"X" = "b4 shazam {msgid}"                                        # has the terminal
"alt+b" = { run = "b4 am -o ~/patches {msgid}", output = "background", title = "b4 am" }
"alt+l" = { run = "git log --oneline -20 --author={email}", output = "reader" }
"""

from __future__ import annotations

from collections.abc import Iterator

from tui.config.complaints import Complaints
from tui.core.command import Command, Output, check_command

_KEYS = ("run", "output", "title")
_EXAMPLE = '"X" = "b4 shazam {msgid}" or { run = "...", output = "background" }'


def read_commands(table: object, notes: Complaints) -> Iterator[Command]:
    """Read the table; what is wrong with a command is told, and it is left out."""
    if not isinstance(table, dict):
        notes.complain("commands", f"holds keys and what they run, such as {_EXAMPLE}")
        return
    for key, said in table.items():
        words = {"run": said} if isinstance(said, str) else said
        if not isinstance(words, dict) or not all(isinstance(one, str) for one in words.values()):
            notes.complain(key, f"is what the key runs, such as {_EXAMPLE}", "commands")
            continue
        for word in words.keys() - set(_KEYS):
            notes.complain(key, f"has {word}, which is none of {', '.join(_KEYS)}", "commands")
        output = words.get("output", Output.TERMINAL)
        if output not in (*Output,):
            notes.complain(key, f"has no output {output}; there are: {', '.join(Output)}", "commands")
            continue
        run, title = words.get("run", ""), " ".join(words.get("title", "").split())
        try:
            check_command(run)
        except ValueError as error:
            notes.complain(key, str(error), "commands")
        else:
            yield Command(key, run, Output(output), title, notes.at(key, "commands"))

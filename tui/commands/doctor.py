"""``pwtui doctor``: checks all that pwtui stands on, and prints what to do for each thing that is wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping

from tui.beginning import Beginning
from tui.commands.check_place import check_git, check_settings, check_store
from tui.commands.check_server import check_servers
from tui.commands.check_terminal import check_terminal
from tui.commands.findings import Finding, Tone
from tui.core.text import clean

Tell = Callable[[str], None]


def check(beginning: Beginning, env: Mapping[str, str], tell: Tell) -> int:
    """Check everything; return the exit status, 1 where something is wrong."""
    gathered = beginning.gathering.finish()
    wrong = _tell("Terminal", check_terminal(env), tell)
    wrong += _tell("Settings", check_settings(gathered, env), tell)
    wrong += _tell("git", check_git(gathered, env), tell)
    wrong += _tell("Store", check_store(env), tell)
    for title, findings in asyncio.run(check_servers(gathered)):
        wrong += _tell(title, findings, tell)
    tell("All is well." if not wrong else f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong.")
    return 1 if wrong else 0


def _tell(title: str, findings: Iterable[Finding], tell: Tell) -> int:
    """Print findings below a title; return how many are bad."""
    tell(title)
    wrong = 0
    for finding in findings:
        wrong += finding.tone is Tone.BAD
        tell(f"  {finding.tone} {clean(finding.text)}")
        if finding.advice:
            tell(f"    {clean(finding.advice)}")
    tell("")
    return wrong

"""The embedded server meets what a real Patchwork server meets."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tui.demo.server import DemoServer


def test_all_expectations_hold(shared: Path, demo: DemoServer) -> None:
    contract = shared / "contract" / "patchwork_contract.py"
    command = [sys.executable, str(contract), demo.url, demo.project]
    tokens = ["--token", demo.token, "--outsider-token", demo.outsider_token]
    run = subprocess.run([*command, *tokens], capture_output=True, text=True, check=False)
    assert run.stdout.splitlines() == ["119 passed, 0 failed"]
    assert run.returncode == 0

"""The command line says what is wrong with which argument, in one line, and leaves with 2."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tui.app import PwtuiApp
from tui.cli import main


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--server", "nonsense"], "--server: 'nonsense' is no server's address; it looks like https://"),
        (["--server", "http://example.org:99999"], "--server: 'http://example.org:99999' has a port that"),
        (["--server", "http://[::1/"], "--server: 'http://[::1/' is no http address"),
        (["--server", "https://me:secret@example.org"], "--server: an address must carry no user name"),
        ([".."], "PROJECT: '..' is no project's link name"),
        (["patchwork.kernel.org/.."], "PROJECT: 'https://patchwork.kernel.org/..' has dots for a name"),
        (["http://[::1/"], "PROJECT: 'http://[::1/' is no http address"),
        (
            ["http://example.org:99999/project/x/"],
            "PROJECT: 'http://example.org:99999/project/x/' has a port",
        ),
        (["kiln-devel", "--theme", "mauve"], "--theme: there is no theme 'mauve'; there are: "),
        (
            ["a.example.org/x", "--server", "b.example.org"],
            "PROJECT: a.example.org/x is not on https://b.exam",
        ),
    ],
)
def test_what_is_wrong_is_said_of_which_argument(
    arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(PwtuiApp, "run", lambda self, **how: pytest.fail("it must not start"))
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"pwtui: {words}")
    assert err.count("\n") == 1
    assert "secret" not in err


SPARED = """
import asyncio, sys
from tui import sparing
from tui.commands.arguments import parse

async def look():
    app = make_session(parse(["--demo"])).make_app()
    before = "textual.widgets._input" in sys.modules
    async with app.run_test(size=(120, 36)) as pilot:
        for key in ("question_mark", "escape", "ctrl+p"):
            await pilot.press(key)
            await pilot.pause()
        print(before, type(app.screen).__name__)

sparing.spare_modules()
from tui.session import make_session
sparing.end_sparing()
from rich.table import Table
Table("a real one")
asyncio.run(look())
"""


def test_the_app_works_without_the_palette_of_textual() -> None:
    answer = subprocess.run([sys.executable, "-c", SPARED], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["False", "Chooser"]


@pytest.mark.parametrize("word", ["--help", "--version", "config", "keys", "themes"])
def test_a_pipe_that_is_closed_at_once_is_no_mistake(word: str) -> None:
    code = "import sys; from tui.cli import main; sys.exit(main(sys.argv[1:]))"
    line = f'{sys.executable} -c "{code}" {word} | true; echo ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True, timeout=30)
    assert (done.stdout, done.stderr) == ("0\n", "")

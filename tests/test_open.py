"""``pwtui --open``: in the one that runs, else here."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_endings import ROOT, running
from tui.app import PwtuiApp
from tui.cli import main
from tui.core.place import Place, PlaceKind, parse_target
from tui.demo.server import DemoServer

OPEN = "import sys; from tui.cli import main; sys.exit(main(['--open', sys.argv[1]]))"


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder whose name is short enough for a socket."""
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


def test_it_is_opened_in_the_one_that_runs(runtime: Path, demo: DemoServer) -> None:
    with running("", (f"{demo.url}/project/kiln-devel/list/",)) as run:
        run.read_until(b"online")
        while not list(runtime.glob("pwtui/*.sock")):
            time.sleep(0.05)
        address = f"{demo.url}/project/kiln-devel/patch/4001/"
        told = subprocess.run(
            [sys.executable, "-c", OPEN, address], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
        run.read_until(b"From:")
        run.press(b"Q")
        assert run.ends() == 0
        assert run.is_clean()
    assert not list(runtime.glob("pwtui/*.sock"))


def test_without_one_it_starts_here(
    runtime: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(PwtuiApp, "run", lambda self, **how: pytest.fail("there is no terminal"))
    assert main(["--open", "http://127.0.0.1:1/project/x/patch/1/"]) == 2
    assert "it needs a terminal" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--open", "a b"], "--open: "),
        (["--open", "https://me:secret@example.org/x"], "--open: an address must carry no user name"),
        (["--open", "https://example.org/project/x/", "y"], "--open: it names what to open itself"),
        (["--open", "some@example.org"], "--open: of which project?"),
    ],
)
def test_what_is_wrong_is_one_line(
    runtime: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"pwtui: {words}")
    assert err.count("\n") == 1
    assert "secret" not in err


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("<a.b+c@example.org>", Place(PlaceKind.PATCH, ref="a.b+c@example.org")),
        ("<with/slash@example.org>", Place(PlaceKind.PATCH, ref="with/slash@example.org")),
        ("20260331.1-2@example.org", Place(PlaceKind.PATCH, ref="20260331.1-2@example.org")),
        (
            "https://lore.example.org/all/1-2%2B3@example.org/T/#u",
            Place(PlaceKind.PATCH, ref="1-2+3@example.org"),
        ),
        (
            "HTTPS://Patchwork.example.org:443/project/x/patch/a@b.c/",
            Place(PlaceKind.PATCH, "https://patchwork.example.org", "x", "a@b.c"),
        ),
        ("qemu-devel", Place(PlaceKind.PROJECT, project="qemu-devel")),
    ],
)
def test_a_target_is_an_address_or_a_message_id(text: str, place: Place) -> None:
    assert parse_target(text) == place

"""Other programs: the editor and the command that is given the diff."""

from __future__ import annotations

import os
import signal
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.screens.conftest import Sit
from tui.app import PwtuiApp
from tui.screens import outside

pytestmark = pytest.mark.anyio

VIRTIO = "virtio: stop interrupting guests"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the app be suspended although no terminal is there; return what waited for a key."""
    waits: list[str] = []

    @contextmanager
    def suspend(self: PwtuiApp) -> Iterator[None]:
        yield

    monkeypatch.setattr(PwtuiApp, "suspend", suspend)
    monkeypatch.setattr(outside, "wait_for_key", lambda: waits.append("key"))
    return waits


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where an editor of the tests writes what it was given."""
    told = tmp_path / "told"
    script = tmp_path / "an editor"
    script.write_text(
        f"#!{sys.executable}\n"
        "import os, sys\n"
        "path = sys.argv[-1]\n"
        f"with open({str(told)!r}, 'w') as out:\n"
        "    print(sys.argv[1:-1], path, oct(os.stat(os.path.dirname(path)).st_mode & 0o777), file=out)\n"
        "    out.write(open(path).read())\n"
        "sys.exit(int(os.environ.get('ENDS', '0')))\n"
    )
    script.chmod(stat.S_IRWXU)
    monkeypatch.setenv("EDITOR", f"'{script}' --wait")
    return told


async def test_e_opens_the_new_side_at_the_line(sit: Sit, terminal: list[str], editor: Path) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads(VIRTIO, patch=1)
        await seat.press("right_parenthesis", "3", "j")
        line = reader.text_at(reader.cursor)
        await seat.press("e")
        head, _, text = editor.read_text().partition("\n")
        number = int(head.split("'+")[1].split("'")[0])
        assert text.split("\n")[number - 1] == line
        assert "'--wait'" in head
        assert "0o700" in head
        path = Path(head.split("] ")[1].split(" ")[0])
        assert path.name == "virtio.h"
        assert not path.exists()
        assert "✗" not in seat.last_line


async def test_an_editor_that_fails_is_said(
    sit: Sit, terminal: list[str], editor: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit((80, 24)) as seat:
        await seat.reads(VIRTIO, patch=1)
        await seat.press("e")
        assert "Go to a file of the diff first" in seat.last_line
        monkeypatch.setenv("ENDS", "3")
        await seat.press("right_parenthesis", "e")
        assert "ended with status 3" in seat.last_line
        monkeypatch.setenv("VISUAL", "/nowhere/vim")
        await seat.press("e")
        assert "/nowhere/vim cannot be started: No such file" in seat.last_line
        monkeypatch.setattr(outside, "find_editor", list)
        await seat.press("e")
        assert "No editor was found: set EDITOR" in seat.last_line


async def test_where_the_terminal_cannot_be_handed_over_it_is_said(sit: Sit, editor: Path) -> None:
    async with sit((80, 24)) as seat:
        await seat.reads(VIRTIO, patch=1)
        await seat.press("right_parenthesis", "e")
        assert "this terminal cannot be handed over" in seat.text
        assert not editor.exists()
        await seat.press("exclamation_mark", "enter")
        assert "less cannot be started" in seat.text


async def test_the_pipe_gets_the_diff_with_nothing_that_acts(
    sit: Sit, terminal: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", "more")
    out = tmp_path / "out"
    async with sit((80, 24)) as seat:
        reader = await seat.reads(VIRTIO, patch=1)
        diff = "--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n-a\r\n+b\x1b[2J\x9b1m\ttab\u202e\n+é\x00\n"
        reader.read("", diff)
        await seat.press("exclamation_mark")
        assert "! more" in seat.last_line
        await seat.press("ctrl+u", *f"cat > {out}", "enter")
        told = "--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n-a\r\n+b␛[2J⟨9B⟩1m\ttab⟨202E⟩\n+é␀\n"
        assert out.read_bytes().decode() == told
        assert terminal == ["key"]
        await seat.press("exclamation_mark")
        assert str(out)[-30:] in seat.last_line


async def test_a_command_that_fails_is_said(sit: Sit, terminal: list[str]) -> None:
    async with sit((80, 24)) as seat:
        await seat.reads(VIRTIO, patch=1)
        for command, words in (
            ("exit 4", "exit ended with status 4."),
            ("no-such-pager -x 2>&-", "no-such-pager was not found."),
            ("kill -9 $$", "kill was ended by signal 9."),
        ):
            await seat.press("exclamation_mark", "ctrl+u", *command, "enter")
            assert words in seat.text
        await seat.press("escape", "exclamation_mark", "ctrl+u", *"true", "enter")
        assert "✗" not in seat.last_line


async def test_without_a_diff_there_is_nothing_to_pipe(sit: Sit, terminal: list[str]) -> None:
    async with sit((80, 24)) as seat:
        await seat.reads(VIRTIO)
        await seat.press("exclamation_mark")
        assert "There is no diff here" in seat.last_line


async def test_the_config_file_names_the_command(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", "more")
    async with sit((80, 24)) as seat:
        seat.browser.pager = "delta --paging always"
        await seat.reads(VIRTIO, patch=1)
        await seat.press("exclamation_mark")
        assert "! delta --paging always" in seat.last_line


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("hw/block/vdisk.c", "vdisk.c"),
        ("Makefile", "Makefile"),
        ("a/--cmd=!sh", "cmdsh"),
        ("a/\x1b]0;é.rs", "0.rs"),
        ("...", "file"),
        ("x" * 300 + ".py", "x" * 77 + ".py"),
    ],
)
def test_the_copys_name_tells_its_kind_and_nothing_else(path: str, name: str) -> None:
    assert outside.file_name(path) == name


def test_an_editor_is_found_where_none_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "'unclosed")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert outside.find_editor() == []
    (tmp_path / "vi").write_text("#!/bin/sh\n")
    (tmp_path / "vi").chmod(0o700)
    assert outside.find_editor() == ["vi"]
    monkeypatch.setenv("VISUAL", "emacs -nw")
    assert outside.find_editor() == ["emacs", "-nw"]


def test_ctrl_c_in_a_command_does_not_end_the_app() -> None:
    before = signal.getsignal(signal.SIGINT)
    assert outside.run(["sh", "-c", f"kill -INT {os.getpid()}; exit 7"]) == "ended with status 7"
    assert signal.getsignal(signal.SIGINT) is before

"""What is taken from a diff: lines without signs, patches that apply, the address of a line."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.screens.conftest import Seat, Sit
from tui.where import Where

pytestmark = pytest.mark.anyio

VIRTIO = "virtio: stop interrupting guests"


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    from tui.app import PwtuiApp

    texts: list[str] = []
    monkeypatch.setattr(PwtuiApp, "copy_to_clipboard", lambda self, text: texts.append(text))
    return texts


async def test_lines_are_selected_and_copied_without_signs(sit: Sit, copied: list[str]) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads(VIRTIO, patch=1)
        await seat.press("right_parenthesis", "j", "V", "2", "j")
        assert len(reader.selection) == 3
        await seat.press("y")
        assert copied[0].count("\n") == 2
        assert not any(line.startswith(("+", "-", "@@")) for line in copied[0].split("\n"))
        assert "✓ Copied 3 lines." in seat.last_line
        assert not reader.selection


async def test_escape_and_V_end_a_selection(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads(VIRTIO, patch=1)
        for end in ("escape", "V", "q"):
            await seat.press("V", "j", end)
            assert not reader.selection
            assert seat.at(Where.DIFF)


def applies(patch: str, old: dict[str, str], folder: Path) -> bool:
    """Say whether git applies a patch to files of this text."""
    for path, text in old.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    answer = subprocess.run(["git", "apply", "--check", "-"], cwd=folder, input=patch, text=True, check=False)
    return answer.returncode == 0


def old_side(seat: Seat) -> dict[str, str]:
    """Return the files before the patch, as far as it shows them, unknown lines empty."""
    document = seat.browser.reader.document
    assert document is not None
    index, files = document.index, {}
    for file in index.files:
        lines: list[str] = []
        for hunk in index.hunks[file.first_hunk : file.end_hunk]:
            lines += [f"unknown {n}" for n in range(len(lines) + 1, hunk.old_start)]
            body = zip(index.kinds[hunk.start : hunk.end], index.lines[hunk.start : hunk.end], strict=True)
            lines += [line[1:] for kind, line in body if kind in " -"]
        files[file.old_path] = "\n".join([*lines, ""])
    return {path: text for path, text in files.items() if path}


async def test_a_hunk_and_a_selection_are_copied_as_patches_that_apply(
    sit: Sit, copied: list[str], tmp_path: Path
) -> None:
    async with sit((80, 24)) as seat:
        await seat.reads(VIRTIO, patch=1)
        await seat.press("2", "right_parenthesis", "j", "Y")
        assert "as a patch: git apply takes it" in seat.last_line
        assert copied[0].count("@@ -") == 1
        await seat.press("left_curly_bracket", "Y")
        await seat.press("right_parenthesis", "V", "9", "j", "Y")
        old = old_side(seat)
        for patch in copied:
            assert applies(patch, old, tmp_path)
        assert len(copied) == 3


async def test_no_patch_is_made_of_prose(sit: Sit, copied: list[str]) -> None:
    async with sit((80, 24)) as seat:
        await seat.reads(VIRTIO, patch=1)
        await seat.press("Y")
        assert "No patch was copied: the cursor is on no hunk" in seat.last_line
        assert not copied


async def test_y_offers_the_line_of_the_file(sit: Sit, copied: list[str]) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads(VIRTIO, patch=1)
        await seat.press("right_parenthesis", "j", "y", *"line")
        address = reader.address()
        assert address is not None
        await seat.sees(f"{address.path}:{address.number}")
        await seat.press("enter")
        assert copied == [f"{address.path}:{address.number}"]


async def test_what_acts_in_a_terminal_is_not_copied(sit: Sit, copied: list[str]) -> None:
    async with sit((80, 24)) as seat:
        reader = await seat.reads(VIRTIO, patch=1)
        reader.read("", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\x1b]52;c;eA==\x07\x9b2J\ttab\n")
        await seat.press("G", "V", "y", "Y")
        assert copied == ["b␛]52;c;eA==␇⟨9B⟩2J\ttab"]
        assert "control characters" in seat.text

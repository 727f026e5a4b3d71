"""What is taken from a diff: lines without signs, patches that apply, the address of a line."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.screens.conftest import Seat, Sit
from tui.screens.clipboard import ROOM, fit
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


LONG = "漢字" * 50
"""Of 300 bytes."""


def added(*lines: str) -> str:
    return f"--- a/x\n+++ b/x\n@@ -0,0 +1,{len(lines)} @@\n" + "".join(f"+{line}\n" for line in lines)


async def test_what_a_terminal_would_drop_is_cut_at_a_line_and_said(sit: Sit, copied: list[str]) -> None:
    async with sit((120, 36)) as seat:
        reader = await seat.reads(VIRTIO, patch=1)
        reader.read("", added(*[LONG] * 5_000))
        await seat.until(lambda: reader.document is not None)
        reader.bottom()
        place = reader.cursor - 4_999
        reader.go_to(place)
        await seat.press("V", "G", "y")
        assert copied == ["\n".join([LONG] * 2_491)]
        assert len(copied[0].encode()) <= ROOM
        assert "Copied the first 2,491 lines, no more: a terminal takes 0.75 MB at once. ! gives" in seat.text
        assert not reader.selection


@pytest.mark.parametrize("keys", [("Y",), ("V", "G", "Y")])
async def test_half_a_patch_is_not_copied(sit: Sit, copied: list[str], keys: tuple[str, ...]) -> None:
    async with sit((120, 36)) as seat:
        reader = await seat.reads(VIRTIO, patch=1)
        for diff in (added(*[LONG] * 5_000), added(*["x" * 100] * 10_000)):
            reader.read("", diff)
            await seat.until(lambda: reader.document is not None)
            await seat.press("g", "right_parenthesis", "j", *keys)
            assert not copied
            assert "No patch was copied, for it is too long: a terminal takes 0.75 MB" in seat.text
        reader.clear_selection()
        await seat.press("g", "right_parenthesis", "j", "V", "j", "Y")
        assert copied[0].count("\n+x") == 2


async def test_a_line_of_a_megabyte_is_not_copied(sit: Sit, copied: list[str]) -> None:
    async with sit((120, 36)) as seat:
        reader = await seat.reads(VIRTIO, patch=1)
        reader.read("", added("x" * 1_000_000, "short"))
        await seat.until(lambda: reader.document is not None)
        await seat.press("right_parenthesis", "j", "V", "j", "y")
        assert not copied
        assert "Nothing was copied, for the first line is too long: a terminal takes 0.75 MB" in seat.text
        await seat.press("escape", "j", "V", "y")
        assert copied == ["short"]


def test_no_more_lines_are_made_than_there_is_room_for() -> None:
    lines = iter(["x" * 999] * 5_000)
    text, is_all = fit(lines)
    assert text is not None
    assert (text.count("\n"), is_all) == (749, False)
    assert len(list(lines)) == 5_000 - 751
    assert fit(["a", ""]) == ("a\n", True)
    assert fit([""]) == ("", True)
    assert fit(["\x1b" * 250_001, "b"]) == (None, False)
    assert fit(["b", "\x1b" * 250_000]) == ("b", False)
    assert fit(["\x1b" * 250_000]) == ("␛" * 250_000, True)
    assert fit(["\ud800"]) == ("?", True)

"""What git makes and Patchwork tears is mended, or said to be incomplete, and never wrong in silence."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench.patch_pool import Git
from tui.demo.bodies import read_patch
from tui.demo.mail import Mail
from tui.diff.files import File
from tui.diff.index import index_diff
from tui.diff.torn import mend

ROUNDS = 40
NAMES = ("a/1.c", "a/2.bin", "b 3", "b\u00fc.c", "c", "d.py", "this and that")


def text(chance: random.Random) -> bytes:
    return b"".join(b"line %d\n" % chance.randrange(10**6) for _ in range(chance.randrange(3, 20)))


def binary(chance: random.Random) -> bytes:
    return chance.randbytes(chance.randrange(2, 200)) + b"\0"


def move(path: Path, more: bytes = b"") -> None:
    path.with_name(f"{path.name}.moved").write_bytes(path.read_bytes() + more)
    path.unlink()


def execute(path: Path) -> None:
    path.chmod(0o755)


def change_and_execute(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes() + text(chance))
    path.chmod(0o755)


BEFORE: dict[str, Callable[[random.Random], bytes]] = {
    **dict.fromkeys(("change", "delete", "mode", "move", "move and change", "mode and change"), text),
    **dict.fromkeys(("change binary", "delete binary", "move binary"), binary),
    "delete empty": lambda _: b"",
}
CHANGES: dict[str, Callable[[Path, random.Random], object]] = {
    "add": lambda path, chance: path.write_bytes(text(chance)),
    "add binary": lambda path, chance: path.write_bytes(binary(chance)),
    "add empty": lambda path, _: path.touch(),
    "change": lambda path, chance: path.write_bytes(path.read_bytes() + text(chance)),
    "change binary": lambda path, chance: path.write_bytes(path.read_bytes() + binary(chance)),
    "mode": lambda path, _: execute(path),
    "mode and change": change_and_execute,
    **dict.fromkeys(("move", "move binary"), lambda path, _: move(path)),
    "move and change": lambda path, _: move(path, b"more\n"),
    **dict.fromkeys(("delete", "delete binary", "delete empty"), lambda path, _: path.unlink()),
}


def clear(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and path.name != ".git":
            shutil.rmtree(path)
        elif path.is_file():
            path.unlink()


def mails(folder: Path) -> Iterator[tuple[Mail, str]]:
    """Yield mails of one commit each, and the diff in them."""
    git = Git(folder)
    git.must("init", "-q", "-b", "main")
    chance = random.Random(5)
    for number in range(ROUNDS):
        clear(folder)
        names = chance.sample(NAMES, chance.randrange(1, 6))
        plan = {name: chance.choice(list(CHANGES)) for name in names}
        for name, change in plan.items():
            (folder / name).parent.mkdir(exist_ok=True)
            if change in BEFORE:
                (folder / name).write_bytes(BEFORE[change](chance))
        (folder / "number").write_text(f"{number}")
        git.must("add", "-A")
        git.must("commit", "-qm", "Base")
        for name, change in plan.items():
            CHANGES[change](folder / name, chance)
        git.must("add", "-A")
        git.must("commit", "-qm", "Change\n\nBecause.\n\nSigned-off-by: A <a@example.org>")
        options = [chance.choice(("--binary", "--no-binary"))]
        options += [
            option for option in ("--base=HEAD~1", "--no-stat", "--no-signature") if chance.random() < 0.3
        ]
        mail = git.must("format-patch", "--stdout", "-1", *options, "HEAD")
        diff = mail[mail.index("\ndiff --git ") + 1 :].partition("\n-- \n")[0].partition("\nbase-commit: ")[0]
        yield Mail(mail.partition("\n")[2].encode("utf-8", "surrogateescape")), diff.rstrip("\n") + "\n\n"


def facts(diff: str) -> list[File]:
    """The files of a diff, without where in it they are."""
    return [replace(file, start=0, body=0, end=0) for file in index_diff(diff).files]


@pytest.fixture(scope="module")
def torn(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str]]:
    found = []
    for mail, diff in mails(tmp_path_factory.mktemp("torn")):
        content, cut = read_patch(mail)
        found.append((content, cut, diff))
    return found


def test_what_git_made_is_there_again(torn: list[tuple[str, str, str]]) -> None:
    mended = damaged = 0
    for content, cut, diff in torn:
        message, whole_diff, whole = mend(content, cut)
        assert message.startswith("Because.\n\nSigned-off-by: A <a@example.org>")
        if whole:
            assert facts(whole_diff) == facts(diff)
            assert not [
                line for line in message.split("\n") if line.startswith(("index ", "diff ", "Binary "))
            ]
            mended += facts(cut) != facts(diff)
        else:
            damaged += 1
            lost = set(diff.split("\n")) - {*whole_diff.split("\n"), *message.split("\n")}
            assert all(line.startswith("diff --git ") for line in lost), "no more than Patchwork drops"
    assert mended > 5
    assert damaged < ROUNDS // 4


def test_trailers_below_the_diff_stay_in_the_message(torn: list[tuple[str, str, str]]) -> None:
    with_base = [content for content, _, _ in torn if "\nbase-commit: " in content]
    assert with_base
    for content, cut, _ in torn:
        message = mend(content, cut)[0]
        assert message.count("\nbase-commit: ") == content.count("\nbase-commit: ")

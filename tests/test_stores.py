"""``pwtui store`` tells what is kept, and empties it; open writes go only after a yes."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from tui.cli import main
from tui.core.change import Kind
from tui.core.intent import Field, Wish
from tui.core.model import CheckState, Patch, Person, Project
from tui.store import connection
from tui.store.place import data_folder, store_path
from tui.store.store import Store, open_store

SERVER = "https://patchwork.example.org"
MIRA = Person(1, "Mira", "mira@example.org")
Answer = Callable[[str], None]


@pytest.fixture
def path() -> Path:
    """Return a store with a patch in it, and a write that waits."""
    path = store_path(SERVER, data_folder(os.environ))
    store = open_store(path)
    store.put_project(Project(1, "kiln-devel", "Kiln"))
    store.put_patches([patch()])
    store.file([Wish(7, Field.STATE, "new", "accepted")])
    store.close()
    return path


def patch() -> Patch:
    return Patch(
        id=7,
        project_id=1,
        msgid="<7@example.org>",
        name="[PATCH] kiln: one",
        date=datetime(2026, 3, 1),
        submitter=MIRA,
        state="new",
        archived=False,
        delegate=None,
        check=CheckState.PENDING,
        series_id=None,
        hash="",
        commit_ref="",
        pull_url="",
        web_url="",
    )


def sizes(path: Path) -> tuple[int, int]:
    store: Store = open_store(path)
    found = store.sizes()
    store.close()
    return found.patches, found.open_wishes


def test_it_tells_what_is_kept(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["store"]) == 0
    said = capsys.readouterr().out
    for words in (str(path), "1 patch,", "from 2026-03-01", "1 write waiting", "0 texts", "1 action in"):
        assert words in said


def test_it_says_that_nothing_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["store"]) == 0
    assert "Nothing is kept in" in capsys.readouterr().out


@pytest.mark.parametrize(("answer", "left"), [("yes", (0, 0)), ("y", (0, 1)), ("", (0, 1))])
def test_open_writes_go_only_after_a_yes(
    path: Path,
    answer: str,
    left: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked: list[str] = []

    def reply(question: str) -> str:
        asked.append(question)
        return answer

    monkeypatch.setattr("builtins.input", reply)
    assert main(["store", "--forget"]) == 0
    assert sizes(path) == left
    assert "1 write in" in asked[0]
    assert f"Emptied {path}" in capsys.readouterr().out


def test_a_store_that_another_program_locks_is_not_emptied(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.01)
    monkeypatch.setattr("builtins.input", lambda question: "yes")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert main(["store", "--forget"]) == 1
        other.execute("COMMIT")
    said = capsys.readouterr().out
    assert f"{path} is not emptied: " in said
    assert "another program keeps it locked; end that one" in said
    assert sizes(path) == (1, 1)


def test_nobody_there_is_no_yes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    assert main(["store", "--forget"]) == 0
    assert sizes(path) == (0, 1)


def test_one_server_is_named(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["store", "--server", "https://other.example.org"]) == 0
    assert str(path) not in capsys.readouterr().out
    assert main(["store", "--server", "nonsense"]) == 2
    assert "--server:" in capsys.readouterr().err


def test_forget_goes_with_store_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kiln-devel", "--forget"]) == 2
    assert "pwtui store --forget" in capsys.readouterr().err


def test_damage_that_nobody_has_met_yet_is_found(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(path)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'patch_by_series'").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 100)
    assert main(["store"]) == 0
    said = capsys.readouterr().out
    assert "The store was damaged (" in said
    assert "1 open write rescued from it, held for you to decide" in said
    assert sizes(path) == (0, 1)
    assert main(["store"]) == 0
    assert "The store was damaged (" not in capsys.readouterr().out


def test_what_was_set_aside_is_named(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    aside = path.with_name(f"{path.name}.damaged-2026-03-01")
    aside.write_bytes(b"x")
    main(["store"])
    assert f"{aside}\n  set aside" in capsys.readouterr().out


@pytest.mark.parametrize(("answer", "notes"), [("yes", 0), ("no", 1)])
def test_notes_go_only_after_a_yes(
    path: Path, answer: str, notes: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = open_store(path)
    store.settle([intent.id for intent in store.intents()])
    store.put_note(Kind.PATCHES, 7, "ask Mira")
    store.close()
    asked: list[str] = []

    def reply(question: str) -> str:
        asked.append(question)
        return answer

    monkeypatch.setattr("builtins.input", reply)
    assert main(["store"]) == 0
    assert "1 note of yours" in capsys.readouterr().out
    assert main(["store", "--forget"]) == 0
    assert asked == [f"1 note of yours is in {path} alone. Type yes to lose it: "]
    store = open_store(path)
    assert (store.sizes().notes, store.sizes().patches) == (notes, 0)
    store.close()

"""A file of the oldest version comes up to the newest with all that is in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tui.core.intent import Field, Status
from tui.core.journal import Outcome
from tui.core.model import Body
from tui.store import connection
from tui.store.connection import MIGRATIONS, VERSION, connect, migrate, open_database
from tui.store.store import Store

OLDEST = Path(__file__).with_name("version_1.sql")

ROWS = """
INSERT INTO person VALUES (1, 'Ada', 'ada@example.org');
INSERT INTO project VALUES (1, 'demo', 'Demo', 'demo@example.org', '');
INSERT INTO series VALUES (3, 1, 'series', '2026-01-01T00:00:00', 1, 1, 2, 2, 1, 9, '10 11', '');
INSERT INTO series VALUES (-12, 1, 'loose', '2026-01-02T00:00:00', 1, 1, 1, 1, 1, NULL, '12', '');
INSERT INTO patch VALUES (10, 1, 3, '<10>', 'ten', '2026-01-01T00:00:00', 1, 'new', 0, NULL, 'pending', '', '', '', '');
INSERT INTO patch VALUES (11, 1, 3, '<11>', 'eleven', '2026-01-01T00:00:00', 1, 'rfc', 0, NULL, 'pending', '', '', '', '');
INSERT INTO patch VALUES (12, 1, -12, '<12>', 'loose', '2026-01-02T00:00:00', 1, 'new', 0, NULL, 'pending', '', '', '', '');
INSERT INTO cover VALUES (9, 1, 3, '<9>', 'cover', '2026-01-01T00:00:00', 1, '');
INSERT INTO body VALUES (10, '[["Subject", "ten"]]', 'text', 'diff');
INSERT INTO body VALUES (-9, '[]', 'cover text', '');
INSERT INTO action VALUES (1, '2026-01-03T00:00:00'), (2, '2026-01-04T00:00:00');
INSERT INTO outbox VALUES (5, 2, 10, 'state', '"new"', '"accepted"', 'sending', 1, '');
INSERT INTO outbox VALUES (6, 2, 11, 'state', '"rfc"', '"accepted"', 'held', 1, 'why');
"""  # noqa: E501


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(OLDEST.read_text(encoding="utf-8") + ROWS)
    return path


def test_a_file_of_the_oldest_version_keeps_rows_texts_and_wishes(path: Path) -> None:
    store = Store(path)
    assert (store.remarks, store.refuses) == ((), "")
    assert store.series_ids(1) == [-12, 3]
    assert (store.count_series(1), store.count_patches(1)) == (1, 3)
    assert [row.patch.state for row in store.patch_rows([10, 11])] == ["accepted", "accepted"]
    assert store.body(10) == Body(10, (("Subject", "ten"),), "text", "diff")
    cover = store.cover(9)
    assert cover is not None
    assert cover[1].content == "cover text"
    sending, held = store.intents()
    assert (sending.id, sending.patch_id, sending.field) == (5, 10, Field.STATE)
    assert (sending.seen, sending.wished, sending.status) == ("new", "accepted", Status.SENDING)
    assert (held.status, held.error) == (Status.HELD, "why")
    (action,) = store.journal()
    assert (action.id, action.number) == (2, 2)
    assert dict(action.outcomes) == {Outcome.SENDING: 1, Outcome.HELD: 1}
    store.close()


def test_every_version_on_the_way_comes_to_the_same_tables(path: Path) -> None:
    def tables(db: sqlite3.Connection) -> set[tuple[str, str]]:
        found = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {(name, " ".join(sql.replace('"', "").split())) for name, sql in found}

    with closing(open_database(":memory:")) as new, closing(open_database(str(path))) as old:
        assert tables(old) == tables(new)
        assert old.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_the_first_migration_is_the_oldest_version() -> None:
    assert MIGRATIONS[0].read_text(encoding="utf-8") == OLDEST.read_text(encoding="utf-8")


def test_a_migration_that_breaks_off_leaves_the_file_as_it_was(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "0002.sql"
    broken.write_text("CREATE TABLE half (id INTEGER);\nINSERT INTO nowhere VALUES (1);\n")
    monkeypatch.setattr(connection, "MIGRATIONS", [MIGRATIONS[0], broken])
    with closing(connect(str(path))) as db:
        with pytest.raises(sqlite3.OperationalError, match="nowhere"):
            migrate(db)
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
        assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)

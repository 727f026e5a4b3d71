"""``pwtui news`` prints the inbox from the store alone."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from tests.test_stores import MIRA, SERVER
from tui.cli import main
from tui.core.inbox import Happening, Topic
from tui.core.model import Project, Series
from tui.store.place import data_folder, store_path
from tui.store.store import open_store


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def fill(server: str, now: datetime) -> None:
    """Keep news of a server: two that are unread and one that is old and read."""
    store = open_store(store_path(server, data_folder(os.environ)))
    store.put_project(Project(1, "kiln-devel", "Kiln"))
    store.put_series([Series(4, 1, "[bar] a\x1b[2Jseries", now, MIRA, version=2)])
    hour = timedelta(hours=1)
    store.put_happenings(
        1,
        [
            Happening(1, Topic.STATE, now - 99 * hour, 4, who="old", before="new", after="rfc", read=True),
            Happening(2, Topic.STATE, now - 3 * hour, 4, who="tomasz", before="new", after="accepted"),
            Happening(3, Topic.VERSION, now - 2 * hour, 4, who="Ada\u202e", before="1"),
        ],
    )
    store.close()


def test_what_is_unread_is_told_by_topic(now: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    fill(SERVER, now)
    assert main(["news"]) == 0
    assert capsys.readouterr().out.split("\n") == [
        "kiln-devel  patchwork.example.org",
        "",
        "  New versions of what you sent back",
        "     2h  Ada⟨202E⟩  v2, you sent back v1  a␛[2Jseries",
        "",
        "  States that others changed",
        "     3h  tomasz  New → Accepted  a␛[2Jseries",
        "",
        "",
    ]
    assert main(["news"]) == 0  # to print it is not to have read it
    assert "tomasz" in capsys.readouterr().out


def test_all_since_a_time_is_told_read_or_not(now: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    fill(SERVER, now)
    for words, lines in (("150m", ["Ada"]), ("1d", ["Ada", "tomasz"]), ("1w", ["Ada", "tomasz", "old"])):
        assert main(["news", "--since", words]) == 0
        said = capsys.readouterr().out
        assert [name for name in ("Ada", "tomasz", "old") if name in said] == lines
    assert main(["news", "--since", "5m"]) == 0
    assert capsys.readouterr().out.startswith("Nothing since 20")


def test_a_day_is_one_of_the_local_time(
    now: datetime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import time

    monkeypatch.setenv("TZ", "XXX+8")
    time.tzset()
    fill(SERVER, now)
    assert main(["news", "--since", "150m"]) == 0
    said = capsys.readouterr().out
    assert "Ada" in said
    assert "tomasz" not in said


def test_all_servers_are_told_or_the_one_that_is_named(
    now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(SERVER, now)
    fill("https://other.example.org", now)
    assert main(["news"]) == 0
    assert capsys.readouterr().out.count("kiln-devel") == 2
    assert main(["news", "--server", "other.example.org"]) == 0
    said = capsys.readouterr().out
    assert "kiln-devel  other.example.org" in said
    assert "patchwork.example.org" not in said


def test_where_nothing_is_new_it_says_so(now: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    store = open_store(store_path(SERVER, data_folder(os.environ)))
    store.close()
    assert main(["news"]) == 0
    assert capsys.readouterr().out == "Nothing new\n"


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["news"], 1, "Nothing is kept in"),
        (["news", "--server", "https://other.example.org"], 1, "Nothing is kept in"),
        (["news", "--since", "never"], 2, "pwtui: --since: 'never' is no day or time: write 3d"),
        (["news", "--server", "nonsense"], 2, "pwtui: --server: 'nonsense' is no server's address"),
        (["kiln-devel", "--since", "3d"], 2, "pwtui: --since: it goes with news"),
        (["news", "--forget"], 2, "pwtui: --forget: it goes with store"),
    ],
)
def test_what_cannot_be_told_is_one_line(
    arguments: list[str], status: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == status
    out, err = capsys.readouterr()
    assert (out + err).startswith(words)
    assert (out + err).count("\n") == 1


def test_it_loads_nothing_of_the_app() -> None:
    code = "from tui.cli import main; main(['news']); import sys; print(' '.join(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"textual", "rich", "httpx", "pygments"} & set(answer.stdout.split())

"""One file a server, with a name that can be read, in the folder of the user's data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui.store.place import data_folder, store_path


@pytest.mark.parametrize(
    ("server", "name"),
    [
        ("https://patchwork.example.org", "patchwork.example.org"),
        ("https://Patchwork.Example.Org:443/", "patchwork.example.org"),
        ("https://example.org:8443/patchwork/", "example.org_8443+patchwork"),
        ("http://127.0.0.1:8000", "127.0.0.1_8000"),
        ("http://example.org", "example.org_80"),
        ("https://[::1]/a_b", "%3A%3A1+a_b"),
        ("https://example.org/../../etc", "example.org+..+..+etc"),
    ],
)
def test_a_file_is_named_by_its_server(server: str, name: str) -> None:
    path = store_path(server, Path("/data"))
    assert path == Path("/data") / f"{name}.sqlite"


def test_two_servers_never_share_a_file() -> None:
    servers = [
        *(
            "https://example.org",
            "http://example.org",
            "https://example.org:8443",
            "https://example.org/8443",
        ),
        *("https://example.org/a/b", "https://example.org/a_b", "https://example.org/a%5Fb"),
        *(f"https://example.org/{'a' * 300}{end}" for end in "xy"),
    ]
    paths = {store_path(server, Path("/data")) for server in servers}
    assert len(paths) == len(servers)
    assert all(len(path.name) < 200 for path in paths)


def test_the_folder_is_set_or_in_the_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert data_folder({"PWTUI_DATA": "/own", "XDG_DATA_HOME": "/xdg"}) == Path("/own")
    assert data_folder({"XDG_DATA_HOME": "/xdg"}) == Path("/xdg/pwtui")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert data_folder({"XDG_DATA_HOME": "relative"}) == tmp_path / ".local" / "share" / "pwtui"


def test_no_test_sees_the_data_of_who_runs_it(tmp_path: Path) -> None:
    assert data_folder(os.environ).is_relative_to(tmp_path)

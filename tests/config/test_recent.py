"""Where projects were found is kept, by what was set then."""

from __future__ import annotations

from pathlib import Path

from tui.config.recent import MOST, recall, remember

ONE, TWO = "https://one.example.org", "https://two.example.org"


def test_the_last_server_of_a_project_is_remembered(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert recall(data, "", "kiln-devel") == ""
    remember(data, "", "kiln-devel", ONE)
    remember(data, "", "kiln-docs", TWO)
    assert recall(data, "", "kiln-devel") == ONE
    remember(data, "", "kiln-devel", TWO)
    assert recall(data, "", "kiln-devel") == TWO


def test_another_server_that_is_set_is_another_question(tmp_path: Path) -> None:
    remember(tmp_path, "", "kiln-devel", ONE)
    assert recall(tmp_path, TWO, "kiln-devel") == ""


def test_a_file_that_makes_no_sense_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "found").write_bytes(b"\xff\n")
    assert recall(tmp_path, "", "kiln-devel") == ""
    (tmp_path / "found").write_text("\tkiln-devel\tnonsense\n\t\n")
    assert recall(tmp_path, "", "kiln-devel") == ""


def test_it_does_not_grow_for_ever(tmp_path: Path) -> None:
    for number in range(MOST + 5):
        remember(tmp_path, "", f"project-{number}", ONE)
    assert len((tmp_path / "found").read_text().splitlines()) == MOST
    assert recall(tmp_path, "", "project-0") == ""


def test_where_nothing_can_be_kept_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    remember(tmp_path / "file", "", "kiln-devel", ONE)
    assert recall(tmp_path / "file", "", "kiln-devel") == ""

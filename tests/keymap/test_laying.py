"""A user's own keys over a keymap: what does not fit is said with its line, nothing lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.actions import ACTIONS
from tui.config.settings_file import read_settings_file
from tui.keymap.choosing import make_keymap
from tui.keymap.live import Keymap
from tui.where import Where

BY_ID = {action.id: action for action in ACTIONS}


def lay(folder: Path, text: str) -> tuple[Keymap, list[str]]:
    """Read a config file, and make the keymap that it asks for."""
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    file = read_settings_file(path)
    keymap, problems = make_keymap(file.keymap, file.binds, file.keymap_at)
    return keymap, [problem.replace(f"{folder}/", "") for problem in (*file.problems, *problems)]


def keys(keymap: Keymap, id: str) -> list[str]:
    return keymap.shown(BY_ID[id])


def test_an_action_gets_other_keys(tmp_path: Path) -> None:
    keymap, problems = lay(tmp_path, '[bind]\ntop = ["g g", "home"]\narchive = "f7"\n')
    assert problems == []
    assert keys(keymap, "top") == ["gg", "home"]
    assert keys(keymap, "archive") == ["f7"]
    assert isinstance(keymap.table(Where.SERIES)["g"], dict)


def test_they_lie_over_the_keymap_that_is_chosen(tmp_path: Path) -> None:
    keymap, problems = lay(tmp_path, 'keymap = "vim"\n[bind]\nzoom = "g z"\n')
    assert problems == []
    assert (keys(keymap, "zoom"), keys(keymap, "top")) == (["gz"], ["gg", "home"])


def test_an_empty_list_takes_the_keys_away_and_the_palette_has_the_action(tmp_path: Path) -> None:
    keymap, problems = lay(tmp_path, "[bind]\nsupersede = []\n")
    assert (problems, keys(keymap, "supersede")) == ([], [])
    assert keymap.first("supersede") == "ctrl+p “supersede”"


def test_an_action_whose_new_keys_will_not_do_keeps_those_that_it_had(tmp_path: Path) -> None:
    keymap, problems = lay(tmp_path, '[bind]\narchive = "hyper+q"\nrepeat = ["a", "."]\n')
    assert keys(keymap, "repeat") == ["a", "."]
    assert keys(keymap, "archive") == []  # its only key was asked for by another
    keymap, problems = lay(tmp_path, '[bind]\narchive = "hyper+q"\n')
    assert keys(keymap, "archive") == ["a"]
    assert problems[-1].endswith("config.toml:2: archive keeps a")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('keymap = "nano"\n', "config.toml:1: there is no keymap nano; there are: default, b4, emacs, mutt"),
        ("keymap = 3\n", "config.toml:1: keymap is a text in quotes"),
        ('bind = "x"\n', "config.toml:1: bind holds the keys of actions"),
        ("[bind]\n\ntop = 7\n", "config.toml:3: top is the keys of the action"),
        ('[bind]\narchiv = "f7"\n', "config.toml:2: archiv is no action; did you mean archive?"),
        ('[bind]\narchive = "ctrl+i"\n', "config.toml:2: archive has ctrl+i, which a terminal sends as Tab"),
        ('[bind]\narchive = "hyper+q"\n', "config.toml:2: archive has hyper+q, which is no key"),
        ('[bind]\narchive = ["f7", "f7"]\n', "config.toml:2: archive has f7 twice"),
        (
            '[bind]\narchive = "f7"\nrepeat = "f7"\n',
            "config.toml:3: repeat cannot have f7: it is that of archive",
        ),
        (
            '[bind]\narchive = "f7"\nrepeat = "f7 y"\n',
            "config.toml:3: repeat cannot have f7 y, which can never be typed: f7 is archive already",
        ),
        (
            '[bind]\narchive = "f7 y"\nrepeat = "f7"\n',
            "config.toml:3: repeat cannot have f7: f7 y, which is archive, begins with it",
        ),
        (
            '[bind]\nrepeat = "d"\n',
            "config.toml:2: repeat takes d from delegate, which has no key now: give it one",
        ),
        ('[bind]\nrepeat = "j"\n', "config.toml:2: repeat takes j from down, which still has ↓"),
        ('[bind]\nrepeat = "g x"\n', "config.toml:2: repeat takes g from top, which still has home"),
        ("[bind]\npalette = []\n", "config.toml:2: palette must have a key; ctrl+p, : stays its key"),
    ],
)
def test_what_does_not_fit_is_said_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    keymap, problems = lay(tmp_path, text)
    assert [problem for problem in problems if problem.startswith(said)], problems
    assert keymap.keys(BY_ID["palette"])
    assert keymap.keys(BY_ID["back"])


def test_two_actions_that_change_places_take_nothing_from_each_other(tmp_path: Path) -> None:
    keymap, problems = lay(tmp_path, '[bind]\narchive = "d"\ndelegate = "a"\n')
    assert problems == []
    assert (keys(keymap, "archive"), keys(keymap, "delegate")) == (["d"], ["a"])


def test_the_same_key_may_be_two_things_in_two_places(tmp_path: Path) -> None:
    keymap, problems = lay(tmp_path, '[bind]\nnote = "f7"\nwrap = "f7"\n')
    assert problems == []
    assert keymap.table(Where.SERIES)["f7"] == BY_ID["note"]
    assert keymap.table(Where.DIFF)["f7"] == BY_ID["wrap"]

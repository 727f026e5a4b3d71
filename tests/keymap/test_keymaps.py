"""All actions in all keymaps: each is reached everywhere it means something, and no key is two things."""

from __future__ import annotations

from itertools import combinations

import pytest

from tui.action import Action
from tui.actions import ACTIONS
from tui.config.keymap_files import DEFAULT_KEYMAP, keymap_names, read_keymap
from tui.keymap.choosing import make_keymap
from tui.keymap.laying import is_prefix
from tui.keymap.live import DEFAULT, Branch, Keymap, call_of, means
from tui.keymap.names import show_sequence
from tui.keymap.written import read_sequence
from tui.where import Where

NAMES = keymap_names()
OPTIONAL = {action.id for action in ACTIONS if not action.keys}
"""Of no use where the table binds their keys to something else."""


def made(name: str) -> Keymap:
    keymap, problems = make_keymap(name, ())
    assert problems == []
    return keymap


def leaves(branch: Branch, before: str = "") -> dict[str, Action]:
    found: dict[str, Action] = {}
    for key, next_ in branch.items():
        path = f"{before} {key}".strip()
        found.update(leaves(next_, path) if isinstance(next_, dict) else {path: next_})
    return found


def test_there_are_the_keymaps_that_people_come_from() -> None:
    assert NAMES[0] == DEFAULT_KEYMAP
    assert {"vim", "mutt", "tig", "b4", "emacs"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_action_is_reached_in_every_place_where_it_means_something(name: str) -> None:
    keymap = made(name)
    for where in Where:
        reached = {action.id: path for path, action in leaves(keymap.table(where)).items()}
        wanted = {action.id for action in ACTIONS if means(action, where)} - OPTIONAL
        assert wanted <= reached.keys(), (where, wanted - reached.keys())


@pytest.mark.parametrize("name", NAMES)
def test_no_key_is_two_things_and_none_hides_behind_another(name: str) -> None:
    keymap = made(name)
    for where in Where:
        bound = [
            (key, action.id)
            for action in ACTIONS
            if means(action, where)
            for key in keymap.keys_at(action, where)
        ]
        clashes = [
            (a, b) for a, b in combinations(bound, 2) if is_prefix(a[0], b[0]) or is_prefix(b[0], a[0])
        ]
        assert clashes == [], where
        assert len(leaves(keymap.table(where))) == len(bound)


@pytest.mark.parametrize("name", NAMES)
def test_every_key_can_be_typed_and_is_shown_as_it_is_written(name: str) -> None:
    keymap = made(name)
    for action in ACTIONS:
        for key in keymap.keys(action):
            written = " ".join(show_sequence(one) for one in key.split())
            assert read_sequence(written) == key


def test_an_action_that_the_table_gives_no_key_has_one_somewhere() -> None:
    keymaps = [made(name) for name in NAMES]
    for action in ACTIONS:
        assert any(keymap.keys(action) for keymap in keymaps), action.id


@pytest.mark.parametrize("name", NAMES[1:])
def test_a_keymap_holds_only_what_differs(name: str) -> None:
    table = {action.id: action.keys for action in ACTIONS}
    same = [
        one.action for one in read_keymap(name) if tuple(map(read_sequence, one.keys)) == table[one.action]
    ]
    assert same == []


@pytest.mark.parametrize("name", NAMES)
def test_sentences_name_the_keys_of_the_keymap(name: str) -> None:
    keymap = made(name)
    for action in ACTIONS:
        sentence = keymap.help(action)
        assert "{" not in sentence.replace(keymap.first("previous_file"), "")
    select = next(action for action in ACTIONS if action.id == "select")
    assert keymap.first("copy") in keymap.help(select)


@pytest.mark.parametrize("name", NAMES)
def test_a_digit_is_told_to_the_action_that_wants_it(name: str) -> None:
    keymap = made(name)
    calls = {
        call_of(action, path.split()[-1], Where.SERIES)
        for path, action in leaves(keymap.table(Where.SERIES)).items()
        if action.id == "view"
    }
    assert calls == {f"view({digit})" for digit in range(1, 10)}


def test_the_default_keymap_is_the_table() -> None:
    assert all(DEFAULT.keys(action) == action.keys for action in ACTIONS)
    assert DEFAULT.first("page_up") == "b"
    assert DEFAULT.first("count_rows") == "ctrl+p “count”"


def test_many_digits_are_shown_as_a_range() -> None:
    vim, action = made("vim"), {action.id: action for action in ACTIONS}
    assert vim.shown(action["view"]) == ["g1 … g9"]
    assert vim.shown(action["count_rows"]) == ["1 … 9"]
    assert vim.shown(action["top"]) == ["gg", "home"]

"""A command's fields: each is one word of the shell, whatever a hostile mail puts in it."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.core.command import FIELDS, Command, check_command, fault_of


def words_of(run: str, **values: str) -> list[str]:
    """Let a shell say which words it makes of a command."""
    filled = Command("X", run).filled({field: (value,) for field, value in values.items()})
    told = subprocess.run(["/bin/sh", "-c", filled], capture_output=True, check=True)
    return told.stdout.decode("utf-8", "surrogateescape").split("\1")[:-1]


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\1"), max_size=30))
def test_a_field_is_one_word_whatever_it_holds(value: str) -> None:
    assert words_of("printf '%s\\001' a {msgid} b", msgid=value) == ["a", value, "b"]


@pytest.mark.parametrize(
    "value",
    ["$(touch /tmp/x)", "`id`", "a'b", 'a"b', "a;b", "a b", "*", "~", "$HOME", "#x", "a\\", "!!", "&"],
)
def test_what_a_shell_would_act_on_is_only_text(value: str) -> None:
    assert words_of("printf '%s\\001' {name}x{name}", name=value) == [f"{value}x{value}"]


def test_several_numbers_are_several_words() -> None:
    command = Command("X", "pwclient get {patch_ids}")
    assert command.filled({"patch_ids": ("3", "4")}) == "pwclient get 3 4"
    assert command.fields == ["patch_ids"]


def test_what_is_the_shells_stays_the_shells() -> None:
    run = "f() { echo ${name} {a,b} $1; }; awk '{print $1}' {mbox_file}"
    check_command(run)
    assert Command("X", run).fields == ["mbox_file"]


@pytest.mark.parametrize(
    ("run", "why"),
    [
        ("", "runs nothing"),
        ("b4 am {msgd}", r"has \{msgd\}, which is no field; did you mean \{msgid\}\?"),
        ("b4 am {qwertz}", r"has \{qwertz\}, which is no field; there are: msgid, "),
        ('echo "of {name}"', r"has \{name\} in quotes: it is quoted already"),
        ("echo '{name}'", r"has \{name\} in quotes"),
        ("echo `echo {name}`", r"has \{name\} in quotes"),
        ("echo \\{name}", r"has \{name\} in quotes"),
        ('echo "\\"" {name} "a"{name}"', None),
        ("echo 'it'\\''s' {name}", None),
    ],
)
def test_what_is_wrong_with_a_command_is_said(run: str, why: str | None) -> None:
    if why is None:
        check_command(run)
        return
    with pytest.raises(ValueError, match=why):
        check_command(run)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("-rf@example.org", "option"),
        ("a\nb", "control"),
        ("a\u202eb", "control"),
        ("20260101.ab@example.org", ""),
    ],
)
def test_what_might_be_an_option_or_act_on_a_terminal_is_refused(value: str, why: str) -> None:
    assert (why in fault_of(value)) if why else fault_of(value) == ""


def test_every_field_is_explained() -> None:
    assert all(about and not about.endswith(".") for about in FIELDS.values())

import subprocess
import sys

import pytest

from tui.api import errors


def test_what_catches_errors_loads_no_httpx() -> None:
    code = (
        "import sys, tui.api.errors, tui.config.settings, tui.config.servers; print('httpx' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("<h1>Bad &amp; <b>worse</b></h1>", "Bad & worse"),
        ("two\n  lines", "two lines"),
        ("<script>alert(1)</script>Not here<!-- a -->", "Not here"),
        ("\x1b[31mred", "␛[31mred"),
        ("a\u202eb", "a⟨202E⟩b"),
        ("", ""),
    ],
)
def test_a_servers_words_become_one_clean_line(said: str, shown: str) -> None:
    assert errors.one_line(said) == shown


def test_a_servers_words_are_cut_short() -> None:
    assert len(errors.one_line("x" * 100_000)) == errors.REASON_LENGTH


@pytest.mark.parametrize(
    ("kind", "retryable"),
    [
        (errors.Unreachable, True),
        (errors.AnswerLost, True),
        (errors.TimedOut, True),
        (errors.NotPatchwork, True),
        (errors.TokenRefused, False),
        (errors.NotPermitted, False),
        (errors.NotFound, False),
        (errors.Invalid, False),
        (errors.Conflict, False),
        (errors.Busy, True),
        (errors.ServerTrouble, True),
    ],
)
def test_only_a_no_of_the_server_is_final(kind: type[errors.ApiError], retryable: bool) -> None:
    assert kind.retryable is retryable

"""What keys are called, and which of them no terminal sends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._xterm_parser import XTermParser
from textual.events import Key

from tui.keymap.names import arrived, show_sequence
from tui.keymap.written import read_sequence

SENT = [
    ("g", "g", "g"),
    ("G", "G", "G"),
    ("?", "?", "question_mark"),
    ("-", "-", "minus"),
    ("[", "[", "left_square_bracket"),
    ("space", " ", "space"),
    ("enter", "\r", "enter"),
    ("shift+tab", "\x1b[Z", "shift+tab"),
    ("ctrl+x", "\x18", "ctrl+x"),
    ("C-v", "\x16", "ctrl+v"),
    ("^F", "\x06", "ctrl+f"),
    ("M-v", "\x1bv", "alt+v"),
    ("alt+V", "\x1bV", "alt+shift+v"),
    ("ctrl+space", "\x00", "ctrl+@"),
    ("ctrl+_", "\x1f", "ctrl+underscore"),
    ("f5", "\x1b[15~", "f5"),
    ("shift+left", "\x1b[1;2D", "shift+left"),
    ("alt+left", "\x1b[1;3D", "alt+left"),
    ("PgDn", "\x1b[6~", "pagedown"),
    ("backspace", "\x7f", "backspace"),
]


@pytest.mark.parametrize(("written", "sent", "name"), SENT)
def test_a_key_is_called_what_textual_calls_what_a_terminal_sends(written: str, sent: str, name: str) -> None:
    parser = XTermParser()
    came = [event.key for event in (*parser.feed(sent), *parser.feed("")) if isinstance(event, Key)]
    assert [arrived(key) for key in came] == [name] == [read_sequence(written)]


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("\x1b[105;5u", "tab"),
        ("\x1b[104;5u", "backspace"),
        ("\x1b[32;5u", "ctrl+@"),
        ("\x1b[60;3u", "less_than_sign"),
        ("\x1b[47;5u", "ctrl+underscore"),
        ("\x1b[97;3u", "alt+a"),
    ],
)
def test_a_terminal_that_tells_more_keys_apart_means_the_same(sent: str, name: str) -> None:
    parser = XTermParser()
    came = [event.key for event in (*parser.feed(sent), *parser.feed("")) if isinstance(event, Key)]
    assert [arrived(key) for key in came] == [name]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("g g", "gg"),
        ("] c", "]c"),
        ("ctrl+x o", "ctrl+x o"),
        ("g Enter", "g Enter"),
        ("C-x C-s", "ctrl+x ctrl+s"),
    ],
)
def test_a_sequence_is_shown_as_it_is_typed(written: str, shown: str) -> None:
    assert show_sequence(read_sequence(written)) == shown


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "is no key"),
        ("hyper", "has hyper, which is no key"),
        ("ctrl+i", "which a terminal sends as Tab"),
        ("ctrl+m", "which a terminal sends as Enter"),
        ("ctrl+h", "which a terminal sends as backspace"),
        ("ctrl+1", "which no terminal sends"),
        ("alt+<", "which no terminal sends"),
        ("ctrl+enter", "do not tell from Enter"),
        ("g ctrl+é", "which no terminal sends"),
        ("f25", "is no key"),
    ],
)
def test_a_key_that_cannot_be_typed_is_refused_with_why(written: str, why: str) -> None:
    with pytest.raises(ValueError, match=why.replace("+", r"\+")):
        read_sequence(written)


@given(st.text(max_size=12))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    try:
        sequence = read_sequence(text)
    except ValueError:
        return
    assert sequence.split()
    assert show_sequence(sequence).isprintable()

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.text import clean, defuse, is_clean


def test_plain_text_comes_back_as_it_is() -> None:
    text = "[PATCH v2 1/3] kiln: add [bar] and [/"
    assert clean(text) is text


def test_escape_sequences_become_pictures() -> None:
    assert clean("\x1b]0;title\x07 \x7f") == "␛]0;title␇ ␡"


def test_bidi_and_zero_width_characters_show_their_numbers() -> None:
    assert clean("a\u202eb\u200bc\u2066") == "a⟨202E⟩b⟨200B⟩c⟨2066⟩"


def test_c1_and_line_separators_show_their_numbers() -> None:
    assert clean("\x9b31m\u2028") == "⟨9B⟩31m⟨2028⟩"


def test_names_keep_their_marks() -> None:
    assert clean("Zoë Łukasz 中川 e\u0301") == "Zoë Łukasz 中川 e\u0301"


def test_tabs_reach_the_next_stop() -> None:
    assert clean("a\tb\t\tc") == "a       b               c"
    assert clean("中\tb") == "中      b"


def test_every_code_point_is_safe_alone() -> None:
    hidden = {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}
    for code in range(0x110000):
        shown = clean(chr(code))
        assert shown, hex(code)
        assert all(unicodedata.category(c) not in hidden for c in shown), hex(code)


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_clean_text_is_what_cleaning_leaves_alone(text: str) -> None:
    assert is_clean(clean(text))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a\tb\r\nc\n\x0c\n", "a\tb\r\nc\n\x0c\n"),
        ("a\rb\r", "a␍b\r"),
        ("\x1b]52;c;eA==\x07", "␛]52;c;eA==␇"),
        ("\x9b2J\x7f\x00", "⟨9B⟩2J␡␀"),
        ("\u202eevil\u2066", "⟨202E⟩evil⟨2066⟩"),
        ("no\u00a0break, e\u0301, \u200d", "no\u00a0break, e\u0301, \u200d"),
    ],
)
def test_what_acts_is_made_visible_for_other_programs(text: str, safe: str) -> None:
    assert defuse(text) == safe

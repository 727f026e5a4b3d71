"""Cells as we count them (rich's), against ``wcwidth`` (POSIX) of the system's C library.

Where the two agree, a terminal that goes by either lines up.  Where they do not, terminals differ
too, and all that can be done is to know which characters these are.
"""

from __future__ import annotations

import ctypes
import locale
import sys
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from rich.cells import cell_len

from tests.screens.conftest import Sit
from tui.core.text import clean
from tui.widgets.columns import cut

Width = Callable[[str], int]

SAMPLES = (
    "naïve cafe\u0301, o\u0308, Z\u030c\u0323",
    "林 美咲: 日本語の件名",
    "김서연 한글 제목",
    "Олександр Бойчук",
    "نور الهاشمي",
    "ไทย ภาษา",
    "नमस्ते",
    "🎉 release 🚀 of 4.2 🐛",
    "flags 🇩🇪 🇯🇵",
    "family 👩\u200d👩\u200d👧 and 👩\u200d💻",
    "heart \u2764\ufe0f, keycap 1\ufe0f\u20e3, tick \u2611\ufe0f",
    "Ｆｕｌｌ ｗｉｄｔｈ, ﾊﾝｶｸ",
    "① ½ ™ … → ─ │ ╭ ▸ ● ✓ ✗ ‖ ◷ ≠ ∂ ¶ • ␍ ␛",
    "zero\u200bwidth, soft\u00adhyphen, bidi\u202eoverride",
)
SIGNS = "✓✗!·●…‖▸•≠∂◷¶↑↓←→─│╭╮╰╯␍"
"""What we draw with ourselves."""


@pytest.fixture(scope="module")
def system_width() -> Iterator[Callable[[str], int]]:
    """Return the system's wcswidth, in a locale that has Unicode."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
        library = ctypes.CDLL(None)
        library.wcswidth.argtypes = [ctypes.c_wchar_p, ctypes.c_size_t]
    except (locale.Error, OSError, AttributeError):
        pytest.skip("the C library has no wcswidth for Unicode")

    def width(text: str) -> int:
        return int(library.wcswidth(text, len(text)))

    if width("日") != 2:
        pytest.skip("the C library knows no wide characters")
    yield width
    locale.setlocale(locale.LC_CTYPE, before)


@pytest.mark.parametrize("sample", SAMPLES)
def test_what_is_shown_of_a_text_is_as_wide_as_the_system_says(sample: str, system_width: Width) -> None:
    shown = clean(sample)
    assert cell_len(shown) == system_width(shown)
    for room in range(1, cell_len(shown)):
        piece = cut(shown, room)
        assert cell_len(piece) <= room
        assert cell_len(piece) == system_width(piece)


def test_our_own_signs_are_one_cell(system_width: Width) -> None:
    for sign in SIGNS:
        assert cell_len(sign) == system_width(sign) == 1


def reason(character: str) -> str:
    """Say why a character may be counted otherwise; empty where nothing is known."""
    number = ord(character)
    if unicodedata.category(character) == "Mc":
        return "a vowel sign with a shape of its own (Mc): rich joins it to its letter"
    if 0x1F3FB <= number <= 0x1F3FF:
        return "a skin tone: rich joins it to the emoji before it"
    if 0x302E <= number <= 0x302F:
        return "a Hangul tone mark: rich joins it"
    if 0x3248 <= number <= 0x324F:
        return "a number on a black square: ambiguous in Unicode (East Asian Width A)"
    if unicodedata.east_asian_width(character) in "WN" and unicodedata.unidata_version and number >= 0x2600:
        return "made wide, or new, in a version of Unicode that one of the two does not have yet"
    return ""


def test_every_character_that_is_counted_otherwise_is_known(system_width: Width) -> None:
    unknown = []
    for number in range(0x20, sys.maxunicode + 1):
        character = chr(number)
        if unicodedata.category(character) in ("Cs", "Cn", "Cc", "Co"):
            continue
        wide = system_width(character)
        if (
            wide >= 0
            and wide != cell_len(character)
            and clean(character) == character
            and not reason(character)
        ):
            unknown.append(hex(number))
    assert not unknown


@pytest.mark.anyio
@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_every_line_of_the_screen_is_as_wide_as_the_terminal(
    sit: Sit, size: tuple[int, int], system_width: Width
) -> None:
    async with sit(size) as seat:
        await seat.loaded()
        for _ in range(6):
            for strip in seat.app.screen._compositor.render_strips():
                assert cell_len(strip.text) == size[0]
                drawn = system_width(strip.text)
                apart = sum(abs(system_width(c) - cell_len(c)) for c in strip.text if reason(c))
                assert abs(drawn - size[0]) <= apart, strip.text
            await seat.press("pagedown")

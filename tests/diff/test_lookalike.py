"""Letters that pass for others are found, and ordinary text in any script is left in peace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.diff.index import index_diff
from tui.diff.lookalike import has_lookalikes, lookalikes


def marked(text: str) -> list[str]:
    return [text[start:end] for start, end in lookalikes(text)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("if (аccess_ok(ptr))", ["а"]),  # Cyrillic a
        ("if (is_аdmіn)", ["а", "і"]),
        ("int cοunt;", ["ο"]),  # Greek omicron
        ("сору(dst, src);", ["сору"]),  # Cyrillic all through
        ("x->ѕсоре = 1", ["ѕсоре"]),
        ("о = 1;", ["о"]),
        ("int ａdmin;", ["ａ"]),
        ("ａｄｍｉｎ();", ["ａｄｍｉｎ"]),
        ("𝐚dmin = 𝐞𝐯𝐚𝐥(x)", ["𝐚", "𝐞𝐯𝐚𝐥"]),
        ("ⅼen(x)", ["ⅼ"]),  # a Roman numeral
        ("ɡit ɑdd", ["ɡ", "ɑ"]),
        ("return 0\u037e", ["\u037e"]),  # the Greek question mark
        ('printf("\\nаdmin");', ["а"]),
        ("Приветοс", ["ο"]),  # Greek in a Russian word
        ("Բаr", ["Բа"]),
        ("Прuвет, мир", ["u"]),  # Latin u in a Russian word
        ("Привеｔ", ["ｔ"]),
        ("\u03bf\u03a1ривет", ["\u03bf\u03a1"]),  # Greek ones before
        ("ассеss()", ["ассе"]),  # reads like ASCII, most of it Cyrillic
    ],
)
def test_what_passes_for_something_else_is_marked(line: str, found: list[str]) -> None:
    assert marked(line) == found


@pytest.mark.parametrize(
    "line",
    [
        "plain ASCII, nothing more",
        "/* Он написал это, и ОС Linux (x86) работает; а также с файлами. */",
        'printf("\\nПривет, %sмир %dкг\\n");',
        'msgstr "Все"',
        "// 这是一个 comment，使用Linux内核的API。",
        "/* カーネルのＡＰＩとＣＰＵを使うUSBドライバ */",
        "# 커널을 Linux는 API의",
        "Zoë Łukasz naïve Straße İstanbul ısı Ærø",
        "e\u0301te\u0301",
        "Δt = λ/2, 10 µs, 4 kΩ, αβ, σx, 3 m², n₀, x², 2ª, Mº",
        "ℝ and ℓ alone, 5 ℃, 300 K",
        "/* ἐν ἀρχῇ ἦν ὁ λόγος */",
        "/* שלום world, مرحبا world */",
        "ใช้Linuxกับ",
        "“quotes” – dashes … → arrows ✓ 😀",
    ],
)
def test_ordinary_text_is_left_alone(line: str) -> None:
    assert marked(line) == []


@given(st.text())
def test_ranges_are_in_order_and_inside(text: str) -> None:
    flat = [place for found in lookalikes(text) for place in found]
    assert flat == sorted(set(flat))
    assert all(0 <= place <= len(text) for place in flat)


@pytest.mark.parametrize(("line", "found"), [("аccess", True), ("доступ", False), ("access", False)])
def test_a_file_is_warned_of(line: str, found: bool) -> None:
    index = index_diff(f"--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+{line}\n")
    assert has_lookalikes(index.lines) is found

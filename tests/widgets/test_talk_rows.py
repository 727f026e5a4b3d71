"""A mail of a talk as rows: what is filled, cut, folded."""

from __future__ import annotations

from datetime import datetime

import pytest

from tui.core.letter import read_letter
from tui.core.text import cells
from tui.widgets.talk_rows import DEEPEST, LEAST, Look, Post, TalkRow, indent_of, lay_out, runs

NOTHING: frozenset[int] = frozenset()
LONG = "".join(f"> +\tint a{n};\n" for n in range(12))


def rows(
    content: str, width: int = 80, opened: frozenset[int] = NOTHING, *, all_open: bool = False, depth: int = 0
) -> list[TalkRow]:
    post = Post(1, "Anna", datetime(2026, 3, 1), tuple(read_letter(content)), depth=depth)
    return lay_out(post, width, opened, all_open=all_open)


def texts(content: str, width: int = 80, look: Look = Look.TEXT) -> list[str]:
    return [row.text for row in rows(content, width) if row.look is look]


def test_a_mail_is_a_blank_row_its_head_and_its_text() -> None:
    assert [row.look for row in rows("a\n\nb")] == [Look.BLANK, Look.HEAD, Look.TEXT, Look.TEXT, Look.TEXT]
    assert [row.look for row in rows("")] == [Look.BLANK, Look.HEAD]


def test_a_blank_row_parts_a_title_from_the_text() -> None:
    post = Post(1, "Anna", datetime(2026, 3, 1), tuple(read_letter("a")), title="A subject")
    looks = [row.look for row in lay_out(post, 80, NOTHING, all_open=False)]
    assert looks == [Look.BLANK, Look.HEAD, Look.TITLE, Look.BLANK, Look.TEXT]
    bare = post._replace(letter=())
    assert [row.look for row in lay_out(bare, 80, NOTHING, all_open=False)][-1] is Look.TITLE


def test_what_an_editor_broke_is_filled_anew_and_lists_are_not() -> None:
    prose = "one two three four five six seven eight nine ten eleven\ntwelve thirteen fourteen"
    assert len(texts(prose, 80)) == 2
    assert texts(prose, 40)[0] == "one two three four five six seven"
    assert "eleven twelve" in " ".join(texts(prose, 40)[1:])
    assert texts("- one\n- two") == ["- one", "- two"]


def test_a_long_quotation_keeps_the_lines_that_are_answered() -> None:
    found = rows(f"{LONG}\nWhy?")
    assert [row.hidden for row in found if row.look is Look.FOLD] == [9]
    assert [row.text for row in found if row.look is Look.CODE] == [f"+       int a{n};" for n in (9, 10, 11)]


def test_one_that_nobody_answers_is_only_named() -> None:
    found = rows(f"No.\n\n{LONG}")
    assert [row.hidden for row in found if row.look is Look.FOLD] == [12]
    assert not [row for row in found if row.look is Look.CODE]


def test_a_short_one_is_shown_whole() -> None:
    assert [row.look for row in rows("> a\n> b\n\nc")][2:] == [Look.QUOTE, Look.QUOTE, Look.TEXT, Look.TEXT]


def test_a_fold_is_opened_by_its_first_line_or_all_at_once() -> None:
    content = f"{LONG}\nWhy?\n\n{LONG}"
    first, second = (row.run for row in rows(content) if row.look is Look.FOLD)
    opened = rows(content, opened=frozenset({first}))
    assert [row.hidden for row in opened if row.look is Look.FOLD] == [0, 12]
    both = rows(content, all_open=True)
    assert [row.hidden for row in both if row.look is Look.FOLD] == [0, 0]
    assert [row.hidden for row in rows(content, opened=frozenset({second}), all_open=True) if row.hidden] == [
        12
    ]


def test_who_is_quoted_is_folded_with_the_quotation() -> None:
    letter = read_letter(f"On Tuesday, Anna wrote:\n{LONG}\nWhy?")
    assert runs(letter)[0] == (0, 13, True)


def test_code_is_cut_where_the_row_ends() -> None:
    line = "> +" + "x" * 100
    code = [row.text for row in rows(line, 60) if row.look is Look.CODE]
    assert "".join(code) == line[2:]
    assert max(map(len, code)) <= 60 - 5


@pytest.mark.parametrize("width", [44, 60, 80])
def test_code_is_cut_at_a_blank_where_one_is_near(width: int) -> None:
    line = "> +static bool crossed_event(uint16_t event, uint16_t now, uint16_t then, const char *name)"
    code = [row for row in rows(line, width) if row.look is Look.CODE]
    assert "".join(row.text for row in code) == line[2:]
    assert all(row.text.endswith(" ") for row in code[:-1])
    assert [row.start for row in code] == [line[2:].index(row.text) for row in code]


def test_no_row_is_wider_than_there_is_room_where_much_has_no_width() -> None:
    line = "> +a" + "\u0301" * 300 + "b" * 300
    code = [row.text for row in rows(line, 60) if row.look is Look.CODE]
    assert max(map(cells, code)) <= 60 - 5


def test_a_long_indent_is_no_row_of_its_own() -> None:
    line = "> +" + " " * 50 + "word" * 20
    code = [row.text for row in rows(line, 60) if row.look is Look.CODE]
    assert "".join(code) == line[2:]
    assert code[0].endswith("word")


def test_each_row_knows_its_line() -> None:
    content = "a b c\n\n> q\n\n" + "word " * 40 + "\n\nend"
    letter = read_letter(content)
    for row in rows(content, 40):
        if row.text.strip():
            assert row.text.split()[0] in letter[row.line].text


@pytest.mark.parametrize("width", [1, 10, 20, 40, 80, 200])
@pytest.mark.parametrize("depth", [0, 1, 5, 100, 2000])
def test_answers_are_set_in_only_as_far_as_there_is_room(width: int, depth: int) -> None:
    inset = indent_of(depth, width)
    assert 0 <= inset <= max(0, width - LEAST)
    content = f"{'>' * 30} deep\n\n" + "日本語 " * 30 + "\n> " + "x" * 99
    width = max(20, width)
    inset = indent_of(depth, width)
    for row in rows(content, width, depth=depth):
        assert cells(row.text) <= max(8, width - inset - 3 - 2 * min(row.depth, DEEPEST))

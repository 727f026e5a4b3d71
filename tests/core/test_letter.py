"""The text of mails, line by line, with every client's habits.  All mails here are invented."""

from __future__ import annotations

import pytest

from tui.core.letter import Kind, Line, read_letter

FLOWED = (("Content-Type", 'text/plain; charset="utf-8"; format=flowed'),)


def brief(content: str, headers: tuple[tuple[str, str], ...] = ()) -> list[tuple[int, str]]:
    return [(line.depth, line.text) for line in read_letter(content, headers)]


def kinds(content: str) -> str:
    letters = {Kind.TEXT: "t", Kind.QUOTE: "q", Kind.ATTRIBUTION: "a", Kind.TRAILER: "r", Kind.SIGNATURE: "s"}
    return "".join(letters.get(line.kind, "f") for line in read_letter(content))


def signs(content: str) -> list[str]:
    return [line.sign for line in read_letter(content)]


def test_an_empty_mail_has_no_lines() -> None:
    assert read_letter("") == read_letter(" \n\n") == []


def test_every_line_comes_out_once_in_its_order() -> None:
    content = "a\n\n> b\n>> c\n\nd\n-- \ne"
    assert [line.text for line in read_letter(content)] == ["a", "", "b", "c", "", "d", "-- ", "e"]


@pytest.mark.parametrize(
    ("line", "depth", "text"),
    [
        ("> a", 1, "a"),
        (">a", 1, "a"),
        (">> a", 2, "a"),
        ("> > a", 2, "a"),
        ("> >> > a", 4, "a"),
        (" > a", 1, "a"),
        (">", 1, ""),
        (">  a", 1, " a"),
        ("> \ta", 1, "\ta"),
        (">  > a", 1, " > a"),
        ("> +a", 1, "+a"),
        (">From here on", 0, ">From here on"),
        ("a > b", 0, "a > b"),
        ("   > a", 0, "   > a"),
    ],
)
def test_the_depth_of_a_quotation(line: str, depth: int, text: str) -> None:
    assert brief(line) == [(depth, text)]


def test_initials_quote_where_they_do_it_more_than_once() -> None:
    assert brief("AB> one\nAB> two\nme") == [(1, "one"), (1, "two"), (0, "me")]
    assert brief("GRUB> boot") == [(0, "GRUB> boot")]


def test_bars_quote_but_tables_do_not() -> None:
    assert brief("| one\n| two") == [(1, "one"), (1, "two")]
    table = "| a | b |\n| 1 | 2 |"
    assert brief(table) == [(0, "| a | b |"), (0, "| 1 | 2 |")]
    assert brief("| alone") == [(0, "| alone")]


def test_crlf_is_no_text() -> None:
    assert brief("> a\r\nb\r\n") == [(1, "a"), (0, "b")]


@pytest.mark.parametrize(
    "words",
    [
        "On Tue, 3 Mar 2026, Anna Example wrote:",
        "On Tue, Mar 3, 2026 at 10:21 AM Anna Example <anna@example.org> wrote:",
        "On Tue, Mar 3, 2026 at 10:21 AM Anna Example\n<anna@example.org> wrote:",
        "On 3/3/26 10:21, Anna Example via list wrote:",
        "Am 03.03.26 um 10:21 schrieb Anna Example:",
        "Le mar. 3 mars 2026 à 10:21, Anna Example a écrit :",
        "El mar, 3 mar 2026 a las 10:21, Anna Example escribió:",
        "Anna Example <anna@example.org> writes:",
        '"Example, Anna" <anna@example.org> wrote:',
        "* Anna Example <anna@example.org> wrote:",
        "2026-03-03 10:21 GMT+01:00 Anna Example <anna@example.org>:",
    ],
)
def test_who_is_quoted_is_told_from_what_is_said(words: str) -> None:
    count = words.count("\n") + 1
    assert kinds(f"Hello,\n\n{words}\n> text") == "tt" + "a" * count + "q"
    assert kinds(f"{words}\n\n> text")[:count] == "a" * count
    assert kinds(f"> {words.replace(chr(10), chr(10) + '> ')}\n>> text") == "a" * count + "q"


@pytest.mark.parametrize(
    "words", ["I have three points:", "See what the manual says:", "He wrote a lot. Now:"]
)
def test_a_sentence_before_a_quotation_stays_said(words: str) -> None:
    assert kinds(f"{words}\n> text") == "tq"


def test_a_mail_below_its_answer_is_quoted_although_nothing_marks_it() -> None:
    content = (
        "Please drop it.\n\n-----Original Message-----\nFrom: Anna <anna@example.org>\nSent: Tuesday\n"
        "Subject: [PATCH] x\n\nThis adds x.\n+int a;\n> older"
    )
    assert kinds(content) == "ttaaaaqqqq"
    assert [line.depth for line in read_letter(content)] == [0, 0, 0, 0, 0, 0, 1, 1, 1, 2]


def test_a_header_of_outlook_needs_no_rule_above_it() -> None:
    content = "No.\n\nFrom: Anna <anna@example.org>\nSent: Tuesday\nTo: list@example.org\nSubject: x\n\nolder"
    assert kinds(content) == "ttaaaaqq"
    assert kinds("From: the beginning on it fails.\nmore") == "tt"


def test_a_signature_ends_a_mail_or_stands_above_what_is_quoted() -> None:
    assert kinds("text\n-- \nAnna\nExample") == "tsss"
    assert kinds("text\n--\nAnna") == "tss"
    assert kinds("text\n-- \nAnna\n\nOn Tuesday, Bob wrote:\n> x") == "tsssaq"
    assert kinds("> -- \n> Anna") == "qq"


def test_footers() -> None:
    rule = "_" * 47
    assert kinds(f"text\n{rule}\nlist mailing list\nlist@example.org") == "tfff"
    assert kinds("text\n\nSent from my telephone") == "ttf"
    assert kinds(f"{rule}\n" + "text\n" * 12) == "t" * 13


def test_trailers_are_known_where_their_author_wrote_them() -> None:
    assert kinds("Fine.\n\nReviewed-by: Anna <anna@example.org>\n> Acked-by: B <b@example.org>") == "ttrq"


def test_flowed_paragraphs_are_joined_by_depth() -> None:
    content = "one \ntwo \nthree\n> a \n> b\n\n stuffed\n-- \nme"
    assert brief(content, FLOWED) == [
        (0, "one two three"),
        (1, "a b"),
        (0, ""),
        (0, "stuffed"),
        (0, "-- "),
        (0, "me"),
    ]
    assert brief("one \ntwo") == [(0, "one "), (0, "two")]


def test_flowed_text_may_delete_its_blanks() -> None:
    headers = (("content-type", "text/plain; format=flowed; delsp=yes"),)
    assert brief("日本 \n語", headers) == [(0, "日本語")]


def test_flowing_leaves_diffs_alone() -> None:
    assert brief("> +a \n> +b \n> -c", FLOWED) == [(1, "+a "), (1, "+b "), (1, "-c")]


# -- diffs ------------------------------------------------------------------------


def test_a_quoted_diff_goes_on_behind_what_is_said_in_between() -> None:
    content = (
        "> diff --git a/x.c b/x.c\n> index 1234567..89abcde 100644\n> --- a/x.c\n> +++ b/x.c\n"
        "> @@ -1,3 +1,3 @@ f\n>  int a;\n> -int b;\n> +int c;\n\nWhy?\n\n>  int d;\n> +int e;\n> -- \n> 2.39"
    )
    assert signs(content) == ["h", "h", "h", "h", "@", " ", "-", "+", "", "", "", " ", "+", "", ""]


def test_a_trimmed_quote_is_a_diff_without_any_header() -> None:
    assert signs("> +\tif (a)\n> +\t\treturn;\n>  }") == ["+", "+", " "]
    assert signs("> -int a;") == ["-"]


def test_lists_are_no_diffs() -> None:
    assert set(signs("> - one\n> - two")) == {""}
    assert set(signs("- one\n- two\n\n+ three\n+ four")) == {""}
    assert set(signs("Points:\n- one\n+1")) == {""}


def test_a_proposed_diff_is_one() -> None:
    content = "Like this:\n\n@@ -1,2 +1,2 @@\n-int a;\n+int b;\n int c;\n\nUntested."
    assert signs(content) == ["", "", "@", "-", "+", " ", "", ""]
    assert signs("+\tint a;\n-\tint b;") == ["+", "-"]


def test_a_blank_line_of_context_does_not_end_a_diff() -> None:
    assert signs("> @@ -1,3 +1,4 @@\n>  a\n>\n> +b") == ["@", " ", " ", "+"]


# -- whatever comes ---------------------------------------------------------------


@pytest.mark.parametrize(
    "text", [">" * 5000, "> " * 5000, "On " * 3000 + "\n> x", "-" * 9000, "|" * 3000 + "\n||", "@@" * 4000]
)
def test_no_mail_takes_long_or_raises(text: str) -> None:
    assert read_letter(text * 1)
    assert read_letter("\n".join([text] * 20))


def test_a_line_says_nothing_by_itself() -> None:
    assert Line("x") == Line("x", 0, Kind.TEXT, "")

"""Threads: every mail finds a place, whatever its headers say."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest

from tui.core.model import Comment, Person
from tui.core.threads import ancestors, build_thread

ANNA = Person(1, "Anna", "anna@example.org")
DAY = datetime(2026, 3, 1)


def mail(number: int, answers: str = "", references: str = "", *, minutes: int | None = None) -> Comment:
    headers = [("In-Reply-To", answers)] if answers else []
    headers += [("References", references)] if references else []
    date = DAY + timedelta(minutes=number if minutes is None else minutes)
    return Comment(number, f"<{number}@example.org>", date, "Re: x", ANNA, "", tuple(headers))


def shape(*mails: Comment) -> list[tuple[int, int]]:
    return [(reply.comment.id, reply.depth) for reply in build_thread(mails)]


def test_answers_stand_below_what_they_answer() -> None:
    mails = (
        mail(1, "<patch@example.org>"),
        mail(2, "<patch@example.org>"),
        mail(3, "<1@example.org>"),
        mail(4, "<3@example.org>"),
    )
    assert shape(*mails) == [(1, 0), (3, 1), (4, 2), (2, 0)]


def test_a_reply_knows_where_its_parent_stands() -> None:
    thread = build_thread([mail(1), mail(2, "<1@example.org>"), mail(3, "<1@example.org>")])
    assert [reply.parent for reply in thread] == [-1, 0, 0]


def test_the_order_is_by_date_however_they_came() -> None:
    mails = [mail(1, minutes=5), mail(2, minutes=1), mail(3, "<1@example.org>", minutes=3)]
    expected = [(2, 0), (1, 0), (3, 1)]
    for seed in range(5):
        random.Random(seed).shuffle(mails)
        assert shape(*mails) == expected


def test_mails_of_one_moment_are_in_the_order_of_their_ids() -> None:
    assert shape(mail(3, minutes=0), mail(1, minutes=0), mail(2, minutes=0)) == [(1, 0), (2, 0), (3, 0)]


def test_a_missing_parent_is_replaced_by_the_nearest_known_ancestor() -> None:
    lost = mail(2, "<gone@elsewhere>", "<patch@example.org> <1@example.org> <gone@elsewhere>")
    assert shape(mail(1), lost) == [(1, 0), (2, 1)]


def test_references_alone_are_enough() -> None:
    assert shape(mail(1), mail(2, "", "<patch@example.org>\n <1@example.org>")) == [(1, 0), (2, 1)]


def test_an_in_reply_to_with_words_around_its_id_is_understood() -> None:
    assert shape(mail(1), mail(2, "Your message of Monday <1@example.org>")) == [(1, 0), (2, 1)]


def test_header_names_are_known_in_any_case() -> None:
    odd = mail(2)._replace(headers=(("in-reply-TO", "<1@example.org>"),))
    assert shape(mail(1), odd) == [(1, 0), (2, 1)]


@pytest.mark.parametrize("value", ["", "<>", "garbage", "<1@example.org", "< 1@example.org >"])
def test_a_broken_reference_begins_a_thread(value: str) -> None:
    assert shape(mail(1), mail(2, value)) == [(1, 0), (2, 0)]


def test_a_mail_that_answers_itself_begins_a_thread() -> None:
    assert shape(mail(1, "<1@example.org>", "<1@example.org>")) == [(1, 0)]


def test_a_cycle_is_opened_at_its_oldest_mail() -> None:
    ring = (mail(1, "<3@example.org>"), mail(2, "<1@example.org>"), mail(3, "<2@example.org>"))
    hanger_on = mail(4, "<2@example.org>")
    assert shape(*ring, hanger_on) == [(1, 0), (2, 1), (3, 2), (4, 2)]


def test_both_mails_of_one_id_are_there_and_answers_stand_below_the_first() -> None:
    twin = mail(5)._replace(msgid="<1@example.org>")
    assert shape(mail(1), twin, mail(6, "<1@example.org>")) == [(1, 0), (6, 1), (5, 0)]


def test_an_answer_to_another_patch_begins_a_thread() -> None:
    assert shape(mail(1, "<cover@example.org>"), mail(2, "<other-patch@example.org>")) == [(1, 0), (2, 0)]


def test_the_nearest_ancestor_comes_first() -> None:
    comment = mail(9, "<c@x>", "<a@x> <b@x> <c@x>")
    assert ancestors(comment) == ["<c@x>", "<b@x>", "<a@x>"]


def test_two_thousand_mails_in_one_line_need_no_recursion() -> None:
    chain = [mail(1), *(mail(n, f"<{n - 1}@example.org>") for n in range(2, 2001))]
    thread = build_thread(chain)
    assert [reply.depth for reply in thread] == list(range(2000))


@pytest.mark.parametrize("seed", range(10))
def test_each_mail_comes_out_once_whatever_its_headers(seed: int) -> None:
    chance = random.Random(seed)

    def name() -> str:
        return f"<{chance.randrange(300)}@example.org>"

    mails = [
        mail(n, name(), " ".join(name() for _ in range(3)), minutes=chance.randrange(99)) for n in range(200)
    ]
    thread = build_thread(mails)
    assert sorted(reply.comment.id for reply in thread) == list(range(200))
    for here, reply in enumerate(thread):
        assert reply.parent < here
        assert reply.depth == (thread[reply.parent].depth + 1 if reply.parent >= 0 else 0)

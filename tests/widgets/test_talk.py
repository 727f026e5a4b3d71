"""The sheet of a talk: cursor, folds, search, what is looked at."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from tui.core.rows import Mark
from tui.diff.search import compile_search
from tui.widgets import talk as talk_module
from tui.widgets.palette import colors_of
from tui.widgets.talk import TalkSheet
from tui.widgets.talk_hits import Found
from tui.widgets.talk_rows import Post

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 3, 31, 18)
LONG = "".join(f"> +\tint a{n};\n" for n in range(12)) + "\nWhy?"


def posts(count: int, content: str = "One line\nand another one", **other: object) -> list[Post]:
    made = [Post(0, "Anna", NOW - timedelta(days=9), (), title="[PATCH] x")]
    for number in range(1, count + 1):
        post = Post(
            number, f"Bert {number}", NOW - timedelta(hours=count - number), None, f"{content} {number}"
        )
        made.append(post._replace(**other))  # type: ignore[arg-type]
    return made


class Frame(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[frozenset[int]] = []

    def compose(self) -> ComposeResult:
        yield TalkSheet(lambda: NOW)

    def on_talk_sheet_seen(self, event: TalkSheet.Seen) -> None:
        self.seen.append(event.keys)


@asynccontextmanager
async def sheet(
    mails: list[Post], size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[TalkSheet, Pilot[None]]]:
    app = Frame()
    async with app.run_test(size=size) as pilot:
        one = app.query_one(TalkSheet)
        one.show_posts(mails)
        one.focus()
        await pilot.pause()
        yield one, pilot


def screen(one: TalkSheet) -> str:
    return "\n".join(one.render_line(y).text.rstrip() for y in range(one.size.height))


async def until_laid(one: TalkSheet, pilot: Pilot[None]) -> None:
    for _ in range(2000):
        if one.is_laid_out:
            return
        await pilot.pause(0.01)
    raise AssertionError("it never was")


async def test_the_message_comes_first_then_who_and_when() -> None:
    async with sheet(posts(2, unread=True)) as (one, _):
        lines = screen(one).split("\n")
        assert lines[0] == "▸Anna  9d"
        assert lines[1] == " [PATCH] x"
        assert lines[3] == " Bert 1  1h  new"


async def test_what_is_to_be_known_of_a_mail_stands_at_its_head() -> None:
    async with sheet(posts(1, addressed=False, mark=Mark.WAITING)) as (one, _):
        assert "Bert 1  0m  ○ open …" in screen(one)
    async with sheet(posts(1, addressed=True, mark=Mark.HELD)) as (one, _):
        assert "Bert 1  0m  ✓ addressed ‖" in screen(one)
    async with sheet(posts(1, who="x" * 200, unread=True), (40, 24)) as (one, _):
        assert "…  0m  new" in screen(one)


async def test_hostile_text_is_cleaned() -> None:
    async with sheet(posts(1, "\x1b]0;x\x07 [/b] \u202e", who="\x1b[2J", title="\x9b")) as (one, _):
        assert "\x1b" not in screen(one)
        assert "\u202e" not in screen(one)
        assert "[/b]" in screen(one)


async def test_two_thousand_mails_open_with_few_of_them_laid_out_and_the_rest_follows() -> None:
    async with sheet(posts(2000)) as (one, pilot):
        assert "Bert 1 " in screen(one)
        before = screen(one)
        await until_laid(one, pilot)
        assert screen(one) == before
        one.bottom()
        await pilot.pause()
        assert "Bert 2000" in screen(one)


async def test_the_end_is_there_at_once() -> None:
    async with sheet(posts(1)) as (one, pilot):
        one.show_posts(posts(2000))
        assert not one.is_laid_out
        one.bottom()
        await pilot.pause()
        assert "another one 2000" in screen(one)


async def test_the_next_that_fits_is_put_at_the_top() -> None:
    mails = posts(300)
    mails[250] = mails[250]._replace(unread=True)
    async with sheet(mails) as (one, pilot):
        assert one.next_post(lambda post: post.unread)
        await pilot.pause()
        assert one.post is mails[250] or (one.post is not None and one.post.key == 250)
        assert screen(one).startswith("▸Bert 250")
        assert not one.next_post(lambda post: post.unread)
        assert one.next_post(lambda post: post.key == 3, -1)


async def test_a_quotation_is_opened_where_the_cursor_is_and_folded_again() -> None:
    async with sheet(posts(2, LONG)) as (one, pilot):
        assert not one.toggle_fold()  # the message has none
        one.next_post(lambda post: post.key == 2)
        row = one.line
        assert one.toggle_fold()
        await pilot.pause()
        assert screen(one).count("int a0;") == 1
        assert one.line == row
        one.toggle_fold()
        assert "int a0;" not in screen(one)
        one.top()
        assert not one.toggle_all_folds()
        await pilot.pause()
        assert screen(one).count("int a0;") == 2
        assert one.toggle_all_folds()


async def test_a_search_goes_from_hit_to_hit() -> None:
    async with sheet(posts(30, "needle")) as (one, pilot):
        one.search(compile_search("needle"))
        assert one.find(0) == Found(1, 30)
        assert one.find(1) == Found(2, 30)
        assert one.find(-1) == Found(1, 30)
        assert one.find(-2) == Found(1, 30, left=2)
        assert one.find(28) == Found(29, 30)
        assert one.find(3) == Found(30, 30, left=2)
        assert one.find(1) == Found(30, 30, left=1)
        assert one.find(1, from_edge=True) == Found(1, 30)
        assert one.find(-2, from_edge=True) == Found(29, 30)
        one.bottom()
        assert one.find(0) == Found(30, 30)
        await pilot.pause()
        one.search(compile_search("nowhere"))
        assert one.find(1) == Found(0, 0, left=1)


async def test_a_hit_in_a_folded_quotation_opens_that_and_no_other() -> None:
    async with sheet(posts(3, LONG)) as (one, pilot):
        one.search(compile_search("int a2;"))
        assert one.find(0) == Found(1, 3)
        await pilot.pause()
        assert "int a2;" in screen(one).splitlines()[one.line - one.row]
        assert screen(one).count("int a2;") == 1
        assert one.find(1) == Found(2, 3)
        await pilot.pause()
        assert "int a2;" in screen(one).splitlines()[one.line - one.row]
        assert one.find(-1) == Found(1, 3)


async def test_a_hit_in_the_lines_that_a_folded_quotation_shows_leaves_it_folded() -> None:
    async with sheet(posts(3, LONG)) as (one, pilot):
        one.search(compile_search("int a11;"))
        assert [one.find(steps) for steps in (0, 1, 1)] == [Found(1, 3), Found(2, 3), Found(3, 3)]
        await pilot.pause()
        assert "int a2;" not in screen(one)


async def test_a_search_goes_on_from_a_fold() -> None:
    async with sheet(posts(2, "needle\n" + LONG + " needle")) as (one, pilot):
        one.search(compile_search("needle"))
        one.find(0)
        one.move(1)
        assert one.find(1) == Found(2, 4)
        one.toggle_all_folds()
        assert one.find(1).of == 4
        await pilot.pause()


async def test_a_new_width_keeps_the_cursor_on_its_mail() -> None:
    async with sheet(posts(40, "word " * 40)) as (one, pilot):
        one.next_post(lambda post: post.key == 20)
        await pilot.resize_terminal(50, 24)
        await pilot.pause()
        assert one.post is not None and one.post.key == 20
        await pilot.resize_terminal(120, 24)
        await pilot.pause()
        assert one.post is not None and one.post.key == 20


async def test_shown_anew_it_stays_where_one_is() -> None:
    mails = posts(40)
    async with sheet(mails) as (one, pilot):
        one.next_post(lambda post: post.key == 20)
        more = [mails[0], Post(99, "New", NOW, None, "text"), *mails[1:]]
        one.show_posts(more, keep=True)
        await pilot.pause()
        assert one.post is not None and one.post.key == 20


async def test_what_ends_in_sight_for_a_while_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk_module, "READ_AFTER", 0.01)
    async with sheet(posts(30, unread=True)) as (one, pilot):
        app = pilot.app
        assert isinstance(app, Frame)
        for _ in range(500):
            if app.seen:
                break
            await pilot.pause(0.01)
        assert app.seen[0] == {post.key for post in one.in_sight()} - {0}
        assert 1 in app.seen[0]
        assert 30 not in app.seen[0]


async def test_a_long_mail_is_not_read_when_only_its_head_is_in_sight() -> None:
    async with sheet([*posts(1, unread=True), Post(2, "Cleo", NOW, None, "word " * 5000, unread=True)]) as (
        one,
        pilot,
    ):
        assert "Cleo" in screen(one)
        assert [post.key for post in one.in_sight()] == [0, 1]
        one.next_post(lambda post: post.key == 2, 1)
        await pilot.pause()
        assert [post.key for post in one.in_sight()] == [2]


async def test_nothing_is_read_while_the_keys_are_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk_module, "READ_AFTER", 0.01)
    app = Frame()
    async with app.run_test(size=(80, 24)) as pilot:
        one = app.query_one(TalkSheet)
        app.set_focus(None)
        one.show_posts(posts(3, unread=True))
        one.look()
        await pilot.pause(0.05)
        assert not app.seen


@pytest.mark.parametrize("size", [(1, 1), (5, 2), (12, 40), (300, 3)])
async def test_any_size_will_do(size: tuple[int, int]) -> None:
    async with sheet(posts(20, LONG, depth=7), size) as (one, pilot):
        one.bottom()
        one.top()
        one.page_down()
        await pilot.pause()
        assert screen(one) is not None


async def test_code_gets_the_colours_of_its_language() -> None:
    code = (
        "> diff --git a/a.c b/a.c\n> --- a/a.c\n> +++ b/a.c\n> @@ -1,2 +1,2 @@\n>  \tif (a)\n> -\treturn 1;\n"
    )
    async with sheet(posts(1, code + "> +\treturn (2);\n\nWhy?")) as (one, pilot):
        one.tint(1, "")
        one.toggle_all_folds()
        keyword = colors_of(one).keyword

        def colored() -> set[str]:
            segments = [part for y in range(one.size.height) for part in one.render_line(y)]
            looks = [(part.text.strip(), part.style.color) for part in segments if part.style]
            return {text for text, color in looks if color is not None and color.name == keyword}

        for _ in range(1000):
            if colored():
                break
            await pilot.pause(0.01)
        assert colored() == {"if", "return"}
        assert "-       return 1;" in screen(one)


async def test_hostile_code_is_clean_in_its_colours_too() -> None:
    code = "> +++ b/a.c\n> @@ -1 +1 @@\n> +\tint a; /* \x1b[2J \u202e */\n> +\tif\x9b(b)\n\nWhy?"
    async with sheet(posts(1, code)) as (one, pilot):
        one.tint(1, "x.py")
        for _ in range(20):
            assert not {"\x1b", "\u202e", "\x9b"} & set(screen(one))
            await pilot.pause(0.01)

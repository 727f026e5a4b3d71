"""Keymaps in the app: sequences, counts, what may follow, and keys named as they are bound."""

from __future__ import annotations

import pytest
from textual.widgets import Input, OptionList

from tests.screens.conftest import Seat, Sit
from tests.screens.staged import stage_deeds
from tests.screens.tour import TAB_KEYS
from tui.actions import ACTIONS
from tui.app import PwtuiApp
from tui.config.settings import Settings
from tui.core.bound import Rebound, read_bound
from tui.core.change import Kind
from tui.core.model import CheckState
from tui.keymap.choosing import make_keymap
from tui.keymap.live import DEFAULT
from tui.screens.check_editor import StateLine
from tui.screens.dialog import ListDialog
from tui.screens.outbox import Outbox
from tui.where import TABS, Where

pytestmark = pytest.mark.anyio

SIZES = [(80, 24), (120, 36), (200, 60)]
VIM = Settings(keymap="vim")


def at(id: str, *keys: str) -> Rebound:
    return Rebound(id, keys, "config.toml:7")


# -- sequences --------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_a_sequence_does_what_it_is_bound_to(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size, settings=VIM) as seat:
        await seat.loaded()
        listing = seat.browser.series
        await seat.press("j", "j")
        assert listing.cursor == 2
        await seat.press("g")
        assert listing.cursor == 2
        await seat.press("g")
        assert listing.cursor == 0


async def test_a_prefix_says_after_a_moment_what_may_follow(sit: Sit) -> None:
    async with sit((120, 36), settings=VIM) as seat:
        await seat.loaded()
        await seat.press("g")
        await seat.until(lambda: "g …" in seat.last_line)
        assert "t next view" in seat.last_line
        assert "1 … 9 view" in seat.last_line
        await seat.press("2")
        assert seat.browser.view == seat.browser.views[1]
        assert "g …" not in seat.last_line


async def test_esc_gives_a_sequence_up_and_does_nothing_else(sit: Sit) -> None:
    async with sit((80, 24), settings=VIM) as seat:
        await seat.loaded()
        await seat.press("enter", "g", "escape")
        assert seat.at(Where.PATCHES)
        await seat.press("escape")
        assert seat.at(Where.SERIES)


async def test_a_key_that_leads_nowhere_ends_a_sequence_with_a_word(sit: Sit) -> None:
    async with sit((120, 36), settings=VIM) as seat:
        await seat.loaded()
        await seat.press("j", "g", "s")
        assert "gs does nothing here." in seat.last_line
        assert len(seat.app.screen_stack) == 1
        await seat.press("k")
        assert seat.browser.series.cursor == 0


async def test_counts_reach_through_sequences_and_in_lists(sit: Sit) -> None:
    async with sit((120, 36), settings=VIM) as seat:
        await seat.reads("virtio: stop interrupting guests", patch=1)
        await seat.press("g", "g", "2", "right_square_bracket", "c")
        document = seat.browser.reader.document
        assert document is not None
        assert seat.browser.reader.line == document.hunk_rows[1]
        await seat.press("q", "q")
        await seat.press("g", "g", "1", "0", "j")
        assert seat.browser.series.cursor == 10


async def test_without_a_keymap_that_binds_it_a_digit_is_a_view(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("3")
        assert seat.browser.view == seat.browser.views[2]


# -- dialogs ------------------------------------------------------------------------------


async def test_dialogs_take_the_keymaps_keys(sit: Sit) -> None:
    async with sit((120, 36), settings=Settings(keymap="emacs")) as seat:
        await seat.loaded()
        await seat.press("O")
        assert isinstance(seat.app.screen, Outbox)
        await seat.press("ctrl+g")
        assert len(seat.app.screen_stack) == 1


async def test_a_dialog_lists_its_own_keys_and_does_what_is_chosen(sit: Sit) -> None:
    async with sit((120, 36), settings=Settings(keymap="tig")) as seat:
        await seat.loaded()
        await seat.press("s", "2")
        await seat.settled()
        await seat.press("E")
        await seat.sees("1 action")
        await seat.press("h")
        await seat.sees("Keys in the journal", "Take back what the cursor is on")
        assert "Mark this row" not in seat.text
        await seat.press(*"take back", "enter")
        await seat.until(lambda: any(one.undone for one in seat.browser.store.journal()))


# -- what is said ---------------------------------------------------------------------------


@pytest.mark.parametrize(("keymap", "key"), [("", "space"), ("mutt", "t"), ("emacs", "m")])
async def test_the_footer_and_the_help_name_the_keys_that_hold(sit: Sit, keymap: str, key: str) -> None:
    async with sit((200, 60), settings=Settings(keymap=keymap)) as seat:
        await seat.loaded()
        assert f"{key} mark" in seat.last_line
        await seat.press("question_mark", *"mark this row")
        await seat.sees(f"{key}")
        assert "Mark this row, and go to the next" in seat.text


async def test_sentences_name_the_keys_that_hold(sit: Sit) -> None:
    async with sit((80, 24), settings=VIM) as seat:
        await seat.loaded()
        await seat.press("right_square_bracket", "c")
        assert "Open a patch first: Enter." in seat.last_line
        await seat.press("H", "right_square_bracket", "c")
        assert "Go to the diff first: D." in seat.last_line
    async with sit((80, 24), settings=Settings(binds=(at("tab_diff", "f9"),))) as seat:
        await seat.loaded()
        await seat.press("H", "right_curly_bracket")
        assert "Go to the diff first: f9." in seat.last_line


async def test_a_key_that_does_nothing_says_where_it_does_something(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("w")
        assert "“wrap” in the changes and the diff; it does nothing here." in seat.last_line
        await seat.press("ctrl+b")
        assert "ctrl+b does nothing here; ? lists what does." in seat.last_line
        await seat.press("O", "w")
        await seat.sees("it does nothing here.")


# -- what is wrong ----------------------------------------------------------------------------


async def test_what_does_not_fit_is_told_at_the_start_and_the_rest_holds(sit: Sit) -> None:
    settings = Settings(
        keymap="vmi", keymap_at="config.toml:1", binds=(at("archiv", "x"), at("archive", "X", "ctrl+i"))
    )
    async with sit((120, 36), settings=settings) as seat:
        await seat.sees("config.toml:1: there is no keymap vmi")
        assert "config.toml:7: archiv is no action; did you mean archive?" in seat.last_line
        assert "archive has ctrl+i, which a terminal sends as Tab" in seat.last_line
        await seat.loaded()
        ids = seat.browser.store.patch_ids(seat.browser.series.current or 0)
        await seat.press("X")
        assert all(row.patch.archived for row in seat.browser.store.patch_rows(ids))


async def test_own_keys_keep_off_a_keymaps_keys_and_may_be_sequences(sit: Sit) -> None:
    settings = VIM._replace(keys=(read_bound("g", ["archive"]), read_bound("g a", ["archive"])))
    async with sit((120, 36), settings=settings) as seat:
        await seat.loaded()
        await seat.sees("keys: g is taken by “top”, gg; choose another key.")
        ids = seat.browser.store.patch_ids(seat.browser.series.current or 0)
        await seat.press("g", "a")
        assert all(row.patch.archived for row in seat.browser.store.patch_rows(ids))


async def test_without_settings_the_keymap_is_the_table(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        assert seat.app.keymap is DEFAULT


async def test_what_wants_a_digit_says_so_when_it_is_chosen_from_the_help(sit: Sit) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        await seat.press("question_mark", *"by its number", "enter")
        await seat.until(lambda: "1 … 9: Go to a view by its number." in seat.last_line)


# -- no key is silent -------------------------------------------------------------------------


@pytest.mark.parametrize("opens", ["O", "J", "I", "percent_sign", "preview"])
async def test_in_a_dialog_no_key_is_silent(sit: Sit, opens: str) -> None:
    async with sit((120, 36)) as seat:
        await seat.loaded()
        if opens == "preview":
            await seat.press("space", "a")
        else:
            await seat.press(opens)
        await seat.until(lambda: len(seat.app.screen_stack) == 2)
        await seat.press("g")
        for key in ("k", "ctrl+b", "f9", "w", "colon"):
            assert isinstance(seat.app.screen, ListDialog)
            seat.app.screen.tell_of_key("")
            await seat.pilot.pause()
            before = seat.text
            await seat.press(key)
            assert seat.text != before, key
            assert len(seat.app.screen_stack) == 2
        await seat.press("question_mark")
        await seat.sees("Keys in the")


PLACES = (Where.SERIES, Where.PATCHES, *TABS)
ELSEWHERE = {"leave", "suspend", "edit", "pipe", "browse"}
"""They have the terminal, or another program."""


@pytest.mark.parametrize("where", PLACES)
async def test_in_a_pane_no_key_is_silent(sit: Sit, where: Where) -> None:
    async with sit((120, 36)) as seat:
        await seat.reads("virtio: stop interrupting guests", patch=1)
        browser = seat.browser
        silent = []
        for action in ACTIONS:
            if action.id in ELSEWHERE or where not in action.where or not action.keys:
                continue
            await back_to(seat, where)
            before = drawn(seat)
            await seat.press(*action.keys[0].split())
            if drawn(seat) == before and browser.counting == 0:
                silent.append(action.id)
        assert silent == []


async def back_to(seat: Seat, where: Where) -> None:
    """Leave what a key has opened, and take its words away."""
    browser = seat.browser
    while len(seat.app.screen_stack) > 1:
        await seat.press("escape")
    if browser.asking.question is not None:
        await seat.press("escape")
    for listing in (browser.series, browser.patches):
        listing.leave_range()
        listing.clear_marks()
    browser.counting = browser.count = 0
    if browser.level is not where:
        browser.go_to(where)
    browser.tell(None)
    await seat.pilot.pause()


def drawn(seat: Seat) -> list[object]:
    """Return what stands on the screen, with its looks."""
    return [(strip.text, list(strip)) for strip in seat.app.screen._compositor.render_strips()]


async def test_in_a_chooser_a_question_mark_lists_its_keys_and_no_key_is_silent(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        await seat.press("s", "question_mark")
        await seat.sees("Keys in this list", "Take that choice at once", "Esc, ctrl+g")
        await seat.press("x", "f9")
        await seat.sees("f9 does nothing here; f1 lists the keys")
        await seat.press("f1")
        await seat.sees("Keys in this list")
        await seat.press("x", "ctrl+g")
        await seat.until(lambda: len(seat.app.screen_stack) == 1)
        await seat.press("question_mark", "question_mark")
        await seat.sees("Show what the keys do")


# -- scrolling ----------------------------------------------------------------------------------


@pytest.mark.parametrize("keymap", ["", "vim"])
async def test_a_list_is_scrolled_by_lines_under_its_cursor(sit: Sit, keymap: str) -> None:
    async with sit((80, 24), settings=Settings(keymap=keymap)) as seat:
        await seat.loaded()
        listing = seat.browser.series
        await seat.press("j", "j", "ctrl+e")
        assert (listing.scroll_offset.y, listing.cursor) == (1, 2)
        await seat.press("ctrl+e", "ctrl+e", "ctrl+e")
        assert (listing.scroll_offset.y, listing.cursor) == (4, 4), "it goes along when it must"
        await seat.press(*["ctrl+y"] * 4)
        assert (listing.scroll_offset.y, listing.cursor) == (0, 4)
        await seat.press("ctrl+y")
        assert "The first row is in sight." in seat.last_line
        await seat.press("end")
        await seat.settled()
        await seat.press("end", *["ctrl+y"] * 3)
        assert listing.cursor == listing.scroll_offset.y + listing.size.height - 1


@pytest.mark.parametrize("size", SIZES)
async def test_a_diff_is_scrolled_by_lines_under_its_cursor(sit: Sit, size: tuple[int, int]) -> None:
    async with sit(size, settings=VIM) as seat:
        reader = await seat.reads("migration: send memory", 3)
        await seat.until(lambda: reader.is_settled)
        await seat.press(*"jjjjj")
        line, row = reader.line, reader.row
        await seat.press("ctrl+e", "ctrl+e")
        assert (reader.line, reader.row) == (line, row + 2)
        await seat.press(*["ctrl+e"] * 8)
        assert reader.row == row + 10
        assert reader.line == reader.row + reader.covered(reader.row)
        await seat.press("1", "0", "0", "ctrl+y")
        assert reader.row == 0
        await seat.press("ctrl+y")
        assert "The first line is in sight." in seat.last_line


async def test_a_list_above_the_panes_is_scrolled_too(sit: Sit) -> None:
    async with sit((80, 24)) as seat:
        await seat.loaded()
        stage_deeds(seat)
        await seat.press("J")
        await seat.sees("Journal")
        await seat.press("ctrl+y")
        await seat.sees("The first row is in sight.")


async def test_as_in_emacs_ctrl_r_goes_back_to_the_hit_before(sit: Sit) -> None:
    async with sit((120, 36), settings=Settings(keymap="emacs")) as seat:
        await seat.reads("virtio: stop interrupting guests", patch=1)
        await seat.press("ctrl+s", *"the", "enter")
        await seat.sees("1 of ")
        await seat.press("alt+g", "n")
        await seat.sees("2 of ")
        await seat.press("ctrl+r")
        await seat.sees("1 of ")


# -- where one types --------------------------------------------------------------------------

TYPED_BINDS = (
    ("next_choice", "f2"),
    ("accept", "f3"),
    ("back", "f4"),
    ("begin_line", "f5"),
    ("next_field", "f6"),
    ("older_answer", "f7"),
    ("as_regex", "f8"),
)


async def test_keys_where_one_types_can_be_bound(sit: Sit) -> None:
    binds = tuple(Rebound(action, (key,), "config.toml:9") for action, key in TYPED_BINDS)
    async with sit((120, 36), settings=Settings(binds=binds)) as seat:
        await seat.loaded()
        await seat.press("s", "escape")
        await seat.sees("Esc does nothing here; f1 lists the keys")
        await seat.press("f4", "n", *"one", "f5", *"two", "enter")
        await seat.sees("Enter does nothing here; f1 lists the keys")
        await seat.press("f3")
        await seat.until(lambda: len(seat.app.screen_stack) == 1)
        note = seat.browser.store.note(Kind.SERIES, seat.browser.series.current or 0)
        assert note == "one\ntwo"
        await seat.reads("virtio: stop interrupting guests", patch=1)
        await seat.press("slash", *"the", "f3", "slash", "f7")
        assert seat.browser.asking.text == "the"
        await seat.press("f8")
        await seat.sees("regex, f8")
        await seat.press("f9")
        await seat.sees("f9 does nothing here; f1 lists the keys")
        await seat.press("f1")
        await seat.sees("Keys in this line", "Search for a regex, or for the text as it stands")


EMACS = Settings(keymap="emacs", binds=(at("older_answer", "ctrl+x 1"), at("next_choice", "ctrl+x l")))


async def test_a_sequence_that_begins_with_no_character_works_where_one_types(sit: Sit) -> None:
    async with sit((80, 24), settings=EMACS) as seat:
        await seat.loaded()
        await seat.press("ctrl+x", "n", *"xk", "ctrl+x")
        await seat.sees("ctrl+x …", "k back", "ctrl+s take")
        await seat.press("ctrl+s")
        await seat.until(lambda: len(seat.app.screen_stack) == 1)
        assert seat.browser.store.note(Kind.SERIES, seat.browser.series.current or 0) == "xk"
        await seat.press("ctrl+x", "n", *"more", "ctrl+x", "k")
        await seat.until(lambda: len(seat.app.screen_stack) == 1)
        assert seat.browser.store.note(Kind.SERIES, seat.browser.series.current or 0) == "xk"


async def test_in_a_chooser_it_goes_before_accelerators_and_what_is_typed(sit: Sit) -> None:
    async with sit((80, 24), settings=EMACS) as seat:
        await seat.loaded()
        await seat.press("s", "ctrl+x", "1")
        await seat.sees("ctrl+x 1 does nothing here")
        chooser = seat.app.screen
        await seat.press("ctrl+x", "l")
        assert chooser.query_one(OptionList).highlighted == 1
        assert chooser.query_one(Input).value == ""
        await seat.until(lambda: "ctrl+x" not in seat.text)
        await seat.press("ctrl+x", "escape")
        assert seat.app.screen is chooser
        await seat.until(lambda: "ctrl+x" not in seat.text)
        await seat.press("l")
        assert chooser.query_one(Input).value == "l"
        await seat.press("ctrl+x", "k")
        await seat.until(lambda: len(seat.app.screen_stack) == 1)


async def test_in_the_line_it_may_end_with_a_character(sit: Sit) -> None:
    async with sit((80, 24), settings=EMACS) as seat:
        await seat.reads("virtio: stop interrupting guests", patch=1)
        line = seat.browser.asking
        await seat.press("slash", *"the", "ctrl+x", "ctrl+s", "slash", "ctrl+x")
        await seat.sees("ctrl+x …", "1 older")
        await seat.press("1")
        assert line.text == "the"
        await seat.press("ctrl+x", "j")
        await seat.sees("ctrl+x j does nothing here")
        await seat.press("ctrl+x", "escape", "n")
        assert line.text == "then"
        await seat.press("ctrl+x", "k")
        assert line.question is None
        await seat.press("slash", "k")
        assert line.text == "k"


async def test_in_a_form_too(sit: Sit) -> None:
    async with sit((80, 24), settings=EMACS) as seat:
        await seat.reads("virtio: stop interrupting guests", patch=1)
        await seat.settled()
        await seat.press(TAB_KEYS[Where.CHECKS])
        await seat.press("c")
        await seat.sees("Tab goes on")
        form = seat.app.screen
        await seat.press("ctrl+x", "w")
        await seat.sees("ctrl+x w does nothing here")
        assert form.query_one(StateLine).state is CheckState.SUCCESS
        await seat.press("ctrl+x", "k")
        await seat.until(lambda: seat.app.screen is not form)


async def test_the_shell_is_gone_to_from_everywhere_by_a_sequence_too(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[str] = []
    monkeypatch.setattr(
        PwtuiApp, "action_suspend_process", lambda app: gone.append(app.screen.__class__.__name__)
    )
    settings = Settings(binds=(at("suspend", "ctrl+x ctrl+z"),))
    async with sit((80, 24), settings=settings) as seat:
        await seat.loaded()
        for keys in ((), ("s",), ("n",), ("O",), ("slash", "x")):
            before = len(gone)
            await seat.press(*keys, "ctrl+x", "ctrl+z")
            assert len(gone) == before + 1
            await seat.press(*(["escape"] if keys else []))
            await seat.until(lambda: len(seat.app.screen_stack) == 1)
    assert gone == ["Browser", "Chooser", "NoteEditor", "Outbox", "Browser"]


def test_what_is_typed_cannot_be_a_key_where_one_types() -> None:
    keymap, problems = make_keymap("", (Rebound("accept", ("x",), "c:1"), Rebound("back", ("q",), "c:2")))
    assert "c:1: accept cannot have x, which is typed there" in problems
    assert "c:2: back must have a key that types nothing; Esc, ctrl+g stays its key" in problems
    _, problems = make_keymap("", (Rebound("accept", ("z z", "ctrl+x z"), "c:1"),))
    assert problems == ["c:1: accept cannot have zz, which is typed there"]
    assert keymap.keys_of("accept") == ["Enter"]
    assert keymap.keys_of("back") == ["q", "Esc", "ctrl+g"]


@pytest.mark.parametrize("opens", ["", "s", "n", "slash", "question_mark", "Q", "O"])
async def test_ctrl_z_goes_to_the_shell_wherever_one_is(
    sit: Sit, opens: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[str] = []
    monkeypatch.setattr(PwtuiApp, "action_suspend_process", lambda app: gone.append("gone"))
    async with sit((120, 36)) as seat:
        await seat.loaded()
        if opens == "Q":
            await seat.press("escape")  # asks whether to leave
        elif opens:
            await seat.press(opens)
        before = len(seat.app.screen_stack)
        await seat.press("ctrl+z")
        assert gone == ["gone"]
        assert len(seat.app.screen_stack) == before

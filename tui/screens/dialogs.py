"""Opening a dialog.  Their widgets are loaded with the first one: 15 ms that the start need not wait for."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

from textual.dom import DOMNode
from textual.screen import Screen

if TYPE_CHECKING:
    from tui.core.change import Notice
    from tui.core.inbox import Topic
    from tui.core.me import Me
    from tui.core.preview import Marked, Preview
    from tui.diff.index import DiffIndex
    from tui.screens.chooser import Chooser
    from tui.store.store import Store
    from tui.sync.sync import Sync


class Choice(NamedTuple):
    """One line of a chooser."""

    value: str
    label: str
    detail: str = ""
    words: str = ""
    """What else finds it when typed."""

    @property
    def text(self) -> str:
        """Return all that typing looks in."""
        return f"{self.label} {self.detail} {self.words}".lower()


def choose(
    screen: DOMNode,
    title: str,
    choices: Sequence[Choice],
    done: Callable[[str], None],
    *,
    left: Callable[[], None] = lambda: None,
    accelerated: bool = False,
    keyed: bool = False,
    current: str = "",
    note: str = "",
    pointed: Callable[[str], None] = lambda value: None,
) -> Chooser:
    """Open a chooser; ``done`` is called with the value chosen, ``left`` when there is none.

    ``pointed`` is called with the value under the cursor, whenever that is another one.
    """
    from tui.screens.chooser import Chooser

    chooser = Chooser(title, choices, accelerated=accelerated, keyed=keyed, current=current, note=note)
    chooser.pointed = pointed
    screen.app.push_screen(chooser, lambda value: left() if value is None else done(value))
    return chooser


def list_files(
    screen: Screen[None],
    index: DiffIndex,
    done: Callable[[int], None],
    *,
    current: int,
    seen: Set[int],
) -> None:
    """Open the list of a diff's files; ``done`` is called with the number of the one chosen."""
    from tui.screens.file_list import FileList

    chosen = FileList(index, current=current, seen=seen)
    screen.app.push_screen(chosen, lambda number: None if number is None else done(number))


def show_preview(
    screen: Screen[None],
    store: Store,
    marked: Marked,
    count: Callable[[bool], Preview],
    done: Callable[[Preview], None],
    *,
    of_series: bool,
) -> None:
    """Show what an action on marked series, or patches, changes.

    ``done`` is called with what was shown when it is wanted; ``count`` gets whether marked rows
    that the list does not show are taken in.
    """
    from tui.screens.preview import PreviewSheet

    sheet = PreviewSheet(store, marked, count, of_series=of_series)
    screen.app.push_screen(sheet, lambda agreed: done(agreed) if agreed else None)


def list_writes(screen: Screen[None], store: Store, sync: Sync, tell: Callable[[Notice], None]) -> None:
    """Open the outbox; ``tell`` is told what is done there."""
    from tui.screens.outbox import Outbox

    screen.app.push_screen(Outbox(store, sync, tell))


def list_deeds(screen: Screen[None], store: Store, sync: Sync) -> None:
    """Open the journal."""
    from tui.screens.journal import Journal

    screen.app.push_screen(Journal(store, sync))


def list_news(
    screen: Screen[None], store: Store, sync: Sync, me: Me, go: Callable[[int, int | None, Topic], None]
) -> None:
    """Open the inbox; ``go`` is called with the series, the patch if it is one, and what it is about."""
    from tui.screens.inbox import Inbox

    screen.app.push_screen(Inbox(store, sync, me), lambda place: go(*place) if place else None)


def list_team(screen: Screen[None], store: Store, sync: Sync, show: Callable[[str], None]) -> None:
    """Open the team view; ``show`` is called with the user name, or nobody, whose patches are wanted."""
    from tui.screens.team import Team

    screen.app.push_screen(Team(store, sync, show))


def write_note(screen: Screen[None], title: str, text: str, done: Callable[[str], None]) -> None:
    """Open the editor of a note; ``done`` is called with the text that is to be kept."""
    from tui.screens.note_editor import NoteEditor

    screen.app.push_screen(NoteEditor(title, text), lambda said: None if said is None else done(said))


def inform(screen: Screen[None], title: str, lines: Sequence[str]) -> None:
    """Show a few lines until a key is pressed."""
    from tui.screens.message import Message

    screen.app.push_screen(Message(title, lines))


def confirm(
    screen: Screen[None],
    title: str,
    lines: Sequence[str],
    yes: Sequence[str],
    do: Callable[[], None],
    left: Callable[[], None] = lambda: None,
) -> None:
    """Ask, and do it when one of the keys that mean yes is pressed; call ``left`` at any other."""
    from tui.screens.message import Message

    screen.app.push_screen(Message(title, lines, yes=yes, note=""), lambda said: do() if said else left())


def ask_to_leave(
    screen: Screen[None],
    leave: Callable[[], None],
    *,
    lost: str = "",
    stay: Callable[[], None] = lambda: None,
) -> None:
    """Ask whether to leave, and say what would be lost."""
    lines = ["q or Enter leaves, any other key stays."]
    confirm(screen, "Leave pwtui?", [lost, *lines] if lost else lines, ("q", "Q", "enter"), leave, stay)

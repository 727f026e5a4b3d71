"""What keys mean before any pane is asked: words that go away, counts, and the line to type into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from tui.action import Action
from tui.core.change import Notice, Tone
from tui.keymap.live import BY_ID, Keymap
from tui.screens.key_taking import KeyTaking, keymap_of
from tui.where import Where
from tui.widgets.ask_line import AskLine, Question
from tui.widgets.bars import BottomBar

if TYPE_CHECKING:
    from tui.screens.typing_keys import Steps

MOST = 9_999_999
"""The highest count that digits make."""
COUNTS = ("count", "count_rows")


class Keyed(KeyTaking[None]):
    """Looks at each key before it does what it does."""

    def __init__(self) -> None:
        super().__init__()
        self._bottom = BottomBar()
        self._asking = AskLine()
        self.answers: dict[str, list[str]] = {"/": [], "!": [], "filter": [], "query": []}
        """What was typed into the line before, by what it was asked with, the oldest first."""
        self.counting = 0
        """The count that is being typed, 0 for none."""
        self.count = 0
        """The count that was typed before the last key, 0 for none."""
        self._steps: Steps
        """The keys of a sequence that were pressed in the line to type into."""
        self.own_keymap: Keymap | None = None
        """The keymap with the keys of the user's own; None before it is known."""

    @property
    def keymap(self) -> Keymap:
        """What the keys do, those of the user's own among them."""
        return self.own_keymap or keymap_of(self)

    @property
    def place(self) -> Where:
        """The pane, or the tab, that has the keys."""
        return self.level

    level = Where.SERIES
    """The pane, or the tab, that has the keys."""

    def key_came(self, event: events.Key) -> bool:
        """Look at a key before it does what it does; say whether that was all.

        A word that was only to be read goes with the key; a trouble stays.
        """
        if self._bottom.notice is not None and self._bottom.notice.tone is not Tone.TROUBLE:
            self._bottom.notice = None
        if self._asking.question is not None:
            self._answer(self._asking.question, event)
            return True
        return False

    def about_to(self, action: Action) -> None:
        """Have what was counted hold for the action that is next, and for no other."""
        if action.id not in COUNTS:
            self.count, self.counting = self.counting, 0

    def key_done(self) -> None:
        """Show what follows from what a key did, in the same frame as that."""

    async def on_bottom_bar_chosen(self, event: BottomBar.Chosen) -> None:
        """Do what the key of a hint does; of a second click nothing, once the first has opened a dialog."""
        if self.app.screen is self:
            await self.press(BY_ID[event.action])

    async def press(self, action: Action) -> None:
        """Do what the key of an action does here, with all that comes with a key; no sequence goes on."""
        self._forget()
        sequences = self.keymap.keys_at(action, self.place)
        for key in sequences[0].split() if sequences else ():
            if not self.key_came(events.Key(key, None)):
                await self.take_key(key)
            if self.app.screen is self:
                self.key_done()
        if not sequences:
            self.run_action_named(action.id)

    def run_action_named(self, id: str) -> None:
        """Do an action of the table, if it means something here."""
        raise NotImplementedError

    def tell_of_key(self, text: str) -> None:
        """Say it in the one place of messages."""
        self.tell(Notice(text) if text else None)

    def action_count_rows(self, digit: int) -> None:
        """Take one more digit of a count, in a list."""
        self.action_count(digit)

    def action_count(self, digit: int) -> None:
        """Take one more digit of a count."""
        self.counting = min(MOST, self.counting * 10 + digit)
        self.say(str(self.counting))

    @property
    def times(self) -> int:
        """How often the motion of the last key is to be done."""
        return self.count or 1

    def say(self, text: str) -> None:
        """Say a word in the one place of messages."""
        self.tell(Notice(text))

    def tell(self, notice: Notice | None) -> None:
        """Show a line in the one place of messages."""
        self._bottom.notice = notice

    @property
    def asking(self) -> AskLine:
        """The line that is typed into."""
        return self._asking

    # -- asking ----------------------------------------------------------------

    def ask(self, question: Question, text: str = "") -> None:
        """Ask for a line of text, in the place of the bottom bar."""
        from tui.screens.typing_keys import Steps  # few starts ask

        self._steps = Steps()
        self._bottom.display, self._asking.display = False, True
        self._asking.ask(question, text)

    def _stop_asking(self) -> Question | None:
        self._bottom.display, self._asking.display = True, False
        return self._asking.end()

    def _answer(self, question: Question, event: events.Key) -> None:
        """Hand a key to the line; the keys that end it are looked at here."""
        found = self._steps.take(self.keymap, Where.LINE, event.key)
        if isinstance(found, str):
            self._asking.say(found)
            return
        id = found.id if found else ""
        if id == "back":
            self._stop_asking()
            question.left()
        elif id == "accept":
            self._accept(question)
        elif id == "help":
            from tui.screens.typing_keys import tell_keys

            tell_keys(self, Where.LINE, "Keys in this line")
        elif id == "suspend":
            self.app.action_suspend_process()
        elif id in question.keys:
            question.keys[id]()
        elif id in ("older_answer", "newer_answer"):
            if not self._asking.recall(1 if id == "older_answer" else -1):
                self._asking.say(f"nothing {'else ' if question.history else ''}was typed here before")
        elif id or not self._asking.take(event):
            from tui.screens.typing_keys import idle_words

            self._asking.say(idle_words(self, event.key))

    def _accept(self, question: Question) -> None:
        """End the line with what is typed, if that will do."""
        self._asking.catch_up()
        text = self._asking.text
        if not question.takes(text):
            return
        self._stop_asking()
        if text:
            question.history[:] = [*(old for old in question.history if old != text), text]
        question.done(text)

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted is for the line."""
        if self._asking.question is not None:
            self._asking.insert(event.text)

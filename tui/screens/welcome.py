"""The first start: server, project, token, theme and keys, on one screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.screen import Screen

from tui.core.first import DEMO, Answers, Verdict, first_lines
from tui.core.text import clean
from tui.screens.dialogs import Choice, choose
from tui.screens.switching import go_over, host_of
from tui.screens.welcome_form import Form
from tui.screens.welcome_guide import KEYMAP, PROJECT, QUESTIONS, SERVER, THEME, TOKEN, Guide
from tui.screens.working import work_behind

_OPTIONAL = "optional; what you type is hidden"


class Welcome(Form):
    """Asks one thing after another; nothing is written before a yes."""

    def __init__(self, guide: Guide) -> None:
        super().__init__()
        self._guide = guide
        self.trouble = clean(" · ".join(guide.problems))
        self.answers = Answers()
        self.verdict: Verdict | None = None
        """What came of the token; None while there is none, or it is being tried."""
        self._themes, self._keymaps = guide.themes(), guide.keymaps()
        self._projects: Sequence[Choice] = ()
        self._why_none = ""
        """Why there is no project to choose."""

    def on_mount(self) -> None:
        """Begin with the first question."""
        self.remark(TOKEN, _OPTIONAL)
        self._go(SERVER)

    def _go(self, at: int) -> None:
        quiet = f"Nothing is written before you say yes, then to {self._guide.config}"
        note = quiet if self._guide.config else ""
        if at == PROJECT and self._why_none:
            note = f"{self._why_none}. Type the link name."
        keys = "{accept} starts" if at == KEYMAP else "{accept} goes on"
        keys += "  {previous_field} goes back" if at else ""
        self.ask(at, QUESTIONS[at], keys, note)

    def choices(self) -> Sequence[Choice]:
        """Return what there is to choose."""
        return (self._guide.servers(), self._projects, (), self._themes, self._keymaps)[self.at]

    def answer(self) -> str:
        """Return what was answered before."""
        return self.answers[self.at]

    def help(self, typed: str) -> list[str]:
        """Say where a token comes from, or what is done with what is like nothing in the list."""
        host = host_of(self.answers.server)
        if self.at == TOKEN:
            return [
                f"It stands on your profile page there, {host}/user/, below API.",
                f"It goes to {host} alone, and is shown nowhere.",
                "Enter tries it at once; with an empty line you only read.",
            ]
        if self.at == PROJECT and not self._projects:
            asked = f"Asking {host} for its projects; or type the link name, as it stands in the address:"
            return [self._why_none or asked, f"{host}/project/NAME/list/"]
        if self.at in (THEME, KEYMAP):
            return ["Nothing is called so."]
        return ["Nothing in the list is like that; Enter takes it as it stands."]

    def pointed(self, value: str) -> None:
        """Show a theme while the cursor is on it."""
        if self.at == THEME:
            self._guide.show_theme(value)

    # -- answers -------------------------------------------------------------------

    def take(self) -> None:
        """Take the answer, and ask the next thing."""
        takes = (self._take_server, self._take_project, self._take_token, self._take_look, self._take_look)
        try:
            takes[self.at]()
        except ValueError as error:
            self.say(str(error))
            return
        if self.at == KEYMAP:
            self._finish()
        else:
            self._go(THEME if self.answers.server == DEMO and self.at < THEME else self.at + 1)

    def back(self) -> None:
        """Ask the thing before; a theme that was only looked at goes."""
        if self.at == THEME:
            self._guide.show_theme(self.answers.theme or self._themes[0].value)
        if not self.at:
            self.say("This is the first question.")
        else:
            self._go(SERVER if self.answers.server == DEMO and self.at == THEME else self.at - 1)

    def _take_server(self) -> None:
        server, project = self.chosen(), ""
        if not server:
            server, project = self._guide.read_server(self.typed)
        if server != self.answers.server:
            self.answers = Answers(server, theme=self.answers.theme, keymap=self.answers.keymap)
            self.verdict, self._projects, self._why_none = None, (), ""
            for at in (PROJECT, TOKEN):
                self.show(at, "")
            self.remark(PROJECT, "")
            self.remark(TOKEN, _OPTIONAL)
            if server != DEMO:
                self.remark(PROJECT, f"asking {host_of(server)} …")
                work_behind(self, "projects", self._look, server)
        self.show(SERVER, host_of(server))
        if project:
            self.show(PROJECT, project)

    async def _look(self, server: str) -> None:
        outcome = await self._guide.projects(server)
        if server != self.answers.server:
            return
        self._projects = [Choice(spot.project, spot.project, spot.title) for spot in outcome.spots]
        number = len(self._projects)
        self._why_none = "" if number else outcome.trouble
        words = f"{number:,} project{'' if number == 1 else 's'} there" if number else "no answer"
        self.remark(PROJECT, words, "" if number else "bad")
        if self.at == PROJECT:
            self.fill(self.lines[PROJECT].value)
            if self._why_none:
                self.say(f"{self._why_none}. Type the link name.")

    def _take_project(self) -> None:
        project = self.chosen() if not self.typed or self._projects else ""
        project = project or self._guide.read_project(self.typed)
        if project != self.answers.project:
            self.verdict = None
        self.answers = self.answers._replace(project=project)
        self.show(PROJECT, project)

    def _take_token(self) -> None:
        token = self.typed
        if token and token == self.answers.token and self.verdict is not None:
            return
        self.verdict, self.answers = None, self.answers._replace(token=token)
        self.remark(TOKEN, "being tried …" if token else _OPTIONAL)
        if token:
            work_behind(self, "token", self._try, self.answers)

    async def _try(self, answers: Answers) -> None:
        verdict = await self._guide.try_token(answers)
        if answers[:THEME] != self.answers[:THEME]:
            return
        self.verdict = verdict
        sign, kind = ("✓", "good") if verdict.taken else ("✗", "bad")
        self.remark(TOKEN, f"{sign} {verdict.words}", kind)
        if not verdict.taken and self.at == THEME and not self.typed:
            self._go(TOKEN)  # another one would be typed here, and seen
        self.say(f"Token: {(verdict.more or verdict.words).rstrip('.')}.")

    def _take_look(self) -> None:
        """Take a theme or a keymap."""
        value = self.chosen()
        if not value:
            raise ValueError("Nothing is called so; clear the line to see all.")
        self.answers = self.answers._replace(**{Answers._fields[self.at]: value})
        self.show(self.at, value)

    # -- the end ---------------------------------------------------------------------

    def _finish(self) -> None:
        """Ask whether to write, where there is anything to write, and start."""
        if not first_lines(self._worth_keeping()) or not self._guide.config:
            self._start()
            return
        note = f"The token: {self.verdict.words}" if self.verdict and not self.verdict.taken else ""
        choices = [
            Choice("yes", "Yes", "write it, and start"),
            Choice("no", "No", "start; the next one asks again"),
            Choice("back", "Back", "change something"),
        ]
        choose(self, f"Write this to {self._guide.config}?", choices, self._decide, note=note)

    def _worth_keeping(self) -> Answers:
        """Return what was chosen and does not hold anyway."""
        theme, keymap = self.answers.theme, self.answers.keymap
        return self.answers._replace(
            theme="" if theme == self._themes[0].value else theme,
            keymap="" if keymap == self._keymaps[0].value else keymap,
        )

    def _decide(self, said: str) -> None:
        if said == "yes":
            try:
                self._guide.write(self._worth_keeping())
            except ValueError as error:
                self.say(str(error))
                return
        if said != "back":
            self._start()

    def _start(self) -> None:
        def make() -> Screen[None]:
            return self._guide.enter(self.answers)

        self.app.call_later(go_over, self.app, self, make)

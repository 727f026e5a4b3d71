"""Keys that run a command: in the terminal, behind the app, or with its output to be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from tui.action import Action
from tui.core.change import Kind, Notice, Tone
from tui.core.text import clean
from tui.screens.outside import Outside, in_terminal, run
from tui.screens.repeating import Repeating
from tui.where import Where

if TYPE_CHECKING:
    from tui.core.bound import Bound
    from tui.core.command import Command
    from tui.screens.jobs import Job
    from tui.screens.output import Output
    from tui.screens.row_fields import Shelf, Subject


class Commanding(Repeating, Outside):
    """What runs the commands of the config file.  All that they need is loaded with the first one."""

    _commands: tuple[Command, ...] = ()
    _jobs: list[Job]
    _for_texts: tuple[Command, list[int]] | None = None
    """A command that waits for the texts of patches."""

    # -- keys of the user's own ----------------------------------------------------

    def bind_own(self, keys: Sequence[Bound], commands: Sequence[Command]) -> list[str]:
        """Bind all that is the user's own; return a line for each that cannot be, or may not work."""
        return [*self.bind_keys(keys), *self.bind_commands(commands)]

    def bind_commands(self, commands: Sequence[Command]) -> list[str]:
        """Bind keys to commands; return a line for each that cannot be."""
        if not commands:
            return []
        from tui.keymap.own import own_key

        problems: list[str] = []
        bound: dict[str, Command] = {}
        for command in commands:
            try:
                bound[own_key(command.key, self.keymap, bound)] = command
            except ValueError as error:
                problems.append(f"{command.at or 'config.toml, commands'}: {clean(command.key)} {error}.")
        self._commands = tuple(bound.values())
        self.own_keymap = self.keymap.with_own(
            [
                *self.keymap.own,
                *(
                    Action(f"command({at})", (key,), clean(one.name), f"{clean(one.run)} (yours)")
                    for at, (key, one) in enumerate(bound.items())
                ),
            ]
        )
        return problems

    def action_command(self, index: int) -> None:
        """Run one of the user's commands, on the marked rows or on this one."""
        self._begin(self._commands[index])

    # -- what it is about -----------------------------------------------------------

    def _begin(self, command: Command) -> None:
        """Run a command, once what it wants is here."""
        from tui.screens.row_fields import missing_texts

        self._for_texts = None
        subjects = self._subjects()
        if not subjects:
            self.say(f"{clean(command.name)}: there is nothing here to run it on.")
            return
        unknown = self.store.unknown_series(self._wanted_series())
        if unknown and set(command.fields) - {"series_id", "name", "version", "server", "project"}:
            self.when_here(unknown, lambda: self._begin(command))
        elif missing := missing_texts(subjects, command.fields, self.store):
            self._for_texts = command, missing
            self.sync.need_texts(missing)
            self.say("Fetching the patches first …")
        else:
            self._run_command(command, subjects)

    def _subjects(self) -> list[Subject]:
        from tui.screens.row_fields import find_subject

        listing = self.chosen_from
        ids = listing.shown_marks or [id for id in [listing.current] if id is not None]
        if self.level is Where.SERIES:
            found = [find_subject(self.store, id, 0) for id in ids]
        else:
            found = [find_subject(self.store, self.series.current or 0, max(0, id)) for id in ids]
        return [one for one in found if one.series or one.patch]

    @property
    def is_waiting(self) -> bool:
        """Whether something waits for what is being fetched."""
        return self._for_texts is not None or super().is_waiting

    def changed(self, changes: Mapping[Kind, set[int]]) -> None:
        """Run a command whose texts have come."""
        super().changed(changes)
        if self._for_texts and Kind.BODIES in changes:
            command, missing = self._for_texts
            if all(self.store.has_body(id, own=True) for id in missing):
                self.tell(None)
                self._begin(command)

    def tell(self, notice: Notice | None) -> None:
        """A command does not outlive the trouble of fetching what it wants."""
        if notice and notice.tone is Tone.TROUBLE:
            self._for_texts = None
        super().tell(notice)

    def action_back(self) -> None:
        """Give up a command that waits; else go back."""
        if self._for_texts:
            self._for_texts = None
            self.say("Given up.")
        else:
            super().action_back()

    # -- running --------------------------------------------------------------------

    def _run_command(self, command: Command, subjects: Sequence[Subject]) -> None:
        from tui.core.command import Output
        from tui.screens.row_fields import Shelf, fill

        shelf, place = Shelf(), (self.server, self.project)
        try:
            filled = [fill(command, subject, self.store, place, shelf) for subject in subjects]
        except ValueError as error:
            shelf.clear()
            self.tell(Notice(f"{clean(command.name)}: {error}", Tone.TROUBLE))
            return
        if command.output is Output.TERMINAL:
            self._in_the_terminal(command, filled, shelf)
        else:
            self._behind(command, filled, shelf)

    def _in_the_terminal(self, command: Command, filled: Sequence[str], shelf: Shelf) -> None:
        def do() -> str:
            return next((why for one in filled if (why := run(one, waits=True))), "")

        try:
            trouble = in_terminal(self.app, do)
        except SuspendNotSupported:
            trouble = "cannot be started: this terminal cannot be handed over"
        shelf.clear()
        self._tell_end(command.name, trouble, "")

    def _behind(self, command: Command, filled: Sequence[str], shelf: Shelf) -> None:
        from tui.core.command import Output as Kinds
        from tui.screens.jobs import Job

        dialog: Output | None = None
        job = Job(command.name, filled, lambda line: dialog.wrote(line) if dialog else None)
        if command.output is Kinds.READER:
            from tui.screens.output import Output

            dialog = Output(job)
            self.app.push_screen(dialog)
        self.run_worker(self._follow_job(job, shelf, dialog), exit_on_error=True)

    async def _follow_job(self, job: Job, shelf: Shelf, dialog: Output | None) -> None:
        """Let a command run to its end, and say how that was."""
        jobs = self.jobs
        jobs.append(job)
        self._show_status()
        try:
            trouble = await job.run()
        finally:
            jobs.remove(job)
            shelf.clear()
        self._show_status()
        if dialog is not None:
            dialog.ended(trouble)
        else:
            self._tell_end(job.name, trouble, job.last_line)

    @property
    def jobs(self) -> list[Job]:
        """The commands that run behind the app."""
        found: list[Job] = self.__dict__.setdefault("_jobs", [])
        return found

    def _tell_end(self, name: str, trouble: str, last: str) -> None:
        words = f": {clean(last)}" if last else ""
        if trouble:
            self.tell(Notice(f"{clean(name)} {trouble}{words}", Tone.TROUBLE))
        else:
            self.tell(Notice(f"{clean(name)} is done{words}", Tone.GOOD))

    def _job_words(self) -> str:
        """Say which commands run, and how to stop them."""
        jobs = self.__dict__.get("_jobs", [])
        if not jobs:
            return ""
        what = f"{clean(jobs[0].name)} runs" if len(jobs) == 1 else f"{len(jobs)} commands run"
        return f"{what} ({self.key_of('cancel')} stops)"

    def action_cancel(self) -> None:
        """Stop the commands that run behind the app, and writes."""
        status = self.sync.status
        if not (self.jobs or status.of or status.waiting):
            self.say("Nothing runs that could be stopped.")
        for job in self.jobs:
            job.stop()
        super().action_cancel()

    async def on_unmount(self) -> None:
        """Leave no command behind.  That of what it is built on is called by Textual."""
        for job in self.jobs:
            job.stop()

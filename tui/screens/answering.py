"""Opening what another process names: at once, or when the dialog that is open is closed."""

from __future__ import annotations

from textual import events

from tui.core.change import Notice
from tui.core.place import Place, PlaceKind
from tui.core.text import clean
from tui.screens.switching import Switching
from tui.screens.working import work_behind


class Answering(Switching):
    """Goes where it is told from outside."""

    _going: Notice | None = None
    """What says where one is going."""

    _wanted: Place | None = None

    def reach(self, place: Place) -> str:
        """Open a place; return why that cannot be, empty where it can."""
        if self.open_gate is None:
            return "there is no way to other projects"
        self._wanted = place._replace(server=place.server or self.server)
        if self.app.screen is self:
            self.call_later(self._go_there)
        return ""

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Nothing is in front any more."""
        if self._wanted:
            self._go_there()

    def _go_there(self) -> None:
        place, self._wanted = self._wanted, None
        if place is None or self.open_gate is None:
            return
        if place.kind is PlaceKind.ANYWHERE:
            self.offer_projects(place.server)
        elif place.project or (place.server == self.server and not place.ref.isdecimal()):
            self._go_to_place(place._replace(project=place.project or self.project))
        else:
            self.say(f"Looking for {place.kind} {clean(place.ref)} …")
            work_behind(self, "reached", self._look_for, place)

    async def _look_for(self, place: Place) -> None:
        """Find the project of an address that names none."""
        if self.open_gate is None:
            return
        outcome = await self.open_gate().find(place)
        if outcome.spots:
            self._go_to_place(place._replace(project=outcome.spots[0].project))
        else:
            self.say(clean(outcome.trouble) or "Nothing is there.")

    def _go_to_place(self, place: Place) -> None:
        if (place.server, place.project) != (self.server, self.project):
            self.switch_to(place)
        elif place.kind is not PlaceKind.PROJECT:
            self.say(f"Opening {place.kind} {clean(place.ref)} …")
            self._going = self._bottom.notice
            self.sync.locate(place, self._arrive)

    def _arrive(self, series_id: int, patch_id: int | None) -> None:
        """Go to what was found; it is not on the way any more."""
        if self._bottom.notice is self._going:
            self.tell(None)
        self._found(series_id, patch_id)

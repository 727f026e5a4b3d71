"""The palette: every action, view, theme, project and recent place, found by typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from tui.core.place import Place, PlaceKind
from tui.core.text import clean
from tui.keymap.live import fill
from tui.screens.dialogs import Choice, choose
from tui.screens.querying import Querying
from tui.screens.switching import Switching, host_of
from tui.where import ANYWHERE, LISTS, READER, Where
from tui.widgets.rows import PREFIX

if TYPE_CHECKING:
    from tui.screens.chooser import Chooser
    from tui.screens.opening import Spot

VIEW, THEME, PROJECT, PLACE = "view ", "theme ", "project ", "place "
"""What values that are no actions begin with."""
NOTE = "{accept} does it, a theme shows while the cursor is on it, {typed back} closes this"


class Wardrobe(Protocol):
    """Knows the themes, and shows everything in one."""

    @property
    def worn(self) -> str:
        """The name of the theme that is shown."""
        ...

    def themes(self) -> Sequence[Choice]:
        """Return the themes by their names."""
        ...

    def show(self, name: str) -> None:
        """Show everything in a theme."""
        ...

    def keep(self, name: str) -> str:
        """Keep a theme for the next start; return what came of it, in words."""
        ...


class Everywhere(Switching, Querying):
    """The action that finds anything by its name."""

    open_wardrobe: Callable[[], Wardrobe] | None = None
    """Makes what knows the themes, when it is first asked for."""

    def rested(self) -> None:
        """Note that one was here."""
        super().rested()
        if self.level not in LISTS - {Where.PATCHES} and (series_id := self.series.current) is not None:
            self.note_place((series_id, self.patches.current if self.level in READER else None))

    def action_palette(self) -> None:
        """Find anything by its name."""
        Palette(self, self.open_wardrobe() if self.open_wardrobe else None).open()

    # -- what there is -------------------------------------------------------------

    def action_choices(self) -> list[Choice]:
        """Return every action that means something in a pane, with its keys."""
        from tui.screens.helping import key_choices

        found = [a for a in self.keymap.actions if a.where & ANYWHERE and not a.takes_digit]
        return key_choices(self.keymap, found)

    def view_choices(self) -> list[Choice]:
        """Return the views, with the keys that go there."""
        keys = self.keymap.keys_of("view")
        return [
            Choice(
                f"{VIEW}{at}",
                keys[at] if at < len(keys) else "",
                f"View: {clean(view.name)}",
                f"view {clean(view.query)}",
            )
            for at, view in enumerate(self.views)
        ]

    def place_choices(self) -> list[Choice]:
        """Return where one has been, the latest first, without where one is."""
        here = self.series.current, self.patches.current if self.level in READER else None
        found = [place for place in reversed(self.places) if place != here]
        choices = []
        for series_id, patch_id in found:
            if patch_id is not None and patch_id > 0:
                names = [row.patch.name for row in self.store.patch_rows([patch_id])]
            else:
                names = [PREFIX.sub("", row.series.name) for row in self.store.series_rows([series_id])]
            value = f"{PLACE}{series_id} {'' if patch_id is None else patch_id}"
            choices += [Choice(value, "", f"Back to: {clean(name)}", "recent place") for name in names]
        return choices

    def forget_gone(self) -> str:
        """Forget the places that the store has no more; return how many they are, in words."""
        series = {row.series.id for row in self.store.series_rows([stay[0] for stay in self.places])}
        read = [patch_id for _, patch_id in self.places if patch_id is not None and patch_id > 0]
        patches = {row.patch.id for row in self.store.patch_rows(read)}
        gone = [
            (series_id, patch_id)
            for series_id, patch_id in self.places
            if series_id not in series or ((patch_id or 0) > 0 and patch_id not in patches)
        ]
        for place in gone:
            del self.places[place]
        return f"{len(gone)} recent place{' is' if len(gone) == 1 else 's are'} gone" if gone else ""

    def go_to_place(self, words: str) -> None:
        """Go to a place, as its choice says it."""
        series_id, _, patch_id = words.partition(" ")
        self._open_at(int(series_id), int(patch_id) if patch_id else None)


class Palette:
    """One look for something."""

    def __init__(self, screen: Everywhere, wardrobe: Wardrobe | None) -> None:
        self._screen = screen
        self._wardrobe = wardrobe
        self._worn = wardrobe.worn if wardrobe else ""
        self._shown = self._worn
        self._spots: dict[str, Spot] = {}
        self._chooser: Chooser | None = None

    def open(self) -> None:
        """Offer all there is; the server's projects come when it has told them."""
        screen = self._screen
        if screen.open_gate:
            gate = screen.open_gate()
            self._take((*gate.recent(), *gate.listed()))
        gone = screen.forget_gone()
        self._chooser = choose(
            screen,
            "All actions, views, themes, projects, places",
            self._choices(),
            self._chosen,
            left=lambda: self._wear(self._worn),
            keyed=True,
            note=" · ".join(filter(None, (gone, fill(NOTE, screen.keymap)))),
            pointed=self._pointed,
        )
        if screen.open_gate:
            self._chooser.run_worker(self._look())

    def _choices(self) -> list[Choice]:
        screen = self._screen
        here = screen.server, screen.project
        projects = [
            Choice(
                value,
                "",
                f"Project: {clean(spot.project)}  {host_of(spot.server)}  {clean(spot.title)}".rstrip(),
            )
            for value, spot in self._spots.items()
            if spot.project and (spot.server, spot.project) != here
        ]
        themes = [
            Choice(f"{THEME}{one.value}", "", f"Theme: {clean(one.value)}  {clean(one.detail)}")
            for one in (self._wardrobe.themes() if self._wardrobe else ())
        ]
        return [
            *screen.action_choices(),
            *screen.place_choices(),
            *screen.view_choices(),
            *themes,
            *projects,
        ]

    def _take(self, spots: Sequence[Spot]) -> None:
        for spot in spots:
            self._spots.setdefault(f"{PROJECT}{spot.server} {spot.project}", spot)

    async def _look(self) -> None:
        """Offer the projects of this server, too."""
        if self._screen.open_gate and self._chooser:
            outcome = await self._screen.open_gate().look_on(self._screen.server)
            self._take(outcome.spots)
            self._chooser.replace(self._choices())

    # -- themes --------------------------------------------------------------------

    def _pointed(self, value: str) -> None:
        """Show a theme while the cursor is on it."""
        self._wear(value.removeprefix(THEME) if value.startswith(THEME) else self._worn)

    def _wear(self, name: str) -> None:
        if self._wardrobe and name != self._shown:
            self._shown = name
            self._wardrobe.show(name)

    def _go_to(self, spot: Spot) -> None:
        self._screen.switch_to(Place(PlaceKind.PROJECT, spot.server, spot.project))

    # -- the end -------------------------------------------------------------------

    def _chosen(self, value: str) -> None:
        screen = self._screen
        if value.startswith(THEME):
            name = value.removeprefix(THEME)
            self._wear(name)
            if self._wardrobe:
                screen.say(self._wardrobe.keep(name))
            return
        self._wear(self._worn)
        does: Mapping[str, Callable[[str], None]] = {
            VIEW: lambda at: screen.look_at_view(screen.views[int(at)]),
            PLACE: screen.go_to_place,
            PROJECT: lambda _: self._go_to(self._spots[value]),
        }
        for lead, do in does.items():
            if value.startswith(lead):
                do(value.removeprefix(lead))
                return
        screen.run_action_named(value)

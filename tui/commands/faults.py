"""What is wrong with the settings: the same for ``pwtui config`` and ``pwtui doctor``."""

from __future__ import annotations

from collections.abc import Mapping

from tui.config.loading import Gathered
from tui.config.themes import ThemeError, load_theme, own_folder
from tui.keymap.wished import with_keymap


def setting_faults(gathered: Gathered) -> tuple[str, ...]:
    """Return a line for each thing that does not fit, with keymap, ``[bind]`` and own keys."""
    settings, keymap = with_keymap(gathered.settings)
    if not (settings.keys or settings.commands):
        return settings.problems
    from tui.keymap.own import own_faults

    return *settings.problems, *own_faults(settings.keys, settings.commands, keymap)


def theme_fault(gathered: Gathered, env: Mapping[str, str], origin: str) -> str:
    """Return why the theme that is set cannot be used, with where it is set; empty where it can."""
    if not gathered.settings.theme:
        return ""
    try:
        load_theme(gathered.settings.theme, own_folder(env))
    except ThemeError as error:
        return f"{origin}: {error}"
    return ""

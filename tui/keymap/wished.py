"""The keymap of a run, from its settings."""

from __future__ import annotations

from tui.config.keymap_files import DEFAULT_KEYMAP
from tui.config.settings import Settings
from tui.core.text import clean
from tui.keymap.live import DEFAULT, Keymap


def with_keymap(settings: Settings) -> tuple[Settings, Keymap]:
    """Return the keymap that is asked for, and the settings with what does not fit of it among the problems.

    That of the table needs nothing that is not loaded already.
    """
    if settings.keymap in ("", DEFAULT_KEYMAP) and not settings.binds:
        return settings, DEFAULT
    from tui.keymap.choosing import make_keymap

    keymap, problems = make_keymap(settings.keymap, settings.binds, settings.keymap_at)
    return settings._replace(problems=(*settings.problems, *map(clean, problems))), keymap

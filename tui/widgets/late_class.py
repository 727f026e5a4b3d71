"""Widgets and screens that are written as a chain of classes, of which only the last one is ever made."""

from __future__ import annotations

from typing import ClassVar, Self


class LateClass:
    """Lets Textual look at a class when the first one of it is made, not at all those that it is built on.

    Textual gathers bindings, reactives and computes from all bases anew for each class, 0.3 ms every
    time: for the classes below the browser, the reader and the lists that was a tenth of the start.
    """

    _css_type_name: ClassVar[str]
    _put_off: ClassVar[dict[str, bool] | None] = None
    """What the class was declared with, until Textual has looked at it."""

    def __init_subclass__(cls, **options: bool) -> None:
        """Keep what the class was declared with, for itself and for those that are built on it."""
        cls._put_off = options
        cls._css_type_name = cls.__name__  # by it a class that is never made itself still gives its style
        for name in ("inherit_css", "inherit_bindings", "inherit_component_classes"):
            setattr(cls, f"_{name}", options.get(name, True))
        for name in options.keys() & {"can_focus", "can_focus_children"}:
            setattr(cls, name, options[name])

    def __new__(cls, *_: object, **__: object) -> Self:
        """Have the class looked at before the first one is made."""
        if (options := cls.__dict__.get("_put_off")) is not None:
            super().__init_subclass__(**options)
            cls._put_off = None
        return super().__new__(cls)

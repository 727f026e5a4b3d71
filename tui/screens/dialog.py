"""What all dialogs share: they end once, however fast keys come, and a click outside leaves them."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual import events
from textual.screen import ModalScreen

T = TypeVar("T")


class Dialog(ModalScreen[T], Generic[T]):
    """A dialog that ends with a value, or is left without one."""

    _ended = False

    def end(self, value: T) -> None:
        """End with a value; what comes after the first one is dropped."""
        if not self._ended:
            self._ended = True
            self.dismiss(value)

    def leave(self) -> None:
        """End without a choice."""
        raise NotImplementedError

    def on_click(self, event: events.Click) -> None:
        """A click outside leaves."""
        if event.widget is self:
            self.leave()

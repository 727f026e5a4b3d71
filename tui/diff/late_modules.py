"""Pygments without its table of all 600 lexers, and without all names of HTML's characters.

Both are loaded with any lexer, and take 0.9 MB of the process that lexes and 10 ms of its start.  We know
ourselves which module has a lexer, and write no HTML.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

import pygments


class LateModule(ModuleType):
    """Stands in for a module until something of it is asked for."""

    def __getattr__(self, name: str) -> object:
        """Load the module, and return what it has."""
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def delay_tables() -> None:
    """Let lexers be imported without the two; a lexer that looks for another one by its name finds it."""
    lexers = LateModule("pygments.lexers")
    lexers.__path__ = [f"{folder}/lexers" for folder in pygments.__path__]
    sys.modules.setdefault("pygments.lexers", lexers)
    sys.modules.setdefault("html", LateModule("html"))

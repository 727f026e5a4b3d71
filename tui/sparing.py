"""Modules that Textual and Python import at every start for what we never call, or only later.

They are an eighth of all that is imported.  Each is loaded when something of it is called.
"""

from __future__ import annotations

import sys
import typing
from collections import namedtuple
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

SPARED = (
    # We have no command palette, with the widgets that it brings, and neither toasts nor tooltips.
    "textual.command",
    "textual.widgets._toast",
    "textual.widgets._tooltip",
    # Lines between the cells of a grid, markup, files that are delivered, hints at what was misspelt.
    *("textual.canvas", "textual.markup", "rich.table"),
    *("platformdirs", "mimetypes", "uuid", "difflib"),
    # What clicks and links bring with a style.
    "pickle",
    # asyncio brings TLS along, which the client builds in a thread once there are rows.
    *("ssl", "asyncio.sslproto"),
    # Traces of errors, archives, addresses in brackets.
    *("tokenize", "textwrap", "locale", "bz2", "lzma", "ipaddress"),
)


class Spared(ModuleType):
    """Stands in for a module while others are imported; then it is the module, loaded at its first use."""

    def __getattr__(self, name: str) -> object:
        """Return what the module has; meanwhile, a class that calls that when it is called."""
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is not self:
            return getattr(import_module(self.__name__), name)

        def call(_: type, *args: object, **options: object) -> object:
            _end_sparing(self.__name__)  # what is called while others are imported is not spared
            return getattr(self, name)(*args, **options)

        return type(name, (), {"__new__": call})


_make_typed = getattr(typing, "_make_nmtuple", None)


def _make_plain(
    name: str, types: Sequence[tuple[str, object]], module: str, defaults: Sequence[object] = ()
) -> type:
    """Make a NamedTuple whose annotations stay the text that they are.

    Python compiles that of each field, which is half of what it takes to make a hundred of them, and
    a fifth of a megabyte.
    """
    made = namedtuple(name, [field for field, _ in types], defaults=defaults, module=module)  # type: ignore[misc]
    made.__annotations__ = made.__new__.__annotations__ = dict(types)
    return made


def spare_modules() -> None:
    """Let what is imported from now on be without those modules."""
    for name in SPARED:
        sys.modules.setdefault(name, Spared(name))
    if _make_typed and _make_typed.__code__.co_varnames[:4] == ("name", "types", "module", "defaults"):
        typing._make_nmtuple = _make_plain  # type: ignore[attr-defined]


def end_sparing() -> None:
    """Let whoever imports one of them from now on have it."""
    for name in SPARED:
        _end_sparing(name)
    if _make_typed:
        typing._make_nmtuple = _make_typed  # type: ignore[attr-defined]


def _end_sparing(name: str) -> None:
    if isinstance(sys.modules.get(name), Spared):
        del sys.modules[name]

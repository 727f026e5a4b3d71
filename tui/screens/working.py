"""Work that goes on behind a screen, and ends with it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, ParamSpec

from textual.dom import DOMNode
from textual.worker import Worker

P = ParamSpec("P")


def work_behind(
    node: DOMNode, group: str, do: Callable[P, Coroutine[Any, Any, None]], *args: P.args, **kwargs: P.kwargs
) -> Worker[None]:
    """Begin a piece of work, in the place of the one of its group.

    The coroutine is made when it begins: one that was made and never awaited, since its place was
    taken before, is a warning of Python's.
    """
    call: Callable[[], Coroutine[None, None, None]] = partial(do, *args, **kwargs)
    return node.run_worker(call, group=group, exclusive=True)

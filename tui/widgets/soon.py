"""Calls that come for certain a few milliseconds later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.message_pump import MessagePump


def call_soon(pump: MessagePump, seconds: float, call: Callable[[], object]) -> asyncio.TimerHandle:
    """Have something called when so many seconds have passed.

    Textual's ``set_timer`` forgets its call where the machine takes longer than that between two looks at
    the clock that follow one another (``skip`` of its Timer): a busy one does, with a few milliseconds.
    """
    return asyncio.get_running_loop().call_later(seconds, pump.call_next, call)

"""Texts out of the store which take long to unpack: in a thread, so that keys are answered."""

from __future__ import annotations

import asyncio

from tui.core.model import Body
from tui.store.store import Store


async def read_text(store: Store, key: int) -> Body | None:
    """Return a text, a patch's or by minus its id a cover letter's; None where it is not stored."""
    text = store.packed(key)
    try:
        return None if text is None else text.at_once() or await asyncio.to_thread(text.whole)
    except ValueError:
        return store.body(key)  # which sees to a file that is damaged

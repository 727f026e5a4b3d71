"""Where something is, on the web and in the mail: opened, or copied."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from tui.core.change import Notice, Tone
from tui.core.text import clean
from tui.screens.dialogs import Choice, choose
from tui.screens.diffing import Diffing
from tui.where import Where


class Addressing(Diffing):
    """The actions that open or copy what the cursor is on."""

    def _address(self) -> tuple[str, str, str]:
        """Message id, web address and mbox address of what the cursor is on; empty where there is none."""
        if self.level is not Where.SERIES and (rows := self.store.patch_rows([self.patches.current or 0])):
            patch = rows[0].patch
            return patch.msgid, patch.web_url, f"{patch.web_url.rstrip('/')}/mbox/" if patch.web_url else ""
        series = self.store.series_rows([self.series.current or 0])
        if not series:
            return "", "", ""
        one = series[0].series
        first = self.store.patch_rows(self.store.patch_ids(one.id)[:1])
        msgid = first[0].patch.msgid if first else ""
        if cover := self.store.cover(one.cover_id) if one.cover_id else None:
            msgid = cover[0].msgid
        return msgid, one.web_url, f"{self.server}/series/{one.id}/mbox/" if one.id > 0 else ""

    def action_browse(self) -> None:
        """Open the web page, where there is a browser with a window of its own."""
        self.open_address(self._address()[1])

    def open_address(self, address: str) -> None:
        """Open a web address, or copy it where no browser has a window of its own."""
        if not address.startswith(("https://", "http://")):
            self.say("The server gave no web address for this.")
        elif _has_browser():
            self.app.open_url(address)
            self.say(f"Opened {clean(address)}")
        else:
            self.app.copy_to_clipboard(clean(address))
            self.say(f"No browser here; copied {clean(address)}")

    def action_copy(self) -> None:
        """Choose what to copy, and hand it to the terminal's clipboard (OSC 52)."""
        if self.level is Where.DIFF and self.copy_selection():
            return
        msgid, address, mbox = self._address()
        import shlex

        line = self.reader.address() if self.level is Where.DIFF else None
        texts = {
            "message id": msgid.strip("<>"),
            "address": address,
            "line": f"{line.path}:{line.number}" if line else "",
            "git am line": f"curl -fsSL {shlex.quote(mbox)} | git am -3" if mbox else "",
        }
        self.offer_to_copy(texts)

    def offer_to_copy(self, texts: Mapping[str, str]) -> None:
        """Let one of some texts be chosen, by their names, and copied."""
        # What is pasted into a shell must hold no control, whoever chose the message id.
        choices = [Choice(clean(text), what, clean(text)) for what, text in texts.items() if text]
        if not choices:
            self.say("There is nothing to copy here.")
            return

        def copy(text: str) -> None:
            self.app.copy_to_clipboard(text)
            self.tell(Notice(f"Copied {clean(text)}", Tone.GOOD))

        choose(self, "Copy", choices, copy, accelerated=True)


def _has_browser() -> bool:
    """Say whether a page can be opened without taking the terminal away."""
    if sys.platform in ("darwin", "win32"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))

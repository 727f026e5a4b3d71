"""What is wrong with a config file: each thing one line, with the file, its line, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tui.core.place import server_root


class Complaints:
    """The mistakes of one file, and typed looks into its tables.  None of them tells a secret."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.problems: list[str] = []
        self._lines = text.splitlines()

    def complain(self, key: str, what: str, section: str = "") -> None:
        """Note what is wrong with a key of a section."""
        self.problems.append(f"{self.at(key, section)}: {key} {what}")

    def at(self, key: str, section: str = "") -> str:
        """Return the file, and the line where a key stands."""
        line = self.line_of(key, section)
        return f"{self.path}{f':{line}' if line else ''}"

    def line_of(self, key: str, section: str = "") -> int:
        """Return the line where a key stands, after its section's heading; 0 where it is not found."""
        heading = re.compile(rf"\s*\[.*{re.escape(section)}")
        assignment = re.compile(rf"\s*(\[.*)?[\"']?{re.escape(key)}[\"']?\s*([=.]|.*\])")
        inside = not section
        for number, line in enumerate(self._lines, 1):
            inside = inside or bool(heading.match(line))
            if inside and assignment.match(line):
                return number
        return 0

    def unknown(self, key: str, what: str, names: Iterable[str], section: str = "") -> None:
        """Note a key that is none, with the one that may have been meant."""
        from difflib import get_close_matches  # 7 ms, and only mistakes need it

        meant = get_close_matches(key, sorted(names), 1)
        self.complain(key, f"is no {what}" + (f"; did you mean {meant[0]}?" if meant else ""), section)

    def root(self, address: str, key: str, section: str = "") -> str:
        """Return an address in its one spelling; empty for one that is none."""
        try:
            return server_root(address)
        except ValueError:  # its words are not shown: the address may hold a password
            self.complain(key, "is no server's address; write https://patchwork.example.org", section)
            return ""

    def text(self, table: dict[str, object], key: str, section: str = "") -> str:
        """Return a text; empty where there is none."""
        value = table.get(key, "")
        if isinstance(value, str):
            return value
        self.complain(key, "is a text in quotes", section)
        return ""

    def texts(self, table: dict[str, object], key: str, example: str, section: str = "") -> tuple[str, ...]:
        """Return a list of texts; an empty one where there is none."""
        value = table.get(key, [])
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        self.complain(key, f"is a list of texts, such as {example}", section)
        return ()

    def flag(self, table: dict[str, object], key: str, usual: bool, section: str = "") -> bool:
        """Return true or false."""
        value = table.get(key, usual)
        if isinstance(value, bool):
            return value
        self.complain(key, "is true or false", section)
        return usual

    def number(self, table: dict[str, object], key: str, usual: int) -> int:
        """Return a number from 0 to 100,000."""
        value = table.get(key, usual)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100_000:
            return value
        self.complain(key, f"is a number from 0 on, such as {usual}; 0 is no limit")
        return usual

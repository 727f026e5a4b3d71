"""Every code point there is on a real terminal: what the tests do with a part of them.

Run by hand: ``python tests/bench/every_character.py``.  It takes some two minutes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.widgets.test_terminal_bytes import check

CHUNK = 0x8000

if __name__ == "__main__":
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    for first in range(0, 0x110000, CHUNK):
        check(first, first + CHUNK)
        print(f"U+{first:04X} to U+{first + CHUNK - 1:04X}: nothing hidden, all shown", flush=True)

"""How long the index of a diff takes, against unidiff's full parse of it.

Run by hand: ``python tests/bench/bench_index.py [rounds]``.  Both in this process, by turns.  Then
every text at hand that may hold a diff is indexed: the demo's mails, and, where they are, the sample
mails and payloads beside the checkout.  None may raise, and none lose a line.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from unidiff.errors import UnidiffParseError
from unidiff.patch import PatchSet

from tests.bench.figures import Figure, clock, hide_settings, show
from tests.bench.made_diff import make_patch
from tests.conftest import SHARED
from tui.demo.app import make_app
from tui.diff.index import index_diff

ROUNDS = 7


def samples() -> Iterator[str]:
    """Yield every text at hand that may hold a diff."""
    for patch in make_app().world.patches.values():
        yield patch.diff or ""
        yield patch.content
    for path in sorted(SHARED.glob("mails/*/*")):
        yield path.read_bytes().decode("utf-8", "surrogateescape")
    for path in sorted(SHARED.glob("payloads/*.json")):
        payload = json.loads(path.read_text())
        yield payload["diff"] or ""
        yield payload["content"]


def index_samples() -> str:
    """Index every sample; say how many there were, and on how many unidiff raises."""
    count = refused = 0
    for text in samples():
        count += 1
        if "\n".join(index_diff(text).lines) != text:
            raise RuntimeError(f"lines were lost: {text[:200]!r}")
        try:
            PatchSet.from_string(text)
        except UnidiffParseError:
            refused += 1
    return f"{count} samples raised nothing; unidiff raises on {refused} of them"


def measure(rounds: int = ROUNDS) -> list[Figure]:
    """Measure by turns; the first round does not count."""
    text = make_patch(100_000)
    ratios = []
    for _ in range(rounds + 1):
        gc.collect()
        theirs = clock(lambda: PatchSet.from_string(text))
        gc.collect()
        ratios.append(theirs / clock(lambda: index_diff(text)))
    what = "index of a 100,000-line diff"
    return [Figure(what, "unidiff parsing it", tuple(ratios[1:]), 8.0, note=index_samples(), faster=True)]


if __name__ == "__main__":
    hide_settings()
    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))

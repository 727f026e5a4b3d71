"""Names that are near to one that was not found."""

from __future__ import annotations

from collections.abc import Iterable


def near(name: str, names: Iterable[str], limit: int = 5) -> list[str]:
    """Return the names that somebody may have meant, the likeliest first.

    Those that begin with the name, then those that hold it or are held by it, then those that
    are spelt much like it; case does not count.
    """
    import difflib  # 7 ms, and only a wrong name needs it

    wanted = name.strip().lower()
    if not wanted:
        return []

    def likeness(candidate: str) -> tuple[int, float]:
        other = candidate.lower()
        kind = (
            2
            if other.startswith(wanted)
            else 1
            if wanted in other or (len(other) > 2 and other in wanted)
            else 0
        )
        return kind, difflib.SequenceMatcher(None, wanted, other).ratio()

    rated = sorted(
        ((likeness(n), n) for n in set(names)), key=lambda rated: (*(-x for x in rated[0]), rated[1])
    )
    return [candidate for (kind, ratio), candidate in rated if kind or ratio >= 0.6][:limit]

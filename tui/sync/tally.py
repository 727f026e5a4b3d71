"""What became of the writes of one burst, and the line that sums it up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tui.core.change import Notice, Tone
from tui.core.intent import Field, Intent, Target, Value, Wish, addressed_words
from tui.store.store import Store

NAMED = 3
"""How many patches with trouble the line names; the outbox has all."""


class Tally:
    """Patches and comments by what became of them, from the first write until none waits."""

    def __init__(self) -> None:
        self.of: set[Target] = set()
        self.done: set[Target] = set()
        self.refused: dict[Target, str] = {}
        self.held: dict[Target, str] = {}
        self.dropped: set[Target] = set()
        self.wished: defaultdict[Target, set[tuple[Field, Value]]] = defaultdict(set)
        """What was wished of each."""

    def wish(self, intents: Iterable[Intent]) -> None:
        """Count what is to be sent."""
        for intent in intents:
            self.wished[intent.target].add((intent.field, intent.wished))

    def sum_up(self, store: Store) -> Notice | None:
        """Return the line that says what became of them; None where there was nothing."""
        bad = self.refused | self.held
        everything = self.done | set(bad) | self.dropped  # what was undone while it waited is told by that
        if not everything:
            return None
        good = self.done - set(bad) - self.dropped
        verb = verb_of(store, self.wished.values())
        if len(everything) == 1:
            (only,) = everything
            head = f"{name_of(store, only)} {verb}" if good else f"{name_of(store, only)} not {verb}"
            parts = [head, *bad.values()]
            return Notice(": ".join(parts), Tone.TROUBLE if bad else Tone.GOOD if good else Tone.INFO)
        parts = [f"{len(good)} of {len(everything)} {kind_of(everything)} {verb}"]
        for words, those in (("refused", self.refused), ("held", self.held)):
            if those:
                parts.append(f"{len(those)} {words}: {_named(store, those)}")
        if self.dropped:
            parts.append(f"{len(self.dropped)} not sent and put back")
        return Notice("; ".join(parts), Tone.TROUBLE if bad else Tone.INFO if self.dropped else Tone.GOOD)


def name_of(store: Store, target: Target) -> str:
    """Return what to call a patch, or a comment, in a line."""
    if target.comment:
        rows = store.comments_named([target.comment])
        return f"comment of {rows[0].comment.submitter.label}" if rows else f"comment {abs(target.comment)}"
    return next((patch.name for patch in store.patches([target.patch_id])), f"patch {target.patch_id}")


def kind_of(targets: Iterable[Target]) -> str:
    """Return what several are called."""
    kinds = {bool(target.comment) for target in targets}
    return "patches and comments" if len(kinds) > 1 else "comments" if True in kinds else "patches"


def clash(store: Store, intent: Intent, has: Value) -> str:
    """Say why a wish is held: somebody else was there."""
    has_, seen, wished = (_value(store, intent.field, value) for value in (has, intent.seen, intent.wished))
    return f"the server has {has_} now, you saw {seen} and wish {wished}; decide in the outbox"


def _value(store: Store, field_: Field, value: Value) -> str:
    if field_ is Field.ARCHIVED:
        return "archived" if value else "not archived"
    if field_ is Field.STATE:
        return str(value)
    if field_ is Field.ADDRESSED:
        return addressed_words(value)
    user = store.user(int(value)) if value is not None else None
    return "nobody" if value is None else user.username if user else f"user {value}"


def _named(store: Store, reasons: dict[Target, str]) -> str:
    """Give the reason, and name some patches: the reason first, for a long line is cut at its end."""
    some = sorted(reasons)[:NAMED]
    more = f" and {len(reasons) - NAMED} more" if len(reasons) > NAMED else ""
    if len(set(reasons.values())) == 1:
        return f"{reasons[some[0]].rstrip('.')}: {', '.join(name_of(store, id_) for id_ in some)}{more}"
    return "; ".join(f"{name_of(store, id_)}: {reasons[id_].rstrip('.')}" for id_ in some) + more


def title_of(store: Store, wishes: Sequence[Wish]) -> str:
    """Return what an action did, for the journal: ``24 patches set to accepted``."""
    targets = {wish.target for wish in wishes}
    verb = verb_of(store, [{(wish.field, wish.wished) for wish in wishes}])
    several = f"{len(targets)} {kind_of(targets)}"
    return f"{name_of(store, wishes[0].target) if len(targets) == 1 else several} {verb}"


def verb_of(store: Store, wished: Iterable[set[tuple[Field, Value]]]) -> str:
    """Say what became of patches of which all this was wished: ``set to accepted and archived``."""
    first, *others = list(wished) or [set()]
    values = dict(first)
    if any(other != first for other in others) or len(values) != len(first) or not values:
        return "changed"
    return " and ".join(_verb(store, field_, values[field_]) for field_ in Field if field_ in values)


def _verb(store: Store, field_: Field, value: Value) -> str:
    if field_ is Field.ARCHIVED:
        return "archived" if value else "unarchived"
    if field_ is Field.ADDRESSED:
        words = addressed_words(value)
        return words if value is None else f"marked as {words}"
    return f"{'set' if field_ is Field.STATE else 'delegated'} to {_value(store, field_, value)}"

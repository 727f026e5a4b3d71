"""``pwtui store``: what is kept on this machine, and emptying it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from tui.core.text import clean
from tui.store.limits import Sizes
from tui.store.store import Store, find_damage, open_store
from tui.store.trouble import StoreTrouble

Tell = Callable[[str], None]
Ask = Callable[[str], str]


def store_files(data: Path) -> list[Path]:
    """Return the files of all servers in the data folder, by name."""
    return sorted(data.glob("*.sqlite"))


def report(data: Path, files: Sequence[Path], tell: Tell) -> int:
    """Tell what is kept, and set aside what is found damaged; return the exit status."""
    kept = [path for path in files if path.exists()]
    if not kept:
        tell(f"Nothing is kept in {data}")
    for path in kept:
        store = open_store(path)
        if not store.refuses and (damage := find_damage(path)):
            store.give_up(damage)
        tell(str(path))
        for line in (*store.remarks, store.refuses, *describe(store.sizes(), _bytes_of(path))):
            if line:
                tell(f"  {clean(line)}")
        store.close()
    for path in sorted([*data.glob("*.damaged-*"), *data.glob("*.newer-*")]):
        if path.name.endswith(("-wal", "-shm")):
            continue
        tell(f"{path}\n  set aside, {_size(path.stat().st_size)}; delete it when you do not miss anything")
    return 0


def describe(sizes: Sizes, file_bytes: int) -> list[str]:
    """Say what a store keeps, in a few lines."""
    span = f", from {_day(sizes.oldest)} to {_day(sizes.newest)}" if sizes.oldest else ""
    writes = "no write waits" if not sizes.open_wishes else _many(sizes.open_wishes, "write") + " waiting"
    noted = f"; {_many(sizes.notes, 'note')} of yours" if sizes.notes else ""
    return [
        f"{_size(file_bytes)}: {_many(sizes.series, 'series', 'series')} and"
        f" {_many(sizes.patches, 'patch', 'patches')}{span}",
        f"{_many(sizes.texts, 'text')} of patches and cover letters, {_size(sizes.text_bytes)};"
        f" {_many(sizes.comments, 'comment')}",
        f"{writes}; {_many(sizes.actions, 'action')} in the journal{noted}",
    ]


def forget(data: Path, files: Sequence[Path], tell: Tell, ask: Ask) -> int:
    """Empty the stores; open writes and notes only after a yes.

    Return the exit status, 1 where one is not emptied.
    """
    status = 0
    for path in [path for path in files if path.exists()]:
        store = open_store(path)
        try:
            _forget_one(path, store, tell, ask)
        except StoreTrouble as error:
            tell(f"{path} is not emptied: {clean(str(error))}")
            status = 1
        finally:
            store.close()
    for name in ("found", "visited"):
        (data / name).unlink(missing_ok=True)
    return status


def _forget_one(path: Path, store: Store, tell: Tell, ask: Ask) -> None:
    if store.refuses:
        raise StoreTrouble(store.refuses)
    sizes = store.sizes()
    wishes, notes = sizes.open_wishes, sizes.notes
    waiting = [f"{_many(wishes, 'write')} in {path} {'has' if wishes == 1 else 'have'} not gone out."]
    noted = [f"{_many(notes, 'note')} of yours {'is' if notes == 1 else 'are'} in {path} alone."]
    words = " ".join((waiting if wishes else []) + (noted if notes else []))
    lost = "it" if wishes + notes == 1 else "them"
    all_of_it = not words or ask(f"{words} Type yes to lose {lost}: ").strip() == "yes"
    store.forget(wishes=all_of_it)
    kept = [f"{_many(wishes, 'write')} waiting"] if wishes else []
    kept += [_many(notes, "note")] if notes else []
    tell(f"Emptied {path}" if all_of_it else f"Emptied {path}, but for {' and '.join(kept)}")


def _bytes_of(path: Path) -> int:
    """Return the bytes of a file and of its log."""
    parts = (path, path.with_name(f"{path.name}-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())


def _size(number: int) -> str:
    return f"{number / 1_000_000:,.1f} MB"


def _day(date: str) -> str:
    return datetime.fromisoformat(date).date().isoformat()


def _many(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"

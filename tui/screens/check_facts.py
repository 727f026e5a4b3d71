"""What the store has of the checks of a patch, or of a series, read once and drawn many times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from tui.core.checks import Matrix, Turn, make_matrix
from tui.core.filing import Filing
from tui.core.model import Check
from tui.core.versions import Version
from tui.screens.check_versions import Older
from tui.store.store import Store


class Facts(NamedTuple):
    """All that is drawn of some patches."""

    patch_ids: tuple[int, ...] = ()
    names: Mapping[int, str] = {}
    checks: Mapping[int, Sequence[Check]] = {}
    """By patch, of those whose checks were read."""
    read: Mapping[int, datetime] = {}
    """When that was, naive UTC."""
    matrix: Matrix = Matrix((), (), {})
    filings: tuple[Filing, ...] = ()
    """Checks of these patches that are on their way."""
    ahead: timedelta = timedelta()
    """How far the server's own time is ahead of UTC."""
    older: int = 0
    """The number of the version before this one; 0 where none is here."""
    version: Version | None = None
    """What is compared with."""
    is_here: bool = False
    """Whether the checks of that version are here."""
    turns: tuple[Turn, ...] | None = None
    """What changed since; None where that version had no such patch."""

    @property
    def is_whole(self) -> bool:
        """Whether the checks of all patches were read."""
        return len(self.checks) == len(self.patch_ids)


def read_facts(
    store: Store, project: str, series_id: int, patch_ids: Sequence[int], against: int | None
) -> Facts:
    """Read what is known of some patches of a series; ``against`` is the version that was chosen."""
    checks, older = store.checks(patch_ids), Older(store)
    version = older.compared(series_id, against)
    old = older.checks(version) if version else None
    here = store.project(project)
    turns = None if old is None else older.turns(series_id, patch_ids, checks, old)
    before = older.before(series_id)
    return Facts(
        patch_ids=tuple(patch_ids),
        names={patch.id: patch.name for patch in store.patches(patch_ids)},
        checks=checks,
        read={id: one.when for id, one in store.check_readings(patch_ids).items()},
        matrix=make_matrix(checks, patch_ids),
        filings=tuple(one for one in store.filings() if one.patch_id in patch_ids),
        ahead=store.server_ahead(here.id) if here else timedelta(),
        older=before[0].version if before else 0,
        version=version,
        is_here=old is not None,
        turns=None if turns is None else tuple(turns),
    )

"""What the sync asks of a Patchwork server.  tui.api.client.Client is one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from tui.core.intent import Field, Value
from tui.core.model import Body, Check, Comment, Cover, Event, Page, Patch, Project, Series

if TYPE_CHECKING:
    from tui.core.check_draft import CheckDraft


class Server(Protocol):
    """The part of the client that the sync uses; all raise ApiError and nothing else."""

    @property
    def token_trouble(self) -> str:
        """Why the server does not take the token, so that reading goes on without it; else empty."""

    async def aclose(self) -> None:
        """Close all connections."""

    async def negotiate(self) -> str:
        """Find the newest API version that both speak."""

    async def project(self, name_or_id: str | int) -> Project:
        """Return a project with its maintainers."""

    async def projects(self, page: int = 1, per_page: int = 250) -> Page[Project]:
        """Return a page of all projects."""

    async def series(self, series_id: int) -> Series:
        """Return a series."""

    async def series_page(
        self,
        project: str,
        *,
        page: int = 1,
        per_page: int = 50,
        order: str = "-date",
        since: datetime | None = None,
        before: datetime | None = None,
        submitter: str = "",
        text: str = "",
    ) -> Page[Series]:
        """Return a page of a project's series, of those by somebody with some words; none past the end."""

    async def series_count(self, project: str) -> int | None:
        """Return how many series a project has; None where the server does not tell."""

    async def patches_page(
        self,
        project: str = "",
        *,
        page: int = 1,
        per_page: int = 250,
        order: str = "-date",
        series: Sequence[int] = (),
        states: Sequence[str] = (),
        submitter: str = "",
        delegate: str = "",
        archived: bool | None = None,
        text: str = "",
        since: datetime | None = None,
        before: datetime | None = None,
    ) -> Page[Patch]:
        """Return a page of patches; one past the end is empty, and so is one of an unknown series."""

    async def patch(self, patch_id: int) -> tuple[Patch, Body]:
        """Return a patch and its text."""

    async def series_bodies(self, series_id: int, most: int) -> Sequence[Body]:
        """Return the texts of a series' patches from its mbox, as far as ``most`` bytes of it go."""

    async def cover(self, cover_id: int) -> tuple[Cover, Body]:
        """Return a cover letter and its text."""

    async def events_page(
        self,
        project: str,
        since: datetime | None = None,
        order: str = "date",
        page: int = 1,
        per_page: int = 250,
    ) -> Page[Event]:
        """Return a page of what happened; ``since`` is in the server's time, and includes its moment."""

    async def patch_comments(self, patch_id: int) -> tuple[Comment, ...]:
        """Return the answers to a patch."""

    async def cover_comments(self, cover_id: int) -> tuple[Comment, ...]:
        """Return the answers to a cover letter."""

    async def checks(self, patch_id: int) -> tuple[Check, ...]:
        """Return all results of CI for a patch, old ones too."""

    async def file_check(self, patch_id: int, draft: CheckDraft) -> Check:
        """File a check and return it as the server has it."""

    async def set_addressed(self, about: int, comment_id: int, addressed: bool | None) -> Comment:
        """Say whether a comment is addressed and return it as the server has it then; ``about`` is a
        patch, or minus the id of a cover letter.
        """

    async def find_patch(self, project: str, msgid: str) -> Patch | None:
        """Return the patch with a message id."""

    async def find_cover(self, project: str, msgid: str) -> Cover | None:
        """Return the cover letter with a message id."""

    async def set_patch(self, patch_id: int, changes: Mapping[Field, Value]) -> Patch:
        """Change a patch and return what the server has then."""

    async def states(self, patch_id: int) -> tuple[str, ...]:
        """Return the server's states by a write that changes nothing."""


Connect = Callable[[], Awaitable[Server]]
"""Makes a client: it may import httpx and build the TLS context in a thread."""

"""A Patchwork server's REST API, 1.0 to 1.4: questions in, objects of the domain out."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import quote

import httpx

from tui.api import decode
from tui.api.errors import Invalid, Misconfigured, TooOld
from tui.api.faults import bad_certificates
from tui.api.inquiry import Inquiry
from tui.core.check_draft import CheckDraft
from tui.core.credentials import Credentials
from tui.core.intent import Field, Value
from tui.core.mails import bodies_of
from tui.core.model import Body, Check, Comment, Cover, Event, Page, Patch, Project, Series

NO_STATE = "pwtui-asks-for-the-states"
"""A state that no server has: a write of it changes nothing and is refused with a list."""


def tls_context() -> ssl.SSLContext:
    """Return what a client's ``verify`` wants.  Takes some 50 ms: make it off the event loop."""
    return httpx.create_ssl_context()


def open_client(server: str, credentials: Credentials | None) -> Client:
    """Return a client for a server given by its root address, with a TLS context where it needs one.

    Takes some 50 ms: run it in a thread.  Raises Misconfigured for an address, credentials,
    proxies or certificates that cannot be used.
    """
    try:
        verify = tls_context() if server.startswith("https:") else False
    except OSError as error:
        raise bad_certificates(error) from error
    try:
        return Client(server, credentials, verify=verify)
    except ValueError as error:
        raise Misconfigured(f"{error}; check the address and the settings") from error


class Client(Inquiry):
    """One server.  Every request raises an ApiError, and nothing else, when it fails."""

    async def project(self, name_or_id: str | int) -> Project:
        """Return a project with its maintainers."""
        name = quote(str(name_or_id), safe="", errors="replace")
        return decode.project(self._record(await self._read(f"projects/{name}/", f"project {name_or_id}")))

    async def projects(self, page: int = 1, per_page: int = 250) -> Page[Project]:
        """Return a page of the server's projects."""
        return await self._page("projects/", "the projects", decode.project, page, per_page)

    async def series(self, series_id: int) -> Series:
        """Return a series."""
        return decode.series(self._record(await self._read(f"series/{series_id}/", f"series {series_id}")))

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
        """Return a page of a project's series; ``since`` and ``before`` are about their mails' dates.

        ``submitter`` is an id or an address; ``text`` is searched for in names, word by word.
        """
        filters = [("project", project), ("order", order), ("submitter", submitter), ("q", text)]
        filters += _dates(since, before)
        return await self._page("series/", "the series", decode.series, page, per_page, filters)

    async def series_count(self, project: str) -> int | None:
        """Return how many series a project has: the number of the last page of one each.

        None where the server does not tell.
        """
        page = await self.series_page(project, per_page=1)
        if not page.items:
            return 0
        return page.last if page.counted else None

    async def patches_page(
        self,
        project: str = "",
        *,
        page: int = 1,
        per_page: int = 250,
        order: str = "-date",
        series: Sequence[int] = (),
        msgid: str = "",
        states: Sequence[str] = (),
        submitter: str = "",
        delegate: str = "",
        archived: bool | None = None,
        text: str = "",
        since: datetime | None = None,
        before: datetime | None = None,
    ) -> Page[Patch]:
        """Return a page of patches.  What a filter does not know finds nothing, with no error.

        ``msgid`` is one without angle brackets; servers before API 1.2 pass over it.
        ``text`` is searched for in names; ``since`` and ``before`` are about the mails' dates.
        """
        filters = [
            ("project", project),
            ("order", order),
            *(("series", str(number)) for number in series),
            ("msgid", msgid),
            *(("state", state) for state in states),
            ("submitter", submitter),
            ("delegate", delegate),
            ("archived", "" if archived is None else str(archived).lower()),
            ("q", text),
            *_dates(since, before),
        ]
        return await self._page("patches/", "the patches", decode.patch, page, per_page, filters)

    async def patch(self, patch_id: int) -> tuple[Patch, Body]:
        """Return a patch and its text."""
        record = self._record(await self._read(f"patches/{patch_id}/", f"patch {patch_id}"))
        return decode.patch(record), decode.body(record)

    async def series_bodies(self, series_id: int, most: int) -> Sequence[Body]:
        """Return the texts of a series' patches from its mbox, as far as ``most`` bytes of it go.

        They are nearly what ``patch`` gives: see ``tui.core.mails``.
        """
        path, what = f"series/{series_id}/mbox/", f"the mbox of series {series_id}"
        answer = await self._wire.read(path, what, most=most)
        if answer.html:
            raise self._web_page(answer)
        return await asyncio.to_thread(_bodies, answer.body, len(answer.body) >= most)

    async def cover(self, cover_id: int) -> tuple[Cover, Body]:
        """Return a cover letter and its text."""
        record = self._record(await self._read(f"covers/{cover_id}/", f"cover letter {cover_id}"))
        return decode.cover(record), decode.body(record)

    async def find_patch(self, project: str, msgid: str) -> Patch | None:
        """Return the patch with a message id; None where there is none, and before API 1.2."""
        wanted = msgid.strip("<>")
        found = (await self.patches_page(project, msgid=wanted, per_page=1)).items
        return next((p for p in found if p.msgid.strip("<>") == wanted), None)

    async def find_cover(self, project: str, msgid: str) -> Cover | None:
        """Return the cover letter with a message id; None where there is none, and before API 1.2."""
        wanted = msgid.strip("<>")
        filters = [("project", project), ("msgid", wanted)]
        found = (await self._page("covers/", "the cover letters", decode.cover, 1, 1, filters)).items
        return next((c for c in found if c.msgid.strip("<>") == wanted), None)

    async def set_patch(self, patch_id: int, changes: Mapping[Field, Value]) -> Patch:
        """Change fields of a patch in one write, and return it as the server has it now.

        Raises AnswerLost where nobody knows whether the write was taken.
        """
        values = {field.value: value for field, value in changes.items()}
        return await self._write(f"patches/{patch_id}/", f"patch {patch_id}", values, decode.patch)

    async def states(self, patch_id: int) -> tuple[str, ...]:
        """Return the slugs of the server's states, by a write to a patch that can change nothing.

        There is no list of them: a state that does not exist is refused, and the refusal names
        those that do.  Raises NotAllowed where the user may not write to this patch, and
        Misconfigured where the server takes anything for a state.
        """
        try:
            await self.set_patch(patch_id, {Field.STATE: NO_STATE})
        except Invalid as error:
            named = re.search(r"Expected one of:(.*)", error.fields.get("state", ""), re.DOTALL)
            # The sentence ends with a full stop, a slug never does.  Before 2.2 it has labels, not slugs.
            names = (
                [name.strip(" .\n").lower().split() for name in named.group(1).split(",")] if named else []
            )
            if not any(names):
                raise
            return tuple("-".join(name) for name in names if name)
        raise Misconfigured(
            f"{self.server} took a state that does not exist for patch {patch_id}; look at that patch there"
        )

    async def patch_comments(self, patch_id: int) -> tuple[Comment, ...]:
        """Return the answers to a patch; none at API 1.0, which has no comments."""
        return await self._comments(f"patches/{patch_id}/comments/", f"the comments of patch {patch_id}")

    async def cover_comments(self, cover_id: int) -> tuple[Comment, ...]:
        """Return the answers to a cover letter; none at API 1.0, which has no comments."""
        return await self._comments(
            f"covers/{cover_id}/comments/", f"the comments of cover letter {cover_id}"
        )

    async def set_addressed(self, about: int, comment_id: int, addressed: bool | None) -> Comment:
        """Say whether a comment is addressed, and return it as the server has it now (API 1.3).

        ``about`` is the patch, or minus the id of the cover letter.  A project's maintainers may, who
        wrote the comment, and who sent what it is about.  Raises TooOld, and AnswerLost as ``set_patch``.
        """
        what = f"comment {comment_id} on {'patch' if about > 0 else 'cover letter'} {abs(about)}"
        version = await self.negotiate()
        if version < "1.3":
            raise TooOld(f"{self.server} cannot mark comments as addressed: that came with API 1.3")
        path = f"{'patches' if about > 0 else 'covers'}/{abs(about)}/comments/{comment_id}/"
        return (await self._write(path, what, {"addressed": addressed}, decode.comment))._replace(about=about)

    async def _comments(self, path: str, what: str) -> tuple[Comment, ...]:
        if await self.negotiate() == "1.0":
            return ()
        return await self._all(path, what, decode.comment)

    async def checks(self, patch_id: int) -> tuple[Check, ...]:
        """Return all results of CI for a patch, old ones of the same context among them."""
        return await self._all(
            f"patches/{patch_id}/checks/", f"the checks of patch {patch_id}", decode.check_of(patch_id)
        )

    async def file_check(self, patch_id: int, draft: CheckDraft) -> Check:
        """File a check, and return it as the server has it.  No API takes one back.

        Raises Invalid with the fields that the server does not take, NotAllowed, and AnswerLost
        where nobody knows whether it was taken: look for it before filing it again.
        """
        values = {"state": draft.state.value, "context": draft.context, "description": draft.description}
        values |= {"target_url": draft.target_url} if draft.target_url else {}
        path, what = f"patches/{patch_id}/checks/", f"the checks of patch {patch_id}"
        return await self._write(path, what, values, decode.check_of(patch_id), "POST")

    async def events_page(
        self,
        project: str,
        since: datetime | None = None,
        order: str = "date",
        page: int = 1,
        per_page: int = 250,
    ) -> Page[Event]:
        """Return a page of what happened in a project.

        ``since`` is the date of an event seen before, in the server's own time; that moment is
        included, so drop by id what came already.
        """
        filters = [("project", project), ("order", order), ("since", since.isoformat() if since else "")]
        return await self._page("events/", "the events", decode.event, page, per_page, filters)


def _bodies(mbox: bytes, is_cut: bool) -> list[Body]:
    return bodies_of(mbox.decode("utf-8", "replace"), is_cut=is_cut)


def _dates(since: datetime | None, before: datetime | None) -> list[tuple[str, str]]:
    return [(name, at.isoformat() if at else "") for name, at in (("since", since), ("before", before))]

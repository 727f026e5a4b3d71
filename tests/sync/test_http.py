"""The same over a real socket: reading, writing, a server that goes away."""

from __future__ import annotations

import pytest

from tui.api.client import Client
from tui.api.wire import Limits
from tui.core.change import Notice, Tone
from tui.core.credentials import Credentials
from tui.core.intent import Field, Status
from tui.demo.server import DemoServer
from tui.store.store import Store
from tui.sync.sync import Sync

pytestmark = pytest.mark.anyio


async def test_a_session_over_a_socket() -> None:
    with DemoServer() as server:

        async def connect() -> Client:
            credentials = Credentials(server.url, server.token)
            return Client(server.url, credentials, verify=False, limits=Limits(tries=1))

        store, notices = Store(), list[Notice]()
        sync = Sync(store, server.project, connect, can_write=True)
        sync.listen(notices.append)
        sync.start()
        await sync.settled()
        assert sync.project is not None
        while len(store.series_ids(sync.project.id)) < (sync.status.total or 0):
            sync.need_older()
            await sync.settled()
        ids = store.series_ids(sync.project.id)
        sync.need_patches(ids)
        await sync.settled()
        assert store.unknown_series(ids) == []
        patch_id = store.patch_ids(ids[0])[0]
        sync.need_body(patch_id)
        some = [store.patch_ids(series_id)[0] for series_id in ids[:10]]
        sync.wish(some, Field.STATE, "deferred")
        await sync.settled()
        assert store.body(patch_id) is not None
        assert {server.app.world.patches[id_].state.slug for id_ in some} == {"deferred"}
        assert [notice.tone for notice in notices] == [Tone.GOOD]
        server.stop()
        sync.wish(some, Field.ARCHIVED, True)
        await sync.settled()
        assert len(store.intents(Status.WAITING)) == len(some)
        assert sync.status.offline
        await sync.close()

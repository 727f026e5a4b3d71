"""Mails become patches, covers, comments and series, at dates that never look old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from tui.demo.app import DemoApp
from tui.demo.model import Patch, Series

NOW = datetime(2026, 3, 31, 18, 0)
PULL = (
    "The following changes since commit 0123:\n\n  one\n\nare available in the Git repository at:\n\n"
    "  https://git.example.org/kiln.git tags/pull-1\n\nfor you to fetch changes up to 4567:\n"
)
Loader = Callable[..., DemoApp]
Writer = Callable[..., str]


def series_of(app: DemoApp) -> list[Series]:
    return list(app.world.series.values())


def patches_of(app: DemoApp) -> list[Patch]:
    return list(app.world.patches.values())


def test_a_series_with_its_cover_and_replies(load: Loader, make_mail: Writer, make_patch: Writer) -> None:
    app = load(
        make_mail("[PATCH v3 0/2] all", "Hello.", 1),
        make_patch("[PATCH v3 1/2] one", 2, reply_to="<1@example.org>"),
        make_patch("[PATCH v3 2/2] two", 3, reply_to="<1@example.org>"),
        make_mail("Re: [PATCH v3 0/2] all", "Nice.", 4, reply_to="<1@example.org>", minute=1),
        make_mail("Re: [PATCH v3 2/2] two", "But.", 5, reply_to="<3@example.org>", minute=2),
        make_mail("Re: [PATCH v3 2/2] two", "No.", 6, reply_to="<5@example.org>", minute=3),
    )
    (series,) = series_of(app)
    assert (series.name, series.version, series.total) == ("all", 3, 2)
    assert [patch.name for patch in series.patches] == ["[v3,1/2] one", "[v3,2/2] two"]
    assert series.cover is not None
    assert [comment.content for comment in series.cover.comments] == ["Nice."]
    assert [comment.content for comment in series.patches[1].comments] == ["But.", "No."]


def test_a_new_version_in_the_old_thread_is_a_series_of_its_own(
    load: Loader, make_mail: Writer, make_patch: Writer
) -> None:
    app = load(
        make_mail("[PATCH 0/2] all", "Hello.", 1),
        make_patch("[PATCH 1/2] one", 2, reply_to="<1@example.org>"),
        make_patch("[PATCH 2/2] two", 3, reply_to="<1@example.org>"),
        make_mail("[PATCH v2 0/2] all", "Again.", 4, reply_to="<1@example.org>", minute=30),
        make_patch("[PATCH v2 1/2] one", 5, reply_to="<4@example.org>", minute=30),
        make_patch("[PATCH v2 2/2] two", 6, reply_to="<4@example.org>", minute=30),
    )
    assert [(one.version, len(one.patches), one.cover is not None) for one in series_of(app)] == [
        (1, 2, True),
        (2, 2, True),
    ]


def test_patches_without_a_thread_are_joined_by_sender_and_mark(load: Loader, make_patch: Writer) -> None:
    app = load(
        make_patch("[PATCH 1/2] one", 1),
        make_patch("[PATCH 2/2] two", 2, minute=1),
        make_patch("[PATCH 1/2] much later", 3, minute=50),
        make_patch("[PATCH 1/2] of somebody else", 4, minute=2, sender="Bo <bo@example.org>"),
    )
    assert [[patch.number for patch in one.patches] for one in series_of(app)] == [[1, 2], [1], [1]]
    assert series_of(app)[0].name == "[1/2] one"


def test_an_incomplete_series_keeps_what_it_promised(
    load: Loader, make_mail: Writer, make_patch: Writer
) -> None:
    app = load(
        make_mail("[PATCH 0/3] some", "Hello.", 1),
        make_patch("[PATCH 3/3] last", 2, reply_to="<1@example.org>"),
    )
    (series,) = series_of(app)
    assert (series.total, [patch.number for patch in series.patches]) == (3, [3])
    assert "series-completed" not in {event.category for event in app.world.events}


def test_what_is_a_patch_and_what_is_not(load: Loader, make_mail: Writer, make_patch: Writer) -> None:
    app = load(
        make_mail("[PULL 0/9] fires", PULL, 1),
        make_mail("[PATCH] only words", "No diff.", 2, minute=1),
        make_mail("Question", "How hot?", 3, minute=2),
        make_patch("Re: [PATCH] a diff in a reply", 4, reply_to="<1@example.org>", minute=3),
    )
    (pull,) = patches_of(app)
    assert (pull.pull_url, pull.diff, pull.hash) == (
        "https://git.example.org/kiln.git tags/pull-1",
        None,
        None,
    )
    assert len(pull.comments) == 1
    assert not app.world.covers


def test_mail_of_lists_that_are_not_followed_is_passed_over(load: Loader, make_patch: Writer) -> None:
    other = make_patch("[PATCH] elsewhere", 1).replace("kiln-devel.lists", "oven.lists")
    docs = make_patch("[PATCH] words", 2).replace("kiln-devel.lists", "kiln-docs.lists")
    assert [patch.project.link_name for patch in patches_of(load(other, docs))] == ["kiln-docs"]


def test_a_reply_that_came_before_its_patch_is_found(
    load: Loader, make_mail: Writer, make_patch: Writer
) -> None:
    app = load(
        make_mail("Re: [PATCH] one", "Early.", 2, reply_to="<1@example.org>"),
        make_patch("[PATCH] one", 1, minute=5),
    )
    assert [comment.content for comment in patches_of(app)[0].comments] == ["Early."]


def test_what_the_demo_headers_say(load: Loader, make_mail: Writer, make_patch: Writer) -> None:
    app = load(
        make_patch(
            "[PATCH] one",
            1,
            x_demo_state="queued",
            x_demo_delegate="mira",
            x_demo_archived="yes",
            x_demo_commit="0123abcd",
            x_demo_check="fail | build-arm64 | 2 errors | http://ci.example.org/1 | jun",
        ),
        make_mail("Re: one", "Mend.", 2, reply_to="<1@example.org>", x_demo_addressed="yes"),
    )
    (patch,) = patches_of(app)
    assert patch.delegate is not None
    assert (patch.state.slug, patch.delegate.username, patch.archived) == ("queued", "mira", True)
    assert (patch.commit_ref, patch.check, patch.comments[0].addressed) == ("0123abcd", "fail", True)
    (check,) = patch.checks
    assert (check.context, check.description) == ("build-arm64", "2 errors")
    assert (check.target_url, check.user.username) == ("http://ci.example.org/1", "jun")
    assert not [name for name, _ in patch.mail.headers if name.startswith("X-Demo")]


def test_the_newest_mail_is_twenty_minutes_old_and_distances_stay(load: Loader, make_patch: Writer) -> None:
    app = load(make_patch("[PATCH] old", 1, minute=10), make_patch("[PATCH] new", 2, minute=40))
    old, new = patches_of(app)
    assert new.date == NOW - timedelta(minutes=20)
    assert old.date == NOW - timedelta(minutes=50)
    assert ("Date", "Tue, 31 Mar 2026 17:40:00 +0000") in new.mail.headers


def test_a_mail_without_a_date_counts_as_new(load: Loader, make_patch: Writer) -> None:
    undated = make_patch("[PATCH] when", 1).replace("Date: Mon, 5 Feb 2024 10:00:00 +0000", "Date: soon")
    app = load(undated, make_patch("[PATCH] then", 2))
    assert {patch.date for patch in patches_of(app)} == {NOW - timedelta(minutes=20)}


def test_events_tell_how_things_came_to_be_in_local_time(load: Loader, make_patch: Writer) -> None:
    app = load(
        make_patch("[PATCH] one", 1, x_demo_state="accepted", x_demo_delegate="jun"),
        local=timedelta(hours=11),
    )
    told = [(event.category, event.date - NOW) for event in app.world.events]
    sent = timedelta(hours=11, minutes=-20)
    assert told == [
        ("series-created", sent),
        ("patch-completed", sent),
        ("series-completed", sent),
        ("patch-created", sent),
        ("patch-delegated", sent + timedelta(minutes=10)),
        ("patch-state-changed", sent + timedelta(minutes=15)),
    ]
    assert [event.id for event in app.world.events] == list(range(50001, 50007))


def test_dependencies_are_found_by_message_id(load: Loader, make_mail: Writer, make_patch: Writer) -> None:
    needy = make_patch("[PATCH] two", 2, minute=1).replace("Say why.", "Depends-on: <1@example.org>")
    first, second = series_of(load(make_patch("[PATCH] one", 1), needy))
    assert second.dependencies == [first]
    assert first.dependents == [second]

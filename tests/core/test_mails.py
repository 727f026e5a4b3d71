"""The mbox of a series: what its patches have, as nearly as it has it."""

from __future__ import annotations

import pytest

from tui.core.mails import bodies_of
from tui.demo.app import make_app
from tui.demo.pages import write_mbox
from tui.demo.world import CORPUS

MAIL = """\
From patchwork Sun Mar  1 12:01:00 2026
Content-Type: text/plain; charset="utf-8"
MIME-Version: 1.0
Content-Transfer-Encoding: 8bit
X-Patchwork-Submitter: Ada <ada@example.org>
X-Patchwork-Id: {id}
From: Ada <ada@example.org>
Subject: [PATCH] one that
 goes on

{text}
"""
DIFF = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"


def mail(text: str, id_: object = 7) -> str:
    return MAIL.format(id=id_, text=text)


def test_the_mails_of_the_corpus_are_what_their_patches_have() -> None:
    patches = list(make_app(CORPUS).world.patches.values())
    mbox = "\n".join(map(write_mbox, patches))
    bodies = bodies_of(mbox.encode().decode("utf-8", "replace"))
    assert [body.id for body in bodies] == [patch.id for patch in patches]
    quiet = [(b, p) for b, p in zip(bodies, patches, strict=True) if not p.comments]
    assert len(quiet) > 100
    for body, patch in quiet:
        assert body.content == (patch.content or "").strip()
        assert body.diff == (patch.diff or "")


def test_message_diff_and_headers_are_told_apart() -> None:
    (body,) = bodies_of(mail(f"Why.\n---\n x | 2 +-\n\n{DIFF}")[:-1])
    assert body.headers == (("From", "Ada <ada@example.org>"), ("Subject", "[PATCH] one that\n goes on"))
    assert (body.content, body.diff) == ("Why.\n---\n x | 2 +-", DIFF)


@pytest.mark.parametrize(
    "diff",
    [
        "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
        "Index: x\n=====\n--- x\n+++ x\n@@ -1 +1 @@\n-a\n+b\n",
        "diff -u x y\n--- x\n+++ y\n@@ -1 +1 @@\n-a\n+b\n",
    ],
)
def test_diffs_that_are_not_of_git_are_found(diff: str) -> None:
    (body,) = bodies_of(mail(f"Why.\n--- \nmore\n\n{diff}")[:-1])
    assert (body.content, body.diff) == ("Why.\n--- \nmore", diff)


def test_a_mail_that_quotes_another_one_is_left_out_with_it() -> None:
    quoted = mail("A text.", 8)
    mbox = "\n".join([mail(DIFF, 6), mail(f"They sent\n\n{quoted}\n{DIFF}", 7), mail(DIFF, 8), mail(DIFF, 9)])
    assert [body.id for body in bodies_of(mbox)] == [6, 9]
    assert bodies_of("\n".join([mail(DIFF, 6)] * 3000)) == []


def test_a_line_that_looks_like_the_next_mail_is_a_line() -> None:
    (body,) = bodies_of(mail("From patchwork Sun Mar  1 12:01:00 2026\nI learnt it."))
    assert body.content.endswith("I learnt it.")
    assert body.diff == ""


def test_of_what_was_broken_off_the_last_mail_is_left_out() -> None:
    mbox = "\n".join(mail(DIFF, id_) for id_ in (1, 2, 3))
    assert [body.id for body in bodies_of(mbox[:-3], is_cut=True)] == [1, 2]
    assert bodies_of(mbox[:20], is_cut=True) == []


@pytest.mark.parametrize("id_", ["", "-1", "x", "1" * 30, "\u0661"])
def test_a_mail_of_no_patch_is_passed_over(id_: str) -> None:
    assert bodies_of(mail(DIFF, id_)) == []


def test_what_is_packed_for_the_wire_is_passed_over() -> None:
    assert bodies_of(mail("V2h5Lgo=").replace("8bit", "base64")) == []


@pytest.mark.parametrize("text", ["", "\n", "<html>", "From patchwork", "From nobody Mon\nX: 1\n\nx"])
def test_what_is_no_mbox_has_no_mails(text: str) -> None:
    assert bodies_of(text) == []

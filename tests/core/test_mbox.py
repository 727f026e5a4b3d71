"""Mails as a file: git takes them, and no header or line of a mail makes another one."""

from __future__ import annotations

import mailbox
import subprocess
from pathlib import Path

from tui.core.mbox import mbox_of
from tui.core.model import Body

DIFF = "diff --git a/f b/f\nnew file mode 100644\n--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+naïve\n"


def body(
    number: int, content: str = "Why it is so.\n\nSigned-off-by: Ada <ada@example.org>\n---\n f | 1 +\n"
) -> Body:
    headers = (
        ("From", "Ada Example <ada@example.org>"),
        ("Date", "Tue, 31 Mar 2026 10:00:00 +0000"),
        ("Subject", f"[PATCH {number}/2] fw: add a\n file number {number}"),
        ("Message-Id", f"<{number}@example.org>"),
        ("Content-Transfer-Encoding", "base64"),
    )
    return Body(number, headers, content, DIFF.replace("/f", f"/f{number}"))


def test_git_applies_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "two.mbox"
    path.write_bytes(mbox_of([body(1), body(2)]))
    git = ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "am", "-q", str(path)], check=True)
    told = subprocess.run([*git, "log", "--format=%an %s"], capture_output=True, check=True, text=True).stdout
    assert told.splitlines() == [
        "Ada Example fw: add a file number 2",
        "Ada Example fw: add a file number 1",
    ]
    assert (tmp_path / "f2").read_text(encoding="utf-8") == "naïve\n"


def test_no_mail_makes_two(tmp_path: Path) -> None:
    hostile = "From evil Thu Jan  1 00:00:00 1970\nSubject: mine\n\n>From x\n"
    one = body(1, hostile)._replace(
        headers=(("X-A", "a\nFrom: evil@example.org\n\nFrom b"), ("Bad name:", "x"))
    )
    path = tmp_path / "one.mbox"
    path.write_bytes(mbox_of([one]))
    box = mailbox.mbox(path)
    (mail,) = box
    box.close()
    assert mail["From"] is None
    assert mail["X-Patchwork-Id"] == "1"
    assert ">From evil" in mail.get_payload()
    assert ">>From x" in mail.get_payload()

"""What the demo's corpus holds: counts and kinds, read with nothing but the standard library."""

from __future__ import annotations

import base64
import mailbox
import re
import zlib
from collections import Counter
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path

import pytest

import tui.demo

CORPUS = Path(tui.demo.__file__).parent / "corpus"
SUBJECT = re.compile(r"\[(?P<tags>[^\]]*(?:PATCH|PULL)[^\]]*)\]\s*")
STATES = {
    "new", "under-review", "accepted", "rejected", "rfc", "not-applicable", "changes-requested",
    "awaiting-upstream", "superseded", "deferred", "queued",
}  # fmt: skip
BASE85 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"


@dataclass(frozen=True)
class Mail:
    """One mail, decoded: just what the tests ask for."""

    file: str
    id: str
    parents: tuple[str, ...]
    sender: str
    subject: str
    list_id: str
    date: str
    body: str
    headers: tuple[tuple[str, str], ...]

    @property
    def is_comment(self) -> bool:
        return self.subject.startswith("Re: ")

    @property
    def is_patch(self) -> bool:
        return not self.is_comment and ("diff --git" in self.body or "GIT PULL" in self.subject)

    @property
    def is_cover(self) -> bool:
        return not self.is_comment and re.search(r"\b0+/\d", self.subject) is not None

    @property
    def version(self) -> int:
        found = re.search(r"\[[^\]]*\bv(\d+)", self.subject)
        return int(found[1]) if found else 1

    def all_of(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]


@cache
def mails() -> tuple[Mail, ...]:
    found = []
    for path in sorted(CORPUS.glob("*.mbox")):
        box = mailbox.mbox(path, create=False)
        found += [read_mail(path.stem, message) for message in box]
        box.close()
    return tuple(found)


def read_mail(file: str, message: mailbox.mboxMessage) -> Mail:
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return Mail(
        file=file,
        id=str(message["Message-ID"]),
        parents=tuple(str(message.get("References", "")).split()),
        sender=str(make_header(decode_header(message["From"]))),
        subject=str(make_header(decode_header(re.sub(r"\n[ \t]+", " ", message["Subject"])))),
        list_id=str(message["List-Id"]),
        date=str(message["Date"]),
        body=payload.decode("utf-8", "replace"),
        headers=tuple((key, str(value)) for key, value in message.items()),
    )


def patches() -> list[Mail]:
    return [mail for mail in mails() if mail.is_patch]


def series() -> Counter[tuple[str, int, str]]:
    """Patches by topic, version and the time stamp in the id, which all mails of a series share."""
    return Counter((m.file, m.version, m.id.split("-")[0]) for m in patches())


def text_of_all_patches() -> str:
    return "\n".join(mail.body for mail in patches())


def test_size_and_counts() -> None:
    comments = [mail for mail in mails() if mail.is_comment]
    assert len(list(CORPUS.glob("*.mbox"))) >= 60
    assert sum(path.stat().st_size for path in CORPUS.glob("*.mbox")) < 2_500_000
    assert len(series()) >= 65
    assert len(patches()) >= 270
    assert sum(mail.is_cover for mail in mails()) >= 30
    assert len(comments) >= 150
    assert {mail.version for mail in patches()} == {1, 2, 3, 4, 5}
    assert max(series().values()) == 24


def test_every_mail_is_whole() -> None:
    assert len({mail.id for mail in mails()}) == len(mails())
    assert len({mail.date for mail in mails()}) == len(mails())
    for mail in mails():
        assert mail.sender.endswith("@example.org>")
        assert parsedate_to_datetime(mail.date).year == 2026
        assert mail.list_id in ("<kiln-devel.lists.example.org>", "<kiln-docs.lists.example.org>")
        assert mail.is_comment or mail.is_cover or mail.is_patch


def test_answers_find_what_they_answer() -> None:
    dates = {mail.id: parsedate_to_datetime(mail.date) for mail in mails()}
    for mail in mails():
        assert all(parent in dates for parent in mail.parents)
        assert all(dates[parent] < dates[mail.id] for parent in mail.parents)


def test_threads_are_deep_and_on_covers_and_patches() -> None:
    by_id = {mail.id: mail for mail in mails()}
    comments = [mail for mail in mails() if mail.is_comment]
    depth = {m.id: sum(by_id[p].is_comment for p in m.parents) + 1 for m in comments}
    assert max(depth.values()) >= 6
    direct = [by_id[mail.parents[-1]] for mail in comments if depth[mail.id] == 1 and mail.parents]
    assert sum(mail.is_cover for mail in direct) >= 20
    assert sum(mail.is_patch for mail in direct) >= 50
    assert any(mail.all_of("X-Demo-Addressed") for mail in comments)
    assert any("\n> +" in mail.body for mail in comments)


def conversations() -> Counter[str]:
    """How many comments there are, by the id of the mail that begins the series that they are about."""
    by_id = {mail.id: mail for mail in mails()}

    def root(mail: Mail) -> Mail:
        parents = [by_id[one] for one in (*mail.parents, *mail.all_of("In-Reply-To")) if one in by_id]
        return root(parents[0]) if parents else mail

    return Counter(root(mail).id for mail in mails() if mail.is_comment)


def test_some_series_are_much_talked_about() -> None:
    numbers = sorted(conversations().values())
    assert numbers[-1] >= 40
    assert sum(5 <= number <= 15 for number in numbers) >= 6


def test_comments_have_the_bad_habits_of_every_client() -> None:
    comments = [mail for mail in mails() if mail.is_comment]
    ids = {mail.id for mail in mails()}
    assert {value for mail in comments for value in mail.all_of("X-Demo-Addressed")} == {"yes", "no"}
    assert any(not mail.parents for mail in comments)
    assert any(not mail.all_of("In-Reply-To") for mail in comments)
    assert any(mail.all_of("In-Reply-To")[0] not in ids for mail in comments if mail.all_of("In-Reply-To"))
    assert any("-----Original Message-----" in mail.body for mail in comments)
    assert any(re.search(r"(?m)^> > ?|^>> ", mail.body) for mail in comments)
    assert any(re.match(r"(?s)\w[^>]*\n\nOn [^\n]* wrote:\n>", mail.body) for mail in comments)
    for trailer in ("Reviewed-by", "Acked-by", "Tested-by", "Fixes"):
        assert any(re.search(rf"(?m)^{trailer}: ", mail.body) for mail in comments)
    assert any(re.search(r"(?m)^Acked-by: [^<\n]*\n<", mail.body) for mail in comments)


def test_no_two_patches_are_the_same() -> None:
    def essence(mail: Mail) -> str:
        return re.sub(r"(?m)^(index |base-commit|\w+-by: ).*$", "", mail.body)

    assert len({essence(mail) for mail in patches()}) == len(patches())


def test_people() -> None:
    senders = {mail.sender for mail in mails()}
    assert len(senders) >= 25
    assert len({sender.split("<")[-1] for sender in senders}) == len(senders)
    for part in ("中川 潤", "Zoë Lindström", "Łukasz", "نور", "김서연"):
        assert any(part in sender for sender in senders)
    for name in ("mira", "tomasz", "adaeze", "jun", "beatriz"):
        assert any(mail.is_comment and f"<{name}@" in mail.sender for mail in mails())


def test_states_delegates_and_the_rest() -> None:
    states = Counter(state for mail in patches() for state in mail.all_of("X-Demo-State"))
    assert set(states) | {"new"} == STATES
    assert any(not mail.all_of("X-Demo-State") for mail in patches())
    delegates = {name for mail in patches() for name in mail.all_of("X-Demo-Delegate")}
    assert delegates == {"mira", "tomasz", "adaeze", "jun", "beatriz"}
    assert any(mail.all_of("X-Demo-Archived") == ["yes"] for mail in patches())
    commits = [commit for mail in patches() for commit in mail.all_of("X-Demo-Commit")]
    assert len(commits) >= 30
    assert all(re.fullmatch("[0-9a-f]{40}", commit) for commit in commits)


def test_checks() -> None:
    checks = [c.split(" | ") for mail in patches() for c in mail.all_of("X-Demo-Check")]
    assert all(len(check) in (4, 5) for check in checks)  # the fifth is who says it
    assert {check[4] for check in checks if len(check) == 5} <= {"jun", "tomasz"}
    assert {check[0] for check in checks} == {"pending", "success", "warning", "fail"}
    assert len({check[1] for check in checks}) >= 6
    assert all(re.fullmatch(r"[-\w]+", check[1]) for check in checks)
    assert all(not check[3] or check[3].startswith("http://ci.example.org/") for check in checks)
    assert max(len(mail.all_of("X-Demo-Check")) for mail in patches()) > 30
    assert max(len(check[2]) for check in checks) > 100
    assert any(len(mail.all_of("X-Demo-Check")) >= 4 for mail in patches())
    assert any(not mail.all_of("X-Demo-Check") for mail in patches())


def test_odd_series() -> None:
    assert any("RFC" in mail.subject for mail in patches())
    assert any("RESEND" in mail.subject for mail in patches())
    pulls = [mail for mail in patches() if "[GIT PULL]" in mail.subject]
    assert len(pulls) == 2
    for pull in pulls:
        assert "available in the Git repository at:\n\n  https://git.example.org/kiln tags/" in pull.body
        assert "diff --git" not in pull.body
    gpio = {mail.subject.split("]")[0][-3:] for mail in mails() if mail.file == "42-gpio-edges"}
    assert {"1/5", "2/5", "4/5", "5/5"} <= gpio
    assert "3/5" not in gpio
    singles = [m for m in patches() if not re.search(r"\d/\d", m.subject)]
    assert len(singles) >= 20
    assert any(" " not in SUBJECT.sub("", mail.subject) for mail in patches())
    assert max(len(mail.subject) for mail in patches()) > 250


@pytest.mark.parametrize(
    "line",
    [
        r"similarity index 100%\nrename from ",
        r"similarity index 9\d%\nrename from ",
        r"similarity index \d+%\ncopy from ",
        r"Binary files \S+ and \S+ differ",
        r"GIT binary patch\nliteral \d+\n",
        r"old mode 100644\nnew mode 100755",
        r"new file mode 100644\nindex 000000000000\.\.e69de29bb2d1\n",
        r"deleted file mode 100644",
        r"\\ No newline at end of file",
        r'\+\+\+ "b/docs/tab\\tname\.txt"',
        r"\+[^\n]*\r\n",
        r"\+[^\n]*[一-龯]",
        r"\nFixes: [0-9a-f]{12} \(\"",
        r"\nLink: https://lore\.example\.org/",
        r"\nCloses: https://lore\.example\.org/",
    ],
)
def test_kinds_of_change(line: str) -> None:
    assert re.search(line, text_of_all_patches())


def test_the_binary_patch_decodes() -> None:
    body = next(mail.body for mail in patches() if "GIT binary patch\nliteral" in mail.body)
    found = re.search(r"literal (\d+)\n((?:[A-Za-z]\S+\n)+)", body)
    assert found
    packed = b""
    for line in found[2].splitlines():
        size = ord(line[0]) - (64 if line[0] <= "Z" else 70)
        assert set(line[1:]) <= set(BASE85)
        packed += base64.b85decode(line[1:])[:size]
    assert len(zlib.decompress(packed)) == int(found[1])


def test_one_diff_is_very_long() -> None:
    assert max(len(re.findall(r"(?m)^\+", mail.body)) for mail in patches()) > 3000


def test_languages() -> None:
    names = " ".join(re.findall(r"(?m)^diff --git a/(\S+)", text_of_all_patches())).split()
    endings = {Path(name).suffix or Path(name).name for name in names}
    wanted = ".c .h .cc .py .rs .go .rst .build .dts .sh .yml .json .S .toml Makefile Kconfig"
    assert set(wanted.split()) <= endings


@pytest.mark.parametrize(
    "piece",
    ["\x1b[31m", "\x1b]0;", "\x1b]52;c;", "\x9b", "\u202e", "\u2066", "\u200b", "[bar]", "[/ ",
     "[@click=app.quit]"],
)  # fmt: skip
def test_hostile_pieces_are_there(piece: str) -> None:
    hostile = [mail for mail in patches() if mail.sender == "Mallory <mallory@example.org>"]
    assert 4 <= len(hostile) <= 10
    assert any(piece in mail.subject + mail.body for mail in hostile)


def test_hostile_text_is_in_a_comment_and_outside_of_utf8() -> None:
    mallory = [mail for mail in mails() if mail.sender == "Mallory <mallory@example.org>"]
    assert any(mail.is_comment and "\x1b]52;" in mail.body for mail in mallory)
    assert any(mail.is_patch and "\ufffd" in mail.body for mail in mallory)


def test_damaged_patches_are_damaged() -> None:
    damaged = {m.subject.split("]")[0][-3:]: m.body for m in patches() if m.file == "46-mallory-damaged"}
    assert re.search(r"@@ -\d+,9 \+\d+,12 @@", damaged["1/4"])
    assert not damaged["2/4"].rstrip().endswith("2.47.1")
    assert "\n/* the same for now */" in damaged["3/4"]


def test_encodings() -> None:
    encodings = Counter(v for m in mails() for v in m.all_of("Content-Transfer-Encoding"))
    assert encodings["8bit"] > encodings["quoted-printable"] >= 3
    assert encodings["base64"] >= 3
    assert sum(
        m.all_of("Subject")[0].startswith("=?") or "=?utf-8" in m.all_of("Subject")[0] for m in mails()
    )
    assert any("\n " in mail.all_of("Subject")[0] for mail in mails())


def test_the_small_list() -> None:
    docs = {mail.file for mail in mails() if "kiln-docs" in mail.list_id}
    assert len(docs) == 3

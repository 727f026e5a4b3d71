"""Remarks of the embedded corpus are at the lines that they quote; the sample mails are read without harm."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

from tui.core.letter import Line, read_letter
from tui.core.model import Comment, Person
from tui.core.threads import build_thread
from tui.demo.model import Cover, Patch
from tui.demo.world import World
from tui.diff.document import build_document
from tui.diff.index import DiffIndex, index_diff
from tui.diff.quotable import Quotable
from tui.diff.remarks import place_remarks

CORPUS = Path(__file__).resolve().parents[2] / "tui" / "demo" / "corpus"


def bare(text: str) -> str:
    return "".join(text.split())


def last_quoted(letter: list[Line], first: int) -> str:
    """Return the last line of a diff that is quoted above a line, of those quoted most often."""
    above = [line for line in letter[:first] if line.depth and line.text.strip()]
    deepest = max(line.depth for line in above[-12:])
    return next(line.text for line in reversed(above) if line.depth == deepest or line.sign)


def fits(index: DiffIndex, line: int, quoted: str) -> bool:
    """Say whether a line is what was quoted, or begins so, as one does that was wrapped."""
    whole = bare(index.lines[line])
    return bool(whole) and any(text.startswith(bare(quoted)) for text in (whole, whole[1:]))


def test_nearly_all_remarks_of_the_corpus_are_at_their_lines() -> None:
    world = World(CORPUS, lambda: datetime(2026, 3, 31, 18), timedelta())
    right, wrong, missing = 0, [], 0
    for patch in world.patches.values():
        index = index_diff(patch.diff or "")
        diff = Quotable(index, patch.content)
        for comment in patch.comments:
            letter = read_letter(comment.content)
            remarks = place_remarks(letter, diff)
            for remark in remarks:
                quoted = last_quoted(letter, remark.first)
                if fits(index, remark.line, quoted):
                    right += 1
                else:
                    wrong.append((comment.id, quoted, index.lines[remark.line]))
            missing += has_unplaced(letter, {remark.first for remark in remarks}, index)
    total = right + len(wrong) + missing
    assert total > 60
    assert len(wrong) <= 0.01 * total, wrong
    assert right >= 0.95 * total


def has_unplaced(letter: list[Line], placed: set[int], index: DiffIndex) -> int:
    """Count what is said right below a line that the diff has, and has no place."""
    count = 0
    lines = {bare(line) for line in index.lines} - {""}
    for number in range(1, len(letter)):
        above = number - 1
        while above and not letter[above].text.strip():
            above -= 1
        is_said = letter[number].depth == 0 and letter[number].kind == 0 and letter[number].text.strip()
        is_below = letter[above].depth and letter[above].sign and bare(letter[above].text) in lines
        count += bool(is_said and is_below and number not in placed)
    return count


def test_the_sample_mails_are_read_without_harm(shared: Path) -> None:
    for path in sorted((shared / "mails").rglob("*.mbox")):
        for piece in path.read_bytes().split(b"\nFrom "):
            mail = message_from_bytes(piece, policy=policy.compat32)
            for part in mail.walk():
                payload = part.get_payload(decode=True)
                if not isinstance(payload, bytes):
                    continue
                content = payload.decode("utf-8", "replace")
                letter = read_letter(content, [("Content-Type", str(part.get("Content-Type", "")))])
                document = build_document(content, content)
                for remark in place_remarks(letter, Quotable(document.index, content)):
                    assert document.place_of(remark.line) >= 0


def test_the_threads_of_the_corpus_hold_every_comment() -> None:
    world = World(CORPUS, lambda: datetime(2026, 3, 31, 18), timedelta())
    deepest = 0
    parents: list[Patch | Cover] = [*world.patches.values(), *world.covers.values()]
    for parent in parents:
        comments = [
            Comment(
                one.id,
                one.msgid,
                one.date,
                "",
                Person(1, "", ""),
                one.content,
                tuple(one.mail.headers),
            )
            for one in parent.comments
        ]
        thread = build_thread(comments)
        assert sorted(reply.comment.id for reply in thread) == sorted(one.id for one in comments)
        deepest = max([deepest, *(reply.depth for reply in thread)])
    assert deepest >= 4

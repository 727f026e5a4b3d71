"""Whatever happens to the process that lexes, the app goes on, and nothing is left of it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest

from tui.diff import tinter as room
from tui.diff.highlight import PATIENCE, Painter
from tui.diff.index import index_diff
from tui.diff.tinter import WINDOW, Job, Tinter

ROOT = Path(__file__).resolve().parents[2]

# A worker that does what a line of the text tells it to.
_ODD = """
import os, sys, time
sys.path[:] = sys.argv[1:]
from tui.diff import worker
lex = worker.tint
def tint(lexer, lines, opening):
    if "sleep" in lines:
        time.sleep(600)
    if "spin" in lines:
        while True:
            pass
    if "die" in lines:
        os._exit(1)
    if "raise" in lines:
        raise RecursionError
    if "garbage" in lines:
        os.write(1, b"garbage" * 100)
    if "lie" in lines:
        return (bytes((99, 1)) for line in lines)
    return lex(lexer, lines, opening)
worker.tint = tint
worker.LIMIT = 0.2
worker.main()
"""


@pytest.fixture
def odd() -> Iterator[Tinter]:
    tinter = Tinter([sys.executable, "-I", "-S", "-c", _ODD, *sys.path])
    yield tinter
    tinter.close()


def ask(tinter: Tinter, *lines: str, lexer: str = "c_cpp.CLexer") -> Job:
    job = tinter.ask(lexer, [f"+{line}" for line in lines], guess=True)
    assert job is not None
    return job


def finish(tinter: Tinter, job: Job) -> list[bytes | None]:
    ends = perf_counter() + 60
    while not job.done and perf_counter() < ends:
        tinter.poll(1.0)
    return [job.spans(row) for row in range(job.wanted)]


def is_there(pid: int) -> bool:
    """Say whether a process exists, be it dead and not waited for."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_lines_get_colors(odd: Tinter) -> None:
    job = ask(odd, "int a;", "/* b */")
    assert job.spans(0) is None
    assert finish(odd, job) == [bytes((3, 3, 0, 1, 0, 2))[:2] + bytes((0, 3)), bytes((6, 7))]
    assert odd.is_prompt


def test_only_wanted_lines_come_back(odd: Tinter) -> None:
    job = odd.ask("c_cpp.CLexer", [" /* a", "+ b */", " int c;", "+int d;"], guess=False)
    assert job is not None
    assert job.wanted == 2
    assert finish(odd, job) == [bytes((6, 5)), bytes((3, 3, 0, 3))]


@pytest.mark.parametrize("how", ["sleep", "spin", "die", "raise", "garbage", "lie"])
def test_a_process_that_fails_is_replaced(odd: Tinter, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if how == "sleep":
        monkeypatch.setattr(room, "DEADLINE", 0.2)
    finish(odd, ask(odd, "int a;"))
    first = odd.pid
    bad, good = ask(odd, "int a;", how), ask(odd, "int b;")
    assert set(finish(odd, bad)) <= {b"", bytes((3, 3, 0, 3))}
    assert bad.failed
    monkeypatch.undo()
    assert finish(odd, good) == [bytes((3, 3, 0, 3))]
    assert not good.failed
    assert first is not None and odd.pid != first
    assert not is_there(first)


def test_nothing_is_started_before_it_is_needed() -> None:
    tinter = Tinter()
    tinter.poll()
    assert tinter.pid is None
    assert not tinter.is_prompt
    tinter.close()


@pytest.mark.parametrize("command", [["/nowhere/python"], [sys.executable, "-c", "raise SystemExit"]])
def test_where_no_process_comes_up_all_is_plain(command: list[str]) -> None:
    tinter = Tinter(command)
    job = ask(tinter, "int a;")
    assert finish(tinter, job) == [b""]
    assert tinter.is_broken
    assert finish(tinter, ask(tinter, "int a;")) == [b""]
    assert tinter.pid is None


def test_no_more_than_some_requests_are_under_way(odd: Tinter) -> None:
    jobs = [ask(odd, f"int a{n};") for n in range(WINDOW)]
    assert odd.ask("c_cpp.CLexer", ["+int b;"], guess=False) is None
    assert all(finish(odd, job) != [b""] for job in jobs)
    assert finish(odd, ask(odd, "int b;")) == [bytes((3, 3, 0, 3))]


def test_more_than_a_pipe_holds(odd: Tinter) -> None:
    jobs = [ask(odd, *[f"int {'a' * 400}; /* {n} */" for n in range(300)]) for _ in range(3)]
    for job in jobs:
        assert all(spans and sum(spans[1::2]) > 400 for spans in finish(odd, job))


def test_odd_characters(odd: Tinter) -> None:
    lines = ["int \ud800;", "\x00\x1b[2J", "a\rb\x85c\u2028d\x0ce", "\U0010ffff" * 100, ""]
    spans = finish(odd, ask(odd, *lines))
    assert [sum((one or b"")[1::2]) for one in spans] == [len(line) for line in lines]


def test_an_unknown_lexer_is_plain(odd: Tinter) -> None:
    assert finish(odd, ask(odd, "int a;", lexer="nowhere.NoLexer")) == [b""]


def test_one_diff_wears_out_only_some_processes(odd: Tinter) -> None:
    hunks = "".join(f"@@ -{n},0 +{n},1 @@\n+die\n" for n in range(1, 20))
    painter = Painter(index_diff(f"--- a/x.c\n+++ b/x.c\n{hunks}"), odd)
    for number in range(19):
        painter.advance(number, 3 + 2 * number, 20.0)
        assert painter.spans(number, 3 + 2 * number) == b""
    assert painter.asked == PATIENCE


def test_a_process_that_ended_while_idle_costs_no_color(odd: Tinter) -> None:
    finish(odd, ask(odd, "int a;"))
    assert odd._process is not None
    odd._process.kill()
    odd._process.wait()
    job = ask(odd, "int b;")
    assert finish(odd, job) == [bytes((3, 3, 0, 3))]
    assert not job.failed


def test_a_process_that_ends_as_it_is_asked_costs_no_color(odd: Tinter) -> None:
    finish(odd, ask(odd, "int a;"))
    assert odd.pid is not None
    os.kill(odd.pid, signal.SIGSTOP)
    job = ask(odd, "int b;")
    os.kill(odd.pid, signal.SIGKILL)
    finish(odd, job)
    assert not job.failed
    assert job.spans(0)


def test_what_nobody_waits_for_any_more_holds_nothing_up(odd: Tinter) -> None:
    finish(odd, ask(odd, "int a;"))
    for _ in range(3):
        ask(odd, "int a;")
    assert odd._process is not None
    assert odd._process.stdout is not None
    select.select([odd._process.stdout], [], [], 60)
    odd._since = 0.0  # long ago
    job = ask(odd, "int b;")
    assert odd.is_prompt
    finish(odd, job)
    assert job.spans(0)


def test_closing_leaves_no_process() -> None:
    tinter = Tinter()
    job = ask(tinter, "int a;")
    finish(tinter, job)
    pid = tinter.pid
    assert pid is not None and is_there(pid)
    late = ask(tinter, "int b;")
    tinter.close()
    assert not is_there(pid)
    assert late.done


@pytest.mark.parametrize("end", ["", "os.kill(os.getpid(), 9)"])
def test_the_process_ends_with_the_app(end: str) -> None:
    code = f"""
import os, sys
from tui.diff.tinter import shared
job = shared().ask("c_cpp.CLexer", ["+int a;"], guess=False)
while not job.done:
    shared().poll(1.0)
print(shared().pid, "pygments" in sys.modules, flush=True)
{end}
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    word, loaded = done.stdout.split()
    pid = int(word)
    assert loaded == "False"
    if end:
        # Nobody but the system told it: it reads the end of its requests.
        ends = perf_counter() + 20
        while is_there(pid) and not _is_zombie(pid) and perf_counter() < ends:
            os.sched_yield()
        assert not is_there(pid) or _is_zombie(pid)
    else:
        assert not is_there(pid)


def _is_zombie(pid: int) -> bool:
    """Whether it is dead, and its new parent (the system's) has not looked yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True

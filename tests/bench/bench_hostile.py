"""How long the lexers take over texts made to hold them up, and the longest that the app is kept.

Run by hand: ``python tests/bench/bench_hostile.py [lexer ...]``.  Every lexer of the tables gets long lines
and many lines that it may be bad at, through the process that lexes.  Told are those that were stuck, the
slowest that were not, and the longest single call in the app, which must stay far below a frame.  So
must each step of laying out diffs that are made to take long, wrapped and side by side.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tui.diff import lexers
from tui.diff.document import build_document
from tui.diff.forms import Shape
from tui.diff.highlight import STRETCH
from tui.diff.tinter import Tinter
from tui.diff.wire import LONGEST

LINES = 60
"""Long lines of one text: more take their time by their number alone."""
UNITS = (
    *(
        '"',
        "'",
        "`",
        "/*",
        "//",
        "(",
        "[",
        "{",
        "<",
        "<!--",
        "\\",
        "#",
        "$(",
        "${",
        "*",
        "_",
        "|",
        "&",
        "=",
        "@",
    ),
    *(
        "a",
        "a ",
        " ",
        "\t",
        "a(",
        "a.",
        "a,",
        "a::",
        "a<",
        "1",
        "0x",
        "1e",
        "-",
        "--",
        "%",
        "'''",
        '"""',
        "<<E ",
        "%{",
    ),
    *(
        "int a",
        "a = ",
        "if ",
        "begin ",
        "- ",
        ": ",
        "*a ",
        "[a](",
        "`a",
        "{a:",
        "<a b=",
        "\\\\",
        '\\"',
        "r#",
        "\u00e9",
    ),
)


def texts() -> dict[str, list[str]]:
    """Return the texts: lines as long as they may be of one unit, and lines of one alone."""
    long = {f"lines of {unit!r}": [(unit * LONGEST)[:LONGEST]] * LINES for unit in UNITS}
    return long | {f"{unit!r} on each line": [unit] * STRETCH for unit in UNITS}


def diffs() -> dict[str, str]:
    """Return diffs of 100,000 lines and more that are bad to lay out."""

    def one(*lines: str, old: int = 0) -> str:
        return f"--- a/x.c\n+++ b/x.c\n@@ -1,{old} +1,{len(lines) - old} @@\n" + "\n".join(lines) + "\n"

    header = "--- a/f{0}\n+++ b/f{0}\n@@ -1 +1 @@\n-a\n+b\n"
    changed = (f"{'+-'[n % 6 < 3]}x y z {'wq'[n % 2]} {n}" for n in range(200_000))
    return {
        "blank lines": one(*["+"] * 100_000),
        "long lines with tabs": one(*["+" + "ab\tcde\t" * 25] * 100_000),
        "long lines of Chinese": one(*["+" + "\u6f22\u5b57" * 60] * 100_000),
        "a line of 1 MB": one("+" + "x\t" * 500_000, "+a"),
        "one hunk of 200,000 changed lines": one(*changed, old=100_002),
        "20,000 files": "".join(map(header.format, range(20_000))),
    }


def tell_layouts() -> None:
    """Lay hostile diffs out, wrapped and side by side, and tell how long it takes and the longest step."""
    for what, diff in diffs().items():
        document = build_document("", diff)
        for shape in (Shape(150, 140, wrap=True), Shape(150, 70, split=True, wrap=True)):
            times: list[float] = []
            began = perf_counter()
            document.lay_out(shape, rough=True)
            times.append(perf_counter() - began)
            steps = document.prepare(shape)
            while not document.is_prepared(shape):
                began = perf_counter()
                next(steps, None)
                times.append(perf_counter() - began)
            began = perf_counter()
            document.lay_out(shape)
            times.append(perf_counter() - began)
            side = "side by side" if shape.split else "unified"
            sys.stdout.write(
                f"{what}, wrapped, {side}: {sum(times):.3f} s, longest step {max(times) * 1000:.1f} ms\n"
            )


def main() -> None:
    """Lay out and lex all, and tell."""
    tell_layouts()
    names = {*lexers._EXTENSIONS.values(), *lexers._NAMES.values(), *lexers._PROGRAMS.values()}
    tinter = Tinter()
    times: list[tuple[float, str]] = []
    stuck: list[str] = []
    longest = 0.0
    only = sys.argv[1:]
    for name in sorted(names & set(only) if only else names):
        for what, lines in texts().items():
            began = perf_counter()
            job = tinter.ask(name, [f"+{line}" for line in lines], guess=True)
            longest = max(longest, perf_counter() - began)
            while job is not None and not job.done:
                tinter.poll(0.05)
                called = perf_counter()
                tinter.poll()
                longest = max(longest, perf_counter() - called)
            times.append((perf_counter() - began, f"{name} {what}"))
            if job is not None and job.failed:
                stuck.append(times[-1][1])
    tinter.close()
    times.sort(reverse=True)
    sys.stdout.write(
        f"{len(times):,} texts, {len(stuck)} killed, longest call in the app {longest * 1000:.1f} ms\n"
    )
    for seconds, what in times[:40]:
        sys.stdout.write(f"{seconds:.3f} s {what}{' (killed)' if what in stuck else ''}\n")


if __name__ == "__main__":
    main()

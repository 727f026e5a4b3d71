"""The longest step of the app's loop for each key of the diff view, over diffs made to take long.

Run by hand: ``python tests/bench/bench_steps.py [name of a diff ...]``.  A step is what the loop does
between two looks at what has come: while it goes on no key is answered and nothing is painted.  It is
timed in processor time of the main thread, so that what else a machine does counts for little.  Told are
the steps of more than ``LONG``, with where most of such a step was spent; each must stay far below 100 ms.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from time import sleep

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.figures import hide_settings
from tests.bench.made_diff import make_patch
from tests.bench.terminal import Terminal, run

SIZE = (160, 50)
LONG = 40.0
"""Milliseconds."""
READY = 2.0
"""Seconds after the start at which the app has put its heap in order."""
KEYS: tuple[tuple[str, str], ...] = (
    *(("open it", "]"), ("space", " "), ("G", "G"), ("g", "g"), (")", ")"), ("}", "}"), ("{", "{")),
    *(("|", "|"), ("| back", "|"), ("w", "w"), ("w|", "|"), ("G", "G"), ("k wrapped", "k"), ("w back", "w")),
    *(("| again", "|"), ("g", "g"), ("f", "f"), ("f back", "f"), ("F", "F"), ("F back", "F")),
    *(("W", "W"), ("W 2", "W"), ("W 3", "W"), ("l", "5l"), ("h", "5h"), ("M", "M"), ("v", "v")),
    *(
        ("L", "L"),
        ("typed in L", "f1"),
        ("L left", "\x1b"),
        ("/ at once", "/the a+x[bc]*"),
        ("toggled", "\x12"),
    ),
    *(("more", "(x+x+)+y"), ("left", "\x1b"), ("/ plain", "/x"), ("kept", "\r"), ("n", "n"), ("N", "N")),
    *(("G", "G"), ("| with hits", "|"), ("marks away", "\x1b"), ("g", "g"), ("}", "}"), ("Y hunk", "Y")),
    *(("V", "V"), ("G selecting", "G"), ("y all", "y"), ("g", "gV"), ("G selecting", "G"), ("Y all", "Y")),
    *(("V left", "\x1b"), ("! asks", "!"), ("! runs", "\x15cat > /dev/null\r"), ("a key back", " ")),
    *(("line", "50000G"), ("T", "T"), ("D", "D"), ("[", "["), ("] again", "]"), ("z", "z"), ("z back", "z")),
)
"""What each is called, and what is written."""


def one(*lines: str, old: int = 0, name: str = "x.c") -> str:
    """Return a diff of one hunk."""
    return f"--- a/{name}\n+++ b/{name}\n@@ -1,{old} +1,{len(lines) - old} @@\n" + "\n".join(lines) + "\n"


def diffs() -> dict[str, str]:
    """Return the diffs, by what they are."""
    header = "--- a/f{0}\n+++ b/f{0}\n@@ -1 +1 @@\n-a\n+b\n"
    changed = (f"{'+-'[n % 6 < 3]}x y z {'wq'[n % 2]} {n}" for n in range(200_000))
    return {
        "C": make_patch(100_000),
        "blank lines": one(*["+"] * 100_000),
        "tabs": one(*["+" + "ab\tcde\t" * 25] * 100_000),
        "only tabs": one(*["+" + "\t" * 60] * 100_000),
        "Chinese": one(*["+" + "\u6f22\u5b57" * 60] * 100_000),
        "combining": one(*["+" + "e\u0301\u0302\u0327" * 30] * 100_000),
        "long lines": one(*["+" + "x" * 5_000] * 2_000),
        "long lines of Chinese": one(*["+" + "\u6f22\u5b57" * 2_500] * 2_000),
        "long changed lines": one(*["-" + "x y " * 1_200] * 1000, *["+" + "x z " * 1_200] * 1000, old=1000),
        "escapes": one(*["+" + "\x1b[31mred\x1b[0m\x9b2J\u202e" * 8] * 100_000),
        "a line of 1 MB": one("+" + "x\t" * 500_000, "+a"),
        "a line of 1 MB of Chinese": one("+" + "\u6f22\u5b57" * 500_000, "+a"),
        "a line of 1 MB of blanks": one("+" + " " * 1_000_000, "+a"),
        "changed lines": one(*changed, old=100_002),
        "20,000 files": "".join(map(header.format, range(20_000))),
        "20,000 renames": "".join(
            f"diff --git a/{n} b/{n}x\nsimilarity index 100%\nrename from {n}\nrename to {n}x\n"
            for n in range(20_000)
        ),
        "quotes": one(*['+char *s = "' + "'\\\"" * 20] * 100_000),
        "rows of one word": one(*["-a b"] * 50_000, *["+a c"] * 50_000, old=50_000, name="x.py"),
        "raw": "".join(f"stray {n} \u6f22\n" for n in range(100_000)),
        "hunks": "--- a/x.c\n+++ b/x.c\n" + "".join(f"@@ -{n} +{n} @@\n-a\n+b\n" for n in range(1, 30_000)),
        "no hunk is sound": "--- a/x.c\n+++ b/x.c\n"
        + "".join(f"@@ -{n},9 +{n},9 @@\n-a\n+b\n" for n in range(1, 30_000)),
    }


def steps_of(terminal: Terminal, told: Path, keys: str) -> list[str]:
    """Write keys, and return the long steps that they led to."""
    before = told.stat().st_size
    terminal.press(keys, quiet=0.5, patience=1.0)
    with told.open() as file:
        file.seek(before)
        return file.read().splitlines()


def tell(name: str, diff: str, folder: Path) -> None:
    """Open a diff in the app, and tell what its keys do."""
    files = [folder / "first.diff", folder / "this.diff"]
    files[0].write_text(make_patch(200))
    files[1].write_text(diff, errors="surrogatepass")
    told = folder / "steps"
    told.write_text("")
    with run(
        [sys.executable, "-m", "tests.bench.stepped", str(told), str(LONG), *map(str, files)], SIZE
    ) as app:
        app.settle()
        sleep(READY)
        for key in "\r\rz|":
            app.press(key)
        for what, keys in KEYS:
            for step in steps_of(app, told, keys):
                sys.stdout.write(f"{name}: {what}: {step}\n")
                sys.stdout.flush()


def main() -> None:
    """Open each diff, and tell."""
    only = sys.argv[1:]
    for name, diff in diffs().items():
        if not only or name in only:
            with tempfile.TemporaryDirectory() as folder:
                tell(name, diff, Path(folder))


if __name__ == "__main__":
    hide_settings()
    main()

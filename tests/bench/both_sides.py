"""What stands in for ``delta`` where there is none: ``python tests/bench/both_sides.py FILE``.

Pygments lexes the old and the new side of each file of a diff of C, and the file's lines are written
as they came, in the colours of their signs: less work than writing every token in its colour.

It is no ``delta``, which lexes both sides with another library.  On other diffs of 100,000 lines
the two took about the same, 2.30 s and 2.49 s, some 12 times what unidiff takes; the made-up C of
these benchmarks has more tokens a line and takes Pygments 15 times as long as unidiff.  What it
takes ``delta`` is not known: a ratio against this may flatter by a quarter or so.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pygments.lexers import get_lexer_by_name

COLORS = {"+": "\x1b[32m", "-": "\x1b[31m", "@": "\x1b[36m"}


def main(path: str) -> None:
    """Write a diff file by file."""
    lexer = get_lexer_by_name("c")
    for file in Path(path).read_text().split("diff --git ")[1:]:
        lines = file.split("\n")
        for side in " -", " +":
            text = "\n".join(line[1:] for line in lines[4:] if line[:1] in side)
            for _ in lexer.get_tokens_unprocessed(text):
                pass
        sys.stdout.write("".join(f"{COLORS.get(line[:1], '')}{line}\x1b[m\n" for line in lines))
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])

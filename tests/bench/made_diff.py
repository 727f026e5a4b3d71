"""Made-up diffs of made-up drivers in C, for the benchmarks: plausible, and the same for a seed.

Each file grows as a list of functions, enumerations and tables; a hunk is a stretch of it with
three lines of context around what is changed, as git cuts it, and its numbers are true.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import takewhile

CONTEXT = 3
_WORD = re.compile(r"\b(?!static|int|struct|return|case|if|for)[a-z_]{3,}\b|\b[0-9]+\b")
_NOUNS = (
    "queue",
    "ring",
    "port",
    "phy",
    "lane",
    "clock",
    "irq",
    "dma",
    "desc",
    "buf",
    "timer",
    "link",
    "fifo",
)
_VERBS = ("init", "reset", "probe", "enable", "read", "write", "update", "flush", "map", "start", "handle")
_TYPES = ("u32", "int", "unsigned int", "bool", "size_t", "u64", "const char *", "struct {d}_{n} *")
_WORDS = (
    "the hardware needs this before {n} is up",
    "only {v} it once, see the manual of the {m}",
    "may sleep, so never call it with the {n} lock held",
    "older revisions lose the first {n} here",
    "errors are told by the {m} interrupt",
)
_BODY = (
    "\tif ({d}_{v}_{n}(priv, {k}) < 0)\n\t\treturn -EINVAL;\n",
    '\tif (!priv->{n}) {{\n\t\tdev_err(priv->dev, "no {n} for {m} %d\\n", {k});\n\t\treturn -EIO;\n\t}}\n\n',
    "\t/* {w} */\n\tpriv->{n}.{m} = {d}_{v}(base + {D}_{N}_{M}, {h});\n",
    "\tfor (i = 0; i < ARRAY_SIZE(priv->{n}); i++)\n\t\twritel({h}, priv->base + {D}_{N}(i));\n\n",
    "\tspin_lock_irqsave(&priv->{n}_lock, flags);\n\tpriv->{n}_count += {k};"
    "\n\tspin_unlock_irqrestore(&priv->{n}_lock, flags);\n\n",
    "\tswitch (priv->{m}) {{\n\tcase {D}_{M}_{N}:\n\t\tret = {d}_{v}_{m}(priv, true);\n\t\tbreak;"
    "\n\tdefault:\n\t\tret = -EOPNOTSUPP;\n\t}}\n\n",
    "\tval = readl(priv->base + {D}_{N}_{M}) & ~GENMASK({k}, 0);\n\tval |= FIELD_PREP({D}_{N}_MASK, {h});\n",
    "#ifdef CONFIG_{D}_{N}\n\tret = {d}_{n}_{v}(priv, sizeof(*priv->{m}));\n#endif\n",
    "\t/*\n\t * {w}:\n\t * {w}.\n\t */\n\tif (ret)\n\t\tgoto err_{n};\n\n",
)


class _Writer:
    """Writes C of one made-up driver."""

    def __init__(self, chance: random.Random, driver: str) -> None:
        self._chance = chance
        self._driver = driver

    def fill(self, template: str) -> list[str]:
        """Return the lines of a template, its blanks filled."""
        pick = self._chance.choice
        n, m = pick(_NOUNS), pick(_NOUNS)
        blanks = {"d": self._driver, "v": pick(_VERBS), "n": n, "m": m, "N": n.upper(), "M": m.upper()}
        k = self._chance.randrange(64)
        blanks |= {"D": self._driver.upper(), "k": str(k), "h": f"0x{k * 977:04x}"}
        blanks["w"] = pick(_WORDS).format(**blanks)
        return template.format(**blanks).split("\n")

    def function(self) -> list[str]:
        """Return a function, two in five with a comment above it."""
        type_ = self._chance.choice(_TYPES)
        head = f"static int {{d}}_{{v}}_{{n}}(struct {{d}}_priv *priv, {type_} {{m}})".replace(
            "* {m}", "*{m}"
        )
        lines = self.fill(head + "\n{{\n\tunsigned long flags;\n\tint i, ret = 0;\n")
        if self._chance.random() < 0.4:
            lines = ["/**", *self.fill(" * {d}_{v} - {w}\n * @priv: the {n}"), " */", *lines]
        for _ in range(self._chance.randrange(2, 7)):
            lines += self.statement()
        return [*lines, "\treturn ret;", "}", ""]

    def statement(self) -> list[str]:
        """Return some lines of a function's body."""
        return [line for line in self.fill(self._chance.choice(_BODY)) if line or self._chance.random() < 0.5]

    def edit(self, line: str) -> str:
        """Return a line with one of its words changed, as a renaming or a mended number does it."""
        word = self._chance.choice(list(_WORD.finditer(line)))
        new = str(int(word[0]) + 1) if word[0].isdigit() else f"{word[0]}_{self._chance.choice(_NOUNS)}"
        return line[: word.start()] + new + line[word.end() :]

    def lines(self) -> Iterator[str]:
        """Yield lines of a file for ever."""
        while True:
            yield from self.function()


def make_patch(lines: int, *, files: int = 12, seed: int = 1) -> str:
    """Return a diff of about so many lines, alike in all its files."""
    chance = random.Random(seed)
    pieces: list[str] = []
    for number in range(files):
        driver = f"{chance.choice(_NOUNS)[:4]}{chance.randrange(10, 99)}"
        path = f"drivers/net/ethernet/{driver}/{driver}_{chance.choice(_NOUNS)}_{number}.c"
        pieces += [f"diff --git a/{path} b/{path}", f"index {seed:07x}..{number + 1:07x} 100644"]
        pieces += [f"--- a/{path}", f"+++ b/{path}"]
        room = lines * (number + 1) // files
        source = _Writer(chance, driver).lines()
        old = new = 1
        while len(pieces) < room:
            skipped = [next(source) for _ in range(chance.randrange(20, 200))]
            old, new = old + len(skipped), new + len(skipped)
            hunk = _change(_Writer(chance, driver), [next(source) for _ in range(chance.randrange(12, 40))])
            pieces += _hunk(hunk, old, new, next((s for s in reversed(skipped) if s[:6] == "static"), ""))
            old, new = old + _count(hunk, "-"), new + _count(hunk, "+")
    return "\n".join(pieces) + "\n"


def make_hunk(lines: int, *, seed: int = 1) -> str:
    """Return the diff of one file that is one hunk of so many lines."""
    chance = random.Random(seed)
    writer = _Writer(chance, "ring40")
    source = writer.lines()
    hunk: list[str] = []
    while len(hunk) < lines:
        hunk += _change(writer, [next(source) for _ in range(12)])
    path = "drivers/net/ethernet/ring40/ring40_main.c"
    head = f"diff --git a/{path} b/{path}\nindex 1234567..89abcde 100644\n--- a/{path}\n+++ b/{path}\n"
    return head + "\n".join(_hunk(hunk[:lines], 1, 1, "")) + "\n"


def _change(writer: _Writer, lines: list[str]) -> list[str]:
    """Return lines with their signs; some between the first three and the last three are changed."""
    chance = writer._chance
    signed = [" " + line for line in lines[:CONTEXT]]
    inner = lines[CONTEXT:-CONTEXT]
    while inner:
        length = chance.randrange(1, 5)
        run, inner = inner[:length], inner[length:]
        what = chance.random()
        if what < 0.45:
            paired = list(takewhile(_WORD.search, run))
            signed += ["-" + line for line in paired] + ["+" + writer.edit(line) for line in paired]
            signed += [" " + line for line in run[len(paired) :]]
        elif what < 0.75:
            signed += ["+" + line for line in writer.statement()]
            signed += [" " + line for line in run]
        elif what < 0.85:
            signed += ["-" + line for line in run]
        else:
            signed += [" " + line for line in run]
    if all(line[0] == " " for line in signed):
        signed += ["+" + line for line in writer.statement()]
    return signed + [" " + line for line in lines[-CONTEXT:]]


def _hunk(signed: list[str], old: int, new: int, section: str) -> list[str]:
    counts = f"@@ -{old},{_count(signed, '-')} +{new},{_count(signed, '+')} @@"
    return [f"{counts} {section}".rstrip(), *signed]


def _count(signed: list[str], side: str) -> int:
    return sum(line[0] in (" ", side) for line in signed)

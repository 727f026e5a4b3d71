"""Colour for the lines of a hunk, each side for itself, only when it is shown.

A side is lexed in stretches of 1,000 lines, each with a lexer of its own that starts up to 200
lines above: so a jump into a huge hunk costs no more than one into a small one, and no text
can make a lexer look further than that.  The lexer is suspended between tokens when its time
is over, and goes on when it is given more.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from tui.diff.lexers import lexer_name, lexer_of_program, load_lexer

if TYPE_CHECKING:
    from pygments.lexer import RegexLexer
    from pygments.token import _TokenType

    from tui.diff.hunks import Hunk
    from tui.diff.index import DiffIndex

CLASSES = ("", "keyword", "name", "type", "string", "number", "comment", "preproc", "builtin")
"""The colour classes; a span holds the position in here."""

STRETCH = 1_000
LEAD = 200
LONGEST = 500
"""Characters of a line; longer ones stay plain, for many lexers are quadratic in them."""
DEADLINE = 0.5
"""Seconds that one stretch may take altogether, in slices; what is left then stays plain.

Real C takes 0.08 for a stretch."""

Spans = bytes
"""Pairs of class and length (at most 255) from the start of the line, without its signs."""


class Stretch:
    """The lines of one side that are lexed in one go, and how far that has come."""

    def __init__(self, lexer: RegexLexer, lines: list[tuple[int, str]]) -> None:
        """Take lines as (number in the diff, text).  Runs of blank lines count as one.

        Pygments' C lexer is quadratic in them: 8,000 empty lines take 2.5 s.
        """
        self.spans: dict[int, Spans] = {}
        self.done = False
        self._numbers: list[int] = []
        texts: list[str] = []
        for number, text in lines:
            plain = text if len(text) <= LONGEST and not text.isspace() else ""
            if plain or (texts and texts[-1]):
                texts.append(plain)
                self._numbers.append(number)
            if not plain:
                self.spans[number] = b""
        self._tokens = _read_tokens(lexer, "\n".join(texts) + "\n")
        self._row = 0
        self._spent = 0.0
        self._pending = bytearray()

    def advance(self, line: int, seconds: float) -> None:
        """Lex on until a line is done or time is out."""
        began = perf_counter()
        until = began + min(seconds, DEADLINE - self._spent)
        while not self.done and line not in self.spans:
            token = next(self._tokens, None)
            if token is None or self._row >= len(self._numbers):
                self._stop()
                break
            self._take(token)
            if perf_counter() > until:
                break
        self._spent += perf_counter() - began
        if self._spent >= DEADLINE:
            self._stop()

    def _take(self, token: tuple[int, str]) -> None:
        kind, value = token
        head, *rest = value.split("\n")
        self._extend(kind, len(head))
        for piece in rest:
            if self._row < len(self._numbers):
                self.spans[self._numbers[self._row]] = bytes(self._pending)
            self._row += 1
            self._pending.clear()
            self._extend(kind, len(piece))

    def _extend(self, kind: int, length: int) -> None:
        pending = self._pending
        if length and pending and pending[-2] == kind and pending[-1] + length < 256:
            pending[-1] += length
            return
        while length > 0:
            pending += bytes((kind, min(length, 255)))
            length -= 255

    def _stop(self) -> None:
        self.done = True
        self._tokens = iter(())


def _read_tokens(lexer: RegexLexer, text: str) -> Iterator[tuple[int, str]]:
    """Yield colour class and text of each token."""
    known = _class_table()
    for _, kind, value in lexer.get_tokens_unprocessed(text):
        number = known.get(kind)
        if number is None:
            number = known[kind] = _class_of(kind)
        yield number, value


_TABLE: dict[_TokenType, int] = {}


def _class_table() -> dict[_TokenType, int]:
    """The colour class of each kind of token; filled when Pygments is first needed."""
    if not _TABLE:
        from pygments.token import Comment, Generic, Keyword, Literal, Name, Number, Operator, String, Token

        for kind, name in (
            (Token, ""),
            (Keyword, "keyword"),
            (Keyword.Type, "type"),
            (Operator.Word, "keyword"),
            (Name.Function, "name"),
            (Name.Class, "name"),
            (Name.Decorator, "preproc"),
            (Name.Builtin, "builtin"),
            (Name.Builtin.Pseudo, "builtin"),
            (Name.Tag, "keyword"),
            (Name.Attribute, "name"),
            (Name.Variable, "builtin"),
            (Name.Exception, "type"),
            (Literal, "string"),
            (String, "string"),
            (Number, "number"),
            (Comment, "comment"),
            (Comment.Preproc, "preproc"),
            (Comment.PreprocFile, "string"),
            (Generic.Heading, "name"),
            (Generic.Subheading, "name"),
            (Generic.Strong, "keyword"),
            (Generic.Emph, "string"),
        ):
            _TABLE[kind] = CLASSES.index(name)
    return _TABLE


def _class_of(kind: _TokenType) -> int:
    """The class of a kind that the table lacks: its nearest parent's."""
    while kind not in _TABLE and kind.parent is not None:
        kind = kind.parent
    return _TABLE.get(kind, 0)


class Painter:
    """The colours of one diff."""

    def __init__(self, index: DiffIndex) -> None:
        self._index = index
        self._stretches: dict[tuple[int, str, int], Stretch | None] = {}

    def spans(self, hunk: int, line: int) -> Spans | None:
        """Return the colours of a line of a hunk; None while they are not known."""
        key = self._key(hunk, line)
        if key not in self._stretches:
            return None
        stretch = self._stretches[key]
        if stretch is None:
            return b""
        spans = stretch.spans.get(line)
        return b"" if spans is None and stretch.done else spans

    def advance(self, hunk: int, line: int, seconds: float) -> None:
        """Work on the colours of a line, for so long at most.  The first call imports Pygments."""
        key = self._key(hunk, line)
        if key not in self._stretches:
            self._stretches[key] = self._open(*key)
        if (stretch := self._stretches[key]) is not None:
            stretch.advance(line, seconds)

    def _key(self, hunk: int, line: int) -> tuple[int, str, int]:
        entry = self._index.hunks[hunk]
        side = "-" if self._index.kinds[line] == "-" else "+"
        return hunk, side, (line - entry.start - 1) // STRETCH

    def _open(self, hunk: int, side: str, number: int) -> Stretch | None:
        """Return the stretch that begins ``number * STRETCH`` lines into a hunk."""
        entry: Hunk = self._index.hunks[hunk]
        if entry.file < 0:
            return None
        file = self._index.files[entry.file]
        path = file.old_path or file.new_path if side == "-" else file.path
        name = lexer_name(path) or lexer_of_program(self._first_line(file.first_hunk, side))
        lexer = load_lexer(name) if name else None
        if lexer is None:
            return None
        first = entry.start + 1 + number * STRETCH
        wanted = " " + side
        kinds, lines = self._index.kinds, self._index.lines
        return Stretch(
            lexer,
            [
                (line, lines[line][entry.signs :])
                for line in range(max(entry.start + 1, first - LEAD), min(entry.end, first + STRETCH))
                if kinds[line] in wanted
            ],
        )

    def _first_line(self, number: int, side: str) -> str:
        """Return the first line of a file's side, where its first hunk begins with it."""
        hunk = self._index.hunks[number]
        if (hunk.old_start if side == "-" else hunk.new_start) > 1:
            return ""
        for line in range(hunk.start + 1, min(hunk.start + 4, hunk.end)):
            if self._index.kinds[line] in " " + side:
                return self._index.lines[line][hunk.signs :]
        return ""

"""The colours of some lines of a program, lexed in one go by Pygments.

Runs in the worker process (tui.diff.worker) alone: a regular expression cannot be interrupted,
and a hostile text can make nearly any lexer's take hours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.diff.wire import CLASSES, LONGEST, Spans

TYPE_CHECKING = False  # ``typing`` takes 1 MB of the process that lexes
if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType


def tint(lexer: Lexer, lines: Sequence[str], opening: str = "") -> Iterator[Spans]:
    """Yield the colours of each line, as soon as they are known; none for long and blank ones.

    ``opening`` is what to put above the lines so that the lexer starts in their state, see
    tui.diff.opening.  Runs of blank lines count as one: Pygments' C lexer is quadratic in them,
    8,000 take 2.5 s.  Raises whatever a lexer does.
    """
    plain = [line if len(line) <= LONGEST and not line.isspace() else "" for line in lines]
    numbers = [n for n, text in enumerate(plain) if text or (n and plain[n - 1])]
    texts = [plain[n] for n in numbers]
    if opening:
        above = opening.split("\n")
        numbers, texts = [-1] * len(above) + numbers, above + texts
    told = 0
    rows = _split(_read(lexer, "\n".join(texts) + "\n"))
    for number, text, spans in zip(numbers, texts, rows, strict=False):
        if number < 0:
            continue
        while told < number:
            yield b""
            told += 1
        yield spans if text else b""
        told += 1
    for _ in range(told, len(lines)):
        yield b""


def _split(tokens: Iterator[tuple[int, str]]) -> Iterator[Spans]:
    """Yield the spans of one line after the other."""
    pending = bytearray()
    for kind, value in tokens:
        head, *rest = value.split("\n")
        _extend(pending, kind, len(head))
        for piece in rest:
            yield bytes(pending)
            pending.clear()
            _extend(pending, kind, len(piece))
    yield bytes(pending)


def _extend(pending: bytearray, kind: int, length: int) -> None:
    """Put another piece of a line behind those that are there."""
    if length and pending and pending[-2] == kind and pending[-1] + length < 256:
        pending[-1] += length
        return
    while length > 0:
        pending += bytes((kind, min(length, 255)))
        length -= 255


def _read(lexer: Lexer, text: str) -> Iterator[tuple[int, str]]:
    """Yield colour class and text of each token; what a lexer leaves out is plain."""
    known = _class_table()
    reached = 0
    for position, kind, value in lexer.get_tokens_unprocessed(text):
        if position != reached:
            if position < reached:
                continue
            yield 0, text[reached:position]
        number = known.get(kind)
        if number is None:
            number = known[kind] = _class_of(kind)
        yield number, value
        reached = position + len(value)
    yield 0, text[reached:]


_TABLE: dict[_TokenType, int] = {}


def _class_table() -> dict[_TokenType, int]:
    """The colour class of each kind of token; filled when first needed."""
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
            (Generic.Inserted, "string"),
            (Generic.Deleted, "keyword"),
        ):
            _TABLE[kind] = CLASSES.index(name)
    return _TABLE


def _class_of(kind: _TokenType) -> int:
    """The class of a kind that the table lacks: its nearest parent's."""
    while kind not in _TABLE and kind.parent is not None:
        kind = kind.parent
    return _TABLE.get(kind, 0)

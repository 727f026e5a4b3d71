"""What the app and the process that lexes say to each other, and in which form.

A request is its size, then UTF-8 lines: number, lexer and ``1`` where the state at the start is
to be guessed; then the lines, ``+`` before those whose colours are wanted.  An answer is a head
of number, count of lines and size, a 16-bit length for each of the lines, and their spans.  One
without lines says that the lexing begins; then come the wanted lines, in as many answers as
there is time for.
"""

from __future__ import annotations

import struct

CLASSES = ("", "keyword", "name", "type", "string", "number", "comment", "preproc", "builtin")
"""The colour classes; a span holds the position in here."""

LONGEST = 500
"""Characters of a line; longer ones stay plain, for many lexers are quadratic in them."""

Spans = bytes
"""Pairs of class and length (at most 255) from the start of the line, without its signs."""

SIZE = struct.Struct("<I")
HEAD = struct.Struct("<III")


def request(number: int, lexer: str, marked: list[str], *, guess: bool) -> bytes:
    """Return the request to lex some lines, each with its mark before it."""
    data = "\n".join([str(number), lexer, str(int(guess)), *marked]).encode("utf-8", "surrogatepass")
    return SIZE.pack(len(data)) + data


def answer(number: int, spans: list[Spans]) -> bytes:
    """Return the answer that tells the colours of the next lines."""
    data = b"".join(spans)
    return HEAD.pack(number, len(spans), len(data)) + struct.pack(f"<{len(spans)}H", *map(len, spans)) + data

"""From text to a query."""

from __future__ import annotations

import re

from tui.core.query import Both, Either, Field, Node, Not, Query, QueryError, Term, Value, Words
from tui.core.query_values import Raw, may_go_on, meant, read_value, said, wrong

DEEPEST = 8
"""Parentheses inside one another; SQLite reads what 14 become, and no more."""
MOST_VALUES = 200
"""Words and values in one query."""

FIELDS = {field.value: field for field in Field if field}

_FIELD = re.compile(r"([A-Za-z]+):")
_JOIN = re.compile(r"(OR|AND)(?=[\s()]|\Z)")


def parse_query(text: str, words: Words, *, typing: bool = False) -> Query:
    """Return what a text asks for.  Raises QueryError.

    While the user is ``typing``, what stands at the end and may still become right is left out:
    ``state:``, ``state:ne``, ``age:<7``, ``"abc``, ``a OR``, ``(a``.
    """
    return Query(_Reader(text, words, typing).read())


def parse_both(text: str, over: str, words: Words) -> Query:
    """Return a query with a filter over it that is being typed.  Raises QueryError."""
    parts = [parse_query(text, words).node, parse_query(over, words, typing=True).node]
    return Query(_both([part for part in parts if part is not None]))


class _Reader:
    """Reads one text from its beginning to its end."""

    def __init__(self, text: str, words: Words, typing: bool) -> None:
        self._text = text
        self._words = words
        self._typing = typing
        self._at = 0
        self._values = 0

    def read(self) -> Node | None:
        node = self._read_either(0)
        if self._at < len(self._text):
            raise QueryError("this parenthesis closes nothing", self._at, self._at + 1)
        return node

    # What joins terms

    def _read_either(self, depth: int) -> Node | None:
        """Read up to the end or to a closing parenthesis."""
        sides = [self._read_both(depth)]
        while join := self._join("OR"):
            self._at = join[1]
            if sides[-1] is None and not self._is_half():
                raise QueryError("OR wants something before it", *join, unfinished=True)
            sides.append(self._read_both(depth))
            if sides[-1] is None and not self._is_half():
                raise QueryError("OR wants something behind it", *join, unfinished=True)
        return _either([side for side in sides if side is not None])

    def _read_both(self, depth: int) -> Node | None:
        nodes: list[Node] = []
        join: tuple[int, int] | None = None
        while not (self._ends() or self._join("OR")):
            if found := self._join("AND"):
                self._at = found[1]
                if (join or not nodes) and not self._is_half():
                    raise QueryError("AND wants something before it", *found, unfinished=True)
                join = found
                continue
            join = None
            node = self._read_one(depth)
            if node is not None:
                nodes.append(node)
        if join and not self._is_half():
            raise QueryError("AND wants something behind it", *join, unfinished=True)
        return _both(nodes)

    def _join(self, name: str) -> tuple[int, int] | None:
        """Return where the join of this name stands, if it comes next."""
        self._skip_space()
        found = _JOIN.match(self._text, self._at)
        return found.span(1) if found and found[1] == name else None

    def _ends(self) -> bool:
        self._skip_space()
        return self._at == len(self._text) or self._text[self._at] == ")"

    def _is_half(self) -> bool:
        """Say whether the user is typing, and here is where."""
        return self._typing and self._at == len(self._text)

    def _skip_space(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    # One term, or one group

    def _read_one(self, depth: int) -> Node | None:
        start = self._at
        leaves_out = self._text[start] == "-"
        self._at += leaves_out
        following = self._text[self._at : self._at + 1]
        if leaves_out and (not following or following.isspace() or following == ")"):
            if self._is_half():
                return None
            raise QueryError(
                "- wants something to leave out, with no space between", start, self._at, unfinished=True
            )
        try:
            node = self._read_group(depth) if following == "(" else self._read_term()
        except QueryError as error:
            if error.unfinished and self._is_half():
                return None
            raise
        if node is None or not leaves_out:
            return node
        return node.node if isinstance(node, Not) else Not(node)

    def _read_group(self, depth: int) -> Node | None:
        start = self._at
        if depth == DEEPEST:
            raise QueryError(f"parentheses go no deeper than {DEEPEST}", start, start + 1)
        self._at += 1
        node = self._read_either(depth + 1)
        if self._at == len(self._text):
            if self._typing:
                return node
            raise QueryError("this parenthesis is not closed", start, start + 1, unfinished=True)
        self._at += 1
        if node is None:
            raise QueryError("nothing stands between these parentheses", start, self._at)
        return node

    def _read_term(self) -> Term | None:
        start = self._at
        found = _FIELD.match(self._text, start)
        if found and (field := FIELDS.get(found[1].lower())):
            self._at = found.end()
            return self._read_values(field)
        raw = self._read_raw("")
        behind = raw.text[found.end() - start :] if found else ""
        if found and self._text[start] != '"' and behind and not behind.startswith((":", "//")):
            close = meant(found[1], FIELDS) or "; in quotes it is looked for as it stands"
            raise QueryError(f"no field {said(found[1])}{close}", *found.span(1))
        self._count(raw)
        return Term(Field.WORD, (Value(raw.text),))

    def _read_values(self, field: Field) -> Term | None:
        """Read the alternatives of a field.  While typing, a last one that is half is left out."""
        values: dict[Value, None] = {}
        while True:
            try:
                raw = self._read_raw(field)
                self._count(raw)
                value = read_value(field, raw, self._words)
                if self._is_half() and may_go_on(field, value, self._words):
                    raise wrong(raw, "half a name", unfinished=True)
                values[value] = None
            except QueryError as error:
                if not (error.unfinished and self._is_half() and values):
                    raise
                break
            if self._text[self._at : self._at + 1] != ",":
                break
            self._at += 1
        return Term(field, tuple(values))

    def _count(self, raw: Raw) -> None:
        self._values += 1
        if self._values > MOST_VALUES:
            raise QueryError(f"a query has at most {MOST_VALUES} words and values", raw.start, raw.end)

    # Text

    def _read_raw(self, field: str) -> Raw:
        """Read a word, or with a field one of its values, in quotes or without."""
        start = self._at
        if self._text[start : start + 1] == '"':
            return self._read_quoted(field)
        opened = 0
        while letter := self._text[self._at : self._at + 1]:
            opened += (letter == "(") - (letter == ")")
            if opened < 0 or letter.isspace() or (field and letter == ","):
                break
            self._at += 1
        if self._at == start:
            following = " after the comma" if self._text[start - 1] == "," else ""
            raise QueryError(
                f"{field}: wants a value{following}", start, start, unfinished=self._at == len(self._text)
            )
        return Raw(self._text[start : self._at], start, self._at)

    def _read_quoted(self, field: str) -> Raw:
        start = self._at
        letters: list[str] = []
        at = start + 1
        while (letter := self._text[at : at + 1]) != '"':
            if not letter:
                self._at = at
                raise QueryError("this quote is not closed", start, at, unfinished=True)
            if letter == "\\" and self._text[at + 1 : at + 2] in ('"', "\\"):
                at += 1
                letter = self._text[at]
            letters.append(letter)
            at += 1
        self._at = end = at + 1
        following = self._text[end : end + 1]
        if following and not (following.isspace() or following in "()" or (field and following == ",")):
            raise QueryError("a space is missing behind this quote", end, end + 1)
        if not letters or (field and not "".join(letters).strip()):
            raise QueryError("nothing stands between these quotes", start, end)
        return Raw("".join(letters), start, end)


def _both(nodes: list[Node]) -> Node | None:
    flat = [one for node in nodes for one in (node.nodes if isinstance(node, Both) else (node,))]
    return Both(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def _either(nodes: list[Node]) -> Node | None:
    flat = [one for node in nodes for one in (node.nodes if isinstance(node, Either) else (node,))]
    return Either(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None

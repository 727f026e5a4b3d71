"""File names as the headers of a diff write them: quoted, prefixed, with a date behind."""

from __future__ import annotations

import re

DEV_NULL = "/dev/null"

_CODE = r'[abfnrtv"\\]|[0-3][0-7]{2}'
_ESCAPE = re.compile(rf"\\({_CODE})")
_QUOTED = rf'"(?:[^"\\]|\\(?:{_CODE}))*"'
_GIT_QUOTED = re.compile(rf"({_QUOTED}|\S+) ({_QUOTED}|\S.*)\Z")
_PREFIX = re.compile(r"[abciow12]/")
_LETTERS = {"a": 7, "b": 8, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13, '"': 34, "\\": 92}


def unquote(name: str) -> str:
    """Return a name without git's C-style quotes; one that is not quoted comes back as it is.

    The octal bytes are read as UTF-8; what is none stays visible as U+FFFD.
    """
    if len(name) < 2 or name[0] != '"' or name[-1] != '"':
        return name
    out = bytearray()
    position = 0
    inner = name[1:-1]
    for match in _ESCAPE.finditer(inner):
        out += inner[position : match.start()].encode("utf-8", "surrogatepass")
        code = match[1]
        out.append(_LETTERS[code] if code in _LETTERS else int(code, 8))
        position = match.end()
    out += inner[position:].encode("utf-8", "surrogatepass")
    return out.decode("utf-8", "replace")


def strip_prefix(name: str) -> str:
    """Return a name without git's ``a/`` or ``b/`` (or one of the mnemonic prefixes)."""
    return name[2:] if _PREFIX.match(name) else name


def name_of(rest: str) -> str:
    """Return the name in a ``---`` or ``+++`` line, given what follows the sign and the blank.

    Drops the date that plain diff puts behind a tab, and the carriage return of a CRLF mail.
    """
    rest = rest.rstrip("\r")
    if rest.startswith('"'):
        closing = re.match(_QUOTED, rest)
        return unquote(closing[0]) if closing else rest
    return rest.partition("\t")[0].rstrip(" ")


def split_git_names(rest: str) -> tuple[str, str]:
    """Return the two names of a ``diff --git`` line, with their prefixes, given what follows it.

    A name with blanks is not quoted, so the line is ambiguous: as git does, the two halves are
    taken to be the same name where they can be (only renames differ, and those say so below).
    """
    rest = rest.rstrip("\r")
    if '"' not in rest:
        half = len(rest) // 2
        if (
            len(rest) % 2
            and rest[half] == " "
            and strip_prefix(rest[:half]) == strip_prefix(rest[half + 1 :])
        ):
            return rest[:half], rest[half + 1 :]
        middle = rest.find(" b/")
        if middle > 0:
            return rest[:middle], rest[middle + 1 :]
        first, _, second = rest.partition(" ")
        return first, second or first
    match = _GIT_QUOTED.match(rest)
    if match:
        return unquote(match[1]), unquote(match[2])
    return rest, rest

"""Letters that pass for others: Cyrillic ``а`` in a Latin word, fullwidth and mathematical letters.

Each word is judged by the scripts of its letters, much as Unicode's UTS #39 does, from what
``unicodedata`` knows.  Ordinary text in one script is none of our business, be it Russian,
Chinese, or formulas with Greek letters that look like nothing else; a script that is written
without blanks between its words may touch Latin ones.  A word that is of one foreign script
and reads like ASCII all through (``сору``) counts where it stands as code does: called,
assigned to, a member of something.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

LOOK_ALIKE = "look-alike letters"
"""What the header of a file says that has some."""

MOST = 500
"""Ranges of a line that are told: some 5 ms, however long it is."""

# Classes of characters.  Of a foreign script: a capital for letters that pass for ASCII ones.
_GAP, _TOUCHING, _NEUTRAL, _LATIN, _DISGUISED, _WIDE, _SINGLE, _PUNCTUATION = ".t_ldwsp"
_SCRIPTS = {"CYRILLIC": "c", "GREEK": "g", "ARMENIAN": "a", "CHEROKEE": "k", "COPTIC": "o", "LISU": "u"}
_OTHER = "x"
_PLAIN = frozenset((_GAP, _TOUCHING, _NEUTRAL, _LATIN))

_WITHOUT_BLANKS = frozenset(
    {
        *("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HALFWIDTH", "HANGUL", "BOPOMOFO"),
        *("IDEOGRAPHIC", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "YI"),
    }
)
_LIKE_LATIN = frozenset("ɑɡǃ")
"""Latin letters that pass for ASCII ones among them, and are somebody's language elsewhere."""
_LIKE_PUNCTUATION = frozenset("\u037e\u1fef\ua789\ua78a\u2236\u2215")
"""What passes for a semicolon, a back quote, a colon, an equals sign, a colon, a slash."""
_OF_FORMULAS = frozenset("ΓΔΘΛΞΠΣΦΨΩαβδεζηθλμξπρςστφχψωϑϕϵ")
_PASSING = frozenset("АВЕЅІЈКМНОРСТУХЗЬаԁеһіјӏорсѕухԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοՕՏօսոհցᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᎡᏚᎢᏙᏔᏃⲞⲟⲢⲣⲤⲥ")

_WORD = re.compile(r"p|[^.tp]+")
_ESCAPE = re.compile(r"\\[a-z]|%[-+ #0-9.*]*[hlzjt]*[A-Za-z]")
"""What touches a word in a string and is no part of it: ``\\nПривет``, ``%dбайт``."""
_CODE_BEHIND = re.compile(r"[(\[]|\s*(?:[-+*/%|&^]?=|;)")
_CODE_BEFORE = re.compile(r"(?:->|\.|::)\Z")


def _classify(code: int) -> str:
    character = chr(code)
    category = unicodedata.category(character)
    if character in _LIKE_PUNCTUATION:
        return _PUNCTUATION
    if (
        category[0] == "M"
        or category in ("Nd", "No", "Lm")
        or character in _OF_FORMULAS
        or code in (0x5F, 0xB5)
    ):
        return _NEUTRAL
    if category[0] != "L" and category != "Nl":
        return _GAP
    if character in _LIKE_LATIN:
        return _SINGLE
    name = unicodedata.name(character, "")
    if code >= 0x80 and category != "Lo" and unicodedata.normalize("NFKC", character).isascii():
        return _WIDE if name.startswith("FULLWIDTH") else _DISGUISED
    script = name.partition(" ")[0]
    if script in ("LATIN", "FEMININE", "MASCULINE"):
        return _LATIN
    if script in _WITHOUT_BLANKS:
        return _TOUCHING
    of_script = _SCRIPTS.get(script, _OTHER)
    return of_script.upper() if character in _PASSING else of_script


class _Classes(dict[int, str]):
    """A table for ``str.translate`` that works out each code point when it first meets it."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _classify(code)
        return found


_CLASSES = _Classes()


def _suspicion() -> re.Pattern[str]:
    """What no honest text has, or hardly any: looked for first, as it takes a tenth of a judgement."""
    greek, cyrillic = "\u0370-\u03ff\u1f00-\u1fff", "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f"
    others = "\u0530-\u0dff\u10a0-\u10ff\u1200-\u177f\u1800-\u1cff\u2c80-\u2cff\ua4d0-\ua63f\uab70-\uabbf"
    foreign = f"{greek}{cyrillic}{others}"
    disguised = "\u2100-\u218f\uff10-\uff5a\ufb00-\ufb06\u01c4-\u01cc\u01f1-\u01f3\u017f"
    latin = "A-Za-z\u00c0-\u024f\u0300-\u036f"
    return re.compile(
        f"(?<![\\\\%])[{latin}][0-9_]*+[{foreign}]|[{foreign}][0-9_]*+[{latin}]"
        f"|[{greek}][{cyrillic}{others}]|[{cyrillic}][{greek}{others}]|[{others}][{greek}{cyrillic}]"
        f"|[{disguised}{''.join(_LIKE_LATIN | _LIKE_PUNCTUATION)}]|[\U0001d400-\U0001d7ff]"
        rf"|(?:->|\.|::)[{''.join(_PASSING)}]|[{''.join(_PASSING)}](?:{_CODE_BEHIND.pattern})"
    )


_SUSPICION = _suspicion()


def lookalikes(text: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges of the characters of a line that pass for others, in order, at most MOST."""
    if text.isascii() or _SUSPICION.search(text) is None:
        return ()
    if "\\" in text or "%" in text:
        text = _ESCAPE.sub(lambda match: " " * len(match[0]), text)
    classes = text.translate(_CLASSES)
    return tuple(islice(_join(_find(text, classes)), MOST))


def _find(text: str, classes: str) -> Iterator[int]:
    """Yield the places of what passes for others."""
    for match in _WORD.finditer(classes):
        word, start = match[0], match.start()
        if word == _PUNCTUATION:
            yield start
        elif not _PLAIN.issuperset(word):
            foreign = _odd_classes(word, text, start, _TOUCHING in classes)
            yield from (start + n for n, kind in enumerate(word) if kind in foreign)


def has_lookalikes(lines: Sequence[str]) -> bool:
    """Say whether one of some lines has characters that pass for others."""
    # Each character once first: most text has none that could be one.
    if _PLAIN.issuperset("".join(set("".join(lines))).translate(_CLASSES)):
        return False
    return any(map(lookalikes, lines))


def _odd_classes(word: str, text: str, start: int, is_touching: bool) -> set[str]:
    """Return which classes of a word's characters pass for others there.

    Where scripts are mixed that is all but the one of most of its letters.
    """
    kinds = set(word) - _PLAIN
    odd = kinds & {_SINGLE} if _LATIN in word else set()
    if _DISGUISED in kinds and (len(kinds) > 1 or _LATIN in word or word.count(_DISGUISED) > 1):
        odd.add(_DISGUISED)
    if _WIDE in kinds and (_LATIN in word or not is_touching):
        odd.add(_WIDE)
    foreign = kinds - {_SINGLE, _DISGUISED, _WIDE}
    if not foreign:
        return odd
    letters = kinds | ({_LATIN} & set(word))
    scripts = {kind: kind.lower() if kind in foreign else _LATIN for kind in letters}
    counts = Counter(scripts[kind] for kind in word if kind in letters)
    if len(counts) > 1:
        # A word that reads like ASCII all through is meant to, of whatever most of it is made.
        reads_latin = _LATIN in counts and all(map(str.isupper, foreign))
        main = _LATIN if reads_latin else max(counts, key=lambda script: (counts[script], script == _LATIN))
        return odd | {kind for kind in letters if scripts[kind] != main}
    if all(map(str.isupper, foreign)) and _is_code(text, start, start + len(word)):
        return odd | foreign
    return odd


def _is_code(text: str, start: int, end: int) -> bool:
    """Say whether a word stands where code has names."""
    return bool(_CODE_BEHIND.match(text, end) or _CODE_BEFORE.search(text[max(0, start - 2) : start]))


def _join(places: Iterator[int]) -> Iterator[tuple[int, int]]:
    """Yield the ranges that single places make up."""
    first = last = -2
    for place in places:
        if place != last + 1:
            if last >= 0:
                yield first, last + 1
            first = place
        last = place
    if last >= 0:
        yield first, last + 1

r"""In which state a piece of a program begins: in its code, or inside a comment or a string.

A hunk begins anywhere.  Each way it may have begun is tried: the lines are read with a few
delimiters only, and the way wins whose prose lies in comments and whose code lies outside.
What comes of it is a line to put above the piece, such as ``/*``, so that any lexer can follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

LOOKED_AT = 120
"""Lines from the start of a piece; what comes later says little about its start."""
CLOSED = 0.25
"""What the end of a block speaks for having been in it; less than the doubt about having been in any."""
DOUBT = 0.5
STRAY = 6.0
"""What an end of a comment speaks against having been in code before it, in lines of prose."""


# Plain classes: ``typing`` takes 1 MB of the process that lexes.


class Block:
    """Something that may span lines."""

    def __init__(self, above: str, opens: str, closes: str) -> None:
        self.above = above
        """A line that begins it."""
        self.opens = opens
        """Regular expression of its start."""
        self.closes = closes
        """Regular expression of its end."""


class Grammar:
    """As much of a language as is needed to tell its blocks from its code."""

    def __init__(self, skipped: str, blocks: tuple[Block, ...]) -> None:
        self.skipped = skipped
        """Regular expression of strings and comments that end on their line."""
        self.blocks = blocks


_STRINGS = r'"(?:\\.|[^"\\\n])*+"'
_CHARS = r"'(?:\\.|[^'\\\n]){1,8}+'"
_COMMENT = Block("/*", r"/\*", r"\*/")
_TICKS = Block("`", "`", "`")
_C = Grammar(rf"//[^\n]*+|{_STRINGS}|{_CHARS}", (_COMMENT,))
_SCRIPT = Grammar(rf"//[^\n]*+|{_STRINGS}|'(?:\\.|[^'\\\n])*+'", (_COMMENT, _TICKS))
_PYTHON = Grammar(
    rf"\#[^\n]*+|(?!\"\"\"){_STRINGS}|(?!''')'(?:\\.|[^'\\\n])*+'",
    (Block('"""', '"""', '"""'), Block("'''", "'''", "'''")),
)
_RUST = Grammar(
    rf"//[^\n]*+|(?<!\#)(?<!\br){_STRINGS}|{_CHARS}",
    (_COMMENT, Block('let _ = r#"', r'\br#+"', r'"#'), Block('let _ = "', '"', '"')),
)
_PERL = Grammar(r"(?<=\s)\#[^\n]*+", (Block("=pod\n", r"^=[a-z]\w*", r"^=cut"),))
_RUBY = Grammar(r"\#[^\n]*+", (Block("=begin", "^=begin", "^=end"),))
_MARKUP = Grammar("(?!)", (Block("<!--", "<!--", "-->"),))
_LUA = Grammar(rf"--(?!\[\[)[^\n]*+|{_STRINGS}", (Block("--[[", r"--\[\[", r"\]\]"),))
_CMAKE = Grammar(rf"\#(?!\[\[)[^\n]*+|{_STRINGS}", (Block("#[[", r"\#\[\[", r"\]\]"),))
_MESON = Grammar(r"\#[^\n]*+|(?!''')'(?:\\.|[^'\\\n])*+'", (Block("x = '''", "'''", "'''"),))
_TOML = Grammar(
    rf"\#[^\n]*+|(?!\"\"\"){_STRINGS}|(?!''')'[^'\n]*+'",
    (Block('x = """', '"""', '"""'), Block("x = '''", "'''", "'''")),
)
_ML = Grammar(_STRINGS, (Block("(*", r"\(\*", r"\*\)"),))
_HASKELL = Grammar(rf"--[^\n]*+|{_STRINGS}", (Block("{-", r"\{-", r"-\}"),))
_GRAMMARS = {
    **dict.fromkeys(("CLexer", "CppLexer", "JavaLexer", "ObjectiveCLexer", "ProtoBufLexer"), _C),
    **dict.fromkeys(("DevicetreeLexer", "GasLexer", "SqlLexer", "CssLexer", "SwiftLexer", "KotlinLexer"), _C),
    **dict.fromkeys(("JavascriptLexer", "TypeScriptLexer", "GoLexer"), _SCRIPT),
    **dict.fromkeys(("PythonLexer", "CythonLexer"), _PYTHON),
    **dict.fromkeys(("HtmlLexer", "XmlLexer"), _MARKUP),
    "RustLexer": _RUST,
    "PerlLexer": _PERL,
    "RubyLexer": _RUBY,
    "LuaLexer": _LUA,
    "CMakeLexer": _CMAKE,
    "MesonLexer": _MESON,
    "TOMLLexer": _TOML,
    "OcamlLexer": _ML,
    "HaskellLexer": _HASKELL,
}
_PATTERNS: dict[tuple[str, ...], re.Pattern[str]] = {}

_WORDS = re.compile(r"(?<![\w.$])[A-Za-z][a-z']*+(?:[,:]? [A-Za-z][a-z']*+){2,}[.,:;?!)]?(?![\w(\[{=])")
_KEYWORDS = re.compile(
    r"\b(?:static|const|struct|void|int|char|long|unsigned|extern|inline|enum|union|else|goto|case|import"
    r"|def|lambda|elif|pub|fn|let|mut|impl|async|await|assert|raise|yield|None|True|False|del)\b"
)
_SURELY_CODE = re.compile(
    r"//|\#|@\w|(?:assert|del|elif|goto|import|let|pub|use|static|const|struct|async|await)\b(?! \w+ \w+ \w+)"
    r"|from \S+ import\b|(?:def|fn|func|class|struct|enum|impl)\ [\w]+\s*[\[(:{<]"
    r"|(?:if|for|while|with|except|return|raise|yield)\b.*[:;({\[,)]$|(?:else|try|finally):$"
    r"|[\w.*\[\]]+(?:, [\w.*]+)*(?:: [\w.\[\], |]+)? [-+*/|&]?= \S"
    r"|[\w.]+\(.*\)[;:]?$|[\w.:!]+\([^ )]*$|[\])};]+[,:]?$"
)
_CODE = re.compile(r"[;{}]$|^\}|->|[!=]=|\w\(|\w\[|\w\.\w+\(|[-+*/|&]=|\w = |\(\)|&&|\|\||::|^\w+=|, *$")
_TITLE = re.compile(
    r"([-=~^\"#*])\1{3,}$|[A-Z][a-z]+(?: [A-Za-z]+)+[.:]?$|:\w+(?: \w+)?: |\.\. ?\w+::|>>> |[-*] [A-Z]"
)
_STARRED = re.compile(r"\*(?:\s|/|$)")


_KCONFIG = re.compile(
    r"\s+(?:def_)?(?:bool|tristate|string|hex|int|prompt|default|depends|select|imply|range|help)\b"
)


def guess_opening(lexer: str, lines: Sequence[str]) -> str:
    """Return the line to put above some lines for the lexer of that (class) name; empty for code."""
    lines = lines[:LOOKED_AT]
    if lexer == "KconfigLexer":
        return _kconfig(lines)
    grammar = _GRAMMARS.get(lexer)
    if grammar is None:
        return ""
    if grammar is _C and lines and _in_macro(lines):
        return "#define _ \\"
    text = "\n".join(lines)
    best, most = "", _score(text, grammar, None) + DOUBT
    for block in grammar.blocks:
        score = _score(text, grammar, block)
        if score > most:
            best, most = block.above, score
    return best


def _score(text: str, grammar: Grammar, start: Block | None) -> float:
    """Say how well a text fits to having begun in a block; in code, where that is None."""
    score = CLOSED if start and _closing(start).search(text) else 0.0
    for inside, piece in _pieces(text, grammar, start):
        if inside is None and piece == "":
            score -= STRAY
            continue
        for line in piece.split("\n"):
            likeness = _prose(line)
            score += likeness if inside else -likeness
    return score


def _pieces(text: str, grammar: Grammar, block: Block | None) -> Iterator[tuple[Block | None, str]]:
    """Yield the pieces in blocks and outside; an empty one outside for an end without a start."""
    place = 0
    while True:
        if block is None:
            match = _pattern(grammar).search(text, place)
        else:
            match = _closing(block).search(text, place)
        if match is None:
            yield block, text[place:] or " "
            return
        yield block, text[place : match.start()] or " "
        place = match.end()
        if block is not None:
            block = None
        elif match.lastgroup == "stray":
            yield None, ""
        elif match.lastgroup is not None:
            block = grammar.blocks[int(match.lastgroup[1:])]


def _pattern(grammar: Grammar) -> re.Pattern[str]:
    """What to look for in code: what to skip, starts of blocks, and ends where none began."""
    key = (grammar.skipped, *(block.opens for block in grammar.blocks))
    if key not in _PATTERNS:
        opens = "|".join(f"(?P<b{n}>{block.opens})" for n, block in enumerate(grammar.blocks))
        strays = [block.closes for block in grammar.blocks if block.closes != block.opens]
        stray = f"|(?P<stray>{'|'.join(strays)})" if strays else ""
        _PATTERNS[key] = re.compile(f"{grammar.skipped}|{opens}{stray}", re.MULTILINE)
    return _PATTERNS[key]


def _closing(block: Block) -> re.Pattern[str]:
    key = (block.closes,)
    if key not in _PATTERNS:
        _PATTERNS[key] = re.compile(block.closes, re.MULTILINE)
    return _PATTERNS[key]


def _prose(line: str) -> float:
    """Say how much a line looks like words for people: 1 for surely, -1 for surely code."""
    line = line.strip()
    if not line:
        return 0.0
    if _STARRED.match(line) or _TITLE.match(line):
        return 1.0
    if _SURELY_CODE.match(line):
        return -1.0
    words = _WORDS.search(line)
    if words and not _KEYWORDS.search(words[0]):
        return 1.0 if len(words[0]) > len(line) / 2 or not _CODE.search(line) else 0.3
    return -0.5 if _CODE.search(line) or _KEYWORDS.match(line) else 0.0


def _in_macro(lines: Sequence[str]) -> bool:
    """Say whether lines of C begin inside a macro that goes on over lines."""
    return lines[0].endswith("\\") and not lines[0].lstrip().startswith(("#", '"', "//", "*"))


def _kconfig(lines: Sequence[str]) -> str:
    """Return what puts Kconfig's lexer into a help text, where the lines begin in one."""
    first = next((line for line in lines if line.strip()), "")
    is_help = first[:1] in "\t " and not _KCONFIG.match(first) and _prose(first) > 0
    return "config X\n\thelp" if is_help else ""

"""A lexer for assembler as GNU's reads it, with C's preprocessor before it.

Pygments' own takes every ``#`` and ``;`` for the start of a comment: of ARM's immediates too.
"""

from __future__ import annotations

from typing import Any, ClassVar

from pygments.lexer import RegexLexer, include
from pygments.token import Comment, Keyword, Name, Number, Punctuation, String, Whitespace

_NAME = r"[A-Za-z_.$\\][\w.$\\@]*+"
_DIRECTIVE = r"^[ \t]*\#[ \t]*(?:include|define|undef|if|ifn?def|el\w+|endif|error|warning|pragma|line)\b"
_REGISTER = (
    r"(?i:%[a-z]\w*|(?:r|x|w|v|q|d|s|a|t|f|k|xmm|ymm|zmm|cr|dr)\d{1,2}(?:\.\d*[bhsdq])?"
    r"|[re]?(?:ax|bx|cx|dx|si|di|sp|bp|ip)|[abcd][lh]|lr|pc|fp|gp|tp|ra|zero|[wx]zr|[cs]psr)\b"
)
_NUMBER = r"-?(?:0[xX][0-9a-fA-F]++|0b[01]++|\d++(?:\.\d+)?)[bfUL]*\b"


class AssemblerLexer(RegexLexer):
    """For ``.S`` and ``.s`` of x86, ARM, RISC-V and others."""

    name = "Assembler with preprocessor"
    tokens: ClassVar[dict[str, list[Any]]] = {
        "root": [
            (_DIRECTIVE, Comment.Preproc, "preprocessor"),
            include("comments"),
            (rf"(?:{_NAME}|\d+):", Name.Function),
            (r"\.[A-Za-z_][\w.]*+", Keyword, "arguments"),
            (r"(?:lock|rep(?:n?[ez])?)\b", Keyword),
            (r"[A-Z][A-Z0-9_]+(?=\()", Name.Function, "arguments"),
            (_NAME, Name.Builtin, "arguments"),
            (r"[ \t\r]+|\n", Whitespace),
            (r"[;}]", Punctuation),
            (r".", Punctuation, "arguments"),
        ],
        "arguments": [
            include("comments"),
            (r"[;\n]", Whitespace, "#pop"),
            (r"[ \t\r]+", Whitespace),
            (r'"(?:\\.|[^"\\\n])*+"?', String),
            (r"'\\?[^\n]'?", String.Char),
            (_REGISTER, Name.Variable),
            (rf"[#$]?{_NUMBER}", Number),
            (_NAME, Name),
            (r".", Punctuation),
        ],
        "preprocessor": [
            (r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?|//[^\n]*", Comment),
            (r'<[^>\n]+>|"[^"\n]*"', String),
            (r"\\\n|[^/\\\n<\"]+", Comment.Preproc),
            (r"\n", Whitespace, "#pop"),
            (r".", Comment.Preproc),
        ],
        "comments": [
            (r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?|//[^\n]*", Comment),
            (r"\#(?!-?[\w(:\\])[^\n]*|@(?=\s)[^\n]*", Comment),
        ],
    }

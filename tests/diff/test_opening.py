"""The state at the start of a hunk is found by trial."""

from __future__ import annotations

import pytest

from tui.diff.highlight import CLASSES, Painter
from tui.diff.index import index_diff
from tui.diff.lexers import load_lexer
from tui.diff.opening import guess_opening
from tui.diff.tint import tint

PROSE = ["the lock is held by whoever came first, and", "let go of when the last one leaves."]


@pytest.mark.parametrize(
    ("lexer", "text", "opening"),
    [
        ("CLexer", " * Return the number of what is held.\n *\n * More of it here.", "/*"),
        ("CLexer", "the number of pages held\n*/\nint a;", "/*"),
        ("CLexer", "\tint a = b;\n\treturn a;", ""),
        ("CLexer", "\t*a = b;\n\t/* the next of them all */\n\tc();", ""),
        ("CLexer", 'printf("*/");\nreturn;', ""),
        ("CLexer", "\t\tif (a) \\\n\t\t\tb(); \\\n\t} while (0)", "#define _ \\"),
        ("PythonLexer", '    the number of what is held.\n    """\n    return a', '"""'),
        ("PythonLexer", "    the number of what is held.\n    '''\n    return a", "'''"),
        ("PythonLexer", "    Say why it is so, in words that last.", '"""'),
        ("PythonLexer", 'def f(a):\n    """Say why it is so."""\n    return a', ""),
        ("PythonLexer", 'def f(a):\n    """Say why it is so,\n\n    and for whom.', ""),
        ("PythonLexer", "assert (1, 2) not in ev\nassert a is not None", ""),
        ("RustLexer", "/// The number of what is held by it.\n/// More here.\nfn a() {}", ""),
        ("RustLexer", "the number of what is held\n*/\nfn a() -> u8 {", "/*"),
        ("RustLexer", 'the number of what is held\n"#;\nlet a = b(c);', 'let _ = r#"'),
        ("PerlLexer", "Say why it is so, in words.\n\n=cut\n\nmy $a = 1;", "=pod\n"),
        ("GoLexer", "select the rows that are new\n`\nreturn a()", "`"),
        ("LuaLexer", "the number of what is held\n]]\nreturn a", "--[["),
        ("XmlLexer", "the number of what is held\n-->\n<a/>", "<!--"),
        ("KconfigLexer", "\t  Say Y here when you have one of them.\n\nconfig A\n\tbool", "config X\n\thelp"),
        ("KconfigLexer", "\tdepends on A && B\n\tselect C", ""),
        ("JsonLexer", "the number of what is held", ""),
        ("CLexer", "", ""),
    ],
)
def test_where_a_hunk_begins(lexer: str, text: str, opening: str) -> None:
    assert guess_opening(lexer, text.split("\n")) == opening


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("c_cpp.CLexer", "*/"),
        ("python.PythonLexer", '"""'),
        ("rust.RustLexer", "*/"),
        ("go.GoLexer", "*/"),
        ("perl.PerlLexer", "=cut"),
        ("ruby.RubyLexer", "=end"),
        ("scripting.LuaLexer", "]]"),
        ("make.CMakeLexer", "]]"),
        ("configs.TOMLLexer", '"""'),
        ("meson.MesonLexer", "'''"),
        ("html.XmlLexer", "-->"),
        ("ml.OcamlLexer", "*)"),
        ("haskell.HaskellLexer", "-}"),
    ],
)
def test_what_is_put_above_makes_the_lexer_follow(name: str, end: str) -> None:
    lexer = load_lexer(name)
    assert lexer is not None
    lines = [*PROSE, end, "x = 1"]
    opening = guess_opening(type(lexer).__name__, lines)
    assert opening
    first, second, _, code = tint(lexer, lines, opening)
    assert {CLASSES[kind] for kind in first[::2]} in ({"comment"}, {"string"})
    assert first[::2] == second[::2]
    assert code != first


def test_a_hunk_of_a_docstring_is_a_string_on_both_sides() -> None:
    text = "--- a/x.py\n+++ b/x.py\n@@ -50,4 +50,4 @@ def f(a):\n     Say why it is so,\n"
    text += "-    and for whom of them.\n"
    text += '+    and for whom of us all.\n     """\n     return a\n'
    painter = Painter(index_diff(text))
    for line, kind in ((3, "string"), (4, "string"), (5, "string"), (7, "keyword")):
        painter.advance(0, line, 20)
        spans = painter.spans(0, line)
        assert spans and kind in [CLASSES[number] for number in spans[::2]]


def test_the_first_line_of_a_file_is_no_guess() -> None:
    text = "--- /dev/null\n+++ b/x.py\n@@ -0,0 +1,1 @@\n+Say why it is so, in words that last.\n"
    painter = Painter(index_diff(text))
    painter.advance(0, 3, 20)
    assert CLASSES.index("string") not in (painter.spans(0, 3) or b"")[::2]

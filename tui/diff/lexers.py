"""From a file's name to the Pygments lexer of its language, without asking Pygments.

``get_lexer_for_filename`` loads its whole table of plugins and takes 70 ms; a look into this
one and the import of one lexer module take a few.
"""

from __future__ import annotations

import importlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.lexer import RegexLexer

_C = "c_cpp.CLexer"
_CPP = "c_cpp.CppLexer"
_SHELL = "shell.BashLexer"
_MAKE = "make.MakefileLexer"
_KCONFIG = "configs.KconfigLexer"
_TREE = "devicetree.DevicetreeLexer"
_PYTHON = "python.PythonLexer"
_PERL = "perl.PerlLexer"
_RUBY = "ruby.RubyLexer"

_EXTENSIONS = {
    **dict.fromkeys(("c", "h", "y", "l"), _C),
    **dict.fromkeys(("cc", "cpp", "cxx", "c++", "hh", "hpp", "hxx", "inl", "ipp"), _CPP),
    **dict.fromkeys(("py", "pyi", "pyx"), _PYTHON),
    **dict.fromkeys(("s", "inc.s"), "asm.GasLexer"),
    **dict.fromkeys(("asm", "nasm"), "asm.NasmLexer"),
    **dict.fromkeys(("sh", "bash", "zsh", "ksh", "bats", "ebuild", "eclass"), _SHELL),
    **dict.fromkeys(("mk", "mak", "make"), _MAKE),
    **dict.fromkeys(("dts", "dtsi", "dtso"), _TREE),
    **dict.fromkeys(("pl", "pm", "t"), _PERL),
    **dict.fromkeys(("rst", "rest"), "markup.RstLexer"),
    **dict.fromkeys(("md", "markdown"), "markup.MarkdownLexer"),
    **dict.fromkeys(("yaml", "yml"), "data.YamlLexer"),
    **dict.fromkeys(("json",), "data.JsonLexer"),
    **dict.fromkeys(("js", "mjs", "cjs"), "javascript.JavascriptLexer"),
    **dict.fromkeys(("ts", "tsx"), "javascript.TypeScriptLexer"),
    **dict.fromkeys(("ini", "cfg", "conf", "desktop"), "configs.IniLexer"),
    **dict.fromkeys(("rb",), _RUBY),
    **dict.fromkeys(("html", "htm"), "html.HtmlLexer"),
    **dict.fromkeys(("xml", "xsd", "svg"), "html.XmlLexer"),
    "rs": "rust.RustLexer",
    "go": "go.GoLexer",
    "java": "jvm.JavaLexer",
    "lua": "scripting.LuaLexer",
    "awk": "textedit.AwkLexer",
    "cmake": "make.CMakeLexer",
    "toml": "configs.TOMLLexer",
    "css": "css.CssLexer",
    "sql": "sql.SqlLexer",
    "tcl": "tcl.TclLexer",
    "exp": "tcl.TclLexer",
    "m4": "c_cpp.CLexer",
    "cocci": "c_cpp.CLexer",
    "diff": "diff.DiffLexer",
    "hs": "haskell.HaskellLexer",
    "ml": "ml.OcamlLexer",
    "vim": "textedit.VimLexer",
    "tex": "markup.TexLexer",
    "proto": "dsls.ProtoBufLexer",
    "lds": _C,
    "bb": _SHELL,
    "bbclass": _SHELL,
    "swift": "objective.SwiftLexer",
    "m": "objective.ObjectiveCLexer",
    "zig": "zig.ZigLexer",
    "adb": "ada.AdaLexer",
    "ads": "ada.AdaLexer",
    "f90": "fortran.FortranLexer",
    "nix": "nix.NixLexer",
}
_NAMES = {
    "meson.build": "meson.MesonLexer",
    "meson_options.txt": "meson.MesonLexer",
    "meson.options": "meson.MesonLexer",
    "cmakelists.txt": "make.CMakeLexer",
    "dockerfile": "configs.DockerLexer",
    "configure": _SHELL,
    "pkgbuild": _SHELL,
    "rakefile": _RUBY,
    "gemfile": _RUBY,
    "wscript": _PYTHON,
    "sconstruct": _PYTHON,
}
_STEMS = (("makefile", _MAKE), ("gnumakefile", _MAKE), ("kbuild", _MAKE), ("kconfig", _KCONFIG))
_SHEBANG = re.compile(r"#! *(?:\S*/)?(?:env +(?:-\S+ +)*(?:\S*/)?)?([a-z]+)[\d.]*(?:\s|\Z)")
_PROGRAMS = {
    **dict.fromkeys(("sh", "bash", "dash", "ash", "zsh", "ksh", "bats"), _SHELL),
    **dict.fromkeys(("awk", "gawk", "mawk"), "textedit.AwkLexer"),
    **dict.fromkeys(("tclsh", "wish", "expect"), "tcl.TclLexer"),
    "python": _PYTHON,
    "perl": _PERL,
    "ruby": _RUBY,
    "node": "javascript.JavascriptLexer",
    "lua": "scripting.LuaLexer",
    "make": _MAKE,
}


def lexer_of_program(line: str) -> str:
    """Return what ``lexer_name`` does, for the first line of a file that names who reads it."""
    match = _SHEBANG.match(line[:200])
    return _PROGRAMS.get(match[1], "") if match else ""


def lexer_name(path: str) -> str:
    """Return ``module.Class`` below ``pygments.lexers`` for a path; empty where none is known."""
    name = path.rsplit("/", 1)[-1].lower().removesuffix(".in")
    if found := _NAMES.get(name):
        return found
    for stem, found in _STEMS:
        if name == stem or name.startswith((stem + ".", stem + "-")):
            return found
    extension = name.rpartition(".")[2] if "." in name else ""
    if extension == "json" and "/qapi/" in f"/{path}":
        # QEMU's QAPI schemas: Python's literals and comments under a JSON name.
        return _PYTHON
    return _EXTENSIONS.get(extension, "")


@lru_cache(64)
def load_lexer(name: str) -> RegexLexer | None:
    """Return the lexer of that name, or None where this Pygments has none.  Imports it."""
    module, _, kind = name.rpartition(".")
    try:
        lexer = getattr(importlib.import_module(f"pygments.lexers.{module}"), kind)(ensurenl=False)
    except (ImportError, AttributeError):
        return None
    return lexer if hasattr(lexer, "get_tokens_unprocessed") else None

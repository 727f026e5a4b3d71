"""From a file's name to the Pygments lexer of its language, without asking Pygments.

``get_lexer_for_filename`` loads its whole table of plugins and takes 70 ms; a look into this
one and the import of one lexer module take a few.
"""

from __future__ import annotations

import importlib
import re
from functools import lru_cache

TYPE_CHECKING = False  # ``typing`` takes 1 MB of the process that lexes
if TYPE_CHECKING:
    from pygments.lexer import RegexLexer

_C = "c_cpp.CLexer"
_CPP = "c_cpp.CppLexer"
_SHELL = "shell.BashLexer"
_MAKE = "make.MakefileLexer"
_CMAKE = "make.CMakeLexer"
_KCONFIG = "configs.KconfigLexer"
_TREE = "devicetree.DevicetreeLexer"
_PYTHON = "python.PythonLexer"
_PERL = "perl.PerlLexer"
_RUBY = "ruby.RubyLexer"
_TCL = "tcl.TclLexer"
_AWK = "textedit.AwkLexer"
_SED = "textedit.SedLexer"
_INI = "configs.IniLexer"
_YAML = "data.YamlLexer"
_JSON = "data.JsonLexer"
_DOCKER = "configs.DockerLexer"
_MESON = "meson.MesonLexer"
_GROFF = "markup.GroffLexer"
_SYSTEMD = "configs.SystemdLexer"
_XML = "html.XmlLexer"
_LISP = "lisp.SchemeLexer"
_ASSEMBLER = "tui.diff.assembler.AssemblerLexer"

_EXTENSIONS = {
    ending: lexer
    for lexer, endings in {
        # Linker scripts, bpftrace, ACPI's tables, version maps, QEMU's .hx: near enough to C.
        _C: "c h y l yy ll cocci lds ld bt asl dsl map hx x def",
        _CPP: "cc cpp cxx c++ hh hpp hxx h++ inl ipp tcc ino",
        _PYTHON: "py pyi pyw",
        "python.CythonLexer": "pyx pxd pxi",
        _ASSEMBLER: "s sx",
        "asm.NasmLexer": "asm nasm",
        # Selftests of ftrace among them.
        _SHELL: "sh bash zsh ksh bats ebuild eclass bb bbclass bbappend m4 ac install postinst tc",
        _MAKE: "mk mak make am",
        _CMAKE: "cmake",
        _TREE: "dts dtsi dtso dtsh its",
        _PERL: "pl pm t pod",
        "markup.RstLexer": "rst rest",
        "markup.MarkdownLexer": "md markdown",
        "markup.TexLexer": "tex sty cls texi texinfo",
        _GROFF: "man mdoc roff ms 1 2 3 4 5 6 7 8 9 1m 3p 3pm 3type",
        _YAML: "yaml yml",
        _JSON: "json jsonl json5",
        "configs.TOMLLexer": "toml",
        _INI: "ini cfg conf cnf desktop inf properties decode",
        _SYSTEMD: "service socket mount automount swap target path timer slice network netdev link",
        "rust.RustLexer": "rs",
        "go.GoLexer": "go",
        "jvm.JavaLexer": "java",
        "jvm.KotlinLexer": "kt kts",
        "jvm.GroovyLexer": "groovy gradle",
        "jvm.ScalaLexer": "scala",
        "dotnet.CSharpLexer": "cs",
        "javascript.JavascriptLexer": "js mjs cjs jsx",
        "javascript.TypeScriptLexer": "ts tsx mts",
        "css.CssLexer": "css",
        "css.ScssLexer": "scss",
        "html.HtmlLexer": "html htm xhtml",
        _XML: "xml xsd xsl xslt svg rng docbook dbk dtd ui",
        "php.PhpLexer": "php",
        "scripting.LuaLexer": "lua",
        _RUBY: "rb rake gemspec",
        _TCL: "tcl exp itk",
        _AWK: "awk gawk",
        _SED: "sed sin",
        "sql.SqlLexer": "sql",
        "diff.DiffLexer": "diff patch",
        "haskell.HaskellLexer": "hs",
        "ml.OcamlLexer": "ml mli mll mly",
        "erlang.ErlangLexer": "erl hrl",
        "erlang.ElixirLexer": "ex exs",
        "lisp.EmacsLispLexer": "el",
        _LISP: "scm ss",
        "textedit.VimLexer": "vim",
        "dsls.ProtoBufLexer": "proto",
        "objective.SwiftLexer": "swift",
        "objective.ObjectiveCLexer": "m mm",
        "zig.ZigLexer": "zig",
        "d.DLexer": "d di",
        "ada.AdaLexer": "ada adb ads",
        "fortran.FortranLexer": "f90 f95 f03 f08",
        "fortran.FortranFixedLexer": "f f77",
        "hdl.VerilogLexer": "v vh",
        "hdl.SystemVerilogLexer": "sv svh",
        "hdl.VhdlLexer": "vhd vhdl",
        "graphics.GLShaderLexer": "glsl vert frag geom comp mesh task",
        "graphics.HLSLShaderLexer": "hlsl",
        "c_like.CudaLexer": "cu cuh",
        "asm.LlvmLexer": "mir",
        "tablegen.TableGenLexer": "td",
        "graphviz.GraphvizLexer": "dot gv",
        "nix.NixLexer": "nix",
        "r.SLexer": "r",
        "julia.JuliaLexer": "jl",
        "installers.RPMSpecLexer": "spec",
        "textfmts.GettextLexer": "po pot",
        "shell.BatchLexer": "bat cmd",
        "shell.PowerShellLexer": "ps1 psm1",
        "shell.FishShellLexer": "fish",
        "shell.TcshLexer": "csh tcsh",
        "configs.TerraformLexer": "tf hcl",
        _DOCKER: "dockerfile docker",
        _MESON: "wrap",
    }.items()
    for ending in endings.split()
}
_NAMES = {
    name: lexer
    for lexer, names in {
        _MESON: "meson.build meson_options.txt meson.options",
        _CMAKE: "cmakelists.txt",
        _SHELL: "configure pkgbuild apkbuild configure.ac configure.in .bashrc .profile .envrc bootstrap",
        _RUBY: "rakefile gemfile vagrantfile brewfile",
        _PYTHON: "wscript sconstruct sconscript",
        _C: "trace-events",
        _YAML: ".clang-format .clang-tidy .yamllint .gitlab-ci .travis _clang-format",
        _JSON: ".prettierrc .eslintrc .babelrc pipfile.lock composer.lock flake.lock",
        "configs.TOMLLexer": "cargo.lock poetry.lock uv.lock pipfile",
        _INI: ".gitconfig .gitmodules .editorconfig .config .pylintrc .coveragerc .flake8 .b4-config",
        "textedit.VimLexer": ".vimrc .exrc",
        "lisp.EmacsLispLexer": ".emacs",
        "jvm.GroovyLexer": "jenkinsfile",
        _PERL: "cpanfile makefile.pl",
        "go.GoLexer": "go.mod",
    }.items()
    for name in names.split()
}
_STEMS = (
    ("makefile", _MAKE),
    ("gnumakefile", _MAKE),
    ("makevars", _MAKE),
    ("kbuild", _MAKE),
    ("kconfig", _KCONFIG),
    ("config.in", _KCONFIG),
    ("dockerfile", _DOCKER),
    ("containerfile", _DOCKER),
)
"""Names that others follow, behind a dot or a dash: ``Makefile.am``, ``Kconfig.debug``."""
LONGEST = 300
"""Characters from the end of a path that are looked at."""
_TEMPLATES = (".in", ".inc", ".tmpl", ".tpl", ".template", ".j2", ".dist", ".example", ".sample", ".orig")
"""What stands behind the name of the file that is made of it."""
_SHEBANG = re.compile(r"#! *(?:\S*/)?(?:env +(?:-\S+ +)*(?:\S*/)?)?([a-z]+)[\d.]*(?:\s|\Z)")
_PROGRAMS = {
    **dict.fromkeys(("sh", "bash", "dash", "ash", "zsh", "ksh", "bats", "busybox"), _SHELL),
    **dict.fromkeys(("awk", "gawk", "mawk"), _AWK),
    **dict.fromkeys(("tclsh", "wish", "expect"), _TCL),
    "python": _PYTHON,
    "perl": _PERL,
    "ruby": _RUBY,
    "node": "javascript.JavascriptLexer",
    "lua": "scripting.LuaLexer",
    "make": _MAKE,
    "sed": _SED,
    "php": "php.PhpLexer",
    "bpftrace": _C,
}


def lexer_of_program(line: str) -> str:
    """Return what ``lexer_name`` does, for the first line of a file that names who reads it."""
    match = _SHEBANG.match(line[:200])
    return _PROGRAMS.get(match[1], "") if match else ""


def lexer_name(path: str) -> str:
    """Return what ``load_lexer`` takes for a path; empty where no language is known."""
    name = path[-LONGEST:].rsplit("/", 1)[-1].lower()
    while not (found := _by_name(name)):
        suffix = next((suffix for suffix in _TEMPLATES if name.endswith(suffix)), "")
        if not suffix:
            break
        name = name[: -len(suffix)]
    if found:
        return found
    extension = name.rpartition(".")[2] if "." in name else ""
    if extension == "json" and "qapi" in path[-LONGEST:]:
        # QEMU's QAPI schemas: Python's literals and comments under a JSON name.
        return _PYTHON
    if extension == "md" and "gcc/config/" in path[-LONGEST:]:
        # GCC's descriptions of machines.
        return _LISP
    if name.endswith(".lds.s"):
        return _C
    if not extension and name.endswith("defconfig"):
        return _INI
    return _EXTENSIONS.get(extension, "")


def _by_name(name: str) -> str:
    if found := _NAMES.get(name):
        return found
    for stem, found in _STEMS:
        if name == stem or name.startswith((stem + ".", stem + "-")):
            return found
    return ""


@lru_cache(64)
def load_lexer(name: str) -> RegexLexer | None:
    """Return the lexer ``module.Class`` below ``pygments.lexers``, or of ours.

    None where this Pygments has none.  Imports it: some milliseconds.
    """
    module, _, kind = name.rpartition(".")
    whole = module if module.startswith("tui.") else f"pygments.lexers.{module}"
    try:
        lexer = getattr(importlib.import_module(whole), kind)(ensurenl=False)
    except (ImportError, AttributeError):
        return None
    return lexer if hasattr(lexer, "get_tokens_unprocessed") else None

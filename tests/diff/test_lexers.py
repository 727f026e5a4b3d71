"""Every language of the lists has its lexer, known by its files' names."""

from __future__ import annotations

import pytest

from tui.diff import lexers
from tui.diff.lexers import lexer_name, lexer_of_program, load_lexer
from tui.diff.tint import tint
from tui.diff.wire import CLASSES

LANGUAGES = {
    "C": "a/b.c a/b.h lib/config.h.in accel/x.c.inc qemu-options.hx x.lds kernel/vmlinux.lds.S x.bt "
    "hw/trace-events",
    "C++": "x.cc x.cpp x.hpp x.hh",
    "Python": "x.py x.pyi SConstruct qapi/block.json qga/qapi-schema.json",
    "Rust": "x.rs",
    "Go": "x.go go.mod",
    "Perl": "x.pl X.pm t/x.t",
    "Bash": "x.sh x.bash configure configure.ac m4/x.m4 recipes/x_1.0.bb x.sh.in test.d/x.tc",
    "Makefile": "Makefile drivers/net/Makefile Makefile.am Makefile.in x.mk Kbuild GNUmakefile",
    "Kconfig": "Kconfig lib/Kconfig.debug Config.in",
    "Devicetree": "x.dts arch/arm/boot/dts/x.dtsi x.dtso x.its",
    "Assembler with preprocessor": "arch/x86/entry.S x.s",
    "NASM": "x.asm",
    "reStructuredText": "x.rst x.rst.inc",
    "Scheme": "x.scm gcc/config/arm/arm.md",
    "Markdown": "README.md x.markdown",
    "YAML": "x.yaml .github/x.yml .clang-format",
    "JSON": "package.json x.jsonl flake.lock",
    "TOML": "Cargo.toml Cargo.lock",
    "INI": "setup.cfg x.conf x.ini .gitconfig .gitmodules configs/x_defconfig defconfig",
    "Systemd": "x.service x.timer x.socket",
    "Meson": "meson.build meson_options.txt meson.options",
    "CMake": "CMakeLists.txt x.cmake",
    "Docker": "Dockerfile Dockerfile.debian x.docker x.dockerfile Containerfile",
    "Awk": "x.awk",
    "Sed": "x.sed",
    "Groff": "man/x.1 x.8 man2/x.3type x.man x.5.in",
    "TeX": "x.tex x.texi",
    "Java": "X.java",
    "Kotlin": "x.kt",
    "JavaScript": "x.js x.mjs",
    "TypeScript": "x.ts x.tsx",
    "Lua": "x.lua",
    "Ruby": "x.rb Rakefile",
    "Tcl": "x.tcl x.exp",
    "SQL": "x.sql",
    "Diff": "x.diff x.patch",
    "XML": "x.xml x.svg",
    "HTML": "x.html",
    "CSS": "x.css",
    "Haskell": "x.hs",
    "OCaml": "x.ml",
    "EmacsLisp": "x.el",
    "VimL": "x.vim",
    "Protocol Buffer": "x.proto",
    "Ada": "x.adb",
    "Fortran": "x.f90",
    "D": "x.d",
    "Zig": "x.zig",
    "Nix": "x.nix",
    "RPMSpec": "x.spec",
    "PHP": "x.php",
    "C#": "x.cs",
    "Gettext Catalog": "x.po",
    "TableGen": "x.td",
    "verilog": "x.v",
}


def test_every_language_of_the_lists() -> None:
    wrong = []
    for language, paths in LANGUAGES.items():
        for path in paths.split():
            lexer = load_lexer(lexer_name(path))
            if lexer is None or lexer.name != language:
                wrong.append((path, language, lexer))
    assert wrong == []


@pytest.mark.parametrize(
    "path", ["COPYING", "MAINTAINERS", "README", "a.txt", "", ".", "a/", "x.in", ".in", "a.qq"]
)
def test_other_files_are_plain(path: str) -> None:
    assert lexer_name(path) == ""
    assert load_lexer("c_cpp.NoLexer") is None


def test_every_lexer_of_the_tables_loads_and_covers_what_it_lexes() -> None:
    names = {
        *lexers._EXTENSIONS.values(),
        *lexers._NAMES.values(),
        *lexers._PROGRAMS.values(),
        *(name for _, name in lexers._STEMS),
    }
    lines = ["/* a */ int main(void) { return 'x' + \"y\"; }", "", "# b: c", "\tif [ -z $d ]; then", "`e`"]
    for name in sorted(names):
        lexer = load_lexer(name)
        assert lexer is not None, name
        assert [sum(s[1::2]) for s in tint(lexer, lines)] == [len(line) for line in lines], name


def test_assembler() -> None:
    lexer = load_lexer(lexer_name("arch/arm64/entry.S"))
    assert lexer is not None
    lines = [
        "#include <x.h>",
        "\tmov\tx0, #1 // one",
        "1:\tnop; nop",
        "# a comment",
        "\tmovl $0x10, %eax # b",
    ]
    kinds = [[CLASSES[kind] for kind in spans[::2] if kind] for spans in tint(lexer, lines)]
    assert kinds == [
        ["preproc", "string"],
        ["builtin", "builtin", "number", "comment"],
        ["name", "builtin", "builtin"],
        ["comment"],
        ["builtin", "number", "builtin", "comment"],
    ]


@pytest.mark.parametrize(
    ("line", "lexer"),
    [
        ("#!/bin/sh", "shell.BashLexer"),
        ("#! /bin/bash -e\r", "shell.BashLexer"),
        ("#!/usr/bin/env python3", "python.PythonLexer"),
        ("#!/usr/bin/env -S python3.12 -u", "python.PythonLexer"),
        ("#!/usr/bin/perl -w", "perl.PerlLexer"),
        ("#!/usr/bin/pythonic", ""),
        ("# /bin/sh", ""),
        ("#!", ""),
    ],
)
def test_programs_that_read_a_file(line: str, lexer: str) -> None:
    assert lexer_of_program(line) == lexer

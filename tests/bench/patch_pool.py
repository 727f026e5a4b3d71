"""Small patches of every kind, made by git when they are asked for, and those of the demo's corpus."""

from __future__ import annotations

import difflib
import os
import subprocess
from email import message_from_bytes
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2] / "tui" / "demo" / "corpus"
SMALL = 80
"""Lines of a patch of the pool, at most: what a mutation does to a long one it does to a short one."""

_BODY = [f"line {n};" if n % 5 else "" for n in range(40)]
_OLD: dict[str, bytes] = {
    "a.c": "\n".join([*_BODY, ""]).encode(),
    "dir/b.py": b"import os\n\n\ndef f():\n    return 1\n",
    "no newline": b"one\ntwo",
    "crlf.txt": b"one\r\ntwo\r\nthree\r\n",
    "gone.h": b"#define A 1\n",
    "moved.c": "\n".join(f"int v{n};" for n in range(20)).encode(),
    "tool.sh": b"#!/bin/sh\nexit 0\n",
    "pixel.bin": bytes(range(64)),
    "empty": b"",
    'q"uote\t.c': b"a\nb\n",
    "\u00e4 b/x": b"a\n",
    "dashes.sql": b"-- a\n-- b\n++ c\n@@ -1 +1 @@\n",
}
_NEW: dict[str, bytes] = {
    "a.c": "\n".join([*_BODY[:3], "new 1", *_BODY[4:30], "new 2", "new 3", *_BODY[33:], "end"]).encode(),
    "dir/b.py": b"import os\nimport sys\n\n\ndef f():\n    return 2\n",
    "no newline": b"one\ntwo\nthree",
    "crlf.txt": b"one\r\n2\r\nthree\r\n",
    "new.h": b"#define B 2\n",
    "there/moved.c": "\n".join(f"int v{n};" for n in range(19)).encode(),
    "copy.c": "\n".join(f"int v{n};" for n in range(18)).encode(),
    "tool.sh": b"#!/bin/sh\nexit 1\n",
    "pixel.bin": bytes(range(64, 0, -1)),
    "new.bin": b"\0\1\2" * 9,
    "empty too": b"",
    'q"uote\t.c': b"a\nc\n",
    "\u00e4 b/x": b"b\n",
    "dashes.sql": b"-- a\n-- c\n++ d\n@@ -2 +2 @@\n",
    "Makefile": b"all:\n\ttrue\n",
}
_WAYS: tuple[list[str], ...] = (
    [],
    ["--binary"],
    ["--find-copies-harder", "--full-index"],
    ["--no-prefix"],
    ["--src-prefix=i/", "--dst-prefix=w/"],
    ["-U0"],
    ["-U1", "-R"],
    ["--no-renames", "--binary"],
    ["--stat", "--summary", "-p"],
)


class Git:
    """git in a folder, with nobody's settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_CEILING_DIRECTORIES": str(folder.parent),
            "LC_ALL": "C.UTF-8",
        } | {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", "A"), ("EMAIL", "a@example.org"), ("DATE", "2024-01-02T03:04:05Z"))
        }

    def run(self, *words: str, stdin: bytes = b"") -> bytes | None:
        """Return what git writes, None where it refuses.  At a damaged binary it stops in peace."""
        done = subprocess.run(
            ["git", *words],
            cwd=self.folder,
            env=self.environment,
            input=stdin,
            capture_output=True,
            check=False,
        )
        return done.stdout if done.returncode == 0 and b"error: " not in done.stderr else None

    def must(self, *words: str) -> str:
        """Return what git writes.  Raises RuntimeError where it refuses."""
        out = self.run(*words)
        if out is None:
            raise RuntimeError(f"git refused: {words}")
        return out.decode("utf-8", "surrogateescape")

    def commit(self, files: dict[str, bytes], *, executable: str = "", link: str = "") -> str:
        """Make these files all there is, and return the commit."""
        self.must("rm", "-rqf", "--ignore-unmatch", ".")
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if link:
            (self.folder / "link").symlink_to(link)
        if executable:
            (self.folder / executable).chmod(0o755)
        self.must("add", "-A")
        submodule = "1" * 39 + ("2" if executable else "3")
        self.must("update-index", "--add", "--cacheinfo", f"160000,{submodule},module")
        self.must("commit", "-qm", f"Change things\n\nBecause {len(files)}.\n")
        return self.must("rev-parse", "HEAD").strip()


def make_pool(folder: Path) -> list[str]:
    """Return patches that git makes in an empty folder, whole and by file, and those of the corpus."""
    git = Git(folder)
    git.must("init", "-q", "-b", "main")
    old = git.commit(_OLD, link="a.c")
    new = git.commit(_NEW, link="dir/b.py", executable="tool.sh")
    pool: list[str] = []
    for way in _WAYS:
        whole = git.must("diff", *way, old, new)
        pool += [f"diff --git {piece}" for piece in ("\n" + whole).split("\ndiff --git ")[1:]]
        pool.append(whole)
    pool.append(git.must("format-patch", "--stdout", "-1", "--binary", "HEAD"))
    pool += _merge(git, old)
    pool += [_plain(name, style) for name in ("a.c", "dir/b.py", "crlf.txt") for style in range(3)]
    pool += _corpus()
    return [patch if patch.endswith("\n") else f"{patch}\n" for patch in pool if patch.count("\n") <= SMALL]


def _merge(git: Git, old: str) -> list[str]:
    """Combined diffs of a merge in which both sides touched one line."""
    git.must("checkout", "-qf", "-b", "side", old)
    side = git.commit({**_OLD, "a.c": b"\n".join([b"side", *_OLD["a.c"].split(b"\n")[1:]])})
    tree = git.must("rev-parse", "HEAD^{tree}").strip()
    git.must("checkout", "-qf", "main")
    third = git.commit({**_NEW, "a.c": b"both\n" + _NEW["a.c"], "dir/b.py": b"import re\n"})
    tree = git.must("rev-parse", f"{third}^{{tree}}").strip()
    merge = git.must("commit-tree", tree, "-p", "main~1", "-p", side, "-m", "Merge").strip()
    return [git.must("show", way, "--format=", merge) for way in ("--cc", "-c")]


def _plain(name: str, style: int) -> str:
    """A diff as ``diff -u``, ``diff -ruN`` and Subversion or quilt write it."""
    old, new = (files[name].decode().split("\n")[:-1] for files in (_OLD, _NEW))
    stamp = "2024-01-02 03:04:05.000000000 +0100"
    lines = difflib.unified_diff(old, new, f"old/{name}", f"new/{name}", stamp, stamp, lineterm="")
    head = ["", f"diff -ruN old/{name} new/{name}\n", f"Index: new/{name}\n{'=' * 67}\n"][style]
    return head + "\n".join([*lines, ""])


def _corpus() -> list[str]:
    """The mails of the demo, those that hold a small patch."""
    texts: list[str] = []
    for path in sorted(CORPUS.rglob("*.mbox")):
        for piece in path.read_bytes().split(b"\nFrom "):
            for part in message_from_bytes(piece).walk():
                payload = part.get_payload(decode=True)
                if isinstance(payload, bytes) and b"\n+++ " in payload:
                    texts.append(payload.decode("utf-8", "replace").replace("\r\n", "\n"))
    return texts

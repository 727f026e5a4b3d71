"""Who may import whom.  A wrong arrow is a failing test, with the reason beside it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TUI = ROOT / "tui"

ROOMS: dict[str, tuple[set[str], set[str], str]] = {
    # room: (rooms it may import, packages it may import, why so few)
    "core": (set(), set(), "the domain depends on nothing, so that everything can depend on it"),
    "diff": ({"core"}, {"unidiff", "pygments"}, "rows of a patch are made and tested without a terminal"),
    "api": ({"core"}, {"httpx"}, "JSON dies here, and the API knows nobody who asks"),
    "store": ({"core"}, {"sqlite3"}, "what is stored does not depend on how it came"),
    "config": ({"core"}, {"keyring"}, "settings are read before anything heavy is loaded; keyring at last"),
    "sync": ({"core", "api", "store"}, set(), "data moves with no user interface there"),
    "demo": ({"core"}, {"starlette", "uvicorn"}, "a server that shares code with its client proves nothing"),
    "widgets": ({"core", "diff"}, {"textual", "rich"}, "a widget draws; it neither reads nor asks"),
    "screens": (
        {"core", "diff", "store", "sync", "widgets", "action", "actions", "where", "keymap"},
        {"textual", "rich"},
        "screens read the store and call verbs; a response never reaches them",
    ),
    "shades": ({"core"}, {"textual", "rich"}, "colours on their way to the terminal, and nothing else"),
    "sparing": (set(), set(), "it goes before all else"),
    "doorbell": (set(), set(), "who rings waits for nothing else"),
    "ending": (set(), set(), "what ends everything needs nothing"),
    "terminal": ({"core"}, {"textual"}, "a terminal is left clean whatever it showed"),
    "app": (
        {"core", "screens", "widgets", "actions", "where", "keymap", "config", "shades", "terminal"},
        {"textual", "rich"},
        "the app knows no server",
    ),
    "where": (set(), set(), "names of places"),
    "action": ({"where"}, set(), "one plain row"),
    "typed_actions": ({"action", "where"}, set(), "a part of one plain table"),
    "actions": ({"action", "typed_actions", "where"}, set(), "one plain table"),
    "keymap": (
        {"core", "action", "actions", "where", "config"},
        set(),
        "what keys do is known without a terminal",
    ),
}
ROOT_ROOMS = {"cli", "beginning", "session", "search", "stores", "news", "commands"}
ROOT_ROOMS |= {
    "projects",
    "demonstration",
    "first_start",
    "token_trial",
    "wardrobe",
    "worn",
    "reaching",
    "log",
    "clients",
}
"""They put the rooms together, and may import all."""


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [alias.name for alias in node.names]
            whole = node.module in ("tui", None)
            found.update(f"tui.{name}" for name in names) if whole else found.add(str(node.module))
    return found


def _files(room: str) -> list[Path]:
    folder = TUI / room
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [TUI / f"{room}.py"]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_the_table_allows(room: str) -> None:
    rooms, packages, why = ROOMS[room]
    wrong = []
    for path in _files(room):
        for name in _imports(path):
            top = name.split(".")[0]
            if top == "tui":
                inner = name.split(".")[1] if "." in name else ""
                if inner not in rooms | {room, "__version__"}:
                    wrong.append(f"{path.relative_to(ROOT)} imports {name}")
            elif top not in packages and (top == "sqlite3" or top not in sys.stdlib_module_names):
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert not wrong, f"{'; '.join(wrong)} ({room}: {why})"


def test_every_room_is_in_the_table() -> None:
    rooms = {path.parent.name for path in TUI.glob("*/__init__.py")} | {p.stem for p in TUI.glob("*.py")}
    assert rooms - {"__init__", "__main__"} - ROOT_ROOMS == set(ROOMS)


def _loaded(statement: str) -> set[str]:
    code = f"{statement}\nimport sys\nprint(' '.join(sys.modules))"
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name.split(".")[0] for name in answer.stdout.split()}


def test_the_command_line_answers_without_anything_heavy() -> None:
    assert not _loaded("import tui.cli") & {"textual", "rich", "httpx", "pygments", "sqlite3", "asyncio"}


def test_the_app_paints_before_it_loads_what_it_does_not_need_yet() -> None:
    modules = _loaded("import tui.app, tui.screens.browser")
    assert not modules & {"httpx", "pygments", "unidiff", "starlette", "uvicorn"}


def test_what_answers_queries_is_loaded_when_something_is_asked() -> None:
    code = "import tui.app, tui.screens.browser, tui.sync.sync, sys\nprint(' '.join(sys.modules))"
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    late: tuple[str, ...] = ("tui.core.query", "tui.core.near", "tui.store.find.", "tui.store.find_terms")
    late += ("tui.store.comments.", "tui.core.trailers.")
    assert not [name for name in answer.stdout.split() if f"{name}.".startswith(late)]

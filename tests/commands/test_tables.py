"""Help, keys, themes, completion and the manual say what the tables say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tui.actions import ACTIONS
from tui.cli import main
from tui.commands.completion import SCRIPTS, flags_of
from tui.commands.manual import SOURCES, manual
from tui.commands.table import APP, COMMANDS, ENVIRONMENT, OPTIONS, options_of
from tui.commands.usage import WIDTH, usage
from tui.config.paths import config_path
from tui.config.themes import theme_names
from tui.keymap.live import DEFAULT


def out_of(capsys: pytest.CaptureFixture[str], *line: str, status: int = 0) -> str:
    assert main(line) == status
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_help_names_every_command_and_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    told = out_of(capsys, "--help")
    assert all(f"\n  {command.word}" in told for command in COMMANDS)
    assert all(f"\n  {option.flag}" in told for option in OPTIONS)
    for word in (APP, *(command.word for command in COMMANDS)):
        assert all(len(line) <= WIDTH for line in usage(word).splitlines())
        assert all(option.flag in usage(word) for option in options_of(word))


def test_keys_are_all_printed_with_those_of_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    told = out_of(capsys, "keys")
    for action in ACTIONS:
        assert f"  {DEFAULT.listed(action) or '-'}" in told
        assert f"  {action.id}  " in told
        assert DEFAULT.help(action) in told
    assert "Yours" not in told
    settings('[keys]\nA = ["state accepted", "next"]\nB = "fly"\n')
    told = out_of(capsys, "keys", status=1)
    assert "Yours" in told
    assert "state accepted, next" in told
    assert "config.toml:3: B cannot do “fly”" in told


def test_keys_are_told_apart_from_sequences_and_counts_from_keys(capsys: pytest.CaptureFixture[str]) -> None:
    settings('keymap = "emacs"\n[bind]\nolder_version = ["b", ","]\n')
    told = out_of(capsys, "keys")
    assert re.search(r"^  ctrl\+x o, Tab +next_pane ", told, re.MULTILINE)
    assert re.search(r"^  ctrl\+space, V +select ", told, re.MULTILINE)
    assert re.search(r"^  b, comma +older_version ", told, re.MULTILINE)
    assert "Count, as in 5 ctrl+n or 3n; 120>: line" in told


def test_own_keys_that_cannot_be_bound_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    settings(
        '[keys]\nA = "state new"\narchive = "x"\nsupersede = "state new"\n[commands]\nA = "ls"\n'
        '[bind]\ntop = "gg"\n'
    )
    for command in ("keys", "config"):
        told = out_of(capsys, command, status=1)
        assert "config.toml:3: archive cannot do “x”; write state NAME" in told
        assert "; the keys of an action stand in [bind]\n" in told
        assert "config.toml:4: supersede is an action, and no key: the keys of actions stand in" in told
        assert "config.toml:6: A is taken by “state new”; choose another key" in told
        assert "config.toml:8: top has gg, which is no key; a sequence has blanks: g g" in told


def test_keys_are_those_of_the_keymap_that_is_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    settings('keymap = "vim"\n[bind]\narchive = "alt+a"\narchiv = "y"\n')
    told = out_of(capsys, "keys", status=1)
    assert "Keymap: vim" in told
    assert re.search(r"^  gg, home +top +Go to the first line$", told, re.MULTILINE)
    assert re.search(r"^  alt\+a +archive ", told, re.MULTILINE)
    assert "config.toml:4: archiv is no action; did you mean archive?" in told


def settings(text: str) -> Path:
    path = config_path(os.environ)
    assert path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return path


def test_themes_are_all_printed_the_one_in_force_marked(capsys: pytest.CaptureFixture[str]) -> None:
    lines = out_of(capsys, "themes").splitlines()
    assert [line.split()[0].strip("*") or line.split()[1] for line in lines] == theme_names()
    assert [line.split()[1] for line in lines if line[0] == "*"] == ["dark"]
    settings('theme = "light"\n')
    assert "* light" in out_of(capsys, "themes")


def test_a_theme_of_ones_own_is_printed_or_named_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    folder = settings('theme = "mauve"\n').parent / "themes"
    assert "there is no theme mauve" in out_of(capsys, "themes", status=1)
    folder.mkdir()
    dark = (Path(__file__).resolve().parents[2] / "themes" / "dark.toml").read_text()
    (folder / "mauve.toml").write_text(dark.replace('"Dark"', '"Mauve"'))
    assert f"Mauve  ({folder / 'mauve.toml'})" in out_of(capsys, "themes")
    (folder / "bad.toml").write_text(dark.replace("#16181d", "red"))
    assert "theme bad.toml:7:14: background = 'red' is not a colour" in out_of(capsys, "themes", status=1)
    settings('theme = "bad"\n')
    told = out_of(capsys, "themes", status=1)
    assert "* dark" in told
    assert told.endswith("bad, which is set, is that one; dark is used\n")


def test_the_manual_has_every_command_option_key_variable_and_source() -> None:
    page = re.sub(r"\\\[u(\w+)\]", lambda found: chr(int(found[1], 16)), manual())
    for escape, sign in (("\\-", "-"), ("\\(ti", "~"), ("\\(ha", "^"), ("\\(ga", "`"), ("\\e", "\\")):
        page = page.replace(escape, sign)
    for option in OPTIONS:
        assert option.help in page
        assert option.flag in page
    assert all(command.help in page for command in COMMANDS)
    assert all(DEFAULT.help(action) in page for action in ACTIONS if action.keys)
    assert all(variable.name in page for variable in ENVIRONMENT)
    assert all(name in page for name, _ in SOURCES)


def test_the_manual_is_one_that_man_can_show(tmp_path: Path) -> None:
    if shutil.which("groff") is None:
        pytest.skip("there is no groff")
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww"], input=manual().encode(), capture_output=True, check=True
    )
    assert done.stderr == b""
    shown = done.stdout.decode()
    assert "PWTUI(1)" in shown


def completed(line: str) -> list[str]:
    """Return what bash offers behind a line."""
    words = line.split(" ")
    listed = " ".join(f"'{word}'" for word in words)
    code = f"{SCRIPTS['bash']()}\nCOMP_WORDS=({listed}); COMP_CWORD={len(words) - 1}\n_pwtui\n"
    code += 'printf "%s\\n" "${COMPREPLY[@]}"'
    return subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("pwtui k", ["keys"]),
        ("pwtui ", [*(command.word for command in COMMANDS), *flags_of(APP)]),
        ("pwtui completion ", ["bash", "zsh", "fish", "--help", "--version"]),
        ("pwtui news --", ["--server", "--since", "--help", "--version"]),
        ("pwtui --theme l", ["light"]),
        ("pwtui --theme light --d", ["--demo", "--debug"]),
        ("pwtui --server ", []),
    ],
)
def test_bash_completes_what_the_table_has(line: str, offered: list[str]) -> None:
    if shutil.which("bash") is None:
        pytest.skip("there is no bash")
    assert completed(line) == offered


def test_fish_completes_what_the_table_has() -> None:
    if shutil.which("fish") is None:
        pytest.skip("there is no fish")
    for line, wanted in (
        ("pwtui ", {c.word for c in COMMANDS}),
        ("pwtui completion ", {"bash", "zsh", "fish"}),
    ):
        code = f"{SCRIPTS['fish']()}\ncomplete -C '{line}'"
        told = subprocess.run(["fish", "-c", code], capture_output=True, text=True, check=True).stdout
        assert {offer.split("\t")[0] for offer in told.splitlines()} >= wanted
    code = f"{SCRIPTS['fish']()}\ncomplete -C 'pwtui config --'"
    told = subprocess.run(["fish", "-c", code], capture_output=True, text=True, check=True).stdout
    assert {offer.split("\t")[0] for offer in told.splitlines()} == {
        "--server",
        "--edit",
        "--help",
        "--version",
    }


def test_zsh_takes_its_script() -> None:
    if shutil.which("zsh") is None:
        pytest.skip("there is no zsh")
    code = f"autoload -Uz compinit && compinit -D\n{SCRIPTS['zsh']()}\necho ${{_comps[pwtui]}}"
    done = subprocess.run(["zsh", "-f", "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("_pwtui\n", "")


def test_every_script_names_every_command_and_option() -> None:
    for shell, script in SCRIPTS.items():
        text = script()
        for command in COMMANDS:
            assert command.word in text
        for option in OPTIONS:
            assert (f"-l {option.name}" if shell == "fish" else option.flag) in text


def loaded(*line: str) -> set[str]:
    code = f"import sys; from tui.cli import main; main({list(line)!r}); print(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stdout.splitlines()[-1].split()}


@pytest.mark.parametrize("word", ["--help", "--version", "keys", "themes"])
def test_what_only_prints_loads_next_to_nothing(word: str) -> None:
    heavy = {
        "textual",
        "rich",
        "httpx",
        "pygments",
        "sqlite3",
        "asyncio",
        "argparse",
        "tomllib",
        "subprocess",
    }
    assert not loaded(word) & heavy


def test_a_pipe_that_closes_is_no_trouble() -> None:
    code = "import sys; from tui.cli import main; sys.exit(main(['manual']))"
    reader = subprocess.run(
        ["bash", "-c", f'{sys.executable} -c "{code}" | head -n 1; echo ${{PIPESTATUS[0]}}'],
        capture_output=True,
        text=True,
        check=True,
    )
    assert reader.stderr == ""
    assert reader.stdout.splitlines()[-1] in ("0", "141")


def test_a_locale_without_our_signs_is_no_trouble() -> None:
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    code = "import sys; from tui.cli import main; sys.exit(main(['keys']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=env, check=True)
    assert b"  j, down " in done.stdout

"""Which source weighs more, and what goes with what."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.beginning import complete
from tui.commands.table import ENVIRONMENT
from tui.config.git import GitWords
from tui.config.loading import Gathering, load
from tui.config.settings import Settings
from tui.config.sources import VARIABLES
from tui.core.credentials import Credentials, Keeper, Kept
from tui.core.place import parse_place
from tui.core.views import View

ONE, TWO, THREE = (f"https://patchwork{n}.example.org" for n in (1, 2, 3))
SECRET = "0123456789abcdef"


def settings_of(
    tmp_path: Path,
    *,
    env: dict[str, str] | None = None,
    file: str = "",
    git: dict[str, str] | None = None,
    shipped: dict[str, str] | None = None,
    pwclient: str = "",
) -> Settings:
    path = tmp_path / ".config/pwtui/config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(file)
    path.chmod(0o600)
    (tmp_path / ".pwclientrc").write_text(pwclient)
    words = GitWords(git or {}, {}, shipped or {})
    return load({"HOME": str(tmp_path), **(env or {})}, ask=lambda: lambda: words)


def sources() -> dict[str, dict[str, object]]:
    """Every source with a server, a project and a token of its own, the weightiest first."""
    return {
        "a": {"env": {"PWTUI_SERVER": "a.example.org", "PWTUI_PROJECT": "a", "PWTUI_TOKEN": "a"}},
        "b": {"env": {"PW_SERVER": "b.example.org", "PW_PROJECT": "b", "PW_TOKEN": "b"}},
        "c": {"file": 'project = "c"\nserver = "c.example.org"\n[servers."c.example.org"]\ntoken = "c"\n'},
        "d": {"git": {"pw.server": "https://d.example.org/api", "pw.project": "d", "pw.token": "d"}},
        "e": {"git": {"b4.pw-url": "https://e.example.org/", "b4.pw-project": "e", "b4.pw-key": "e"}},
        "f": {"shipped": {"b4.pw-url": "https://f.example.org/", "b4.pw-project": "f"}},
        "g": {"pwclient": "[options]\ndefault=g\n[g]\nurl=https://g.example.org/xmlrpc/\ntoken=g\n"},
    }


@pytest.mark.parametrize("first", "abcdefg")
def test_the_weightiest_source_names_project_server_and_token(tmp_path: Path, first: str) -> None:
    given: dict[str, dict[str, str]] = {"env": {}, "git": {}, "shipped": {}}
    texts: dict[str, str] = {}
    for name, says in sources().items():
        for kind, what in says.items() if name >= first else ():
            if isinstance(what, dict):
                given[kind] = {**given[kind], **what}
            else:
                texts[kind] = str(what)
    settings = settings_of(tmp_path, **given, **texts)  # type: ignore[arg-type]
    server = f"https://{first}.example.org"
    assert settings.problems == ()
    assert (settings.project, settings.project_server) == (first, server)
    token = settings.credentials(server, opened=True)
    assert token == (None if first == "f" else Credentials(server, first))


def test_a_project_goes_with_the_server_that_is_named_beside_it(tmp_path: Path) -> None:
    git = {"pw.server": TWO, "pw.project": "kiln-devel"}
    settings = settings_of(tmp_path, file=f'server = "{ONE}"\n', git=git)
    assert (settings.server, settings.project, settings.project_server) == (ONE, "kiln-devel", TWO)
    settings = settings_of(tmp_path, file=f'server = "{ONE}"\n', git=git, env={"PW_SERVER": THREE})
    assert settings.project_server == THREE
    assert settings_of(tmp_path, git={"pw.project": "x"}, file=f'server = "{ONE}"\n').project_server == ONE


def test_a_project_that_is_known_to_be_somewhere_is_opened_there(tmp_path: Path) -> None:
    settings = settings_of(
        tmp_path,
        file=f'[servers."{ONE}"]\nprojects = ["kiln-devel", "kiln-docs"]\n',
        git={"pw.server": TWO, "pw.project": "two"},
        pwclient=f"[three]\nurl = {THREE}/xmlrpc/\n[kiln-docs]\nurl = {THREE}/xmlrpc/\n",
    )
    wanted = {"kiln-devel": ONE, "kiln-docs": ONE, "two": TWO, "three": THREE, "elsewhere": ""}
    for name, server in wanted.items():
        assert complete(parse_place(name), settings, told_server=False).server == server


def test_what_is_opened_without_a_name_is_the_project_that_is_set(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, git={"pw.server": TWO, "pw.project": "two"})
    nothing = parse_place("")
    assert complete(nothing, settings, told_server=False) == parse_place(f"{TWO}/project/two/list/")
    assert complete(nothing, settings, told_server=True) == nothing
    assert complete(nothing, Settings(), told_server=False) == nothing
    whole = parse_place(f"{ONE}/project/x/list/?series=3")
    assert complete(whole, settings, told_server=False) == whole


def test_the_environments_server_is_looked_at_whatever_the_files_say(tmp_path: Path) -> None:
    file = f'[servers."{ONE}"]\nprojects = ["x"]\n'
    settings = settings_of(tmp_path, file=file, env={"PW_SERVER": TWO})
    assert complete(parse_place("x"), settings, told_server=False).server == ""
    assert settings.server == TWO


def test_a_project_may_be_named_with_its_server(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, file='project = "patchwork1.example.org/x"\n', env={"PW_PROJECT": "*"})
    assert (settings.project, settings.project_server) == ("x", ONE)


@pytest.mark.parametrize("bad", ["a b", "..", "patchwork1.example.org/", "<you>"])
def test_a_project_that_is_none_is_one_line(tmp_path: Path, bad: str) -> None:
    settings = settings_of(tmp_path, git={"pw.project": bad})
    assert settings.project == ""
    assert settings.problems == (
        "git config pw.project is no project's link name, so it is not used; it looks like qemu-devel",
    )


def test_states_come_from_git_pw_and_from_b4(tmp_path: Path) -> None:
    git = {"pw.server": ONE, "pw.states": "new, queued,", "b4.pw-url": TWO, "b4.pw-review-state": "queued"}
    settings = settings_of(tmp_path, git=git)
    assert settings.states(ONE) == ("new", "queued")
    assert settings.some_states == {TWO: ("queued",)}


def test_views_of_a_server_stand_beside_the_others(tmp_path: Path) -> None:
    settings = settings_of(
        tmp_path,
        file=f"""
            [[views]]
            name = "Mine"
            query = "a"
            [[views]]
            name = "Block"
            query = "b"
            [[servers."{ONE}".views]]
            name = "block"
            query = "c"
            """,
    )
    assert settings.problems == ()
    assert settings.views_on(TWO) == (View("Mine", "a", True), View("Block", "b", True))
    assert settings.views_on(ONE) == (View("Mine", "a", True), View("block", "c", True))


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ('token_command = "pass show x"', Kept(Keeper.COMMAND, "pass show x")),
        ('token_file = "~/x"', Kept(Keeper.FILE, "~/x")),
        ("token_keyring = true", Kept(Keeper.KEYRING, "pwtui")),
    ],
)
def test_a_token_may_be_kept_elsewhere_and_then_others_may_read_the_file(
    tmp_path: Path, line: str, kept: Kept
) -> None:
    text = f'[servers."{ONE}"]\n{line}\n'
    settings = settings_of(tmp_path, file=text)
    assert settings.credentials(ONE) == Credentials(ONE, kept=kept)
    (tmp_path / ".config/pwtui/config.toml").chmod(0o644)
    assert load({"HOME": str(tmp_path)}, ask=None).credentials(ONE) == Credentials(ONE, kept=kept)


def test_a_command_is_not_run_where_others_can_write_it(tmp_path: Path) -> None:
    text = f'[servers."{ONE}"]\ntoken_command = "pass show x"\n'
    settings_of(tmp_path, file=text)
    (tmp_path / ".config/pwtui/config.toml").chmod(0o620)
    settings = load({"HOME": str(tmp_path)}, ask=None)
    assert settings.credentials(ONE) is None
    assert ":2: token_command is not run, since others can write this file" in settings.problems[0]


def test_other_tools_settings_of_a_public_server_are_taken_for_https(tmp_path: Path) -> None:
    plain, secure = "http://patchwork.ozlabs.org/api/1.2", "https://patchwork.ozlabs.org"
    assert settings_of(tmp_path, env={"PW_SERVER": plain}).server == secure
    for name in ("pw.server", "b4.pw-url"):
        assert settings_of(tmp_path, git={name: plain}).server == secure
    assert (
        settings_of(tmp_path, git={"pw.server": "http://a.example.org/api"}).server == "http://a.example.org"
    )
    assert settings_of(tmp_path, env={"PWTUI_SERVER": plain}).server == "http://patchwork.ozlabs.org"


def test_no_secret_is_in_a_repr(tmp_path: Path) -> None:
    path = tmp_path / ".config/pwtui/config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(f'[servers."{ONE}"]\ntoken = "{SECRET}"\n')
    path.chmod(0o600)
    (tmp_path / ".pwclientrc").write_text(f"[a]\nurl = {TWO}/xmlrpc\nusername = a\npassword = {SECRET}\n")
    words = GitWords({"pw.token": SECRET, "pw.server": THREE})
    gathered = Gathering({"HOME": str(tmp_path)}, ask=lambda: lambda: words).finish()
    assert [bool(gathered.settings.credentials(server)) for server in (ONE, TWO, THREE)] == [True] * 3
    assert SECRET not in repr(gathered) + str(gathered)


def test_two_ways_to_one_token_are_told(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, file=f'[servers."{ONE}"]\ntoken = "{SECRET}"\ntoken_file = "x"\n')
    assert settings.credentials(ONE) == Credentials(ONE, SECRET)
    (told,) = settings.problems
    assert ":3: token_file and token are two ways to one token; token is used" in told


def test_a_variable_that_nothing_reads_is_told_with_the_nearest(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, env={"PWTUI_TOKNE": SECRET, "PWTUI_ME": "ada", "PW_STATES": "new"})
    assert settings.problems == ("PWTUI_TOKNE is set, and nothing reads it; did you mean PWTUI_TOKEN?",)
    told = {name for variable in ENVIRONMENT for name in variable.name.split(", ")}
    assert set(VARIABLES) == {name for name in told if name.startswith("PWTUI_")}


def test_a_wrong_name_is_told_with_the_nearest(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, file=f'prefech = true\n[servers."{ONE}"]\ntoken_comand = "x"\n')
    first, second = sorted(settings.problems, key=len)
    assert ":1: prefech is no setting; did you mean prefetch?" in first
    assert ":3: token_comand is no setting of a server; did you mean token_command?" in second


def test_two_files_with_different_tokens_for_one_server_are_told(tmp_path: Path) -> None:
    file = f'[servers."{ONE}"]\ntoken = "{SECRET}"\n'
    git = {"pw.server": ONE, "pw.token": "another"}
    (told,) = settings_of(tmp_path, file=file, git=git).problems
    assert told == (
        f"the config file and git config pw.* hold different tokens for {ONE}; that of the first is used, "
        "so remove the other"
    )
    assert settings_of(tmp_path, file=file, git={**git, "pw.token": SECRET}).problems == ()
    assert settings_of(tmp_path, env={"PW_SERVER": ONE, "PW_TOKEN": "x"}, git=git).problems == ()


def test_the_theme_and_the_address_of_mails(tmp_path: Path) -> None:
    git = {"user.email": "git@example.org"}
    assert settings_of(tmp_path, git=git).email == "git@example.org"
    settings = settings_of(tmp_path, git=git, file='email = "x@example.org"\n', env={"PWTUI_THEME": "light"})
    assert (settings.email, settings.theme) == ("x@example.org", "light")

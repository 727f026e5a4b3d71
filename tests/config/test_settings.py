from pathlib import Path

import pytest

from tui.config.git import GitWords
from tui.config.loading import load
from tui.config.paths import config_path
from tui.config.servers import known_servers
from tui.config.settings import Settings
from tui.core.credentials import Credentials
from tui.core.deed import Step
from tui.core.intent import Field
from tui.core.me import Me

ONE = "https://patchwork.example.org"
TWO = "https://patchwork.example.com"
SECRET = "0123456789abcdef"


def settings_of(
    tmp_path: Path,
    file: str | None = None,
    env: dict[str, str] | None = None,
    git: dict[str, str] | None = None,
    server: str = "",
    mode: int = 0o600,
) -> Settings:
    """Load with a home folder of its own; git and the environment say only what is given."""
    if file is not None:
        path = tmp_path / ".config/pwtui/config.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file, encoding="utf-8")
        path.chmod(mode)
    return load(
        {"HOME": str(tmp_path), **(env or {})}, ask=lambda: lambda: GitWords(git or {}), server=server
    )


def test_nothing_set_is_no_trouble(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    assert settings == Settings()
    assert settings.credentials(ONE, opened=True) is None


def test_the_file_says_theme_server_states_and_token(tmp_path: Path) -> None:
    settings = settings_of(
        tmp_path,
        f"""
        theme = "paper"
        pipe = "delta --paging=always"
        server = "patchwork.example.org"
        [servers."{ONE}/api/1.2/"]
        token = "{SECRET}"
        states = ["new", "queued"]
        [servers."{TWO}"]
        username = "ada"
        password = "lovelace"
        """,
    )
    assert (settings.theme, settings.server, settings.problems) == ("paper", ONE, ())
    assert settings.pipe == "delta --paging=always"
    assert settings.states(ONE) == ("new", "queued")
    assert settings.states(TWO) == ()
    assert settings.credentials(ONE) == Credentials(ONE, SECRET)
    assert settings.credentials(TWO) == Credentials(TWO, "", "ada", "lovelace")
    assert settings.credentials("https://elsewhere.invalid", opened=True) is None


@pytest.mark.parametrize("name", ["PWTUI_TOKEN", "PW_TOKEN"])
@pytest.mark.parametrize("tie", ["PWTUI_SERVER", "PW_SERVER"])
def test_a_token_goes_only_to_the_server_it_was_set_for(tmp_path: Path, name: str, tie: str) -> None:
    settings = settings_of(tmp_path, env={name: SECRET, tie: f"{ONE}/api/1.2/"})
    assert settings.credentials(ONE) == Credentials(ONE, SECRET)
    assert settings.credentials(TWO, opened=True) is None
    assert settings.server == ONE


def test_a_token_for_no_server_goes_only_to_an_opened_one_that_is_set_or_known(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, env={"PWTUI_TOKEN": SECRET}, server=ONE)
    for server in (ONE, *(known.address for known in known_servers())):
        assert settings.credentials(server) is None
        assert settings.credentials(server, opened=True) == Credentials(server, SECRET)


def test_a_token_for_no_server_does_not_go_to_the_host_of_a_pasted_address(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, env={"PWTUI_TOKEN": SECRET}, server=ONE)
    first = known_servers()[0].address
    for server in (
        TWO,
        f"{first}.example.com",
        f"{first}:8443",
        f"{first}/below",
        first.replace("https", "http"),
    ):
        assert settings.credentials(server, opened=True) is None


def test_a_token_that_was_set_for_a_server_comes_before_one_for_none(tmp_path: Path) -> None:
    file = f'[servers."{ONE}"]\ntoken = "of-the-file"\n'
    settings = settings_of(tmp_path, file, env={"PW_TOKEN": SECRET}, server=TWO)
    assert settings.credentials(ONE, opened=True) == Credentials(ONE, "of-the-file")
    assert settings.credentials(TWO, opened=True) == Credentials(TWO, SECRET)


def test_our_own_variable_comes_before_that_of_git_pw_then_the_file_then_git(tmp_path: Path) -> None:
    file = f'[servers."{ONE}"]\ntoken = "c"\n'
    git = {"pw.token": "d", "pw.server": f"{ONE}/api/1.2"}
    env = {"PWTUI_TOKEN": "a", "PW_TOKEN": "b", "PW_SERVER": ONE}
    for wanted in "abcd":
        found = settings_of(tmp_path, file, env, git).credentials(ONE)
        assert found is not None
        assert found.token == wanted
        if wanted in "ab":
            del env[{"a": "PWTUI_TOKEN", "b": "PW_TOKEN"}[wanted]]
        else:
            file = ""


def test_each_token_keeps_to_its_own_server_variable(tmp_path: Path) -> None:
    env = {"PWTUI_TOKEN": "a", "PWTUI_SERVER": ONE, "PW_TOKEN": "b", "PW_SERVER": TWO}
    settings = settings_of(tmp_path, env=env)
    assert settings.credentials(ONE) == Credentials(ONE, "a")
    assert settings.credentials(TWO) == Credentials(TWO, "b")


def test_basic_authentication_comes_from_all_sources(tmp_path: Path) -> None:
    wanted = Credentials(ONE, "", "ada", "lovelace")
    for prefix in ("PWTUI_", "PW_"):
        env = {f"{prefix}USERNAME": "ada", f"{prefix}PASSWORD": "lovelace", f"{prefix}SERVER": ONE}
        assert settings_of(tmp_path, env=env).credentials(ONE) == wanted
    git = {"pw.username": "ada", "pw.password": "lovelace", "pw.server": ONE}
    assert settings_of(tmp_path, git=git).credentials(ONE) == wanted


@pytest.mark.parametrize("tie", ["PWTUI_SERVER", "PW_SERVER"])
def test_a_token_whose_server_cannot_be_read_goes_nowhere(tmp_path: Path, tie: str) -> None:
    settings = settings_of(tmp_path, env={"PWTUI_TOKEN": SECRET, tie: "https://ada:lovelace@x.example.org"})
    assert settings.credentials(ONE, opened=True) is None
    assert "lovelace" not in " ".join(settings.problems)
    assert settings.problems[0].startswith(tie)


def test_plain_http_gets_a_token_only_where_that_address_was_set(tmp_path: Path) -> None:
    plain = "http://patchwork.example.org"
    env = {"PWTUI_TOKEN": SECRET}
    assert settings_of(tmp_path, env=env).credentials(plain, opened=True) is None
    assert settings_of(tmp_path, env={**env, "PW_SERVER": ONE}).credentials(plain, opened=True) is None
    assert settings_of(tmp_path, env=env, server=plain).credentials(plain, opened=True) is not None
    assert settings_of(tmp_path, env={**env, "PW_SERVER": plain}).credentials(plain) is not None
    this_machine = "http://127.0.0.1:8000"
    assert settings_of(tmp_path, env=env).credentials(this_machine, opened=True) is not None
    assert settings_of(tmp_path, env=env).credentials("http://127.0.0.1.example.org", opened=True) is None


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_a_file_with_secrets_that_others_can_read_is_refused_with_the_reason(
    tmp_path: Path, mode: int
) -> None:
    settings = settings_of(tmp_path, f'theme = "x"\n[servers."{ONE}"]\ntoken = "{SECRET}"\n', mode=mode)
    assert settings.credentials(ONE, opened=True) is None
    assert settings.theme == "x"
    assert len(settings.problems) == 1
    assert "others can read it" in settings.problems[0]
    assert "chmod 600" in settings.problems[0]


def test_a_file_without_secrets_may_be_read_by_all(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, 'theme = "x"\n', mode=0o644)
    assert settings == Settings(theme="x", theme_at=settings.theme_at)


@pytest.mark.parametrize(
    ("file", "line", "word"),
    [
        (f'theme = "x"\ntoken = {SECRET}x\n', ":2:10", "TOML"),
        ('theme = "x"\n[servers\n', ":2:9", "TOML"),
        ("\ntheme = 7\n", ":2", "theme is a text"),
        ('theme = "x"\ncolour = "red"\n', ":2", "colour is no setting"),
        ("server = 'a b'\n", ":1", "server is no server's address"),
        ("servers = 3\n", ":1", "servers holds tables"),
        ('[servers]\n"https://x.example.org" = 3\n', ":2", "is a table"),
        (f'[servers."{ONE}"]\n\ntoken = 12\n', ":3", "token is a text"),
        (f'[servers."{ONE}"]\nstates = "new"\n', ":2", "states is a list"),
        (f'[servers."{TWO}"]\nstates = []\n[servers."{ONE}"]\nstates = [1]\n', ":4", "states is a list"),
        (f'[servers."{ONE}"]\ntoken = "{SECRET} x"\n', ":1", "characters that no token has"),
        (f'[servers."{ONE}"]\nusername = "ada"\n', ":1", "go together"),
        (f'[servers."{ONE}"]\ntokn = "{SECRET}"\n', ":2", "tokn is no setting of a server"),
        ('[servers."nowhere"]\n', ":1", "no server's address"),
    ],
)
def test_what_is_wrong_with_the_file_is_one_line_with_its_place(
    tmp_path: Path, file: str, line: str, word: str
) -> None:
    settings = settings_of(tmp_path, file)
    assert len(settings.problems) == 1
    assert f"config.toml{line}: " in settings.problems[0]
    assert word in settings.problems[0]
    assert SECRET not in settings.problems[0]
    assert settings.credentials(ONE, opened=True) is None


def test_one_mistake_leaves_the_rest_of_the_file_in_force(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, f'theme = 7\n[servers."{ONE}"]\ntoken = "{SECRET}"\n')
    assert settings.credentials(ONE) == Credentials(ONE, SECRET)


def test_a_file_that_is_no_text_or_no_file_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    path = tmp_path / ".config/pwtui/config.toml"
    path.parent.mkdir(parents=True)
    path.write_bytes(b'theme = "\xff"\n')
    assert "UTF-8" in settings_of(tmp_path).problems[0]
    path.unlink()
    path.mkdir()
    assert "cannot be read" in settings_of(tmp_path).problems[0]


def test_problems_are_clean(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, '"\\u001b[31m" = 1\n')
    assert "\x1b" not in settings.problems[0]


def test_a_token_with_a_line_break_at_its_end_is_taken(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, env={"PWTUI_TOKEN": f"{SECRET}\n", "PWTUI_SERVER": ONE})
    assert settings.credentials(ONE) == Credentials(ONE, SECRET)


@pytest.mark.parametrize("token", ["two words", "é", "a\nb"])
def test_a_token_that_cannot_be_one_is_a_problem_that_does_not_tell_it(tmp_path: Path, token: str) -> None:
    settings = settings_of(tmp_path, env={"PWTUI_TOKEN": token})
    assert settings.credentials(ONE, opened=True) is None
    assert settings.problems == ("PWTUI_*: the token has characters that no token has; it is not used",)


@pytest.mark.parametrize("name", ["PWTUI_USERNAME", "PWTUI_PASSWORD"])
def test_bytes_that_are_no_text_are_a_problem_that_does_not_tell_them(tmp_path: Path, name: str) -> None:
    env = {"PWTUI_USERNAME": "ada", "PWTUI_PASSWORD": "lovelace", "PWTUI_SERVER": ONE}
    settings = settings_of(tmp_path, env=env | {name: "hidden\udce9"})
    assert settings.credentials(ONE, opened=True) is None
    assert settings.problems == (
        "PWTUI_*: the user name or the password is not written in UTF-8; it is not used",
    )


def test_secrets_stay_out_of_reprs(tmp_path: Path) -> None:
    env = {"PWTUI_TOKEN": SECRET, "PW_USERNAME": "ada", "PW_PASSWORD": "lovelace"}
    shown = repr(settings_of(tmp_path, env=env)) + repr(settings_of(tmp_path, env=env).secrets)
    assert SECRET not in shown
    assert "lovelace" not in shown


@pytest.mark.parametrize(
    ("env", "wanted"),
    [
        ({"HOME": "/h"}, "/h/.config/pwtui/config.toml"),
        ({"HOME": "/h", "XDG_CONFIG_HOME": "/c"}, "/c/pwtui/config.toml"),
        ({"HOME": "/h", "XDG_CONFIG_HOME": "relative"}, "/h/.config/pwtui/config.toml"),
    ],
)
def test_the_file_stands_where_the_desktop_says(env: dict[str, str], wanted: str) -> None:
    assert config_path(env) == Path(wanted)


def test_without_a_home_there_is_no_file() -> None:
    assert config_path({}) is None
    assert load({}, ask=None) == Settings()


def test_git_is_asked_for_what_it_has_under_pw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "gitconfig"
    config.write_text(f'[pw]\n\ttoken = {SECRET}\n\tserver = {ONE}/api/1.2\n[user]\n\tname = "x"\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.chdir(tmp_path)
    assert load({}).credentials(ONE) == Credentials(ONE, SECRET)


def test_who_we_are_comes_from_the_environment_then_the_file_then_the_user_name(tmp_path: Path) -> None:
    file = f"""
        [servers."{ONE}/"]
        me = " ada "
        username = "basic"
        password = "lovelace"
        [servers."{TWO}"]
        username = "grace"
        password = "hopper"
        """
    git = {"user.email": "ada@example.org"}
    settings = settings_of(tmp_path, file, git=git)
    assert settings.problems == ()
    assert settings.me(ONE) == Me("ada", "ada@example.org")
    assert settings.me(TWO) == Me("grace", "ada@example.org")
    assert settings.me("https://elsewhere.invalid") == Me("", "ada@example.org")
    assert settings_of(tmp_path, env={"PWTUI_ME": "mira"}).me(ONE) == Me("mira", "")


def test_a_name_that_is_no_text_is_told_with_its_line(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, f'[servers."{ONE}"]\nme = 7\n')
    assert settings.me(ONE) == Me()
    assert ":2: me is a text in quotes" in settings.problems[0]


def test_git_tells_the_address_of_our_mails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "gitconfig"
    config.write_text("[user]\n\temail = ada@example.org\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.chdir(tmp_path)
    assert load({}).me(ONE) == Me("", "ada@example.org")


def test_without_git_there_is_nothing_from_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert load({}) == Settings()


@pytest.mark.parametrize(
    ("line", "wanted", "words"),
    [
        ("prefetch = false", Settings(prefetch=False), ""),
        ("advance = false", Settings(advance=False), ""),
        ('advance = "no"', Settings(), "advance is true or false"),
        ("keep_days = 0", Settings(keep_days=0), ""),
        ("keep_megabytes = 90", Settings(keep_megabytes=90), ""),
        ("prefetch = 1", Settings(), "prefetch is true or false"),
        ("keep_days = -1", Settings(), "keep_days is a number from 0 on"),
        ("keep_days = true", Settings(), "keep_days is a number from 0 on"),
        ('keep_megabytes = "all"', Settings(), "keep_megabytes is a number from 0 on"),
    ],
)
def test_what_is_kept_and_fetched_ahead_is_set(
    tmp_path: Path, line: str, wanted: Settings, words: str
) -> None:
    file = tmp_path / "pwtui" / "config.toml"
    file.parent.mkdir()
    file.write_text(f"{line}\n")
    settings = load({"XDG_CONFIG_HOME": str(tmp_path)}, ask=None)
    assert (settings.prefetch, settings.keep_days, settings.keep_megabytes) == (
        wanted.prefetch,
        wanted.keep_days,
        wanted.keep_megabytes,
    )
    assert words in " ".join(settings.problems)
    assert bool(settings.problems) is bool(words)


def test_keys_of_the_users_own_are_read(tmp_path: Path) -> None:
    settings = settings_of(
        tmp_path,
        """
        [keys]
        A = ["state Under review", "archive", "next"]
        "+" = "delegate nobody"
        """,
    )
    assert settings.problems == ()
    first, second = settings.keys
    assert (first.key, first.states, first.moves_on) == ("A", ["under-review"], True)
    assert first.steps == (Step(Field.STATE, "under-review"), Step(Field.ARCHIVED, True))
    assert (second.key, second.steps, second.moves_on) == ("+", (Step(Field.DELEGATE, None),), False)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('A = ["aprove"]', "config.toml:2: A cannot do “aprove”; write state NAME, delegate NAME, archive"),
        ('A = ["state"]', "A cannot do “state”"),
        ('A = ["archive now"]', "A cannot do “archive now”"),
        ("A = []", "A changes nothing"),
        ('A = ["next"]', "A changes nothing"),
        ('A = ["state new", "state rfc"]', "A sets the state twice"),
        ('A = ["archive", "unarchive"]', "A sets the archived twice"),
        ("A = 3", "A is what the key does, such as A = ["),
        ("A = [1]", "A is what the key does, such as A = ["),
    ],
)
def test_a_key_that_makes_no_sense_is_told_with_its_name_and_the_others_hold(
    tmp_path: Path, line: str, problem: str
) -> None:
    settings = settings_of(tmp_path, f"[keys]\n{line}\nB = 'archive'\n")
    (told,) = settings.problems
    assert problem in told
    assert [bound.key for bound in settings.keys] == ["B"]


def test_keys_that_are_no_table_are_told(tmp_path: Path) -> None:
    (told,) = settings_of(tmp_path, 'keys = "A"').problems
    assert "keys holds keys, such as A = [" in told

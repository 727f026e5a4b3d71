"""``~/.pwclientrc`` of today and of 2012."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.config.pwclient import PwclientWords, pwclient_path, read_pwclient, rest_root
from tui.core.credentials import Credentials

ONE = "https://patchwork.example.org"
OF_2012 = """\
# pwclientrc of the year 2012: several projects, and XML-RPC
[options]
default=kiln-devel
signoff=yes

[kiln-docs]
url = http://patchwork.example.com/xmlrpc/

[kiln-devel]
url= https://patchwork.example.org/xmlrpc/
username: ada
password: love%%lace 50%

[netdev]
url = http://patchwork.ozlabs.org/xmlrpc/
"""
OF_2008 = """\
[base]
url: https://patchwork.example.org/xmlrpc/
project: kiln-devel
[auth]
username: ada
password: lovelace
"""


def words_of(tmp_path: Path, text: str) -> PwclientWords:
    path = tmp_path / ".pwclientrc"
    path.write_text(text, encoding="utf-8")
    return read_pwclient(path)


def test_one_of_2012_names_projects_servers_and_an_account(tmp_path: Path) -> None:
    words = words_of(tmp_path, OF_2012)
    assert words.problems == ()
    assert words.project == "kiln-devel"
    assert words.projects == {
        "kiln-docs": "http://patchwork.example.com",
        "kiln-devel": ONE,
        "netdev": "https://patchwork.ozlabs.org",
    }
    assert words.secrets == (Credentials(ONE, "", "ada", "love%lace 50%"),)


def test_one_of_before_there_were_several_projects(tmp_path: Path) -> None:
    words = words_of(tmp_path, OF_2008)
    assert words == PwclientWords(
        "kiln-devel", {"kiln-devel": ONE}, (Credentials(ONE, "", "ada", "lovelace"),)
    )


def test_a_default_goes_before_the_old_sections_that_were_left_beside_it(tmp_path: Path) -> None:
    left = OF_2008.replace("patchwork.example.org", "old.example.org").replace("kiln-devel", "old-devel")
    words = words_of(tmp_path, OF_2012 + left)
    assert (words.project, words.projects["kiln-devel"]) == ("kiln-devel", ONE)
    assert words.secrets == (Credentials(ONE, "", "ada", "love%lace 50%"),)
    assert words.problems == ()


def test_one_of_today_has_a_token(tmp_path: Path) -> None:
    text = f"[options]\ndefault = a\n[a]\nbackend = rest\nurl = {ONE}/api/\ntoken = 0123456789abcdef\n"
    assert words_of(tmp_path, text).secrets == (Credentials(ONE, "0123456789abcdef"),)


def test_the_account_of_the_default_comes_first_on_a_server(tmp_path: Path) -> None:
    text = f"""
        [options]
        default = b
        [a]
        url = {ONE}/xmlrpc/
        username = grace
        password = hopper
        [b]
        url = {ONE}/xmlrpc
        username = ada
        password = lovelace
        """.replace("        ", "")
    (secret,) = words_of(tmp_path, text).secrets
    assert secret.username == "ada"


def test_without_a_default_the_only_project_is_it(tmp_path: Path) -> None:
    assert words_of(tmp_path, f"[a]\nurl = {ONE}/api\n").project == "a"
    assert words_of(tmp_path, f"[a]\nurl = {ONE}/api\n[b]\nurl = {ONE}/api\n").project == ""


def test_what_the_sample_leaves_to_be_filled_in_is_nothing(tmp_path: Path) -> None:
    text = f"[a]\nurl = {ONE}/api\nusername = <your name>\npassword = <your password>\n"
    words = words_of(tmp_path, text)
    assert (words.projects, words.secrets, words.problems) == ({"a": ONE}, (), ())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("url = x\n", ":1: this line stands in no [section]"),
        (f"[a]\nurl = {ONE}\nwhat\n", ":3: this is neither a section nor name = value"),
        ("[a]\nurl = nonsense here\n", "url of [a] is no server's address"),
        ("[a]\nusername = x\n", "[a] lacks a url"),
        ("[options]\ndefault = b\n[a]\nurl = https://a.example.org\n", "there is no section [b]"),
        (f"[a]\nurl = {ONE}\npassword = hopper\n", "[a]: a user name and a password go together"),
    ],
)
def test_what_is_wrong_is_one_line_without_a_secret(tmp_path: Path, text: str, problem: str) -> None:
    (told,) = words_of(tmp_path, text).problems
    assert problem in told
    assert "hopper" not in told
    assert "\n" not in told


def test_the_rest_of_a_file_with_a_mistake_holds(tmp_path: Path) -> None:
    words = words_of(tmp_path, f"[options]\ndefault = a\n= 3\n[a]\nurl = {ONE}/xmlrpc/\n")
    assert words.projects == {"a": ONE}
    assert len(words.problems) == 1


def test_a_folder_in_its_place_and_bytes_that_are_no_text_are_no_crash(tmp_path: Path) -> None:
    assert "cannot be read" in read_pwclient(tmp_path).problems[0]
    path = tmp_path / "rc"
    path.write_bytes(b"[a]\nurl = https://patchwork.example.org/xmlrpc/\nusername = \xe9\npassword = x\n")
    (told,) = read_pwclient(path).problems
    assert "not written in UTF-8" in told


def test_a_file_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    assert read_pwclient(tmp_path / "none") == PwclientWords()


def test_where_it_stands() -> None:
    assert pwclient_path({"HOME": "/h"}) == Path("/h/.pwclientrc")
    assert pwclient_path({"HOME": "/h", "PWCLIENTRC": "/x"}) == Path("/x")
    assert pwclient_path({}) is None


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("", ""),
        (f"{ONE}/xmlrpc/", ONE),
        (f"{ONE}/xmlrpc", ONE),
        (f"{ONE}/api", ONE),
        (f"{ONE}/api/1.3/", ONE),
        (f"{ONE}/patchwork/xmlrpc/", f"{ONE}/patchwork"),
        ("http://patchwork.kernel.org/xmlrpc/", "https://patchwork.kernel.org"),
        ("http://patchwork.kernel.org:8080/xmlrpc/", "http://patchwork.kernel.org:8080"),
        ("http://patchwork.example.org/xmlrpc/", "http://patchwork.example.org"),
    ],
)
def test_the_root_behind_an_interface(url: str, root: str) -> None:
    assert rest_root(url) == root

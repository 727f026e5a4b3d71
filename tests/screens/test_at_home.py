"""Whoever used git-pw, b4 or pwclient finds server, project and token at the first start."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.conftest import Seat
from tui.commands.arguments import parse
from tui.config.settings import Settings
from tui.config.themes import theme_folder
from tui.core.colors import Colors
from tui.core.place import parse_place
from tui.demo.server import DemoServer
from tui.screens.browser import Browser
from tui.session import Session, make_session

pytestmark = pytest.mark.anyio

TOOLS = {
    "git-pw": "[pw]\n\tserver = {url}/api/1.2\n\tproject = {project}\n\ttoken = {token}\n",
    "b4": "[b4]\n\tpw-url = {url}/\n\tpw-project = {project}\n\tpw-key = {token}\n",
    "pwclient": "[options]\ndefault={project}\n[{project}]\nurl={url}/xmlrpc/\ntoken={token}\n",
}


@pytest.mark.parametrize("tool", TOOLS)
async def test_the_project_is_opened_and_can_be_written_to(
    tool: str, demo: DemoServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings"
    file.write_text(TOOLS[tool].format(url=demo.url, project=demo.project, token=demo.token))
    monkeypatch.setenv("PWCLIENTRC" if tool == "pwclient" else "GIT_CONFIG_GLOBAL", str(file))
    app = make_session(parse([])).make_app()
    async with app.run_test(size=(160, 40)) as pilot:
        seat = Seat(app, pilot)
        await seat.until(lambda: isinstance(app.screen, Browser) and seat.browser.series.ids)
        assert (seat.browser.server, seat.browser.project) == (demo.url, demo.project)
        assert seat.browser.sync.can_write
        assert seat.browser.remarks == ()


async def test_several_mistakes_are_told_and_the_project_is_opened_all_the_same(
    demo: DemoServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    path = home / "xdg_config_home" / "pwtui" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(f'thme = "x"\nkeep_days = "all"\n[servers."{demo.url}"]\nprojects = ["{demo.project}"]\n')
    monkeypatch.setenv("PWCLIENTRC", str(tmp_path))
    app = make_session(parse([demo.project])).make_app()
    async with app.run_test(size=(160, 40)) as pilot:
        seat = Seat(app, pilot)
        await seat.until(lambda: isinstance(app.screen, Browser) and seat.browser.series.ids)
        told = " ".join(seat.browser.remarks)
        assert "thme is no setting; did you mean theme?" in told
        assert "keep_days is a number from 0 on" in told
        assert f"{tmp_path} cannot be read" in told
        assert seat.browser.keep_days == 730


def test_a_theme_that_cannot_be_used_is_named_with_its_line_and_the_default_stays(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "xdg_config_home" / "pwtui" / "themes"
    folder.mkdir(parents=True)
    dark = (theme_folder() / "dark.toml").read_text(encoding="utf-8")
    (folder / "mine.toml").write_text(dark.replace("#16181d", "red"))
    session = Session(Settings(theme="mine"), parse_place("kiln-devel"))
    assert session.make_app().palette == Colors()
    (remark,) = session.settings.problems
    assert remark.startswith("theme mine.toml:7:14: background = 'red' is not a colour")
    assert remark.endswith("; dark is used")
    (folder / "mine.toml").write_text(dark.replace("#16181d", "#101010"))
    assert (
        Session(Settings(theme="mine"), parse_place("kiln-devel")).make_app().palette.background == "#101010"
    )

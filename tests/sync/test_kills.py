"""Killed at any moment, with a server that fails at random: no wish is lost, and none is sent twice."""

from __future__ import annotations

from pathlib import Path

from tests.sync.kills import kill


def test_forty_kills_lose_nothing(tmp_path: Path) -> None:
    trial = kill(tmp_path, seed=4, kills=40, oldest=0.3)
    assert trial.deaths["died with open writes"]
    assert trial.deaths["died while sending"]
    assert trial.deaths["writes heard"]


def test_forty_kills_lose_nothing_while_somebody_else_writes(tmp_path: Path) -> None:
    trial = kill(tmp_path, seed=5, kills=40, oldest=0.3, meddles=True)
    assert trial.deaths["writes of somebody else"]
    assert trial.deaths["died with held writes"]
    assert trial.deaths["died while sending"]

"""Queries by the thousand: see tests/bench/fuzz_query.py, which does a hundred thousand."""

from __future__ import annotations

from tests.bench.fuzz_query import fuzz


def test_two_thousand_queries() -> None:
    report = fuzz(2000)
    assert report.failures == []
    assert report.queries == 2000
    assert 400 < report.right < 1900
    assert report.asked > 100

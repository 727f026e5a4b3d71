"""Names that somebody may have meant."""

from __future__ import annotations

import pytest

from tui.core.near import near

NAMES = ["qemu-devel", "qemu-block", "qemu-ppc", "netdevbpf", "linux-mm", "linux-nvme", "gcc"]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("qemu-dev", "qemu-devel"),
        ("QEMU", "qemu-ppc"),
        ("bpf", "netdevbpf"),
        ("qmeu-devel", "qemu-devel"),
        ("gcc-patches", "gcc"),
        ("linux_mm", "linux-mm"),
    ],
)
def test_the_likeliest_name_comes_first(name: str, first: str) -> None:
    assert near(name, NAMES)[0] == first


def test_names_that_begin_alike_come_before_those_that_hold_it() -> None:
    assert near("mm", ["linux-mm", "mmc"]) == ["mmc", "linux-mm"]


@pytest.mark.parametrize("name", ["", "  ", "zzzzzz"])
def test_nothing_is_near_to_nothing_and_to_nonsense(name: str) -> None:
    assert near(name, NAMES) == []

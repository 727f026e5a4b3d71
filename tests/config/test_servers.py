from urllib.parse import urlsplit

import pytest

from tui.config.servers import known_servers, near
from tui.core.place import server_root

NAMES = ["qemu-devel", "qemu-block", "qemu-ppc", "netdevbpf", "linux-mm", "linux-nvme", "gcc"]


def test_the_known_servers_begin_with_ozlabs_and_kernel() -> None:
    addresses = [server.address for server in known_servers()]
    assert addresses[:2] == ["https://patchwork.ozlabs.org", "https://patchwork.kernel.org"]
    assert len(addresses) == len(set(addresses)) >= 9


def test_the_known_servers_are_written_as_root_addresses_behind_tls() -> None:
    for server in known_servers():
        assert server_root(server.address) == server.address
        assert urlsplit(server.address).scheme == "https"
        assert server.name
        assert server.about
        assert "\n" not in server.about


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

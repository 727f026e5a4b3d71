from urllib.parse import urlsplit

from tui.config.servers import known_servers
from tui.core.place import server_root


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

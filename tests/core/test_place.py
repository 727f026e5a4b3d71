import re

import pytest

from tui.core.place import Place, PlaceKind, parse_place, server_root

OZLABS = "https://patchwork.ozlabs.org"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", Place(PlaceKind.ANYWHERE)),
        ("qemu-devel", Place(PlaceKind.PROJECT, project="qemu-devel")),
        (
            "patchwork.kernel.org/netdevbpf",
            Place(PlaceKind.PROJECT, "https://patchwork.kernel.org", "netdevbpf"),
        ),
        ("localhost:8000/kiln-devel", Place(PlaceKind.PROJECT, "http://localhost:8000", "kiln-devel")),
        (f"{OZLABS}/project/qemu-devel/list/", Place(PlaceKind.PROJECT, OZLABS, "qemu-devel")),
        (
            f"{OZLABS}/project/qemu-devel/list/?series=492547",
            Place(PlaceKind.SERIES, OZLABS, "qemu-devel", "492547"),
        ),
        (
            f"{OZLABS}/project/qemu-devel/patch/2026.1-21-a@example.org/",
            Place(PlaceKind.PATCH, OZLABS, "qemu-devel", "2026.1-21-a@example.org"),
        ),
        (
            f"{OZLABS}/project/qemu-devel/cover/2026.1-0-a@example.org/",
            Place(PlaceKind.COVER, OZLABS, "qemu-devel", "2026.1-0-a@example.org"),
        ),
        (
            "patchwork.ozlabs.org/project/qemu-devel/list/",
            Place(PlaceKind.PROJECT, OZLABS, "qemu-devel"),
        ),
        (f"{OZLABS}/patch/2197743/", Place(PlaceKind.PATCH, OZLABS, "", "2197743")),
        (f"{OZLABS}/series/492547/mbox/", Place(PlaceKind.SERIES, OZLABS, "", "492547")),
        (f"{OZLABS}/api/1.2/patches/2197743/", Place(PlaceKind.PATCH, OZLABS, "", "2197743")),
        (f"{OZLABS}/api/projects/qemu-devel/", Place(PlaceKind.PROJECT, OZLABS, "qemu-devel")),
        (
            "https://example.org/pw/project/kiln/list/",
            Place(PlaceKind.PROJECT, "https://example.org/pw", "kiln"),
        ),
        (f"{OZLABS}/", Place(PlaceKind.ANYWHERE, OZLABS)),
    ],
)
def test_a_place_is_read(text: str, place: Place) -> None:
    assert parse_place(text) == place


@pytest.mark.parametrize(
    "text",
    ["two words", "a/b", "ftp://example.org/", "https://", "https://me:secret@example.org/", "http://x:y/"],
)
def test_what_is_no_place_is_said_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        parse_place(text)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("written", "ref"),
    [
        ("a%2Bx%40b", "a+x@b"),
        ("a+x@b", "a+x@b"),
        ("%3C..%2F..%2Fadmin@example.org%3E", "../../admin@example.org"),
        ("%253C@example.org", "%3C@example.org"),
        ("caf%C3%A9@example.org", "café@example.org"),
    ],
)
def test_a_message_id_is_what_its_address_stands_for(written: str, ref: str) -> None:
    place = parse_place(f"{OZLABS}/project/x/patch/{written}/")
    assert place == Place(PlaceKind.PATCH, OZLABS, "x", ref)


@pytest.mark.parametrize(
    "text",
    [
        "qemu\udcff",
        "qemu\x1bdevel",
        f"{OZLABS}/project/x/patch/a\udcff@b/",
        f"{OZLABS}/project/x/patch/a%1Bb@c/",
        f"{OZLABS}/project/x/patch/a%FFb@c/",
        f"{OZLABS}/project/x/patch/a%E2%80%AEb@c/",
        f"{OZLABS}/project/x%0A/list/",
        f"{OZLABS}/project/x/list/?series=1%1b",
        "https://exa\x1bmple.org/project/x/",
    ],
)
def test_controls_and_bytes_that_are_no_text_are_refused_in_visible_words(text: str) -> None:
    with pytest.raises(ValueError, match="no name and no address has") as caught:
        parse_place(text)
    assert str(caught.value).isprintable()


def test_a_number_beyond_all_databases_is_refused() -> None:
    assert parse_place(f"{OZLABS}/patch/{10**17}/").ref == str(10**17)
    for number in (10**18, "9" * 5000):
        with pytest.raises(ValueError, match="no server has"):
            parse_place(f"{OZLABS}/patch/{number}/")


@pytest.mark.parametrize("text", ["..", ".", "example.org/..", f"{OZLABS}/project/../list/"])
def test_dots_are_no_project(text: str) -> None:
    with pytest.raises(ValueError, match=r"project"):
        parse_place(text)


@pytest.mark.parametrize("text", ["nonsense", "nonsense/", "http://[::1/", "http://example.org:99999", ".."])
def test_what_is_no_server_is_said_with_what_was_written(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(text))) as caught:
        server_root(text)
    assert "\n" not in str(caught.value)

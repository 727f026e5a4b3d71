import pytest

from tui.core.place import Place, PlaceKind, parse_place

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


def test_a_hostile_message_id_stays_one_segment() -> None:
    place = parse_place(f"{OZLABS}/project/x/patch/%3C..%2F..%2Fadmin@example.org%3E/")
    assert "/" not in place.ref

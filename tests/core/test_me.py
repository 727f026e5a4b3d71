from tui.core.me import Me
from tui.core.model import Person, User


def test_case_makes_no_difference() -> None:
    me = Me("Mira", "Mira@Example.org")
    assert me.has_account(User(1, "mira"))
    assert me.sent(Person(1, "Mira", "mira@example.ORG"))
    assert not me.has_account(User(2, "miraz"))
    assert not me.sent(Person(2, "Mira", "mira@example.com"))


def test_nobody_is_nobody() -> None:
    assert not Me().has_account(User(1, ""))
    assert not Me("mira").has_account(None)
    assert not Me().sent(Person(0, "", ""))

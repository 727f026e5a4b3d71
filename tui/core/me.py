"""Who the user is on a server: nothing there tells whom a token belongs to, so settings do."""

from typing import NamedTuple

from tui.core.model import Person, User


class Me(NamedTuple):
    """The user, by what a server calls them and by what their mails come from."""

    username: str = ""
    """Of the account; empty where nothing tells it."""
    email: str = ""
    """Empty where nothing tells it."""

    def has_account(self, user: User | None) -> bool:
        """Say whether an account is ours; case makes no difference."""
        if user is None or not self.username:
            return False
        return user.username.casefold() == self.username.casefold()

    def sent(self, person: Person) -> bool:
        """Say whether mails from an address are ours."""
        return bool(self.email) and self.email.casefold() == person.email.casefold()


NOBODY = Me()
"""Where nothing tells who the user is."""

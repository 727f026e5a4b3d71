"""What proves to one server who we are.  Never printed: both secrets stay out of repr."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Keeper(StrEnum):
    """Who keeps a token that no setting holds itself."""

    COMMAND = "command"
    """Prints it: ``pass show patchwork``."""
    FILE = "file"
    """Holds it, and only its owner can read that."""
    KEYRING = "keyring"
    """The system's, under the name of a service."""


class Kept(NamedTuple):
    """Where a token is kept, until it is asked for."""

    keeper: Keeper
    at: str
    """The command, the path, or the service."""


class Credentials(NamedTuple):
    """A token, or a user name and password, for one server only."""

    server: str
    """The root address they were set for, without /api and without a slash at the end."""
    token: str = ""
    username: str = ""
    password: str = ""
    kept: Kept | None = None
    """Where the token is, while it is not here; see tui.config.tokens."""

    def __repr__(self) -> str:
        """Name the server; what is to prove who we are is for nobody's eyes."""
        return f"{type(self).__name__}(server={self.server!r}, ...)"

    def __bool__(self) -> bool:
        """Say whether there is anything to send."""
        return bool(self.token or self.kept or (self.username and self.password))

    @property
    def fault(self) -> str:
        """Why they cannot be sent, in words that do not tell them; empty where they can.

        A token with a space, a line break or a letter beyond ASCII would fail inside the HTTP
        library, with the token in its message; so would bytes of the environment that are no
        text, which Python keeps as lone surrogates.
        """
        if self.token and not (self.token.isascii() and self.token.isprintable() and " " not in self.token):
            return "the token has characters that no token has"
        if not (self.token or self.kept) and bool(self.username) != bool(self.password):
            return "a user name and a password go together, and one of them is missing"
        if any("\ud800" <= letter <= "\udfff" for letter in self.username + self.password):
            return "the user name or the password is not written in UTF-8"
        return ""

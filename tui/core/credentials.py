"""What proves to one server who we are.  Never printed: both secrets stay out of repr."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Credentials:
    """A token, or a user name and password, for one server only."""

    server: str
    """The root address they were set for, without /api and without a slash at the end."""
    token: str = field(default="", repr=False)
    username: str = ""
    password: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        """Say whether there is anything to send."""
        return bool(self.token or (self.username and self.password))

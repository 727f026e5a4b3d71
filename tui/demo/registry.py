"""What a Patchwork server is set up with by hand: users, projects, states.  All made up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False, repr=False)
class User:
    """An account.  ``token`` and ``password`` are fixed, so that tests and notes can name them."""

    id: int
    username: str
    first_name: str
    last_name: str

    @property
    def email(self) -> str:
        """The address of the account; a person with this address is this user."""
        return f"{self.username}@example.org"

    @property
    def token(self) -> str:
        """The API token of the account."""
        return f"demo-token-{self.username}"

    @property
    def password(self) -> str:
        """What basic authentication takes."""
        return f"demo-password-{self.username}"


@dataclass(eq=False, repr=False)
class State:
    """A state a patch can be in, in the order in which the server lists them."""

    id: int
    slug: str
    name: str


@dataclass(eq=False, repr=False)
class Project:
    """A mailing list that is followed, and who looks after it."""

    id: int
    link_name: str
    name: str
    maintainers: tuple[User, ...]
    archive: str = ""
    """Where a message id is appended to find a mail in the list's archive; may be empty."""
    web_url: str = ""
    scm_url: str = ""
    webscm_url: str = ""
    commit_url_format: str = ""
    show_dependencies: bool = False

    @property
    def list_id(self) -> str:
        """What a mail's List-Id header says between its brackets."""
        return f"{self.link_name}.lists.example.org"

    @property
    def list_email(self) -> str:
        """The address of the list."""
        return f"{self.link_name}@lists.example.org"


MIRA = User(21, "mira", "Mira", "Halvorsen")
TOMASZ = User(22, "tomasz", "Tomasz", "Wrona")
ADAEZE = User(23, "adaeze", "Adaeze", "Obi")
JUN = User(24, "jun", "Jun", "Nakagawa")
BEATRIZ = User(25, "beatriz", "Beatriz", "Lobo")
VISITOR = User(26, "visitor", "Vera", "Visitor")
ROBOT = User(27, "kiln-ci", "Kiln", "CI")
USERS = (MIRA, TOMASZ, ADAEZE, JUN, BEATRIZ, VISITOR, ROBOT)

STATES = tuple(
    State(number, name.lower().replace(" ", "-"), name)
    for number, name in enumerate(
        (
            "New",
            "Under Review",
            "Accepted",
            "Rejected",
            "RFC",
            "Not Applicable",
            "Changes Requested",
            "Awaiting Upstream",
            "Superseded",
            "Deferred",
            "Queued",
        ),
        start=1,
    )
)
"""The usual ten in the order of a fresh server, and one of the server's own."""

PROJECTS = (
    Project(
        1,
        "kiln-devel",
        "Kiln Development",
        (MIRA, TOMASZ, ADAEZE, JUN, BEATRIZ),
        archive="https://lists.example.org/kiln-devel/",
        web_url="https://kiln.example.org/",
        scm_url="https://git.example.org/kiln.git",
        webscm_url="https://git.example.org/kiln/",
        commit_url_format="https://git.example.org/kiln/commit/{}",
        show_dependencies=True,
    ),
    Project(2, "kiln-docs", "Kiln Documentation", (JUN, BEATRIZ)),
    Project(3, "kiln-attic", "Kiln Attic", ()),
)
MAIN_PROJECT = PROJECTS[0]


def find_state(name: str) -> State | None:
    """Return the state with this slug, or nothing."""
    return next((state for state in STATES if state.slug == name), None)

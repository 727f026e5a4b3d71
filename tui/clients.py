"""Clients of servers, with the token that is set for each."""

from __future__ import annotations

from tui.api.client import Client, open_client
from tui.config.tokens import TokenTrouble, fetch_token
from tui.core.credentials import Credentials


def open_with_token(server: str, credentials: Credentials | None) -> Client:
    """Return a client with a server's token, wherever that is kept; without it where it cannot be had.

    For a thread: see open_client and fetch_token.
    """
    try:
        return open_client(server, fetch_token(credentials) if credentials else None)
    except TokenTrouble as error:
        client = open_client(server, None)
        client.go_without(f"{error}; reading goes on without it")
        return client

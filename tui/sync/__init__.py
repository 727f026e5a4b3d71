"""Moves data between the API and the store.  Knows no user interface."""

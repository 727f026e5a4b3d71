"""Patchwork's REST API, 1.0 to 1.4, over httpx.  JSON dies here."""

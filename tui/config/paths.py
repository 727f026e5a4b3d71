"""Where settings stand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def config_path(env: Mapping[str, str]) -> Path | None:
    """Return where the config file stands; None without a home folder."""
    base = env.get("XDG_CONFIG_HOME", "")
    if not base.startswith("/"):
        if not env.get("HOME"):
            return None
        base = f"{env['HOME']}/.config"
    return Path(base) / "pwtui" / "config.toml"

"""Who syncs and delivers when several processes have the file open."""

from __future__ import annotations

import os
import sqlite3
import time


def take(db: sqlite3.Connection, owner: str, seconds: float) -> bool:
    """Take or renew the lease; say whether the owner has it now.

    It is free when nobody has renewed it, when its process is gone, and when it lasts longer
    than anybody asks for: then the clock was set back.
    """
    now = time.time()
    row = db.execute("SELECT owner, pid, until FROM lease").fetchone()
    if row and row[0] != owner and now < row[2] <= now + 10 * seconds and _is_running(row[1]):
        return False
    db.execute("INSERT OR REPLACE INTO lease VALUES (1, ?, ?, ?)", (owner, os.getpid(), now + seconds))
    return True


def holder(db: sqlite3.Connection) -> str:
    """Return whose the lease is or was; empty where nobody took it."""
    row = db.execute("SELECT owner FROM lease").fetchone()
    return str(row[0]) if row else ""


def free(db: sqlite3.Connection, owner: str) -> None:
    """Give the lease up, so that another need not wait for its end."""
    db.execute("DELETE FROM lease WHERE owner = ?", (owner,))


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True

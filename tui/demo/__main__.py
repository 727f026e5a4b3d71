"""``python -m tui.demo``: the embedded server behind a socket, for other clients and for trying out."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import uvicorn

from tui.demo.app import make_app
from tui.demo.registry import MAIN_PROJECT, MIRA, VISITOR
from tui.demo.server import configure, listen, url_of
from tui.demo.world import CORPUS


def main() -> int:
    """Print one line of JSON that says where and as whom, then serve until interrupted."""
    options = _read_arguments()
    try:
        listener = listen(options.port)
    except OSError as error:
        print(f"port {options.port} cannot be used: {error.strerror}; try --port 0", file=sys.stderr)
        return 1
    clock = (lambda: options.now) if options.now else None
    app = make_app(options.corpus, clock, control=options.faults)
    about = {
        "url": url_of(listener),
        "project": MAIN_PROJECT.link_name,
        "token": MIRA.token,
        "outsider_token": VISITOR.token,
    }
    print(json.dumps(about), flush=True)
    uvicorn.Server(configure(app)).run([listener])
    return 0


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tui.demo", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="a port; 0, the default, takes a free one")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="a folder of mbox files, or one file")
    parser.add_argument("--now", type=_read_moment, help="stop the clock here (ISO 8601, UTC)")
    parser.add_argument("--faults", action="store_true", help="take orders to misbehave at /_demo/")
    return parser.parse_args()


def _read_moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


if __name__ == "__main__":
    sys.exit(main())

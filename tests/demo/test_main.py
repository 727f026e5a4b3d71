"""``python -m tui.demo`` says where it is in one line, and answers there."""

from __future__ import annotations

import json
import socket
import subprocess
import sys

import httpx


def test_one_line_then_answers() -> None:
    command = [sys.executable, "-m", "tui.demo", "--port", "0", "--now", "2026-03-31T18:00:00"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            about = json.loads(process.stdout.readline())
            assert set(about) == {"url", "project", "token", "outsider_token"}
            answer = httpx.get(f"{about['url']}/api/patches/?order=-date&per_page=1")
            assert answer.json()[0]["date"] <= "2026-03-31T17:40:00"
            assert httpx.get(f"{about['url']}/_demo/requests").status_code in (301, 404)
        finally:
            process.kill()


def test_a_port_that_is_taken_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "tui.demo", "--port", str(port)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr == f"port {port} cannot be used: Address already in use; try --port 0\n"


def test_the_app_in_process_loads_no_server() -> None:
    look = "import sys, tui.demo.app; print({'uvicorn', 'jinja2', 'httpx', 'multipart'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("set()\n", "")

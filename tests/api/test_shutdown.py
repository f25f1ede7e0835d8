"""A service that is told to end lets running answers end, takes no more, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

# `clausewise serve` with hashed vectors, and answers that take a moment.
SERVE = """
import sys, time
import api.commands.opening as opening
import api.commands.serve as serve
from api.cli import main
from ingest.encode import HashEncoder
from retrieval.stages import Stage, reached

opening.encoder_of = lambda settings: HashEncoder()
quick = opening.answerer()

def slow(ask, snapshot):
    for _ in range(20 if "slowly" in ask.question else 0):
        reached(Stage.SEARCHING)
        time.sleep(0.1)
    return quick(ask, snapshot)

serve.answerer = lambda: slow
sys.exit(main(sys.argv[1:]))
"""
QUESTION = {"question": "slowly, when must Sefton deliver its plan?"}


@pytest.fixture
def served(tmp_path: Path, seeds: Path, repository: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    data = tmp_path / "var"
    command = [sys.executable, "-c", SERVE, "serve", "--data", str(data), "--corpus", str(seeds), "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(repository)}
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, stderr=log, env=environment, cwd=tmp_path)
    deadline = time.monotonic() + 120
    url = ""
    while not url:
        assert process.poll() is None, (tmp_path / "log").read_text()
        assert time.monotonic() < deadline
        time.sleep(0.1)
        try:
            found = str(json.loads((data / "service.json").read_text())["url"])
            url = found if httpx.get(f"{found}/readyz").status_code == 200 else ""
        except (OSError, ValueError, httpx.HTTPError):
            continue
    yield process, url
    process.kill()
    process.wait()


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_running_answers_end_first(served: tuple[subprocess.Popen[bytes], str], tmp_path: Path, accept: str) -> None:
    process, url = served
    got: list[httpx.Response] = []

    def ask() -> None:
        got.append(httpx.post(f"{url}/api/ask", json=QUESTION, headers={"Accept": accept}, timeout=30))

    asker = threading.Thread(target=ask)
    asker.start()
    while "clausewise_questions_inside 1.0" not in httpx.get(f"{url}/metrics").text:
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    asker.join(30)
    assert got[0].status_code == 200
    assert "end of May 2022" in got[0].text
    assert process.wait(20) == 0
    with pytest.raises(httpx.HTTPError):
        httpx.get(f"{url}/healthz")
    left = {path.name for path in (tmp_path / "var").iterdir()}
    assert not left & {"service.json", "service.key"}
    assert "Traceback" not in (tmp_path / "log").read_text()

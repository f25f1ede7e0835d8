"""Real Chromium against the real service: `clausewise serve` in a process of its own, with the real model."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

HOST = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Intranet</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/host.css">
<script type="module" src="{service}/widget.js"></script></head>
<body><main><h1>Intranet</h1><p>News of the day. <a href="#more">More</a></p></main>
<clausewise-chat {attributes}></clausewise-chat></body></html>"""
STYLE = "* { font-size: 40px !important; color: #080 !important } button { display: none !important }"
FRAME = """<!doctype html><html lang="en"><head><title>Intranet</title></head>
<body><iframe title="Clausewise" src="{service}/embed" width="800" height="600"></iframe></body></html>"""
DOCUMENTED = re.compile(r"(?:script|frame)-src https://clausewise\.example[^`\n)]*")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


expect.set_options(timeout=20_000)  # a shared machine is slow at times


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser.  A missing one fails in CI and skips elsewhere, with the reason."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        reason = "no Chromium on this machine: install the package chromium (make test does, where it may)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="module")  # ended with its module: while it runs, no other test can run an event loop
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


class Host(BaseHTTPRequestHandler):
    """A page of another origin, under the policy of docs/service.md and no more; `/?title=…` sets attributes."""

    service = ""
    policy = ""

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path == "/host.css":
            self.reply(STYLE, "text/css")
            return
        if path == "/bare":
            self.reply("<!doctype html><html lang=en><title>Bare</title>")
            return
        given = parse_qsl(query, keep_blank_values=True) or [("heading", "Ask us")]
        attributes = " ".join(f'{name}="{escape(value)}"' for name, value in given)
        self.reply((FRAME if path == "/frame" else HOST).format(service=self.service, attributes=attributes))

    def reply(self, body: str, kind: str = "text/html") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if self.path != "/bare":
            self.send_header("Content-Security-Policy", f"default-src 'none'; style-src 'self'; {self.policy}")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def host() -> Iterator[str]:
    """Address of a site that the service allows to embed the widget."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def service(
    tmp_path_factory: pytest.TempPathFactory, repository: Path, seeds: Path, chromium: str, host: str
) -> Iterator[str]:
    """Address of a running service over the seed documents."""
    data = tmp_path_factory.mktemp("served")
    config = data / "clausewise.toml"
    config.write_text(f'origins = ["{host}"]\n')
    for url in serve(repository, data, seeds, "--config", str(config)):
        lines = DOCUMENTED.findall((repository / "docs" / "service.md").read_text())
        assert len(lines) == 2, "the documented policies: of the widget and of the frame"
        Host.service, Host.policy = url, "; ".join(lines).replace("https://clausewise.example", url)
        yield url


def serve(repository: Path, data: Path, corpus: Path, *more: str) -> Iterator[str]:
    """Start `clausewise serve`, wait until it can answer, and stop it afterwards."""
    command = [sys.executable, "-m", "api", "serve", "--data", str(data), "--corpus", str(corpus), "--port", "0", *more]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(repository)}
    log = data / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=environment, cwd=data)
    try:
        deadline = time.monotonic() + 240
        while True:
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the service did not start:\n{log.read_text('utf-8', 'replace')}")
            try:
                url = str(json.loads((data / "service.json").read_text())["url"])
                if httpx.get(f"{url}/readyz", timeout=5).status_code == 200:
                    break
            except (OSError, ValueError, httpx.HTTPError):
                pass
            time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of 1280 by 800 in which any error of a script, or refusal by a policy, fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.set_default_timeout(30_000)
    yield page
    context.close()
    assert errors == []

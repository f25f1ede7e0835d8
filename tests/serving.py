"""An app on a real port of this machine, in a thread."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import uvicorn

from api.protocol import Guarded

OPTIONS: dict[str, Any] = {"log_config": None, "access_log": False, "lifespan": "on", "http": Guarded, "ws": "none"}


@contextlib.contextmanager
def running(app: Any, **config: Any) -> Iterator[str]:
    """Address of `app` while the block runs, served as `clausewise serve` does; `config` is uvicorn's."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, **{**OPTIONS, **config}))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < deadline, "the app did not start"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(30)
        listener.close()

"""The vectors on a Chroma server: several processes may share it, and nothing else is different."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from ingest.catalogue import Entry
from ingest.encode import HashEncoder
from ingest.errors import BusyError, StorageError
from ingest.library import Library
from ingest.lock import WRITE_LOCK, FolderLock


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).parent / "chroma"
    command = [str(program), "run", "--host", "127.0.0.1", "--port", str(port), "--path", str(tmp_path / "server")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{url}/api/v2/heartbeat").status_code == 200:
                break
        except httpx.TransportError:
            time.sleep(0.2)
    yield url, process
    process.kill()
    process.wait()


def test_two_libraries_share_a_server(
    tmp_path: Path, server: tuple[str, subprocess.Popen[bytes]], make_entry: Callable[..., Entry]
) -> None:
    url, process = server
    data = tmp_path / "data"
    with (
        Library.open(data, HashEncoder(), chroma_url=url) as one,
        Library.open(data, HashEncoder(), chroma_url=url) as other,
    ):
        one.apply([make_entry("alpha", ["The plan is due."]), make_entry("beta", ["An adviser visits."])])
        snapshot = other.snapshot()
        assert set(snapshot.documents) == {"alpha", "beta"}
        assert next(iter(snapshot.dense_scores("adviser visits", None, 2))) == 1
        assert set(snapshot.dense_scores("adviser", [0, 1])) == {0, 1}
        with FolderLock(data, WRITE_LOCK), pytest.raises(BusyError):
            other.apply([make_entry("gamma")])
        other.apply([make_entry("gamma")], ["alpha"])
        assert set(one.snapshot().documents) == {"beta", "gamma"}
        assert one.missing_vectors() == 0
        assert one.rebuild_vectors() == 3

        process.kill()
        process.wait()
        fresh = one.snapshot()
        assert fresh.lexical_scores("adviser").any()  # words still find it
        with pytest.raises(StorageError, match="Chroma server"):
            one.apply([make_entry("delta")])
        assert set(one.snapshot().documents) == {"beta", "gamma"}
    with pytest.raises(StorageError, match="Chroma server"):
        Library.open(data, HashEncoder(), chroma_url=url)

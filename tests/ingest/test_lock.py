from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from ingest.errors import BusyError, ReadOnlyError
from ingest.lock import FolderLock, announce, find_service, withdraw

HOLD = """
import sys, time
from pathlib import Path
from ingest.lock import FolderLock, announce
data = Path(sys.argv[1])
lock = FolderLock(data)
lock.acquire()
if len(sys.argv) > 2:
    announce(data, sys.argv[2])
print("held", flush=True)
time.sleep(60)
"""


def _holder(data: Path, *arguments: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data), *arguments], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_one_at_a_time_and_free_again(tmp_path: Path) -> None:
    with FolderLock(tmp_path), pytest.raises(BusyError, match="in use by process"):
        FolderLock(tmp_path).acquire()
    with FolderLock(tmp_path):
        pass


def test_another_process_is_named_and_its_death_frees(tmp_path: Path) -> None:
    process = _holder(tmp_path)
    with pytest.raises(BusyError) as caught:
        FolderLock(tmp_path).acquire()
    assert f"process {process.pid}" in caught.value.holder
    assert caught.value.url is None
    process.kill()
    process.wait()
    FolderLock(tmp_path).acquire(timeout=5)


def test_waiting(tmp_path: Path) -> None:
    first = FolderLock(tmp_path)
    first.acquire()
    began = time.monotonic()
    with pytest.raises(BusyError):
        FolderLock(tmp_path).acquire(timeout=0.2)
    assert time.monotonic() - began >= 0.2
    threading.Timer(0.2, first.release).start()
    FolderLock(tmp_path).acquire(timeout=10)


def test_a_service_is_found_while_it_lives(tmp_path: Path) -> None:
    assert find_service(tmp_path) is None
    process = _holder(tmp_path, "http://127.0.0.1:8123")
    service = find_service(tmp_path)
    assert service is not None
    assert (service.pid, service.url) == (process.pid, "http://127.0.0.1:8123")
    with pytest.raises(BusyError, match=r"in use by the service at http://127\.0\.0\.1:8123") as caught:
        FolderLock(tmp_path).acquire()
    assert caught.value.url == "http://127.0.0.1:8123"
    process.kill()
    process.wait()
    assert find_service(tmp_path) is None
    with FolderLock(tmp_path), pytest.raises(BusyError, match="in use by process"):
        FolderLock(tmp_path).acquire()  # the note that a dead service left names nobody


def test_announce_and_withdraw(tmp_path: Path) -> None:
    with FolderLock(tmp_path):
        announce(tmp_path, "http://x")
        assert find_service(tmp_path) is not None
        withdraw(tmp_path)
        assert find_service(tmp_path) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": "x"}'])
def test_a_damaged_note_is_no_service(tmp_path: Path, content: str) -> None:
    (tmp_path / "service.json").write_text(content)
    with FolderLock(tmp_path):
        assert find_service(tmp_path) is None
        (tmp_path / "owner.lock").write_text(content)
        with pytest.raises(BusyError, match="another process"):
            FolderLock(tmp_path).acquire()


def test_a_place_that_cannot_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReadOnlyError):
        FolderLock(tmp_path / "file").acquire()

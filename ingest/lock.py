"""Who has the data folder: one process at a time, since two on one embedded Chroma see only part of it."""

from __future__ import annotations

import fcntl
import json
import os
import shlex
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from ingest.errors import BusyError, ReadOnlyError

LOCK = "owner.lock"
WRITE_LOCK = "write.lock"
SERVICE = "service.json"
MOMENT = 0.2  # seconds


@dataclass(frozen=True, slots=True)
class Service:
    """A running service, as the command line finds it."""

    pid: int
    url: str


class FolderLock:
    """An operating-system lock on a file: gone when its holder ends, however it ends."""

    def __init__(self, data: Path, name: str = LOCK) -> None:
        self._data = data
        self._path = data / name
        self._file: IO[str] | None = None

    def acquire(self, timeout: float = 0.0) -> None:
        """Take it, waiting up to `timeout` seconds.  Raises BusyError, which names the holder; ReadOnlyError.

        At least a moment is waited, since `find_service` holds the lock for an instant to see whether it is free.
        """
        try:
            self._data.mkdir(parents=True, exist_ok=True)
            file = self._path.open("a+", encoding="utf-8")
        except OSError as error:
            raise ReadOnlyError(self._data) from error
        deadline = time.monotonic() + max(timeout, MOMENT)
        while not _locked(file):
            if time.monotonic() >= deadline:
                holder = _holder(file)
                file.close()
                raise _busy(self._data, *holder)
            time.sleep(MOMENT / 5)
        self._file = file
        _write_holder(file)

    def release(self) -> None:
        if self._file is not None:
            self._file.close()  # which unlocks it
            self._file = None

    def __enter__(self) -> FolderLock:
        if self._file is None:
            self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def announce(data: Path, url: str) -> None:
    """Write down that this process serves at `url`; call it while holding the lock.  Raises ReadOnlyError."""
    new = data / f"{SERVICE}.new"
    try:
        new.write_text(json.dumps(asdict(Service(os.getpid(), url))), "utf-8")
        new.replace(data / SERVICE)
    except OSError as error:
        raise ReadOnlyError(data) from error


def withdraw(data: Path) -> None:
    """Take back what this process announced."""
    service = _read_service(data)
    if service is not None and service.pid == os.getpid():
        (data / SERVICE).unlink(missing_ok=True)


def find_service(data: Path) -> Service | None:
    """The service that has this data folder now, or None; what a dead one left behind is not believed."""
    service = _read_service(data)
    try:
        with (data / LOCK).open("r", encoding="utf-8") as file:
            if service is None or _locked(file):
                return None
            return service if _holder(file)[0] == service.pid else None
    except OSError:
        return None


def _read_service(data: Path) -> Service | None:
    try:
        read = json.loads((data / SERVICE).read_text("utf-8"))
        return Service(int(read["pid"]), str(read["url"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _write_holder(file: IO[str]) -> None:
    command = shlex.join([Path(sys.argv[0] or "python").name, *sys.argv[1:]])[:200]
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    try:
        file.seek(0)
        file.truncate()
        file.write(json.dumps({"pid": os.getpid(), "command": command, "since": since}))
        file.flush()
    except OSError:
        pass  # a full disk: the lock holds all the same, only its holder goes unnamed


def _holder(file: IO[str]) -> tuple[int | None, str]:
    try:
        file.seek(0)
        read = json.loads(file.read())
        return int(read["pid"]), f"process {read['pid']} (`{read['command']}`, since {read['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return None, "another process"


def _busy(data: Path, pid: int | None, holder: str) -> BusyError:
    service = _read_service(data)
    if service is not None and service.pid == pid:
        return BusyError(
            f"the data folder {data} is in use by the service at {service.url}: ask it there, or stop it first",
            holder=holder,
            url=service.url,
        )
    return BusyError(
        f"the data folder {data} is in use by {holder}: wait for it to end, or name another folder with --data",
        holder=holder,
    )

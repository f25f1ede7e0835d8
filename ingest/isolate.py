"""Reading in a process of its own, so that no file can hang, crash or exhaust this one.

The process is started for the first file and kept for the next ones.  It is ended when a file takes too long, and
started again when it died.  Requests and replies are pickles on its standard input and output: it is our own child.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import select
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any

from ingest.errors import ReadError
from ingest.limits import Limits
from ingest.raw import RawDocument

_LENGTH = struct.Struct("!Q")
_GRACE = 15.0  # seconds beyond the reader's own limit, in which it says itself how far it came


class _Child:
    """The process, or none yet."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None

    def ask(self, request: tuple[Any, ...], seconds: float) -> Any:
        """The reply to a request.  Raises TimeoutError, or EOFError when the process died over it."""
        with self.lock:
            process = self._started()
            try:
                until = time.monotonic() + seconds
                data = pickle.dumps(request, protocol=pickle.HIGHEST_PROTOCOL)
                _send(_pipe(process.stdin), _LENGTH.pack(len(data)) + data, until)
                return pickle.loads(_receive(_pipe(process.stdout), until))  # noqa: S301 - our own child
            except (OSError, EOFError, TimeoutError, pickle.UnpicklingError):
                self.stop()
                raise

    def _started(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _MAIN, str(Path(__file__).resolve().parent.parent)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
            os.set_blocking(_pipe(self.process.stdin), False)
        return self.process

    def stop(self) -> None:
        """End the process, if there is one."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            self.process = None


_MAIN = "import sys; sys.path.insert(0, sys.argv[1]); from ingest.isolate import serve; serve()"
_child = _Child()
atexit.register(_child.stop)


def read_apart(content: bytes, path: Path | str, limits: Limits) -> RawDocument:
    """Read a file's content in the other process.  Raises ReadError like the readers, and when it hangs or dies."""
    name = str(path)
    try:
        reply = _child.ask((content, name, limits), limits.seconds + _GRACE)
    except TimeoutError as error:
        took = f"reading it took longer than {limits.seconds:.0f} seconds"
        raise ReadError(path, f"{took}; split it, or raise the limit") from error
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        raise ReadError(
            path, "reading it failed or took too much memory; open it in its own program and save it again, or as PDF"
        ) from error
    if isinstance(reply, RawDocument):
        return reply
    raise ReadError(path, str(reply))


def _pipe(stream: IO[bytes] | None) -> int:
    """The descriptor of a pipe of the child: it is selected on, so nothing may buffer in between."""
    if stream is None:
        raise EOFError
    return stream.fileno()


def _ready(descriptor: int, event: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(descriptor, event)
    return bool(poll.poll(seconds * 1000))


def _send(descriptor: int, data: bytes, until: float) -> None:
    rest = memoryview(data)
    while rest:
        left = until - time.monotonic()
        if left <= 0 or not _ready(descriptor, select.POLLOUT, left):
            raise TimeoutError
        rest = rest[os.write(descriptor, rest[: 1 << 16]) :]


def _receive(descriptor: int, until: float) -> bytes:
    (length,) = _LENGTH.unpack(_exactly(descriptor, _LENGTH.size, until))
    return _exactly(descriptor, length, until)


def _exactly(descriptor: int, count: int, until: float) -> bytes:
    parts: list[bytes] = []
    while count:
        left = until - time.monotonic()
        if left <= 0 or not _ready(descriptor, select.POLLIN, left):
            raise TimeoutError
        part = os.read(descriptor, min(count, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def serve() -> None:
    """What the other process does: read what it is sent until its input ends."""
    from ingest.read import read_bytes

    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a library that prints must not garble a reply
    while True:
        head = source.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            return
        (length,) = _LENGTH.unpack(head)
        content, name, limits = pickle.loads(source.read(length))  # noqa: S301 - from our own parent
        _bound(limits)
        reply: RawDocument | str
        try:
            reply = read_bytes(content, name, limits, isolated=False)
        except ReadError as error:
            reply = error.why
        except MemoryError:
            reply = "reading it took too much memory; split it, or raise the limit"
        except RecursionError:
            reply = "it is nested too deeply; save it again in a simpler form"
        except Exception:  # noqa: BLE001 - whatever a hostile file provokes is told, and the next file is read
            reply = "it is damaged; open it in its own program and save it again, or as PDF"
        data = pickle.dumps(reply, protocol=pickle.HIGHEST_PROTOCOL)
        sink.write(_LENGTH.pack(len(data)) + data)
        sink.flush()


def _bound(limits: Limits) -> None:
    """Bound the memory of this process, where the system can."""
    if not limits.memory:
        return
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        bound = limits.memory if hard == resource.RLIM_INFINITY else min(limits.memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    except (ImportError, OSError, ValueError):
        return

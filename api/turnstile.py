"""So many questions are answered at a time, so many more wait, and nobody works for an asker who has left."""

from __future__ import annotations

import asyncio
import contextvars
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from api.problems import Problem
from retrieval.stages import Stage, Stopped, Watch

T = TypeVar("T")
R = TypeVar("R")
AGAIN_SECONDS = 2  # when to come back to a service that has no room
HEARD = 16  # stages that a slow reader may be behind; later ones are left out, since the answer follows anyway


class Busy(Problem):
    """503: as many wait as may."""

    def __init__(self) -> None:
        headers = {"Retry-After": str(AGAIN_SECONDS)}
        super().__init__(503, "Many questions are waiting. Try again in a moment.", headers=headers)


class Work(Generic[T]):
    """One piece of work, waiting or under way: the stages that it reaches, and its result.

    Belongs to one event loop; the work itself runs in a thread.
    """

    def __init__(self, seconds: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._stages: asyncio.Queue[Stage | None] = asyncio.Queue(HEARD)
        self._ends = time.monotonic() + seconds
        self._left = threading.Event()
        self.future: Future[T] = Future()

    def step(self, stage: Stage) -> None:
        """Called in the thread at each step.  Raises Stopped once nobody waits any more."""
        if self._left.is_set():
            raise Stopped
        self._loop.call_soon_threadsafe(self._hear, stage)

    def abandon(self) -> None:
        """Nobody waits any more: work that has not begun never does, and work under way ends at its next step."""
        self._left.set()
        self.future.cancel()

    async def stages(self) -> AsyncIterator[Stage]:
        """Each stage as it is reached, once in a row, until the work is done.  Raises the 503 problem out of time."""
        last: Stage | None = None
        while True:
            stage = await self._in_time(self._stages.get())
            if stage is None:
                return
            if stage is not last:
                last = stage
                yield stage

    async def result(self) -> T:
        """What the work gave or raised.  Raises the 503 problem out of time, Stopped when it was abandoned."""
        try:
            return await self._in_time(asyncio.wrap_future(self.future))
        except asyncio.CancelledError:
            if self._left.is_set():
                raise Stopped from None
            raise

    async def _in_time(self, awaited: Awaitable[R]) -> R:
        try:
            return await asyncio.wait_for(awaited, max(0.0, self._ends - time.monotonic()))
        except TimeoutError:
            self.abandon()
            headers = {"Retry-After": str(AGAIN_SECONDS)}
            detail = "The answer took too long. Ask something narrower, or try again."
            raise Problem(503, detail, headers=headers) from None

    def _hear(self, stage: Stage | None) -> None:
        if stage is None and self._stages.full():
            self._stages.get_nowait()
        if not self._stages.full():
            self._stages.put_nowait(stage)

    def end_stages(self, _: Future[T]) -> None:
        """Called when the work is done, wherever that is noticed."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._hear, None)


class Turnstile:
    """Lets `workers` pieces of work through at a time; `queue` more wait.  Thread-safe."""

    def __init__(self, workers: int, queue: int) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="clausewise-answer")
        self._room = workers + queue
        self._inside = 0
        self._lock = threading.Lock()

    @property
    def inside(self) -> int:
        """How many wait or are under way."""
        return self._inside

    def submit(self, work: Callable[[Watch], T], seconds: float) -> Work[T]:
        """Have it done within so many seconds of now.  Raises Busy when there is no room.

        `work` is given what it must call between its steps, which raises Stopped when nobody waits any more.
        """
        with self._lock:
            if self._inside >= self._room:
                raise Busy
            self._inside += 1
        ticket: Work[T] = Work(seconds)
        ticket.future.add_done_callback(self._leave)
        ticket.future.add_done_callback(ticket.end_stages)
        try:
            self._pool.submit(contextvars.copy_context().run, _do, ticket, work)
        except RuntimeError:  # the pool is closed: the service ends
            ticket.abandon()
            raise Busy from None
        return ticket

    def close(self) -> None:
        """Take nothing more; what is under way ends by itself."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _leave(self, _: object) -> None:
        with self._lock:
            self._inside -= 1


def _do(ticket: Work[T], work: Callable[[Watch], T]) -> None:
    if not ticket.future.set_running_or_notify_cancel():
        return
    try:
        result = work(ticket.step)
    except BaseException as error:  # noqa: BLE001 - it is raised again where the result is waited for
        ticket.future.set_exception(error)
    else:
        ticket.future.set_result(result)

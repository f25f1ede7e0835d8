"""Where in its work the pipeline is: told to whoever watches, who may end the work there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum


class Stage(StrEnum):
    """What is being done for a question, in order; a question of several parts is understood and searched by part."""

    UNDERSTANDING = "understanding"
    SEARCHING = "searching"
    COMPOSING = "composing"
    VERIFYING = "verifying"


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """Nobody waits for the answer any more.  Raised by a watch, out of `answer_question`."""


Watch = Callable[[Stage], None]

_WATCH: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Tell `watch` of every step of the questions that this thread answers in the block; it may raise Stopped."""
    token = _WATCH.set(watch)
    try:
        yield
    finally:
        _WATCH.reset(token)


def reached(stage: Stage) -> None:
    """Called by the pipeline between its steps, often several times in one stage."""
    watch = _WATCH.get()
    if watch is not None:
        watch(stage)

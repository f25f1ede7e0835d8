"""What the routes serve: one library that may still be opening, and the function that answers questions."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Protocol

from api.access import narrowed
from api.problems import not_ready
from api.starters import starters
from ingest.library import Library
from ingest.notice import Document
from ingest.snapshot import Snapshot
from retrieval.answer import Answer, Ask

MOST_STARTERS = 100
log = logging.getLogger("clausewise.api")


class Answerer(Protocol):
    """`retrieval.pipeline.answer_question` with its memory bound."""

    def __call__(self, ask: Ask, snapshot: Snapshot, /) -> Answer: ...


class State(StrEnum):
    OPENING = "opening"
    READY = "ready"
    FAILED = "failed"


class Service:
    """The library, once it is open, and the answerer.  Safe to use from many threads.

    `library` is open already, or a function that opens it (and may ingest the corpus first), which
    `start` runs in the background.
    """

    def __init__(self, library: Library | Callable[[], Library], answerer: Answerer) -> None:
        self._answerer = answerer
        self._open: Callable[[], Library] | None = None
        self._library: Library | None = None
        self._starters: dict[tuple[int, frozenset[str] | None], list[str]] = {}
        self.state = State.OPENING
        if isinstance(library, Library):
            self._library, self.state = library, State.READY
        else:
            self._open = library

    def start(self) -> None:
        """Open the library in the background; does nothing when it is open."""
        opening, self._open = self._open, None
        if opening is not None:
            threading.Thread(target=self._run, args=(opening,), name="clausewise-open", daemon=True).start()

    def _run(self, opening: Callable[[], Library]) -> None:
        try:
            self._library = opening()
            self.state = State.READY
        except Exception:
            self.state = State.FAILED
            log.exception("the library could not be opened; this service stays not ready")

    @property
    def library(self) -> Library:
        """Raises the 503 problem until the library is open."""
        if self._library is None or self.state is not State.READY:
            if self.state is State.FAILED:
                raise not_ready("The documents could not be read. The service's administrator can see why in the log.")
            raise not_ready()
        return self._library

    def snapshot(self) -> Snapshot:
        return self.library.snapshot()

    def document(self, document_id: str, version: str | None = None) -> Document | None:
        """The current version, or the one named; None when there is no such document or version."""
        current = self.snapshot().documents.get(document_id)
        if version is None or (current is not None and current.version == version):
            return current
        return self.library.document(document_id, version)

    def starters(self, groups: frozenset[str] | None) -> list[str]:
        """Questions to start with, found once for each generation and each kind of asker."""
        snapshot = narrowed(self.snapshot(), groups)
        key = (snapshot.generation, groups)
        if key not in self._starters:
            found = starters([*snapshot.documents.values()], lambda ask: self._answerer(ask, snapshot), groups)
            if len(self._starters) > MOST_STARTERS:
                self._starters.clear()
            self._starters[key] = found
        return self._starters[key]

    def ask(self, ask: Ask) -> tuple[Answer, Snapshot]:
        """Answer one question.  `took_ms` is wall time, an id is given when the pipeline gave none."""
        snapshot = narrowed(self.snapshot(), ask.groups)
        began = time.perf_counter()
        answer = self._answerer(ask, snapshot)
        took = (time.perf_counter() - began) * 1000
        return (
            replace(
                answer,
                took_ms=took,
                answer_id=answer.answer_id or uuid.uuid4().hex,
                conversation_id=answer.conversation_id or ask.conversation_id or uuid.uuid4().hex,
            ),
            snapshot,
        )

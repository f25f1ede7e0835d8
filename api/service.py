"""What the routes serve: one library that may still be opening, and the function that answers questions."""

from __future__ import annotations

import logging
import math
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from api.access import check_scope, visible
from api.audit import Audit
from api.problems import not_ready
from api.schemas import AnswerOut
from api.starters import starters
from api.wire import on_the_wire
from ingest.errors import ClausewiseError
from ingest.library import Library
from ingest.notice import Document
from ingest.snapshot import Snapshot
from retrieval.ahead import read_ahead
from retrieval.answer import Answer, Ask, Status

MOST_STARTERS = 100
MOST_VIEWS = 64
log = logging.getLogger("clausewise.api")


class Answerer(Protocol):
    """`retrieval.pipeline.answer_question` with its memory bound."""

    def __call__(self, ask: Ask, snapshot: Snapshot, /) -> Answer: ...


class State(StrEnum):
    OPENING = "opening"
    READY = "ready"
    FAILED = "failed"


def _read_on(library: Library) -> None:
    """Read the sentences ahead, until they are read or other documents have taken their place."""
    try:
        snapshot = library.snapshot()
        read_ahead(snapshot, lambda: library.snapshot().generation != snapshot.generation)
    except Exception:
        log.exception("the documents cannot be read ahead; questions are answered all the same")


class Service:
    """The library, once it is open, and the answerer.  Safe to use from many threads.

    `library` is open already, or a function that opens it (and may ingest the corpus first), which
    `start` runs in the background.  `audited` makes the audit over the open library; None keeps no answer.
    """

    def __init__(
        self,
        library: Library | Callable[[], Library],
        answerer: Answerer,
        audited: Callable[[Library], Audit] | None = None,
    ) -> None:
        self._answerer = answerer
        self._audited = audited
        self._views: dict[tuple[int, frozenset[str]], Snapshot] = {}
        self._open: Callable[[], Library] | None = None
        self._library: Library | None = None
        self._starters: dict[tuple[int, frozenset[str] | None], list[str]] = {}
        self.state = State.OPENING
        if isinstance(library, Library):
            self._library, self.state = library, State.READY
        else:
            self._open = library

    def start(self, on_ready: Callable[[], None] = lambda: None) -> None:
        """Open the library in the background, once; `on_ready` is called when it is open."""
        opening, self._open = self._open, None
        if opening is not None:
            threading.Thread(target=self._run, args=(opening, on_ready), name="clausewise-open", daemon=True).start()

    def _run(self, opening: Callable[[], Library], on_ready: Callable[[], None]) -> None:
        try:
            self._library = opening()
            self.warm(self._library)
            self.state = State.READY
            on_ready()
        except ClausewiseError as error:
            self.state = State.FAILED
            log.error("the library could not be opened, and no question can be answered: %s", error)
        except Exception:
            self.state = State.FAILED
            log.exception("the library could not be opened; this service stays not ready")

    def warm(self, library: Library) -> None:
        """Ask the starter questions once, so that the first asker need not wait for what is made at first use."""
        try:
            if library.snapshot().documents:
                self._find_starters(library.snapshot(), frozenset())
        except Exception:
            log.exception("the starter questions cannot be answered")
        threading.Thread(target=_read_on, args=(library,), name="clausewise-ahead", daemon=True).start()

    @cached_property
    def audit(self) -> Audit | None:
        """Where answers are kept; None when they are not."""
        return None if self._audited is None else self._audited(self.library)

    @property
    def library(self) -> Library:
        """Raises the 503 problem until the library is open."""
        if self._library is None or self.state is not State.READY:
            if self.state is State.FAILED:
                raise not_ready("The documents could not be read. The service's administrator can see why in the log.")
            raise not_ready()
        return self._library

    def index_age(self) -> float:
        """Seconds since the index was last brought in step with the documents; NaN when that is not known."""
        at = self.library.in_step_at()
        return math.nan if at is None else (datetime.now(UTC) - at).total_seconds()

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
        return self._find_starters(self.snapshot(), groups)

    def _find_starters(self, whole: Snapshot, groups: frozenset[str] | None) -> list[str]:
        snapshot = self._narrowed(whole, groups)
        key = (snapshot.generation, groups)
        if key not in self._starters:
            found = starters([*snapshot.documents.values()], lambda ask: self._answerer(ask, snapshot), groups)
            if len(self._starters) > MOST_STARTERS:
                self._starters.clear()
            self._starters[key] = found
        return self._starters[key]

    def view(self, groups: frozenset[str] | None) -> Snapshot:
        """The snapshot of what members of `groups` may read; the same one as long as nothing changes."""
        return self._narrowed(self.snapshot(), groups)

    def _narrowed(self, whole: Snapshot, groups: frozenset[str] | None) -> Snapshot:
        shown = frozenset(document.id for document in visible(whole.documents, groups))
        if len(shown) == len(whole.documents):
            return whole
        key = (whole.generation, shown)
        kept = self._views.get(key)
        if kept is None:
            if len(self._views) >= MOST_VIEWS:
                self._views.clear()
            kept = self._views.setdefault(key, whole.restricted(shown))
        return kept

    def reply(self, ask: Ask, asker: str, kept: Callable[[], None] = lambda: None) -> AnswerOut:
        """Answer one question and keep the answer for the audit; `kept` is called between the two.

        Raises the 404 problem for a document id that the asker may not read or that is none, and what a watch
        of the pipeline raises: then nothing is kept.
        """
        snapshot = self.view(ask.groups)
        check_scope(ask, snapshot)
        reply = self.answer(ask, asker, snapshot)
        kept()
        if self.audit is not None:
            self.audit.keep(asker, ask, reply, snapshot)
        return reply

    def answer(self, ask: Ask, asker: str, snapshot: Snapshot) -> AnswerOut:
        """The reply, which is kept nowhere."""
        began = time.perf_counter()
        answer = self._answerer(replace(ask, asker=asker), snapshot)
        took = (time.perf_counter() - began) * 1000
        suggestions = answer.suggestions
        if answer.status is not Status.ANSWERED and not suggestions:
            suggestions = tuple(self._starters.get((snapshot.generation, ask.groups), ()))[:3]
        whole = replace(
            answer,
            suggestions=suggestions,
            took_ms=took,
            answer_id=answer.answer_id or uuid.uuid4().hex,
            conversation_id=answer.conversation_id or uuid.uuid4().hex,
        )
        return on_the_wire(whole, snapshot)

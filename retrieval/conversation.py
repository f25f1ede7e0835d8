"""Conversations: what the last turns were about, whose they are, and how long they are kept."""

from __future__ import annotations

import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from retrieval.names.known import Name
from retrieval.question import Question

TURNS = 6


@dataclass(frozen=True, slots=True)
class Turn:
    """One question as it was understood, and the documents and clauses that its answer cited."""

    question: Question
    documents: tuple[str, ...] = ()
    clauses: tuple[tuple[str, str], ...] = ()  # (document, clause)
    people: tuple[Name, ...] = ()  # whom the answer named
    value: str | None = None
    part: int = 0  # which of the questions asked together, counted from 0


def asked_last(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """The turns of the last text asked: several where it held several questions."""
    start = next((at for at in range(len(turns) - 1, -1, -1) if turns[at].part == 0), 0)
    return turns[start:]


@dataclass(slots=True)
class _Conversation:
    asker: str
    expires: float
    turns: list[Turn] = field(default_factory=list)


class Conversations:
    """Conversations by id, each its asker's own, forgotten after `ttl_seconds` of silence.  Thread-safe."""

    def __init__(
        self, ttl_seconds: float = 3600, max_conversations: int = 10_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ttl = ttl_seconds
        self._most = max_conversations
        self._clock = clock
        self._kept: OrderedDict[str, _Conversation] = OrderedDict()
        self._lock = threading.Lock()

    def open(self, conversation_id: str | None, asker: str = "") -> tuple[str, tuple[Turn, ...]]:
        """The conversation and its turns; a new one when the id is unknown, expired or another asker's."""
        with self._lock:
            kept = self._kept.get(conversation_id or "")
            if conversation_id and kept is not None and kept.asker == asker and kept.expires > self._clock():
                return conversation_id, tuple(kept.turns)
        return uuid.uuid4().hex, ()

    def remember(self, conversation_id: str, turn: Turn, asker: str = "") -> None:
        with self._lock:
            now = self._clock()
            kept = self._kept.get(conversation_id)
            if kept is None or kept.asker != asker or kept.expires <= now:
                kept = self._kept[conversation_id] = _Conversation(asker, now + self._ttl)
            kept.expires = now + self._ttl
            kept.turns = [*kept.turns, turn][-TURNS:]
            self._kept.move_to_end(conversation_id)
            while self._kept and (len(self._kept) > self._most or next(iter(self._kept.values())).expires <= now):
                self._kept.popitem(last=False)

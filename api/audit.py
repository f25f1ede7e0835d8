"""The audit: every answer kept with its asker, question, documents, settings and model, until it is forgotten."""

from __future__ import annotations

import hashlib
import json
import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any

from api.schemas import AnswerOut
from ingest.errors import StorageError
from ingest.records import Records
from ingest.settings import Settings
from ingest.snapshot import Snapshot
from retrieval.answer import Ask

log = logging.getLogger("clausewise.audit")
REMEMBERED = 10_000  # conversations whose questions are known, so that a follow-up can be asked again
QUESTIONS = 20
_NOT_OF_THE_ANSWER = {
    "data",
    "corpus",
    "host",
    "port",
    "database_url",
    "chroma_url",
    "oidc",
    "telemetry",
    "root_path",
    "trusted_proxies",
}


@dataclass(slots=True)
class Audit:
    """Where answers are kept.  `about` is what made them: version, settings and model, as JSON."""

    records: Records
    about: Mapping[str, Any]
    keep_days: int = 90
    _asked: OrderedDict[str, tuple[dict[str, Any], ...]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def keep(self, asker: str, ask: Ask, reply: AnswerOut, snapshot: Snapshot) -> None:
        """Store one answer.  A store that fails is told in the log, and the asker has the answer all the same."""
        asked = {
            "question": ask.question,
            "documents": None if ask.documents is None else list(ask.documents),
            "as_at": ask.as_at.isoformat() if ask.as_at else None,
        }
        with self._lock:
            before = self._asked.pop(reply.conversation_id, ())
            self._asked[reply.conversation_id] = (*before, asked)[-QUESTIONS:]
            while len(self._asked) > REMEMBERED:
                self._asked.popitem(last=False)
        cited = {citation.document_id: citation.version for citation in (*reply.citations, *reply.related)}
        payload = {
            "reply": reply.model_dump(mode="json"),
            "after": list(before),
            "documents": asked["documents"],
            "as_at": asked["as_at"],
            "groups": None if ask.groups is None else sorted(ask.groups),
            "cited": cited,
            "generation": snapshot.generation,
            "index": index_digest(snapshot),
            "about": dict(self.about),
        }
        try:
            self.records.add_answer(reply.answer_id, asker, ask.question, payload)
        except StorageError as error:
            log.error("an answer could not be kept: %s", error)

    def note(self, actor: str, action: str, **facts: Any) -> None:
        """Keep what was done to the documents, and by whom.  Raises StorageError: what cannot be told is not done."""
        self.records.add_event(actor, action, facts)

    def forget(self) -> int:
        """Erase what is older than `keep_days`; how many answers."""
        try:
            return self.records.forget_answers(datetime.now(UTC) - timedelta(days=self.keep_days))
        except StorageError as error:
            log.error("old answers could not be erased: %s", error)
            return 0


def index_digest(snapshot: Snapshot) -> str:
    """Digest of every document's version: the same for the same documents."""
    versions = sorted((document.id, document.version) for document in snapshot.documents.values())
    return hashlib.sha256(json.dumps(versions).encode()).hexdigest()[:16]


def about(version: str, encoder_id: str, settings: Settings | None) -> dict[str, Any]:
    """What makes answers, as the audit keeps it."""
    chosen = settings.model_dump(mode="json", exclude=_NOT_OF_THE_ANSWER) if settings else {}
    digest = hashlib.sha256(json.dumps(chosen, sort_keys=True).encode()).hexdigest()[:16]
    return {"version": version, "model": encoder_id, "settings": digest}

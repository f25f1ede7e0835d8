"""The documents that a question may search."""

from __future__ import annotations

from ingest.notice import Document
from ingest.snapshot import Snapshot
from retrieval.answer import Ask


def readable(ask: Ask, snapshot: Snapshot) -> Snapshot:
    """The snapshot with only the documents that this question may search."""
    kept = frozenset(d.id for d in snapshot.documents.values() if _may(ask, d))
    return snapshot if len(kept) == len(snapshot.documents) else snapshot.restricted(kept)


def _may(ask: Ask, document: Document) -> bool:
    if ask.groups is not None and document.audience and not set(document.audience) & ask.groups:
        return False
    if ask.documents is not None and document.id not in ask.documents:
        return False
    return ask.as_at is None or document.issued_on is None or document.issued_on <= ask.as_at

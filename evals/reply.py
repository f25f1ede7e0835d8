"""What was replied, in one form whether the product answered in this process or over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from ingest.notice import Document
from retrieval.answer import Answer, Ask, Citation


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as far as it is judged: `quote` is claimed to be `[start, end)` of that document."""

    document: str
    clause: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reply:
    """`confidence` is None where the service does not tell; `took_ms` is the product's own count."""

    status: str
    text: str
    value: str | None = None
    citations: tuple[Cited, ...] = ()
    related: tuple[Cited, ...] = ()
    suggestions: tuple[str, ...] = ()
    confidence: float | None = None
    because: tuple[str, ...] = ()
    conversation_id: str | None = None
    took_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class ClauseSpan:
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A document as the judge needs it: its canonical text and where its clauses stand."""

    id: str
    text: str
    clauses: Mapping[str, ClauseSpan]
    issued_on: date | None = None


Asker = Callable[[Ask], Reply]


class Sources(Protocol):
    """The documents of the index under test, by id; None for one that is not there."""

    def get(self, document_id: str, /) -> Source | None: ...

    def ids(self) -> frozenset[str]: ...


def from_answer(answer: Answer) -> Reply:
    return Reply(
        status=str(answer.status),
        text=answer.text,
        value=answer.value,
        citations=tuple(_cited(c) for c in answer.citations),
        related=tuple(_cited(c) for c in answer.related),
        suggestions=answer.suggestions,
        confidence=answer.confidence,
        because=answer.because,
        conversation_id=answer.conversation_id or None,
        took_ms=answer.took_ms,
    )


def _cited(citation: Citation) -> Cited:
    return Cited(citation.document_id, citation.clause, citation.quote, citation.start, citation.end)


def from_wire(body: Mapping[str, Any]) -> Reply:
    """A reply of `POST /api/ask`; KeyError or TypeError when it is not one."""
    confidence = body.get("confidence")
    return Reply(
        status=str(body["status"]),
        text=str(body["answer"]),
        value=None if body.get("value") is None else str(body["value"]),
        citations=tuple(_cited_from_wire(c) for c in body.get("citations") or ()),
        related=tuple(_cited_from_wire(c) for c in body.get("related") or ()),
        suggestions=tuple(str(s) for s in body.get("suggestions") or ()),
        confidence=None if confidence is None else float(confidence),
        conversation_id=body.get("conversation_id"),
        took_ms=float(body.get("took_ms") or 0.0),
    )


def _cited_from_wire(body: Mapping[str, Any]) -> Cited:
    return Cited(
        str(body["document_id"]), str(body["clause"]), str(body["quote"]), int(body["start"]), int(body["end"])
    )


def source_of(document: Document) -> Source:
    spans = {c.label: ClauseSpan(c.label, c.span.start, c.span.end) for c in document.clauses}
    return Source(document.id, document.text, spans, document.issued_on)

"""Questions to start with, made from the register: only those that the documents do answer are offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ingest.notice import Clause, Document
from retrieval.answer import Answer, Ask, Status

MOST = 4
TRIED = 12


def starters(documents: Sequence[Document], ask: Callable[[Ask], Answer], groups: frozenset[str] | None) -> list[str]:
    """Up to four questions about different documents, each answered when tried."""
    chosen: list[str] = []
    for tried, question in enumerate(candidates(documents)):
        if len(chosen) == MOST or tried == TRIED:
            break
        if ask(Ask(question, groups=groups)).status is Status.ANSWERED:
            chosen.append(question)
    return chosen


def candidates(documents: Sequence[Document]) -> Iterator[str]:
    """Questions of several kinds, each about the next document that has something of that kind; the newest first."""
    ordered = sorted(documents, key=lambda d: (d.issued_on is not None, d.issued_on, d.id), reverse=True)
    makers = (_deadline, _signatory, _clause, _interval, _issued)
    for turn in range(len(makers)):
        for position, document in enumerate(ordered[: len(makers)]):
            question = makers[(position + turn) % len(makers)](document)
            if question is not None and document.subject:
                yield question


def _named(document: Document) -> str:
    return f"the {document.subject} {document.kind}"


def _deadline(document: Document) -> str | None:
    return f"What is the deadline in {_named(document)}?" if _has(document, "deadline") else None


def _signatory(document: Document) -> str | None:
    return f"Who signed {_named(document)}?" if _has(document, "signatory") else None


def _interval(document: Document) -> str | None:
    fact = next((fact for fact in document.facts if fact.kind == "interval" and "review" in fact.topic), None)
    return f"How often are reviews held under {_named(document)}?" if fact else None


def _issued(document: Document) -> str | None:
    return f"When was {_named(document)} issued?" if document.issued_on else None


def _clause(document: Document) -> str | None:
    items: dict[str, int] = {}
    for clause in document.clauses:
        if clause.parent:
            items[clause.parent] = items.get(clause.parent, 0) + 1
    longest = max(
        (c for c in document.clauses if c.label.isdigit() and c.label in items), key=_size(items), default=None
    )
    return f"What does clause {longest.label} of {_named(document)} require?" if longest else None


def _size(items: dict[str, int]) -> Callable[[Clause], int]:
    return lambda clause: items[clause.label]


def _has(document: Document, kind: str) -> bool:
    return any(fact.kind == kind for fact in document.facts)

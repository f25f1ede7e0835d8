"""A question about something in a clause that it names: answered from that clause alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.notice import Clause, Document
from retrieval.context import Context
from retrieval.draft import Draft, Line
from retrieval.lookup import narrowed
from retrieval.values.answer import answer_value
from retrieval.wants import KINDS, Want
from retrieval.yes_no import answer_yes_no


def inside_the_clause(context: Context) -> Draft | None:
    """A question about something in a clause that it names: answered from that clause alone."""
    return within(context, narrowed(context))


def within(context: Context, places: Sequence[tuple[Document, Clause]]) -> Draft | None:
    """A value, or yes or no, from these clauses alone."""
    if not places:
        return None
    documents = tuple(_only(document, clause.label) for document, clause in places)
    inside = replace(
        context, scope=replace(context.scope, documents=documents), question=replace(context.question, references=())
    )
    draft = None
    if context.question.want is Want.YES_NO:
        draft = answer_yes_no(inside)
    elif any(want in KINDS for want in context.question.wants):
        draft = answer_value(inside)
    return draft and Draft(
        draft.status,
        tuple(_back(line, places) for line in draft.lines),
        draft.value,
        confidence=draft.confidence,
        because=draft.because,
    )


def _only(document: Document, label: str) -> Document:
    """The document with nothing but one clause and its items."""
    kept = tuple(c for c in document.clauses if c.label == label or c.parent == label)
    labels = {c.label for c in kept}
    return replace(document, clauses=kept, facts=tuple(f for f in document.facts if f.clause in labels))


def _back(line: Line, places: Sequence[tuple[Document, Clause]]) -> Line:
    originals = {d.id: d for d, _ in places}
    return replace(line, quotes=tuple(replace(q, document=originals[q.document.id]) for q in line.quotes))

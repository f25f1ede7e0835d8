"""A document cut into statements: each sentence, item or line with its innermost clause, dates and quantities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.facts.dates import DateMatch, find_dates, writes_us_dates
from ingest.facts.names import collapse
from ingest.facts.quantities import Quantity, find_quantities
from ingest.facts.statutes import LawReference, find_law
from ingest.notice import Clause, ClauseKind, Document, Fact, Span
from ingest.sentences import sentences


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, item or line of a clause; spans of its dates, quantities and law count in the document's text."""

    clause: Clause
    span: Span
    text: str  # the sentence itself, not the document
    source: str  # the document's whole text
    dates: tuple[DateMatch, ...]
    quantities: tuple[Quantity, ...]
    law: tuple[LawReference, ...]
    lead: str = ""  # of an item: the words that lead in to the list

    @property
    def is_block(self) -> bool:
        return self.clause.kind is ClauseKind.BLOCK

    def before(self, span: Span) -> str:
        return self.text[: span.start - self.span.start]

    def after(self, span: Span) -> str:
        return self.text[span.end - self.span.start :]

    def place(self, start: int, end: int) -> Span:
        """A span within `text` as one of the document."""
        return Span(self.span.start + start, self.span.start + end)

    def fact(
        self,
        kind: str,
        value: Span,
        normalised: str | None,
        topic: str = "",
        qualifier: str = "",
        span: Span | None = None,
    ) -> Fact:
        return Fact(
            kind=kind,
            value=collapse(value.of(self.source)),
            normalised=normalised,
            clause=self.clause.label,
            span=span or self.span,
            value_span=value,
            topic=collapse(topic),
            qualifier=collapse(qualifier),
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """What the finders read: the document and its statements in order."""

    document: Document
    statements: tuple[Statement, ...]

    @property
    def text(self) -> str:
        return self.document.text

    def block(self, name: str) -> tuple[Statement, ...]:
        """The lines of the blocks so labelled (`signature`, `signature 2` …)."""
        return tuple(
            s
            for s in self.statements
            if s.is_block and (s.clause.label == name or s.clause.label.startswith(name + " "))
        )

    def prose(self) -> Iterator[Statement]:
        return (s for s in self.statements if not s.is_block)


def read_scope(document: Document) -> Scope:
    """The statements of all clauses; a clause's own words are those that none of its items holds."""
    us = writes_us_dates(document.text)
    leads = _leads(document)
    statements = [
        _statement(document.text, clause, sentence, us, leads.get(clause.label, ""))
        for clause, span in _own_spans(document.clauses)
        for sentence in sentences(document.text, span)
    ]
    statements.sort(key=lambda s: s.span)
    return Scope(document, tuple(statements))


def _leads(document: Document) -> dict[str, str]:
    """Of each item, the words of the clauses above it that stand before their first item."""
    by_label = {c.label: c for c in document.clauses}
    opening: dict[str, str] = {}
    leads: dict[str, str] = {}
    for clause in document.clauses:  # a parent comes before its items
        parent = by_label.get(clause.parent) if clause.parent is not None else None
        if parent is None:
            continue
        own = opening.setdefault(parent.label, document.text[parent.span.start : clause.span.start].strip())
        if own.endswith((":", "-", "–", "—")):
            leads[clause.label] = f"{leads.get(parent.label, '')} {own}".strip()
    return leads


def _statement(text: str, clause: Clause, span: Span, us: bool, lead: str) -> Statement:
    words = span.of(text)
    law = tuple(replace(r, span=_shift(r.span, span.start)) for r in find_law(words))
    found = find_dates(words, us=us)
    dates = tuple(
        replace(
            d,
            span=_shift(d.span, span.start),
            whole=_shift(d.whole, span.start) if d.whole else None,
        )
        for d in found
        if not any(_shift(d.span, span.start).overlaps(r.span) for r in law)
    )
    quantities = tuple(
        replace(q, span=_shift(q.span, span.start)) for q in find_quantities(words, dates=[d.span for d in found])
    )
    return Statement(clause, span, words, text, dates, quantities, law, lead)


def _shift(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _own_spans(clauses: tuple[Clause, ...]) -> Iterator[tuple[Clause, Span]]:
    children: dict[str, list[Span]] = {}
    for clause in clauses:
        if clause.parent is not None:
            children.setdefault(clause.parent, []).append(clause.span)
    for clause in clauses:
        start = clause.span.start
        for child in sorted(children.get(clause.label, ())):
            if child.start > start:
                yield clause, Span(start, child.start)
            start = max(start, child.end)
        if start < clause.span.end:
            yield clause, Span(start, clause.span.end)

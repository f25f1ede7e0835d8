"""One row for each document: the fact or the sentence that answers, newest document first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.notice import Document
from retrieval import phrase
from retrieval.collective import HOLDERS
from retrieval.context import Context
from retrieval.draft import Line, Quote
from retrieval.due import period_of
from retrieval.evidence.covering import Where, match
from retrieval.evidence.units import units
from retrieval.labels import label_of
from retrieval.passages.enough import good_enough
from retrieval.values.answer import ENOUGH
from retrieval.values.lines import shown
from retrieval.values.match import Match
from retrieval.values.matches import matches
from retrieval.wants import KINDS, Want
from retrieval.words import stem


@dataclass(frozen=True, slots=True)
class Row:
    """One document's part in an aggregate."""

    document: Document
    line: Line
    sort: str = ""  # ISO date or the folded value


def only_subject(rows: Sequence[Row]) -> str | None:
    subjects = list(dict.fromkeys(row.document.subject or row.document.title for row in rows))
    return subjects[0] if len(subjects) == 1 else None


def rows_of(context: Context) -> list[Row]:
    """For each document the fact or the sentence that answers, newest document first."""
    question = context.question
    found: list[Row] = []
    wanted = [w for w in question.wants if w in KINDS and w is not Want.ORGANISATION and w is not Want.COUNT]
    best_by_document: dict[str, Match] = {}
    if wanted:
        for one in matches(context, wanted):
            best_by_document.setdefault(one.document.id, one)
    top = max((m.score for m in best_by_document.values()), default=0.0)
    for document in _newest_first(context.scope.documents):
        label = label_of(document, context.scope.documents)
        best = best_by_document.get(document.id)
        if wanted:
            if best is not None and best.score >= max(ENOUGH, top - 0.25):
                found.append(
                    Row(
                        document,
                        Line(_told(context, best), (Quote.of_fact(document, best.fact),), label),
                        best.fact.normalised or best.value,
                    )
                )
            continue
        row = _holding(context, document, label)
        if row is not None:
            found.append(row)
    return found


def _told(context: Context, found: Match) -> str:
    """The fact's line; a deadline without a date is nothing without its sentence."""
    if found.fact.kind == "deadline" and period_of(found.fact.normalised or "") is None:
        return phrase.of_sentence(found.document, found.fact.span, found.fact.value_span)
    return shown(context, found)


def _holding(context: Context, document: Document, label: str) -> Row | None:
    """A document that holds what is asked, with the sentence that shows it."""
    topic = [t for t in context.question.topic if t.stem not in {stem(h) for h in HOLDERS}]
    if not topic and not context.question.dates:
        return _as_issued(document, label)
    here = context.within((document,))
    years = [m.iso for m in context.question.dates]
    for scored in here.ranked:
        if years and not any(
            (f.normalised or "").startswith(iso)
            for f in document.facts
            for iso in years
            if scored.unit.span.covers(f.value_span)
        ):
            continue
        only = all(
            t.stem in scored.unit.about
            or match(t, scored.unit.own, scored.unit.context, scored.unit.about) is not Where.NOWHERE
            for t in topic
        )
        if only and (good_enough(here, scored) or scored.coverage >= 0.75):
            if all(t.stem in scored.unit.about for t in topic):
                return _as_issued(document, label)
            return Row(
                document,
                Line(phrase.of_sentence(document, scored.unit.span), (Quote.of_unit(scored.unit),), label),
            )
        break
    return None


def _as_issued(document: Document, label: str) -> Row | None:
    """The document itself as a row: the words that say to whom and when it was issued."""
    for kind in ("issued_on", "signed_on", "addressee", "subject"):
        fact = next((f for f in document.facts if f.kind == kind), None)
        if fact is not None:
            return Row(
                document,
                Line(phrase.of_sentence(document, fact.span), (Quote.of_fact(document, fact),), label),
                fact.normalised or "",
            )
    unit = next(iter(units(document)), None)
    return (
        Row(
            document,
            Line(phrase.of_sentence(document, unit.span), (Quote.of_unit(unit),), label),
        )
        if unit
        else None
    )


def _newest_first(documents: Iterable[Document]) -> list[Document]:
    return sorted(documents, key=lambda d: (-(d.issued_on.toordinal() if d.issued_on else 0), d.id))

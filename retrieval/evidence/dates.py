"""The dates of a text, and how well they fit those that a question names."""

from __future__ import annotations

from functools import lru_cache

from ingest.facts.dates import DateMatch, find_dates
from ingest.notice import Document, Span
from retrieval.question import Question


def date_fit(question: Question, document: Document, span: Span) -> float:
    """Whether the words hold the date that the question names: a bonus when they do, a malus when they hold others."""
    if not question.dates:
        return 0.0
    here = [m.iso for m in dates_of(span.of(document.text))]
    if not here:
        return 0.0
    if any(iso.startswith(m.iso) for m in question.dates for iso in here):
        return 0.15
    return 0.0 if any(m.iso.startswith(iso) for m in question.dates for iso in here) else -0.12


@lru_cache(maxsize=8_192)
def dates_of(text: str) -> tuple[DateMatch, ...]:
    return find_dates(text)

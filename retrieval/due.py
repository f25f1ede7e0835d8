"""Reverse questions: what is due, or happens, at a date."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from ingest.facts.dates import DateMatch
from ingest.notice import Document, Fact
from retrieval import phrase
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, not_found
from retrieval.kinds import DATES
from retrieval.labels import label_of

_RELATIVE = re.compile(r"\b(this|next|last|coming)\s+(week|month|year|quarter)\b|\b(today|tomorrow|yesterday)\b", re.I)


def period_of(iso: str) -> tuple[date, date] | None:
    """First and last day of an ISO date, month or year; None for a date without a year."""
    parts = iso.split("-")
    if not iso or iso.startswith("--") or not all(part.isdigit() for part in parts):
        return None
    try:
        return _days_of([int(part) for part in parts])
    except ValueError:
        return None


def _days_of(parts: list[int]) -> tuple[date, date]:
    """Raises ValueError for what is no day of the calendar."""
    year = parts[0]
    if len(parts) == 1:
        return date(year, 1, 1), date(year, 12, 31)
    month = parts[1]
    if not 1 <= month <= 12:
        raise ValueError("no such month")
    if len(parts) == 2:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, parts[2]), date(year, month, parts[2])


def relative_period(words: str, today: date) -> tuple[date, date] | None:
    """The days meant by "next month" and the like, counted from `today`."""
    found = _RELATIVE.search(words)
    if not found:
        return None
    if found[3]:
        day = today + timedelta(days={"today": 0, "tomorrow": 1, "yesterday": -1}[found[3].casefold()])
        return day, day
    step = {"last": -1, "this": 0}.get(found[1].casefold(), 1)
    unit = found[2].casefold()
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return monday, monday + timedelta(days=6)
    if unit == "year":
        return date(today.year + step, 1, 1), date(today.year + step, 12, 31)
    months = 3 if unit == "quarter" else 1
    first = (today.month - 1) // months * months + step * months
    year, month = today.year + first // 12, first % 12 + 1
    end = first + months - 1
    end_year, end_month = today.year + end // 12, end % 12 + 1
    return date(year, month, 1), date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])


def answer_due(context: Context, today: date) -> Draft | None:
    """Every dated duty (else dated event) that falls in the period asked about."""
    question = context.question
    spans = [period_of(m.iso) for m in question.dates] or [relative_period(question.text, today)]
    wanted = [span for span in spans if span]
    if not wanted:
        return _by_words(context, question.dates)
    first, last = wanted[0]
    if question.says(r"\b(?:before|by)\b") and not question.says(r"\bby the end of\b") and len(wanted) == 1:
        first = date.min if question.says(r"\bbefore\b") else first
    if question.says(r"\b(?:after|since)\b"):
        first, last = last, date.max
    hits: list[tuple[Document, Fact]] = []
    for kinds in (("deadline",), tuple(DATES - {"deadline"})):
        for document in context.scope.documents:
            for fact in document.facts:
                held = period_of(fact.normalised or "")
                if fact.kind in kinds and held and first <= held[1] <= last:
                    hits.append((document, fact))
        if hits:
            hits = hits if kinds == ("deadline",) else _once_a_date(hits)
            break
    if not hits:
        shown = f"{first:%-d %B %Y} to {last:%-d %B %Y}" if first != date.min and last != date.max else "that time"
        return not_found(f"The documents set nothing for {shown}.", because="no dated fact falls in the period")
    documents = [d for d, _ in hits]
    hits.sort(key=lambda hit: (hit[1].normalised or "", hit[0].id))
    seen: set[tuple[str, int]] = set()
    lines: list[Line] = []
    for document, fact in hits:
        if (document.id, fact.span.start) not in seen and len(lines) < 10:
            seen.add((document.id, fact.span.start))
            several = not question.subjects or len({d.id for d in documents}) > 1
            lines.append(
                Line(
                    phrase.of_sentence(document, fact.span),
                    (Quote.of_fact(document, fact),),
                    label_of(document, documents) if several else "",
                )
            )
    return answered(lines, confidence=0.85, because=f"{len(hits)} dated facts between {first} and {last}")


def _once_a_date(hits: list[tuple[Document, Fact]]) -> list[tuple[Document, Fact]]:
    """Each document's first words on each date: an event is told once."""
    told: dict[tuple[str, str], tuple[Document, Fact]] = {}
    for document, fact in sorted(hits, key=lambda hit: (hit[1].kind == "signed_on", hit[1].span.start)):
        told.setdefault((document.id, fact.normalised or ""), (document, fact))
    return list(told.values())


def _by_words(context: Context, dates: tuple[DateMatch, ...]) -> Draft | None:
    """Dates without a year ("on May 6") are met as written."""
    hits = [
        (d, f)
        for d in context.scope.documents
        for f in d.facts
        if f.kind in DATES and any(f.normalised and f.normalised.endswith(m.iso.lstrip("-")) for m in dates)
    ]
    if not hits:
        return None
    lines = [
        Line(
            phrase.of_sentence(d, f.span),
            (Quote.of_fact(d, f),),
            label_of(d, [x for x, _ in hits]) if len({x.id for x, _ in hits}) > 1 else "",
        )
        for d, f in hits[:6]
    ]
    return answered({line.text: line for line in lines}.values(), confidence=0.8, because="dated facts of that day")

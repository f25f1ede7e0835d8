"""Superlatives over the register: the first, the latest, the longest, ranked by the fact that is asked about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.names import core
from ingest.notice import Fact
from retrieval.collective import FIRST
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered
from retrieval.due import period_of
from retrieval.kinds import DATES, picked
from retrieval.labels import label_of, listed
from retrieval.question import Question
from retrieval.values.lines import shown
from retrieval.values.match import Match
from retrieval.values.matches import matches
from retrieval.wants import Want

_LENGTH = re.compile(r"\b(?:longest|shortest|longer|shorter|(?:most|least|more|less) time)\b", re.I)
_HOLDER = re.compile(
    r"\b(?:whose|who|which)\b(?! (?:\w+ )?(?:dates?|deadlines?|day|month|year|period)\b)"
    r"|\bwhat (?:council|authority|notice|organisation)\b",
    re.I,
)
COVERED = 0.6  # share of the question that a fact must cover to be what is ranked
_DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}


@dataclass(frozen=True, slots=True)
class Ranked:
    """One document's fact with the figure it is ranked by: an ordinal day, or a length in days."""

    match: Match
    figure: int


def answer_extreme(context: Context) -> Draft | None:
    """The document that comes first, latest, longest …, and after it the others in that order."""
    question = context.question
    smallest = FIRST.search(question.text) is not None
    rows = _rows(context)
    if not rows:
        return None
    best = (min if smallest else max)(row.figure for row in rows)
    ordered = sorted(rows, key=lambda row: (row.figure if smallest else -row.figure, row.match.document.id))
    winners = [row.match for row in ordered if row.figure == best]
    documents = [row.match.document for row in rows]
    lines = [
        Line(
            shown(context, row.match),
            (Quote.of_fact(row.match.document, row.match.fact),),
            label_of(row.match.document, documents),
        )
        for row in ordered
    ]
    value = None
    if len(winners) == 1:
        first = winners[0]
        holder = first.document.subject or first.document.title
        value = holder if _HOLDER.search(question.text) else first.fact.value
    said = "first" if smallest else "last"
    return answered(
        lines,
        value=value,
        confidence=0.8,
        because=f"{said} of {len(rows)} by {winners[0].fact.kind}: {listed([label_of(w.document) for w in winners])}",
    )


def _rows(context: Context) -> list[Ranked]:
    """The fact of each document that the superlative is about; empty when fewer than one document has it."""
    question = context.question
    kinds = kinds_ranked(question)
    wanted = [Want.DURATION, Want.DEADLINE] if kinds == ("duration",) else [Want.DATE, Want.DEADLINE]
    found = matches(context, wanted)
    for kind in kinds:
        best: dict[str, Ranked] = {}
        for one in found:
            figure = figure_of(one.fact) if one.fact.kind == kind else None
            if figure is not None:
                best.setdefault(core(one.document.subject or one.document.id), Ranked(one, figure))
        if len(best) > 1 or (best and len(context.scope.documents) == 1):
            top = max(best.values(), key=lambda row: row.match.score).match
            if top.coverage < COVERED:
                return []
            return [row for row in best.values() if row.match.score >= top.score - 0.2]
    return []


def kinds_ranked(question: Question) -> tuple[str, ...]:
    """The kinds of fact by which "first" or "longest" may be meant, likeliest first."""
    if _LENGTH.search(question.text):
        return ("duration",)
    chosen = [kind for kind in picked(question.text) if kind in DATES]
    if question.want is Want.DEADLINE and "deadline" not in chosen:
        chosen.insert(0, "deadline")
    return tuple(dict.fromkeys((*chosen, "issued_on", "signed_on", "report_date", "date")))


def figure_of(fact: Fact) -> int | None:
    """What a date (its last day) or a length of time (in days) is ranked by; None where it is neither."""
    normalised = fact.normalised or ""
    if fact.kind in DATES:
        span = period_of(normalised)
        return span[1].toordinal() if span else None
    return days_of(normalised)


def days_of(duration: str) -> int | None:
    """About how many days an ISO duration is ("P12M", "P6W"); None for anything else."""
    parts = re.fullmatch(r"P((?:\d+[DWMY])+)", duration)
    if parts is None:
        return None
    return sum(int(number) * _DAYS[unit] for number, unit in re.findall(r"(\d+)([DWMY])", parts[1]))

"""Any other date: `date` with its event, and `period` for a stretch between two dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.deadlines import is_deadline_date, was_moved_to
from ingest.facts.references import inspection_of, own_issue, paper_of, range_iso
from ingest.facts.scope import Scope, Statement
from ingest.facts.topics import cut_after, cut_before, strip_edges
from ingest.notice import Fact, Span

_WEEKDAY = re.compile(
    r"\b(?:on|last|this|next|by|until|from|of)\s+(?P<day>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b(?!\s+[0-9])"
)


def event_facts(scope: Scope, known: frozenset[Span]) -> Iterator[Fact]:
    """Dates that no finder before took (`known` are the spans of its values)."""
    for statement in scope.statements:
        if statement.is_block and statement.clause.label.startswith(("addressee", "signature")):
            continue
        done: set[Span] = set()
        for date in statement.dates:
            whole = date.whole or date.span
            if date.span in known or whole in done or is_deadline_date(statement, date):
                continue
            moved = any(date.whole == d.whole and was_moved_to(statement, d) for d in statement.dates)
            if date.whole is not None and _is_range(statement, whole) and not moved:
                done.add(whole)
                if inspection_of(statement, date) is None:
                    yield statement.fact("period", whole, range_iso(statement, whole), _event(statement, whole))
                continue
            paper = paper_of(statement, date)
            if paper is not None and own_issue(statement, paper, date):
                continue
            yield statement.fact("date", date.span, date.iso, _event(statement, date.span))
        for m in _WEEKDAY.finditer(statement.text):
            day = statement.place(*m.span("day"))
            if not any(q.kind == "interval" and q.span.overlaps(day) for q in statement.quantities):
                yield statement.fact("date", day, None, strip_edges(statement.text[: m.start()]))


def _is_range(statement: Statement, whole: Span) -> bool:
    words = statement.text[whole.start - statement.span.start : whole.end - statement.span.start]
    return re.search(r"\s(?:to|until|till|through)\s|[–—-]", words) is not None or (
        " and " in words and re.search(r"\bbetween\s+$", statement.before(whole), re.IGNORECASE) is not None
    )


def _event(statement: Statement, value: Span) -> str:
    """The sentence without the date: what happened then."""
    before, after = strip_edges(statement.before(value)), strip_edges(statement.after(value).rstrip(" ."))
    return " … ".join(part for part in (cut_before(before, 200), cut_after(after, 200)) if part)

"""The whole list, where its lead-in and items together answer best."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.notice import Clause, Document
from retrieval.context import Context
from retrieval.counting import counted
from retrieval.draft import Draft, Line, answered
from retrieval.evidence.cues import LISTED
from retrieval.evidence.scored import Scored
from retrieval.evidence.units import Unit, units
from retrieval.labels import label_of
from retrieval.lookup import whole
from retrieval.passages.enough import CLOSE, good_enough
from retrieval.wants import Want

ENOUGH = 0.5
_LISTING = frozenset({Want.LIST, Want.OPEN, Want.COUNT, Want.REASON, Want.CHANGE, Want.SUMMARY, Want.DUE})

# Words that ask for a list whatever answers best.
_LISTS = re.compile(
    r"\b(?:list|all|every|each|everything|what are|what were|which \w+s"
    r"|what (?:\w+ )?\w+s (?:is|are|was|were|must|should|may|can|will))\b",
    re.I,
)


def whole_list(context: Context, best: Scored) -> Draft | None:
    """The whole list whose lead-in and items together answer better than any single sentence."""
    if context.question.want not in _LISTING or not (
        context.question.want is Want.COUNT or LISTED.search(context.question.text)
    ):
        return None
    found: list[Scored] = []
    leads: dict[tuple[str, int, int], Scored] = {}  # the lead-in of each, scored by itself
    for document in context.scope.documents:
        parents = {c.parent for c in document.clauses if c.parent}
        own = [u for u in units(document) if u.clause.label in parents]
        for unit in own:
            lead = context.ranking.score(unit)
            if lead.coverage < 0.3:
                continue
            items = [u for u in units(document) if u.clause.parent == unit.clause.label]
            together = tuple(s for u in (unit, *items) for s in u.own)
            joined = Unit(document, unit.clause, unit.span, together, unit.context, unit.about)
            scored = context.ranking.score(joined)
            found.append(replace(scored, score=0.5 * scored.score + 0.5 * lead.score + 0.08))
            leads[unit.key] = lead
    if not found:
        return None
    top = max(found, key=lambda s: s.score)
    inside = best.unit.clause.label == top.unit.clause.label or best.unit.clause.parent == top.unit.clause.label
    lead = leads[top.unit.key]
    asked = _LISTS.search(context.question.text) is not None
    if not asked and lead.coverage < best.coverage - 0.1:
        return None
    inside = inside or (asked and lead.coverage >= best.coverage - 0.05)
    if top.score < ENOUGH or top.score < best.score - (0.2 if inside else 0.0) or not good_enough(context, top):
        return None
    tops = [s for s in sorted(found, key=lambda s: -s.score) if s.score >= top.score - CLOSE]
    chosen: list[Scored] = []
    for one in tops:
        if all(one.unit.document.id != other.unit.document.id for other in chosen):
            chosen.append(one)
    if context.question.want is Want.COUNT and len(chosen) == 1:
        return counted(chosen[0])
    lines: list[Line] = []
    for one in chosen[:4]:
        label = label_of(one.unit.document, [c.unit.document for c in chosen]) if len(chosen) > 1 else ""
        lines += whole(one.unit.document, one.unit.clause, label)
    return answered(
        lines,
        confidence=min(1.0, top.score),
        because=f"list {top.unit.document.id} {top.unit.clause.label}, score {top.score:.2f}",
    )


def wants_list(context: Context, document: Document, parent: Clause) -> bool:
    """Whether the lead-in answers as well as the item does, so that all items are meant."""
    if context.question.want not in _LISTING:
        return False
    lead = [s for s in context.ranked if s.unit.document.id == document.id and s.unit.clause.label == parent.label]
    items = [s for s in context.ranked if s.unit.document.id == document.id and s.unit.clause.parent == parent.label]
    if not lead or not items:
        return False
    plural = context.question.says(
        r"\b(?:list|all|what are|what were|which (?:\w+s)\b|what (?:\w+ ){0,2}\w+s\b|everything)"
    )
    return plural and lead[0].coverage >= items[0].coverage - 0.15

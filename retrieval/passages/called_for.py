"""What a finding calls for: the list after it that says what to provide, asked for by the finding."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.notice import Clause, ClauseKind, Document
from retrieval.context import Context
from retrieval.draft import Draft, answered
from retrieval.evidence.covering import Where, light, match
from retrieval.evidence.units import units
from retrieval.lookup import narrowed, whole
from retrieval.wants import Want
from retrieval.words import stem, stems

_PROVIDING = r"provide|submit|supply|send|include|furnish|produce|respond|reply|give|enclose"
_ASKED = re.compile(rf"\b(?:{_PROVIDING})(?:s|d|ed|ing)?\b|\bresponse\b", re.I)
_LEAD = re.compile(rf"\b(?:{_PROVIDING})\b[^.]{{0,80}}:\s*$", re.I)
_VERBS = frozenset(map(stem, [*_PROVIDING.split("|"), "response", "want", "need", "ask", "require", "must"]))
ENOUGH = 0.6  # share of the question's weighted words that the finding must have


@dataclass(frozen=True, slots=True)
class Called:
    """A list of what to provide, with the stems of the finding that it follows."""

    document: Document
    lead: Clause
    finding: Clause | None
    own: tuple[str, ...]


def called_for(context: Context) -> Draft | None:
    """ "What must the firm provide about violation 2", "… about untested components": that finding's list."""
    question = context.question
    if question.want not in (Want.LIST, Want.OPEN, Want.QUOTATION, Want.DEADLINE) or not _ASKED.search(question.text):
        return None
    lists = [one for document in context.scope.documents for one in _lists(document)]
    if question.references:
        places = {(d.id, c.label) for d, c in narrowed(context)}
        fitting = [one for one in lists if one.finding and (one.document.id, one.finding.label) in places]
        return _shown(fitting[0]) if len(fitting) == 1 else None
    topic = [t for t in question.topic if t.stem not in _VERBS]
    weights = {t.stem: context.knowledge.rarity.weight(t.stem) * light(t) for t in topic}
    if not sum(weights.values()) or len(lists) < 2:
        return None
    ranked = sorted(
        (sum(weights[t.stem] for t in topic if match(t, one.own, (), ()) is not Where.NOWHERE), -at)
        for at, one in enumerate(lists)
    )
    (second, _), (best, at) = ranked[-2:]
    if best < ENOUGH * sum(weights.values()) or best == second:
        return None
    return _shown(lists[-at])


def _lists(document: Document) -> list[Called]:
    found: list[Called] = []
    parents = {c.parent for c in document.clauses if c.parent}
    finding: Clause | None = None
    since = 0
    for clause in document.clauses:
        if clause.parent is not None:
            continue
        if clause.kind is ClauseKind.NUMBERED:
            finding, since = clause, clause.span.start
        lead = clause.span.of(document.text).split("\n")[0]
        if clause.label in parents and _LEAD.search(lead):
            own = tuple(s for u in units(document) if since <= u.span.start < clause.span.end for s in u.own)
            found.append(Called(document, clause, finding, own + stems(clause.heading or "")))
            since = clause.span.end
    return found


def _shown(one: Called) -> Draft:
    return answered(
        whole(one.document, one.lead), confidence=0.8, because=f"what {one.document.id} {one.lead.label} calls for"
    )

"""How a passage is shown: the list it is part of, or the sentence with what it points to and goes on to."""

from __future__ import annotations

from ingest.notice import ClauseKind
from retrieval.context import Context
from retrieval.counting import items_of
from retrieval.draft import Line, Quote, flat, sentence
from retrieval.evidence.scored import Scored
from retrieval.evidence.units import POINTS_BACK, Unit, units
from retrieval.findings import rest_of_the_finding
from retrieval.lookup import whole
from retrieval.passages.consequences import further_consequences
from retrieval.passages.enough import CLOSE
from retrieval.passages.lists import wants_list
from retrieval.passages.reasons import reason_beside, thing_before
from retrieval.wants import Want


def passage(context: Context, top: Scored, label: str = "") -> list[Line]:
    """A unit as it is best shown: the whole list where a list is asked for, the sentence otherwise."""
    document, clause = top.unit.document, top.unit.clause
    parent = document.clause(clause.parent) if clause.parent else None
    items = items_of(document, clause)
    if items:
        return whole(document, clause, label)
    if parent is not None and wants_list(context, document, parent):
        return whole(document, parent, label)
    before = _antecedent(top.unit) or thing_before(context, top.unit)
    follow = further_consequences(context, top.unit)
    if follow is None:
        going_on = rest_of_the_finding(context, top) or _continuation(context, top) or _pointing_on(context, top)
        follow = [one.unit for one in going_on]
    reason = reason_beside(top.unit) if context.question.want is Want.REASON else None
    told = [top.unit, *follow]
    if before:
        told.insert(0, before)
    if reason:
        told.insert(0 if reason.span.start < top.unit.span.start else len(told), reason)
    told = list({unit.key: unit for unit in told}.values())
    return [
        Line(sentence(flat(unit.text)), (Quote.of_unit(unit),), "" if at else label) for at, unit in enumerate(told)
    ]


def _antecedent(unit: Unit) -> Unit | None:
    """The sentence before, when the unit opens with a pronoun that stands for something in it."""
    if not POINTS_BACK.match(unit.text):
        return None
    everything = units(unit.document)
    at = next(i for i, other in enumerate(everything) if other.key == unit.key)
    if at == 0:
        return None
    before = everything[at - 1]
    near = before.clause.label == unit.clause.label or (
        before.clause.kind is ClauseKind.PROSE and unit.clause.kind is ClauseKind.PROSE
    )
    return before if near else None


def _pointing_on(context: Context, top: Scored) -> list[Scored]:
    """The next sentence of the clause, when it goes on about the same thing ("These meetings should …")."""
    if context.question.want not in (Want.OPEN, Want.LIST, Want.QUOTATION):
        return []
    everything = units(top.unit.document)
    at = next(i for i, other in enumerate(everything) if other.key == top.unit.key)
    after = everything[at + 1] if at + 1 < len(everything) else None
    if after is None or after.clause.label != top.unit.clause.label or not POINTS_BACK.match(after.text):
        return []
    return [context.ranking.score(after)]


def _continuation(context: Context, top: Scored) -> list[Scored]:
    """Other sentences of the same clause that score nearly as well."""
    same = [
        s
        for s in context.ranked[:12]
        if s.unit.document.id == top.unit.document.id
        and s.unit.clause.label == top.unit.clause.label
        and s.unit.key != top.unit.key
        and s.score >= top.score - CLOSE
    ]
    return same[:2] if top.unit.clause.kind is not ClauseKind.BLOCK else []

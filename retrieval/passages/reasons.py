"""Reasons: where the sentence that answers a "why" only states the thing, the one beside it that gives the reason."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.facts.dates import MONTH_NAMES
from retrieval.context import Context
from retrieval.evidence.scored import Scored
from retrieval.evidence.units import Unit, units
from retrieval.wants import Want

GIVES = re.compile(
    r"\b(?:because|due to|owing to|so that|which (?:mean[st]|is why)|as a result of"
    r"|(?:the|one|another|only) (?:cause|reason)|caused by|result(?:s|ed)? from|in order to|explained (?:that|this)"
    r"|for (?:\w+ )?reasons?|on (?:the )?grounds?|arising from|following (?:a|an|the|her|his|their|its)"
    r"|given (?:the|that|its|their|how)"
    rf"|since (?!then\b|the (?:\w+ )?(?:last|previous|\d{{4}})|\d|(?:{MONTH_NAMES}|early|late|mid)\b))",
    re.I,
)
# A sentence that asks for the thing, or recommends it.
_ASKS = re.compile(
    r"^\W*(?:\d+[.)]\s*)?(?:ensure|improve|increase|reduce|review|provide|include|evaluate|make sure"
    r"|strengthen|establish)\b|\b(?:should|must|recommends?)\b",
    re.I,
)
_BESIDE = 3  # sentences before or after, in the clause
_NEAR = 0.15  # behind the best sentence that another may be


def with_reason_first(context: Context, ranked: list[Scored]) -> list[Scored]:
    """The units, that first which gives a reason where the best only asks for the thing or has none beside it."""
    if context.question.want is not Want.REASON:
        return ranked
    best = ranked[0]
    if GIVES.search(best.unit.text):
        return [_joined(context, best), *ranked[1:]]
    asks = _ASKS.search(best.unit.text) is not None
    if not asks and reason_beside(best.unit):
        return ranked
    for one in ranked[1:]:
        if one.unit.document.id != best.unit.document.id or _ASKS.search(one.unit.text):
            continue
        gives = GIVES.search(one.unit.text) is not None
        whole = _joined(context, one) if gives else one
        near = one.score >= best.score - _NEAR and one.coverage >= best.coverage - 0.1
        if (gives and whole.coverage >= best.coverage - 0.02) or (asks and near and reason_beside(one.unit)):
            return [whole, *(s for s in ranked if s is not one)]
    return ranked


def reason_beside(unit: Unit) -> Unit | None:
    """The nearest sentence of the clause that gives a reason, where the unit has none."""
    if GIVES.search(unit.text):
        return None
    own = [u for u in units(unit.document) if u.clause.label == unit.clause.label]
    at = next((i for i, other in enumerate(own) if other.key == unit.key), None)
    if at is None:
        return None
    near = sorted((abs(i - at), i < at, i) for i, other in enumerate(own) if i != at and GIVES.search(other.text))
    return own[near[0][2]] if near and near[0][0] <= _BESIDE else None


def thing_before(context: Context, unit: Unit) -> Unit | None:
    """The sentence before one that gives a reason, when it has words of the question that the reason lacks."""
    if context.question.want is not Want.REASON or not GIVES.search(unit.text):
        return None
    own = [u for u in units(unit.document) if u.clause.label == unit.clause.label]
    at = next((i for i, other in enumerate(own) if other.key == unit.key), 0)
    if not at:
        return None
    before = own[at - 1]
    gained = set(context.ranking.score(unit).missing) - set(context.ranking.score(_together(before, unit)).missing)
    return before if gained else None


def _joined(context: Context, scored: Scored) -> Scored:
    """A reason scored with the sentence before it, where that tells what it is the reason for."""
    before = thing_before(context, scored.unit)
    if before is None:
        return scored
    together = context.ranking.score(_together(before, scored.unit))
    return replace(together, unit=scored.unit, score=max(scored.score, together.score))


def _together(before: Unit, unit: Unit) -> Unit:
    return replace(unit, own=(*before.own, *unit.own))

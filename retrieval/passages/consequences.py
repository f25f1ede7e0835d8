"""Consequences: what may follow where a thing is not put right, which is said in a sentence of its own."""

from __future__ import annotations

import re

from retrieval.context import Context
from retrieval.evidence.scored import Scored
from retrieval.evidence.units import Unit, units
from retrieval.passages.sections import about
from retrieval.words import stem

_ASKS = re.compile(
    r"\bwhat (?:may|might|can|could|will|would) (?:happen|follow)\b|\bwhat (?:else )?happens\b|\bconsequences?\b"
    r"|\bwhat if\b"
    r"|\bwhat (?:\w+ ){0,2}?(?:may|might|can|could|will|would) .{2,60}\b(?:do|take|face|use)\b.*\b(?:if|unless)\b",
    re.I,
)
_SAYS = re.compile(
    r"\b(?:failure|fails?|if|should|unless|unresolved|not)\b.*\b(?:may|could|can|might|will|would)\b"
    r"|\b(?:may|could|can|might|will|would)\b.*\b(?:failure|fails?|if|unless|not)\b",
    re.I | re.S,
)
_ACTS = re.compile(
    r"\b(?:legal action|(?:regulatory|further|formal|enforcement) action|enforcement|powers?|penalt\w+|seiz\w+"
    r"|injunction|aggravating|prosecut\w+|fined?|direct(?:ion|ed)?|revok\w+|suspen\w+|appoint\w*"
    r"|without (?:further )?notice|interven\w+|withdraw\w*|refus\w+|court)\b",
    re.I,
)
# What has gone wrong, in whatever words.
_GENERIC = frozenset(
    stem(word)
    for word in (
        "fix fixed correct correction corrected put right violation comply compliance improve improvement address act "
        "action respond response do done matter happen fail failure meet requirement direction notice letter problem "
        "issue thing deal deliver prompt promptly progress resolve remedy breach infringement infringements "
        "change recommendation not sort follow carry out up miss deadline target time late plan ignore refuse "
        "doesnt dosent dont wont"
    ).split()
)


def consequence(context: Context) -> Scored | None:
    """The best sentence that says what may follow, when a question asks just that.

    None where sentences of several documents do, or where the question tells of a failure that none of them has.
    """
    if not _ASKS.search(context.question.text):
        return None
    known = frozenset(word for d in context.scope.documents for word in about(d))
    told = [s for s in context.ranked if says_consequence(s.unit) and not _specific(s, known)]
    return told[0] if told and len({s.unit.document.id for s in told}) == 1 else None


def says_consequence(unit: Unit) -> bool:
    """Whether a sentence says what may be done about a failure."""
    return bool(_SAYS.search(unit.text) and _ACTS.search(unit.text))


def further_consequences(context: Context, unit: Unit) -> list[Unit] | None:
    """The next sentences of the clause that say what may follow too; None where that is not asked or not said."""
    if not _ASKS.search(context.question.text) or not says_consequence(unit):
        return None
    found: list[Unit] = []
    for other in units(unit.document):
        if other.clause.label == unit.clause.label and other.span.start >= unit.span.end:
            if not re.search(r"\b(?:may|could|can|might|will|would) also\b", other.text):
                break
            found.append(other)
    return found


def _specific(scored: Scored, known: frozenset[str]) -> bool:
    """Whether the sentence lacks a word of the question that tells of one certain failure."""
    return any(s not in _GENERIC and s not in known for word in scored.missing for s in (stem(w) for w in word.split()))

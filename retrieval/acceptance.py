"""Is the best sentence the answer, or do the documents not say?  A calibrated probability decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from retrieval.evidence.scored import Scored
from retrieval.features import acceptance_weights


class Evidence(NamedTuple):
    """What speaks for the best unit's being the answer at all."""

    exact: float
    close: float
    around: float
    absent: float  # share of words that no document has
    lost: float  # share of the question's weighted words that nothing covers
    dense: float
    lead: float  # of its score over the best of another clause of the same document
    compact: float
    typed: float
    untyped: float  # a kind of value is wanted, and it holds none
    named: float
    date: float
    words: float  # words of the topic that nothing covers, up to 8, as a share of 8
    elsewhere: float  # share of those words that no sentence in scope covers
    asked: float  # words of the topic, up to 8, as a share of 8: the more, the more there is to miss
    soft: float
    learned: float
    weakest: float
    far: float  # words that nothing covers, by their distance from any word of it


def evidence_of(ranked: Sequence[Scored]) -> Evidence:
    """The evidence for the first of `ranked` (which is not empty)."""
    best = ranked[0]
    f = best.features
    rival = next(
        (
            s
            for s in ranked[1:]
            if s.unit.document.id == best.unit.document.id and s.unit.clause.label != best.unit.clause.label
        ),
        None,
    )
    nowhere = set(best.missing).intersection(*(s.missing for s in ranked[1:])) if best.missing else set()
    lost = max(0.0, 1.0 - f.exact - f.close - f.around - f.about)
    return Evidence(
        exact=f.exact,
        close=f.close,
        around=f.around,
        absent=f.absent,
        lost=lost,
        dense=f.dense,
        lead=best.score - rival.score if rival else 0.5,
        compact=f.compact,
        typed=f.typed,
        untyped=float(f.typed == 0.0),
        named=f.named,
        date=f.date,
        words=min(8, len(best.missing)) / 8,
        elsewhere=len(nowhere) / len(best.missing) if best.missing else 0.0,
        asked=min(8, best.asked) / 8,
        soft=f.soft,
        learned=f.learned,
        weakest=f.weakest,
        far=best.far,
    )


def probability(ranked: Sequence[Scored]) -> float:
    """How likely the best unit is to answer, 0..1."""
    return acceptance_weights().probability(evidence_of(ranked)) if ranked else 0.0

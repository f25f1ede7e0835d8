"""Reading: the sentences that answer when no single fact does, and lists with all their items."""

from __future__ import annotations

import re

from retrieval.acceptance import probability
from retrieval.context import Context
from retrieval.draft import Draft, Line, answered
from retrieval.evidence.dates import dates_of
from retrieval.evidence.scored import Scored
from retrieval.evidence.units import Unit
from retrieval.findings import by_clause
from retrieval.labels import label_of
from retrieval.passages.consequences import consequence
from retrieval.passages.contents import listed_contents
from retrieval.passages.enough import CLOSE, good_enough
from retrieval.passages.headed import numbered_findings, under_heading
from retrieval.passages.lists import whole_list
from retrieval.passages.reasons import with_reason_first
from retrieval.passages.shown import passage
from retrieval.wants import Want


def answer_passage(context: Context) -> Draft | None:
    """The best sentence of each document that answers, or the whole list when the best is one or an item of one."""
    ranked = context.ranked
    if not ranked:
        return None
    ranked = by_clause(context, _with_the_day(context, _with_the_numbers(context, ranked)))
    ranked = with_reason_first(context, ranked)
    best = ranked[0]
    if listed := listed_contents(context) or under_heading(context) or numbered_findings(context):
        return listed
    if listed := whole_list(context, best):
        return listed
    if follows := consequence(context):
        return _read(context, [follows], probability(ranked))
    if not good_enough(context, best):
        return None
    tops: list[Scored] = []
    for one in ranked:
        if one.score < best.score - CLOSE or len(tops) >= 6:
            break
        if all(one.unit.document.id != top.unit.document.id for top in tops) and speaks_alike(
            best.unit, one.unit, best.score - one.score
        ):
            tops.append(one)
    return _read(context, tops, probability(ranked))


def _read(context: Context, tops: list[Scored], confidence: float) -> Draft:
    """The best sentence of each document as it is best shown, the newest document first."""
    best = tops[0]
    lines: list[Line] = []
    several = len(tops) > 1
    for top in (
        sorted(tops, key=lambda t: -(t.unit.document.issued_on.toordinal() if t.unit.document.issued_on else 0))
        if several
        else tops
    ):
        label = label_of(top.unit.document, [t.unit.document for t in tops]) if several else ""
        lines += passage(context, top, label)
    return answered(
        lines,
        confidence=confidence,
        because=f"sentence in {best.unit.document.id} {best.unit.clause.label}, "
        f"score {best.score:.2f}, coverage {best.coverage:.2f}",
    )


def _with_the_numbers(context: Context, ranked: list[Scored]) -> list[Scored]:
    """The units that have the numbers of the question ("over 21"), where any has: without them none answers."""
    numbers = {t.word for t in context.question.topic if t.word.isdigit()}
    if not numbers or not numbers & set(ranked[0].missing):
        return ranked
    return [s for s in ranked if not numbers & set(s.missing) and s.coverage >= 0.4] or ranked


def _with_the_day(context: Context, ranked: list[Scored]) -> list[Scored]:
    """The units that have the day which the question names, where few have it and it is not the paper's own."""
    question = context.question
    own = {d.issued_on.isoformat() for d in context.scope.documents if d.issued_on}
    days = {d.iso for d in question.dates if _DAY.fullmatch(d.iso)} - {d.iso for d in question.paper_dates} - own
    if len(days) != 1 or question.want is Want.YES_NO:
        return ranked
    kept = [s for s in ranked if days & {m.iso for m in dates_of(s.unit.text)}]
    return kept if 0 < len(kept) <= _FEW else ranked


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FEW = 4  # units that have a day which tells them apart


def speaks_alike(best: Unit, other: Unit, behind: float) -> bool:
    """Whether another document's sentence may stand beside the best: a near-copy, or as good."""
    a, b = set(best.own), set(other.own)
    return behind <= 0.02 or len(a & b) >= 0.5 * len(a | b)

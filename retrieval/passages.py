"""Reading: the sentences that answer when no single fact does, and lists with all their items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.names import shown_core
from ingest.notice import Clause, ClauseKind, Document
from retrieval.acceptance import probability
from retrieval.context import Context
from retrieval.counting import counted, items_of
from retrieval.draft import Draft, Line, Quote, answered, flat, sentence
from retrieval.evidence.cues import LISTED
from retrieval.evidence.scored import Scored
from retrieval.evidence.units import POINTS_BACK, Unit, units
from retrieval.findings import by_clause, rest_of_the_finding, under_heading
from retrieval.kinds import covers
from retrieval.labels import label_of
from retrieval.lookup import whole
from retrieval.references import ORDINALS
from retrieval.scope.named import like_subjects
from retrieval.wants import Want
from retrieval.words import contains, fold, stem, stems, thesaurus

LIKELY = 0.1  # below this the documents do not say
ENOUGH = 0.5
CLOSE = 0.07
_LISTING = frozenset({Want.LIST, Want.OPEN, Want.COUNT, Want.REASON, Want.CHANGE, Want.SUMMARY, Want.DUE})


_FOCUS = re.compile(
    r"\b(?:what|which|whose|how many|how much)\s+((?:[\w'’-]+\s+){0,2}?[\w'’-]+)\s+"
    r"(?:is|are|was|were|does|do|did|has|have|had|can|could|must|should|will|would|may|might|in|of|on|at|for|to|get|got|used|comes?)\b",
    re.I,
)


_WHO_DOES = re.compile(r"\bwho(?:m)?\s+(?:\w+ly\s+|also\s+)?([a-z'’-]{3,})", re.I)
_GRADE = re.compile(
    r"\b(?:judged|rated|graded|found|deemed|considered)(?: (?:to be|as))? [\"'“‘]?"
    r"(outstanding|good|inadequate|adequate|excellent|satisfactory|unsatisfactory|requires improvement)\b",
    re.I,
)


# The first word of what is counted, and its noun: "subject access requests".
_COUNTED = re.compile(
    r"\bhow many ([\w'’-]+)(?: (?:[\w'’-]+ ){0,2}?([\w'’-]+s))?"
    r"(?= (?:is|are|was|were|do|does|did|has|have|had|can|could|must|will|would|in|at|of|on|to|by|from)\b)",
    re.I,
)


def good_enough(context: Context, best: Scored) -> bool:
    """Whether a unit is likely enough to answer.

    A number, an ordinal, the thing asked for ("which hospital") and a body that nothing covers are never overlooked.
    """
    if any(any(ch.isdigit() for ch in word) or word in ORDINALS for word in best.missing):
        return False
    if any(
        not contains((*best.unit.own, *best.unit.context), stems(shown_core(name.shown)))
        for name in like_subjects(context.question, context.knowledge)
    ):
        return False
    if best.dense < 0.55 and (focus := _FOCUS.search(context.question.text)):
        asked = [t for t in context.question.topic if t.stem in stems(focus[1])]
        if asked and all(t.word in best.missing and context.knowledge.rarity.is_absent(t.stem) for t in asked):
            return False
    if context.question.want is Want.COUNT and best.dense < 0.7:
        if best.coverage < 0.3 and context.question.topic:
            return False
        counted_noun = _COUNTED.search(context.question.text)
        if counted_noun and any(
            stem(word) in map(stem, best.missing) for word in (counted_noun[1], counted_noun[2] or "") if word
        ):
            return False
    if context.question.want is Want.REASON and (grade := _GRADE.search(context.question.text)):
        if fold(grade[1]) not in fold(best.unit.text):
            return False
    if best.coverage < 0.1 and best.dense < 0.62 and context.question.topic:
        return False
    question = context.question
    if not (question.terms or question.names.mentions or question.dates):
        return False
    if best.dense < 0.55 and lost_everywhere(context) > 0.6:
        return False
    if best.dense < 0.6 and context.question.subjects and told_of_others(context):
        return False
    doing = _WHO_DOES.search(context.question.text)
    if doing and best.dense < 0.6 and any(stem(doing[1]) == stem(word) for word in best.missing):
        return False
    if predicate_lost(context, best.missing) and best.dense < 0.7:
        return False
    others = [s for s in context.ranked if s.unit.key != best.unit.key]
    return probability([best, *others]) >= LIKELY


def told_of_others(context: Context) -> bool:
    """Whether the question has a word, or its close one, that other documents have and those of its subject lack."""
    rarity = context.knowledge.rarity
    return any(
        not rarity.is_absent(t.stem) or any(not rarity.is_absent(" ".join(r)) for r in thesaurus().of(t.stem))
        for t in context.question.topic
        if t.word in context.lost and not covers("date", t.stem)
    )


def lost_everywhere(context: Context) -> float:
    """Share of the topic's words that no sentence in scope covers, 0..1."""
    topic = context.question.topic
    return sum(t.word in context.lost for t in topic) / len(topic) if len(topic) > 2 else 0.0


def predicate_lost(context: Context, missing: Sequence[str]) -> bool:
    """Whether the last word of a "when" or "why", which is what happened ("was approved"), is in no document."""
    topic = context.question.topic
    if not topic or context.question.want not in (Want.DATE, Want.DEADLINE, Want.REASON):
        return False
    return topic[-1].word in missing and (
        context.knowledge.rarity.is_absent(topic[-1].stem) or context.question.want is not Want.REASON
    )


def answer_passage(context: Context) -> Draft | None:
    """The best sentence of each document that answers, or the whole list when the best is one or an item of one."""
    ranked = context.ranked
    if not ranked:
        return None
    ranked = by_clause(context, _with_the_numbers(context, ranked))
    best = ranked[0]
    if under := under_heading(context):
        return under
    if whole_list := _list(context, best):
        return whole_list
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
        confidence=probability(ranked),
        because=f"sentence in {best.unit.document.id} {best.unit.clause.label}, "
        f"score {best.score:.2f}, coverage {best.coverage:.2f}",
    )


def _with_the_numbers(context: Context, ranked: list[Scored]) -> list[Scored]:
    """The units that have the numbers of the question ("over 21"), where any has: without them none answers."""
    numbers = {t.word for t in context.question.topic if t.word.isdigit()}
    if not numbers or not numbers & set(ranked[0].missing):
        return ranked
    return [s for s in ranked if not numbers & set(s.missing) and s.coverage >= 0.4] or ranked


def speaks_alike(best: Unit, other: Unit, behind: float) -> bool:
    """Whether another document's sentence may stand beside the best: a near-copy, or as good."""
    a, b = set(best.own), set(other.own)
    return behind <= 0.02 or len(a & b) >= 0.5 * len(a | b)


def passage(context: Context, top: Scored, label: str = "") -> list[Line]:
    """A unit as it is best shown: the whole list where a list is asked for, the sentence otherwise."""
    document, clause = top.unit.document, top.unit.clause
    parent = document.clause(clause.parent) if clause.parent else None
    items = items_of(document, clause)
    if items:
        return whole(document, clause, label)
    if parent is not None and wants_list(context, document, parent):
        return whole(document, parent, label)
    quote = Quote.of_unit(top.unit)
    before = _antecedent(top.unit)
    lines = [Line(sentence(before.text), (Quote.of_unit(before),), label)] if before else []
    lines.append(Line(sentence(flat(top.unit.text)), (quote,), "" if before else label))
    follow = rest_of_the_finding(context, top) or _continuation(context, top) or _pointing_on(context, top)
    return lines + [Line(sentence(flat(one.unit.text)), (Quote.of_unit(one.unit),)) for one in follow]


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


# Words that ask for a list whatever answers best.
_LISTS = re.compile(
    r"\b(?:list|all|every|each|everything|what are|what were|which \w+s"
    r"|what (?:\w+ )?\w+s (?:is|are|was|were|must|should|may|can|will))\b",
    re.I,
)


def _list(context: Context, best: Scored) -> Draft | None:
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
            joined = Unit(document, unit.clause, unit.span, (*unit.own, *together), unit.context, unit.about)
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

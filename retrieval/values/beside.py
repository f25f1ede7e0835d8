"""The law that a clause cites, asked for by what another sentence of it tells, or by the lead-in of a list of laws."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.facts.law import find_law
from ingest.notice import Clause, Document, Fact
from retrieval import phrase
from retrieval.context import Context
from retrieval.counting import items_of
from retrieval.draft import Draft, Line, Quote, answered, sentence
from retrieval.evidence.covering import Where, match
from retrieval.evidence.scored import Scored
from retrieval.kinds import words_of
from retrieval.lookup import whole
from retrieval.wants import Want
from retrieval.words import stems

READ = 3  # best sentences whose clauses are looked through
LIKELY = 0.12  # probability from which the best sentence tells what is meant


_SEVERAL = re.compile(r"\b(?:sections|articles|provisions|regulations|laws|acts|rules|powers)\b", re.I)
MOSTLY = 0.6  # share of a list's items that cite law, where the list is of laws


def answer_laws_listed(context: Context) -> Draft | None:
    """ "Which sections did it infringe": the whole list whose lead-in says so and whose items cite law."""
    question = context.question
    if question.want is not Want.LEGAL or not _SEVERAL.search(question.text):
        return None
    topic = [t for t in question.topic if t.stem not in words_of("legal_basis")]
    found: list[tuple[int, Document, Clause]] = []
    for document in context.scope.documents:
        for clause in document.clauses:
            items = items_of(document, clause)
            citing = [c for c in items if find_law(c.span.of(document.text))]
            if len(citing) < 2 or len(citing) < MOSTLY * len(items):
                continue
            lead = stems(document.text[clause.span.start : items[0].span.start])
            met = sum(match(t, lead, (), ()) is not Where.NOWHERE for t in topic)
            if met:
                found.append((met, document, clause))
    most = max((met for met, _, _ in found), default=0)
    best = [(document, clause) for met, document, clause in found if met == most]
    if len({document.id for document, _ in best}) != 1:
        return None
    lines = [line for document, clause in best for line in whole(document, clause)]
    return answered(lines, confidence=0.8, because=f"the laws listed in {best[0][0].id} {best[0][1].label}")


def answer_law_beside(context: Context) -> Draft | None:
    """ "Which Act does the support fall short of": the support in one sentence, the Act in the next."""
    if context.question.want is not Want.LEGAL:
        return None
    asked = tuple(t for t in context.question.terms if t.stem not in words_of("legal_basis"))
    context = context.asking(replace(context.question, terms=asked))
    if not context.question.topic or context.probability < LIKELY:
        return None
    best = context.ranked[0]
    for one in context.ranked[:READ]:
        if one.unit.document.id == best.unit.document.id and (facts := _cited_beside(one)):
            document = one.unit.document
            lines = [
                Line(phrase.of_sentence(document, fact.span, fact.value_span), (Quote.of_fact(document, fact),))
                for fact in facts
            ]
            lines.append(Line(sentence(one.unit.text), (Quote.of_unit(one.unit),)))
            return answered(
                lines,
                value=facts[0].value if len(facts) == 1 else None,
                confidence=context.probability,
                because=f"what {document.id} {one.unit.clause.label} cites",
            )
    return None


def _cited_beside(one: Scored) -> list[Fact]:
    """What the nearest sentence of the same clause that cites any law cites."""
    own = one.unit
    facts = [f for f in own.document.facts if f.kind == "legal_basis" and _within(own.document, f, own.clause.label)]
    nearest = min(facts, key=lambda fact: _apart(fact, one), default=None)
    return [f for f in facts if nearest is not None and f.span == nearest.span]


def _within(document: Document, fact: Fact, label: str) -> bool:
    clause = document.clause(fact.clause)
    return fact.clause == label or (clause is not None and clause.parent == label)


def _apart(fact: Fact, one: Scored) -> int:
    """Characters between the fact's sentence and this one, 0 where they are one."""
    return max(0, fact.span.start - one.unit.span.end, one.unit.span.start - fact.span.end)

"""Which documents a question is about: its names first, then how it tells of the paper meant."""

from __future__ import annotations

from dataclasses import replace

from retrieval.draft import Draft
from retrieval.knowledge import Knowledge
from retrieval.question import Question
from retrieval.scope.named import by_name
from retrieval.scope.premises import (
    missing_date,
    missing_issuer,
    missing_judgement,
    missing_kind,
    missing_person,
    never_met,
    unknown_name,
)
from retrieval.scope.scope import Scope
from retrieval.scope.told import by_date, by_description, by_person


def choose(question: Question, knowledge: Knowledge) -> Scope | Draft:
    """The scope of a question, or the `not_found` that its names already decide."""
    if unknown := unknown_name(question, knowledge):
        return unknown
    scope = by_name(question, knowledge)
    question = of_the_kinds_there(question, scope)
    scope = replace(scope, question=question)
    missing = (
        missing_kind(question, scope)
        or missing_person(question, scope)
        or missing_issuer(question, scope, knowledge)
        or never_met(question, knowledge)
        or missing_judgement(question, scope, knowledge)
    )
    if missing:
        return missing
    scope = by_person(by_description(question, scope))
    return missing_date(question, scope) or by_date(question, scope)


def of_the_kinds_there(question: Question, scope: Scope) -> Question:
    """ "The letter" is a warning letter where the documents in scope have no plainer one."""
    there = {d.kind for d in scope.documents}
    kinds = {
        kind: frozenset({kind}) if kind in there else frozenset(k for k in there if k.endswith(f" {kind}"))
        for kind in question.kinds
    }
    return replace(question, kinds=frozenset().union(*(found or {kind} for kind, found in kinds.items())))

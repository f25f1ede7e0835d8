"""The search for one question made whole: its documents are chosen, and the ways to answer tried in turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ingest.notice import ClauseKind
from retrieval.answer import Status
from retrieval.apart import answer_apart, of_every_subject
from retrieval.context import Context
from retrieval.draft import Draft, answered
from retrieval.fitting import as_role
from retrieval.followup import Filled
from retrieval.inside import another_value, within
from retrieval.knowledge import Knowledge
from retrieval.nearby import bonuses
from retrieval.nothing import nothing
from retrieval.parts import side_by_side
from retrieval.passages.shown import passage
from retrieval.question import Question
from retrieval.scope import choose
from retrieval.stages import Stage, reached
from retrieval.statutes import without_statutes
from retrieval.strategies import OF_SEVERAL, Strategy, strategies
from retrieval.wants import Want
from retrieval.yes_no import undecided


def answer_each(filled: Filled, knowledge: Knowledge, today: date) -> Draft:
    """A follow-up that stands for several questions is answered one by one."""
    if not filled.each:
        return answer_filled(filled, knowledge, today)
    return side_by_side([answer_filled(Filled(question), knowledge, today) for question in filled.each])


def answer_filled(filled: Filled, knowledge: Knowledge, today: date) -> Draft:
    """The answer to one question; one that asks a thing of several subjects is asked of each, where that says more."""
    draft, strategy = _answer_at_once(filled, knowledge, today)
    question = filled.question
    told = question.described and question.subjects and not (question.references or question.paper_dates)
    if draft.status is Status.NOT_FOUND and told:
        wider = _answer_at_once(replace(filled, question=_of_no_paper(question)), knowledge, today)
        if wider[0].status is Status.ANSWERED and wider[0].confidence >= _SURELY:
            draft, strategy = wider
    if len(question.subjects) < 2 or filled.whole or any(term.borrowed for term in question.terms):
        return draft
    if strategy in OF_SEVERAL and of_every_subject(question, draft):
        return draft
    apart = answer_apart(
        question,
        knowledge,
        lambda alone: _answer_at_once(Filled(alone), knowledge, today)[0],
        lambda alone: _nearest(alone, knowledge),
    )
    return draft if apart is None else apart


def _answer_at_once(filled: Filled, knowledge: Knowledge, today: date) -> tuple[Draft, Strategy | None]:
    """The first strategy's answer and that strategy; None where none answers."""
    reached(Stage.SEARCHING)
    scope = choose(filled.question, knowledge)
    if isinstance(scope, Draft):
        return scope, None
    if filled.documents:
        kept = tuple(d for d in scope.documents if d.id in filled.documents)
        scope = replace(scope, documents=kept, why=f"{scope.why}, as cited last", narrowed=True) if kept else scope
    near = frozenset() if _of_the_paper(filled.question) else filled.near
    context = Context(
        without_statutes(as_role(scope.question), scope),
        knowledge,
        scope,
        bonuses(near, scope.documents, pointing=filled.pointing),
    )
    if filled.whole and filled.documents and (draft := _in_what_was_cited(context, filled)):
        return draft, None
    if filled.joined and filled.pointing and (draft := _beside_what_was_given(context, filled)):
        return draft, None
    for strategy in strategies(context, today):
        reached(Stage.SEARCHING)
        draft = strategy(context)
        if draft is not None:
            return draft.led_by(scope.why), strategy
    return nothing(context), None


def _of_no_paper(question: Question) -> Question:
    """The question with "the draft plan" as a thing that papers speak of, rather than as the paper meant."""
    terms = tuple(replace(term, paper=False) for term in (*question.described, *question.terms))
    return replace(question, described=(), terms=terms, kinds=frozenset())


def _beside_what_was_given(context: Context, filled: Filled) -> Draft | None:
    """ "How many came, and how many were answered in time": another value of the clause that gave the first.

    Of one row of a table ("what was the result, and was it released") nothing but that row is asked.
    """
    places = [(d, c) for d in context.scope.documents for c in d.clauses if (d.id, c.label) in filled.near]
    want = context.question.want
    if want in (Want.COUNT, Want.DATE, Want.DEADLINE) and filled.given:
        return another_value(context, places, filled.given)
    if want is Want.YES_NO and len(places) == 1 and places[0][1].kind is ClauseKind.ROW:
        return within(context, places) or undecided(context.within(()))
    return None


_SURELY = 0.6  # confidence from which a plan that is named like a paper is taken for a thing that papers speak of
_NEAR = 0.6  # share of the question that a sentence must cover, where it is another subject that is surely answered


def _nearest(question: Question, knowledge: Knowledge) -> Draft | None:
    """The best sentence on an open question, less sure than one that answers by itself; None where it is far off."""
    scope = choose(question, knowledge)
    if isinstance(scope, Draft) or question.want is not Want.OPEN:
        return None
    context = Context(scope.question, knowledge, scope)
    if not context.ranked or context.ranked[0].coverage < _NEAR:
        return None
    return answered(passage(context, context.ranked[0]), confidence=context.probability, because="the nearest sentence")


def _of_the_paper(question: Question) -> bool:
    """ "Why was that notice given" asks of the paper, not of what was cited of it last."""
    return question.want is Want.REASON and bool(question.kinds) and not question.topic


def _in_what_was_cited(context: Context, filled: Filled) -> Draft | None:
    """A bare "since when?" is answered from the clauses cited last, where they have it."""
    places = [(d, c) for d in context.scope.documents for c in d.clauses if (d.id, c.label) in filled.near]
    return within(context, places) if context.question.want is not Want.YES_NO else None

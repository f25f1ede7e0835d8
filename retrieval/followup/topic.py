"""What a pronoun stands for, and what an elliptic question asks, in words of the question before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.notice import Document
from retrieval.conversation import Turn
from retrieval.evidence.units import Unit, units
from retrieval.followup.forms import ELLIPTIC
from retrieval.kinds import OF_THE_DOCUMENT, picked
from retrieval.knowledge import Knowledge
from retrieval.question import Question, Term
from retrieval.wants import KINDS, Want
from retrieval.words import stem, stems

_FAILING = re.compile(
    r"\bif\b.*\b(?:not|\w+n't|fails?|miss(?:es|ed)?|late|ignores?|refuses?|breach\w*|cannot|overruns?)", re.I
)
_EMPTY = frozenset(stem(w) for w in "else one ones others two three figure number thing".split())
BORROWED = 3  # words of the last question that a pronoun may stand for


def asked_as_before(question: Question, last: Turn) -> Question:
    """ "And the alarms?" asks of them what was asked before: by when, how often, how much."""
    if (
        question.wants == (Want.OPEN,)
        and ELLIPTIC.search(question.text)
        and question.topic
        and last.question.want in KINDS
        and last.question.want is not Want.PERSON
    ):
        return question.wanting(*last.question.wants)
    if question.want is Want.CONSEQUENCE and _FAILING.search(question.text):
        failing = (Term("fail", stem("fail")), Term("comply", stem("comply")))
        return replace(question, terms=failing, behind="fails to comply")
    return question


def with_topic(question: Question, last: Turn, knowledge: Knowledge) -> Question:
    """What a pronoun stands for: words of the last question that the clauses cited for it have."""
    own = [t for t in question.topic if t.stem not in _EMPTY]
    if len(own) > 2 or question.want is Want.CONSEQUENCE:
        return question
    if any(kind in OF_THE_DOCUMENT for kind in picked(question.text)):
        return question
    held = {s for unit in units_of(last.clauses, knowledge.documents) for s in (*unit.own, *unit.context)}
    mine = {t.stem for t in question.terms} | {s for m in last.question.names.mentions for s in stems(m.name.shown)}
    words = [t for t in last.question.topic if t.stem in held and t.stem not in mine][:BORROWED]
    if not words:
        return replace(question, terms=tuple(t for t in question.terms if t.stem not in _EMPTY))
    return replace(
        question,
        terms=(
            *(t for t in question.terms if t.stem not in _EMPTY),
            *(replace(t, borrowed=True) for t in words),
        ),
        behind=" ".join(t.word for t in words),
    )


def units_of(clauses: Iterable[tuple[str, str]], documents: Iterable[Document]) -> list[Unit]:
    wanted = set(clauses)
    ids = {document for document, _ in wanted}
    return [u for d in documents if d.id in ids for u in units(d) if (d.id, u.clause.label) in wanted]

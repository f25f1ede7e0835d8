"""What an aggregate runs over: the documents meant, and the question without the words that only count."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.notice import Document
from retrieval.context import Context
from retrieval.due import period_of
from retrieval.evidence.units import words_in
from retrieval.question import Question
from retrieval.references import NUMBER_WORDS
from retrieval.wants import Want
from retrieval.words import fold, stem

_NUMBERED = re.compile(
    r"\b(?:all|the|these|those|of|our) (?:other )?(?:two|three|four|five|six|seven|eight|nine|ten)\b", re.I
)
_NUMBERS = frozenset(stem(w) for w in "two three four five six seven eight nine ten".split())
_ALL_OF = re.compile(r"\b(?:all|the|these|those) (two|three|four|five|six|seven|eight|nine|ten)\b", re.I)
_COUNTING = frozenset(
    stem(w)
    for w in "first last earliest latest newest oldest soonest most "
    "three's same share shared one "
    "different differ compare number each every list demand demands require requires contain contains include includes "
    "organisations other fall falls falling recent recently current longest shortest longer shorter earlier later "
    "sooner time".split()
)


def without_counting(question: Question) -> Question:
    """The question without the words that only say how to put the rows together."""
    dropped = _COUNTING | _NUMBERS if _NUMBERED.search(question.text) else _COUNTING
    return replace(question, terms=tuple(t for t in question.terms if t.stem not in dropped))


_THEN = re.compile(
    r"\b(?:(?:at|by) the (?:end|start|beginning) of|as (?:at|of)|at|by|in force (?:on|in)|before)\s*(?:the )?$", re.I
)


def as_at(context: Context) -> Context:
    """ "Which council was on notice at the end of 2020": the documents issued by then, and nothing else is asked."""
    question = context.question
    if question.topic or len(question.dates) != 1 or question.want in (Want.DEADLINE, Want.DUE):
        return context
    asked = question.dates[0]
    days = period_of(asked.iso)
    if days is None or not _THEN.search(question.text[: asked.span.start]):
        return context
    early = re.search(r"\b(?:start|beginning|before)\b", question.text[: asked.span.start], re.I)
    then = days[0] if early else days[1]
    kept = [d for d in context.scope.documents if d.issued_on is not None and d.issued_on <= then]
    return context.asking(replace(question, dates=())).within(kept)


def documents_meant(context: Context) -> tuple[Document, ...]:
    scope = context.scope
    if not context.question.kinds and (asked := _ALL_OF.search(context.question.text)):
        number = NUMBER_WORDS.get(asked[1].casefold(), 0)
        kinds = [k for k in {d.kind for d in scope.documents} if sum(d.kind == k for d in scope.documents) == number]
        if len(kinds) == 1:
            return scope.of_kinds(frozenset(kinds)).documents
    if context.question.kinds:
        meant = scope.of_kinds(context.question.kinds).documents
        return _with_those_that_tell_of_one(context, meant)
    return scope.documents


def _with_those_that_tell_of_one(context: Context, meant: tuple[Document, ...]) -> tuple[Document, ...]:
    """ "The three reprimands": where fewer are here, papers that give one (news of it) make up the number asked for."""
    asked = _ALL_OF.search(context.question.text)
    number = NUMBER_WORDS.get(asked[1].casefold(), 0) if asked else 0
    kinds = context.question.kinds
    giving = tuple(
        d
        for d in context.scope.documents
        if d in meant or any(f.kind == "judgement" and fold(f.value) in kinds for f in d.facts)
    )
    return giving if len(meant) < number == len(giving) else meant


def over(context: Context, documents: tuple[Document, ...]) -> Context:
    """The question over the documents meant: of their kinds, without words that describe them and none of them has."""
    question = context.question
    if not question.kinds or len(documents) < 2:
        return context.within(documents)
    unsaid = {t.stem for t in question.described if not any(t.stem in words_in(d) for d in documents)}
    return context.asking(
        replace(
            question,
            kinds=frozenset(d.kind for d in documents),
            terms=tuple(t for t in question.terms if t.stem not in unsaid),
        )
    ).within(documents)

"""Value questions: a fact of the register, chosen by what is asked, where none answers better in words."""

from __future__ import annotations

from retrieval.coming import looks_back
from retrieval.context import Context
from retrieval.draft import Draft
from retrieval.kinds import OF_THE_DOCUMENT, covers, picked, words_of
from retrieval.references import ORDINALS
from retrieval.values.group import group
from retrieval.values.lines import draft_of
from retrieval.values.match import Match
from retrieval.values.matches import matches
from retrieval.wants import Want

CERTAIN = 0.95  # a fact this good is what is meant, however well another clause has the question's words
COMMON = 3.0  # the most that a word for the kind of fact itself weighs, before its share is taken
ENOUGH = 0.5  # below this a fact does not answer

# These are read from sentences even when a date or a person is also spoken of.
_READ = frozenset({Want.REASON, Want.CONSEQUENCE, Want.QUOTATION, Want.DEFINITION})


def answer_value(context: Context) -> Draft | None:
    """The facts that answer, side by side where documents or places differ; None when none is good enough."""
    if context.question.want in _READ:
        return None
    found = matches(context)
    if not found or (
        context.question.want is Want.PERSON and not context.question.topic and not picked(context.question.text)
    ):
        return None
    best = found[0]
    if looks_back(context.question, best.fact.span.of(best.document.text)):
        return None
    if of_the_paper_itself(context) and best.fact.kind not in OF_THE_DOCUMENT:
        return None
    if best.score < ENOUGH or _uncovered(context, best) or _outdone(context, best):
        return None
    return draft_of(context, group(context.question, found))


def of_the_paper_itself(context: Context) -> bool:
    """Whether nothing but a paper's own day is asked for ("when was the reprimand issued")."""
    question = context.question
    own = (
        question.kinds and question.want is Want.DATE and picked(question.text)[:1] in (("issued_on",), ("signed_on",))
    )
    return bool(own) and all(covers("issued_on", t.stem) for t in question.topic)


def _outdone(context: Context, best: Match) -> bool:
    """Whether another clause answers the question's words so much better that the fact is not what is meant."""
    if best.fact.kind in OF_THE_DOCUMENT or best.score >= CERTAIN or best.by_role or not context.ranked:
        return False
    if all(t.stem in words_of(best.fact.kind) for t in context.question.topic) and context.question.people:
        return False
    top = context.ranked[0]
    own = next(
        (
            s
            for s in context.ranked
            if s.unit.document.id == best.document.id and s.unit.span.overlaps(best.fact.value_span)
        ),
        None,
    )
    if top.unit.document.id == best.document.id and top.unit.clause.label == best.fact.clause and not best.missing:
        return False
    return own is not None and top.score > own.score + 0.15 and top.coverage > own.coverage + 0.15


def _uncovered(context: Context, best: Match) -> bool:
    """Whether the question's weightiest words are nowhere in the fact's evidence."""
    if not best.missing:
        return False
    if any(any(ch.isdigit() for ch in word) or word in ORDINALS for word in best.missing):
        return True
    if (
        context.question.want in (Want.DATE, Want.DEADLINE)
        and context.question.topic
        and context.question.topic[-1].word in best.missing
    ):
        return True
    covered = {t.stem for t in context.question.topic if covers(best.fact.kind, t.stem)}
    if all(t.stem in covered for t in context.question.topic):
        return False
    rarity = context.knowledge.rarity.weight
    weights = {  # a word for the kind itself says little, however rare it is in the documents
        t.word: 0.35 * min(COMMON, rarity(t.stem)) if t.stem in covered else rarity(t.stem)
        for t in context.question.topic
    }
    lost = sum(weights.get(word, 0.0) for word in best.missing)
    return lost > (0.3 if best.fact.kind == "person_role" else 0.45) * sum(weights.values())

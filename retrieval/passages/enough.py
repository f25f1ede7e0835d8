"""Whether a sentence is likely enough to answer: what it may never overlook."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.names import shown_core
from retrieval.acceptance import probability
from retrieval.coming import looks_back
from retrieval.context import Context
from retrieval.evidence.scored import Scored
from retrieval.kinds import covers
from retrieval.references import ORDINALS
from retrieval.scope.named import like_subjects
from retrieval.wants import Want
from retrieval.words import contains, fold, stem, stems, thesaurus

LIKELY = 0.06  # below this the documents do not say
SURE = 0.85  # above this a word or two may be lost
CLOSE = 0.07  # what scores this near to the best says it too
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
    if looks_back(context.question, best.unit.text):
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
        if (
            counted_noun
            and probability(context.ranked) < SURE
            and any(stem(word) in map(stem, best.missing) for word in (counted_noun[1], counted_noun[2] or "") if word)
        ):
            return False
    if context.question.want is Want.REASON and (grade := _GRADE.search(context.question.text)):
        if fold(grade[1]) not in fold(best.unit.text):
            return False
    spoken = context.question.want is Want.QUOTATION and best.features.named == 1.0 and best.features.cue
    if best.coverage < 0.1 and best.dense < 0.62 and context.question.topic and not spoken:
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

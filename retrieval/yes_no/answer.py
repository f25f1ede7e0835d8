"""Choosing the sentence that settles a yes/no question, and saying so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.facts.law import find_law
from retrieval.acceptance import probability
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, flat, not_found
from retrieval.evidence.scored import Scored
from retrieval.evidence.units import units
from retrieval.names.gathered import issuer_names
from retrieval.question import Question
from retrieval.words import STOP, fold, stem, tokens
from retrieval.yes_no.claim import Claim, claim_of
from retrieval.yes_no.either import is_either
from retrieval.yes_no.judge import Judgement, judge

SURE = 0.3  # probability from which a sentence with gaps may settle a question
SETTLED = 0.86  # share of the question's weighted words that settles it whatever the probability
NEAR = 0.35  # how far behind the best a sentence may be and still settle it
READ = 24
SLIP = 0.17  # share of the question's weight that a sentence may lack and still count as nearly word for word
MOST_LOST = 0.4  # share of the question's weight that all missing words may have
NEIGHBOURLY = 0.5  # what a word counts that stands in another sentence of the clause
LOST = 0.34  # share of the question's weight that one missing word may have


_POSSIBLE = re.compile(r"\b(?:may|might|could|can)\b", re.I)


# What would be so if something else were, or was thought about, does not say that something is done.
_DONE = re.compile(r"^(?:has|have|had|was|were|did)\b", re.I)
_IF = re.compile(
    r"\bwould\b|^if\b|\bprovided that\b|\bconsider(?:ed|ing)?\b|\brecommend\w*\b|\bconsideration (?:to|of)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Settled:
    """A sentence with what it says of the claim."""

    scored: Scored
    judgement: Judgement
    strength: float


def answer_yes_no(context: Context) -> Draft | None:
    """ "Yes." or "No." with the sentence that says so."""
    if is_either(context.question):
        return None
    found = settle(context)
    return None if found is None else shown(found)


def settle(context: Context) -> Settled | None:
    """The sentence that settles the question best."""
    claim = claim_of(with_initials(context))
    asking = context.asking(claim.question)
    ranked = asking.ranked
    if not ranked:
        return None
    weights = {t.word: context.knowledge.rarity.weight(t.stem) for t in claim.question.topic}
    best: Settled | None = None
    top = max(_worth(claim, one, weights) for one in ranked[:READ])
    for one in ranked[:READ]:
        if not claim.special and _worth(claim, one, weights) < top - NEAR:
            continue
        judgement = judge(claim, one)
        if judgement is None or not _accepted(claim, one, judgement, ranked, weights):
            continue
        strength = _worth(claim, one, weights) + (0.0 if judgement.plain else 0.12)
        if best is None or strength > best.strength:
            best = Settled(one, judgement, strength)
    return best


def with_initials(context: Context) -> Question:
    """The question without the initials of whoever issued the documents: they say "we" or "the Department" of it."""
    question = context.question
    initials = {made for d in context.scope.documents for name in issuer_names(d) for made in _initials(name)}
    kept = tuple(t for t in question.terms if t.word not in initials)
    return replace(question, terms=kept) if any(not t.paper for t in kept) else question


def _initials(name: str) -> Iterator[str]:
    """ "dfe" and "de" of "Department for Education", and those of the name without its first words."""
    words = tokens(name)
    for start in range(max(1, len(words) - 2)):
        rest = words[start:]
        yield "".join(word[0] for word in rest)
        yield "".join(word[0] for word in rest if word not in STOP)


def _worth(claim: Claim, one: Scored, weights: dict[str, float]) -> float:
    """What ranks a sentence as the one that settles: score, coverage, and whether it speaks of what may be."""
    modal = 0.1 if claim.may and _POSSIBLE.search(one.unit.text) else 0.0
    return one.score + 0.45 * one.coverage - 0.4 * _lost(one, weights) + modal


def _lost(one: Scored, weights: dict[str, float], covered: frozenset[str] = frozenset()) -> float:
    """Share of the question's weight that the sentence does not have, in its own words or in those `covered`."""
    total = sum(weights.values())
    return sum(weights.get(w, 0.0) for w in one.missing if not _covered(w, covered)) / total if total else 0.0


# A sentence whose subject is told by the one before: "Nine had been placed there", "They are not".
_GOES_ON = re.compile(
    r"^(?:they|few|some|most|all|many|both|none|several|one|two|three|four|five|six|seven|eight|nine|ten|\d+)"
    r"(?: of (?:them|these|those|whom))? (?:\w+ly )?(?:is|are|was|were|has|have|had|do|did|will|must|should|may)\b",
    re.I,
)


def _told_elsewhere(one: Scored, ranked: list[Scored]) -> int:
    """How many words that the sentence lacks another sentence in scope has: what it leaves out is spoken of there."""
    return sum(any(word not in other.missing for other in ranked) for word in one.missing)


def _beside(one: Scored) -> frozenset[str]:
    """The stems of the other sentences of its clause, which tell of whom it speaks."""
    same = (u for u in units(one.unit.document) if u.clause.label == one.unit.clause.label)
    return frozenset(word for unit in same for word in unit.own)


def _covered(words: str, covered: frozenset[str]) -> bool:
    return any(stem(word) in covered for word in words.split())


def _accepted(claim: Claim, one: Scored, judgement: Judgement, ranked: list[Scored], weights: dict[str, float]) -> bool:
    """Whether the sentence is about what is asked, nearly word for word or surely enough."""
    beside = _beside(one)
    if any(any(ch.isdigit() for ch in word) for word in one.missing if stem(word) not in beside):
        return False
    if judgement.yes and judgement.plain and _DONE.match(claim.question.text) and _IF.search(one.unit.text):
        return False
    if not claim.question.terms:
        return not judgement.plain
    lost = _lost(one, weights, judgement.covers)
    goes_on = judgement.plain and _GOES_ON.match(one.unit.text) is not None
    if goes_on or not judgement.plain:
        lost -= (1.0 if goes_on else NEIGHBOURLY) * (lost - _lost(one, weights, judgement.covers | beside))
    if one.coverage >= SETTLED:
        return True
    if not judgement.plain:
        return one.coverage + _lost(one, weights) - lost >= 0.5 and lost <= (
            0.5 if claim.amounts or judgement.covers else 0.4
        )
    if one.dense < 0.7 and any(weights.get(word, 0.0) >= LOST * sum(weights.values()) for word in one.missing):
        return False
    if lost > MOST_LOST or (lost > SLIP and not goes_on and _told_elsewhere(one, ranked) > 1):
        return False
    others = [s for s in ranked if s.unit.key != one.unit.key]
    sure = probability([one, *others])
    return one.coverage >= 0.45 and sure >= (SURE if lost > SLIP else SURE / 2)


def shown(found: Settled, label: str = "") -> Draft:
    """The verdict with its sentence."""
    unit, yes = found.scored.unit, found.judgement.yes
    word = "Yes" if yes else "No"
    text = flat(unit.text)
    line = Line(
        f"{word}: {text[0].upper()}{text[1:]}" if text else word,
        (Quote.of_unit(unit),),
        label,
        derived=frozenset({fold(word)}),
    )
    return answered(
        [line, *(Line(flat(after.text), (Quote.of_unit(after),), label) for after in found.judgement.then)],
        value=word.casefold(),
        confidence=max(0.0, min(1.0, found.scored.score)),
        because=f"{word.casefold()} by {unit.document.id} {unit.clause.label} ({found.judgement.why}), "
        f"coverage {found.scored.coverage:.2f}",
    )


def about_the_clause(context: Context) -> Draft | None:
    """A question about a clause that another clause speaks of by its number ("is recommendation 3.4 accepted?")."""
    labels = {r.label for r in context.question.references}
    if not labels or find_law(context.question.text):
        return None
    named = re.compile(rf"(?<![\w.]){'|'.join(re.escape(label) for label in sorted(labels))}(?![\w]|\.\d)")
    inside = replace(context.question, references=())
    asking = context.asking(inside)
    speaking = [
        asking.ranking.score(unit)
        for document in context.scope.documents
        for unit in units(document)
        if unit.clause.label not in labels and named.search(unit.text.removeprefix(unit.clause.label))
    ]
    if not speaking:
        return None
    claim = claim_of(inside)
    for one in sorted(speaking, key=lambda s: -s.score):
        judgement = judge(claim, one)
        if judgement is not None and not one.missing:
            return shown(Settled(one, judgement, one.score))
    return None


def undecided(context: Context) -> Draft | None:
    """The clause nearest to a yes/no question that nothing settles."""
    if is_either(context.question):
        return None
    nearest = [Quote.of_unit(s.unit) for s in context.ranked[:2] if s.coverage >= 0.4]
    return not_found(
        "The documents do not settle that." if nearest else "The documents do not say.",
        related=nearest,
        confidence=min(1.0, context.probability),
        because="no clause settles it",
    )

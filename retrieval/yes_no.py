"""Yes or no, only where a clause settles it; otherwise `not_found` with the nearest clause."""

from __future__ import annotations

import re

from ingest.facts.dates import find_dates
from ingest.facts.quantities import find_quantities
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, flat, not_found, sentence
from retrieval.evidence import Scored
from retrieval.words import fold

SETTLED = 0.86  # share of the question's weighted words that a clause must have to settle it
_NOT = re.compile(r"\b(?:not|no|never|n't|none|without|neither|nor)\b|n't\b", re.I)
_EXCEPTION = re.compile(r"\b(?:not (?:exclusive|limited)|but not|not only|no longer|whether or not)\b", re.I)
_MUST = re.compile(r"\b(?:must|have to|has to|required|obliged|need to|needs to|compulsory|mandatory)\b", re.I)
_MAY = re.compile(r"\b(?:may|can|could|might)\b", re.I)
_DUTY = re.compile(r"\b(?:must|should|will|shall|is to|are to|required|expect)\b", re.I)


def answer_yes_no(context: Context) -> Draft | None:
    """ "Yes." or "No." with the sentence that says so."""
    ranked = context.ranked
    if not ranked:
        return None
    best = ranked[0]
    verdict = _verdict(context, best)
    quote = Quote.of_unit(best.unit)
    if verdict is None:
        return None
    word = "Yes" if verdict else "No"
    text = flat(best.unit.text)
    return answered(
        [Line(f"{word}: {text[0].upper()}{text[1:]}" if text else word, (quote,), derived=frozenset({fold(word)}))],
        value=word.casefold(),
        confidence=min(1.0, best.score),
        because=f"{word.casefold()} by {best.unit.document.id} {best.unit.clause.label}, coverage {best.coverage:.2f}",
    )


def undecided(context: Context) -> Draft:
    """The clause nearest to a yes/no question that nothing settles."""
    nearest = [Quote.of_unit(s.unit) for s in context.ranked[:2] if s.coverage >= 0.4]
    return not_found(
        "The documents do not settle that." if nearest else "The documents do not say.",
        related=nearest,
        confidence=context.ranked[0].score if context.ranked else 0.0,
        because="no clause settles it",
    )


def _verdict(context: Context, best: Scored) -> bool | None:
    """True for yes, False for no, None when the clause does not settle the question."""
    question = context.question
    if best.coverage < SETTLED:
        return None
    agreed = _values_agree(question.text, best.unit.text)
    if agreed is False:
        return False
    said = best.unit.text
    asked_not = bool(_NOT.search(question.text))
    says_not = bool(_NOT.search(_EXCEPTION.sub("", said)))
    if _MUST.search(question.text) and _MAY.search(said) and not _DUTY.search(said):
        return asked_not
    return asked_not == says_not


def _values_agree(question: str, said: str) -> bool | None:
    """Whether the question's dates and quantities are those of the sentence; None when the question has none."""
    asked_dates = {m.iso for m in find_dates(question)}
    said_dates = {m.iso for m in find_dates(said)}
    if asked_dates:
        fits = all(any(one.startswith(asked) or asked.startswith(one) for one in said_dates) for asked in asked_dates)
        if said_dates:
            return fits
        return None
    asked = {(q.kind, q.normalised) for q in find_quantities(question)}
    there = {(q.kind, q.normalised) for q in find_quantities(said)}
    if not asked:
        return None
    if asked <= there:
        return True
    kinds = {kind for kind, _ in asked}
    return False if any(kind in kinds for kind, _ in there) else None


def as_sentence(text: str) -> str:
    return sentence(text)

"""Yes or no, only where a clause settles it; otherwise `not_found` with the nearest clause."""

from __future__ import annotations

import os
import re
from dataclasses import replace

from ingest.facts.dates import find_dates
from ingest.facts.law import find_law
from ingest.facts.quantities import find_quantities
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, flat, not_found
from retrieval.evidence import Scored, denies
from retrieval.kinds import picked
from retrieval.values import ENOUGH, Match, matches
from retrieval.wants import Want
from retrieval.words import fold

SURE = float(os.environ.get("SURE", "0.6"))
SETTLED = 0.86  # share of the question's weighted words that a clause must have to settle it
_CONDITION = re.compile(r"(?:^|(?<=[,;:.(]))\s*(?:or |and )?\b(?:should|if|where|unless|until|in case|whenever)\b[^,;]*(?:[,;]|$)|\b(?:until|unless|if)\b[^,;]*", re.I)
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
    if best.coverage < SETTLED and (best.coverage < 0.55 or context.probability < SURE):
        return None
    if any(any(ch.isdigit() for ch in word) for word in best.missing) and not (question.dates or find_quantities(question.text)):
        return None
    agreed = _values_agree(question.text, best.unit.text)
    if agreed is False:
        return False
    said = best.unit.text
    asked_not = bool(_NOT.search(question.text))
    says_not = bool(_NOT.search(_CONDITION.sub(" ", _EXCEPTION.sub("", said))))
    if _opposed(context, best):
        says_not = not says_not
    if _MUST.search(question.text) and _MAY.search(said) and not _DUTY.search(said):
        return asked_not
    return asked_not == says_not


def _opposed(context: Context, best: Scored) -> bool:
    return any(denies(best.unit, term) for term in context.question.topic)


def by_register(context: Context) -> Draft | None:
    """A question that names a date, a person or a provision, settled by the fact of that kind."""
    question = context.question
    if law := find_law(question.text):
        return _provision(context, {m.normalised for m in law})
    if question.people:
        asked = {fold(person.shown) for person in question.people}
        kinds = [k for k in picked(question.text) if k in ("signatory", "addressee", "copied_to")] or (["person_role"] if question.topic else [])
        rest = replace(question, wants=(Want.PERSON,), names=replace(question.names, mentions=tuple(m for m in question.names.mentions if m.name not in question.people)))
        found = [m for m in matches(context.asking(rest), (Want.PERSON,)) if m.fact.kind in kinds[:1]]
        same = [m for m in found if fold(m.fact.normalised or m.fact.value) in asked]
        if same and same[0].score >= ENOUGH and not same[0].missing:
            return _said(context, True, same[0])
        if found and found[0].score >= ENOUGH and kinds[:1] == ["signatory"] and not found[0].missing:
            return _said(context, False, found[0])
        return None
    if question.dates and not question.paper_dates and picked(question.text):
        rest = replace(question, dates=(), wants=(Want.DEADLINE, Want.DATE))
        kinds = picked(question.text)
        found = [m for m in matches(context.asking(rest), rest.wants) if m.fact.kind in kinds and m.score >= ENOUGH]
        if not found or found[0].missing:
            return None
        asked = {m.iso for m in question.dates}
        best = [m for m in found if m.score >= found[0].score - 0.1]
        agreeing = [m for m in best if any((m.fact.normalised or "-").startswith(iso) or iso.startswith(m.fact.normalised or "-") for iso in asked)]
        return _said(context, bool(agreeing), (agreeing or best)[0])
    return None


def _provision(context: Context, asked: set[str]) -> Draft | None:
    facts = [(d, f) for d in context.scope.documents for f in d.facts if f.kind == "legal_basis"]
    same = [(d, f) for d, f in facts if f.normalised in asked]
    acts = {re.sub(r",? (?:section|article|part|schedule).*$", "", a or "", flags=re.I) for a in asked}
    other = [(d, f) for d, f in facts if f.normalised and any(act and f.normalised.startswith(act) for act in acts)]
    if not same and not other:
        return None
    document, fact = (same or other)[0]
    return _said(context, bool(same), Match(document, fact, 0.9, 1.0, ()))


def _said(context: Context, verdict: bool, found: Match) -> Draft:
    word = "Yes" if verdict else "No"
    words = flat(found.fact.span.of(found.document.text))
    return answered(
        [Line(f"{word}: {words}", (Quote.of_fact(found.document, found.fact),), derived=frozenset({fold(word)}))],
        value=word.casefold(),
        confidence=min(1.0, found.score),
        because=f"{word.casefold()} by fact {found.fact.kind} in {found.document.id} {found.fact.clause}",
    )


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


"""Yes or no, only where a clause settles it; otherwise `not_found` with the nearest clause."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.facts.dates import find_dates
from ingest.facts.law import find_law
from ingest.facts.quantities import find_quantities
from ingest.notice import Document, Fact
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, flat, not_found
from retrieval.evidence import Scored, Where, denies, match
from retrieval.kinds import picked
from retrieval.values import ENOUGH, Match, matches
from retrieval.wants import Want
from retrieval.words import contains, fold, opposites, stem, stems, thesaurus

SURE = 0.3
SETTLED = 0.86  # share of the question's weighted words that a clause must have to settle it
_CONDITION = re.compile(
    (
        r"(?:^|(?<=[,;:.(]))\s*(?:or |and )?\b(?:should|if|where|unless|until|in case"
        r"|whenever)\b[^,;]*(?:[,;]|$)|\b(?:until|unless|if)\b[^,;]*"
    ),
    re.I,
)
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
    best = _with_the_value(context.question.text, ranked)
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
        confidence=min(1.0, context.probability),
        because="no clause settles it",
    )


def _verdict(context: Context, best: Scored) -> bool | None:
    """True for yes, False for no, None when the clause does not settle the question."""
    question = context.question
    if best.coverage < SETTLED and (best.coverage < 0.45 or context.probability < SURE):
        return None
    if any(any(ch.isdigit() for ch in word) for word in best.missing) and not (
        question.dates or find_quantities(question.text)
    ):
        return None
    weights = {t.word: context.knowledge.rarity.weight(t.stem) for t in question.topic}
    if best.dense < 0.7 and any(weights.get(word, 0.0) >= 0.34 * sum(weights.values()) for word in best.missing):
        return None
    agreed = _values_agree(question.text, best.unit.text)
    if agreed is False or _only(question.text, f"{_lead_in(best)} {best.unit.text}"):
        return False
    said = best.unit.text
    asked_not = bool(_NOT.search(question.text))
    says_not = _denied(context, _CONDITION.sub(" ", _EXCEPTION.sub("", said)))
    if _opposed(context, best):
        says_not = not says_not
    if _MUST.search(question.text) and _MAY.search(said) and not _DUTY.search(said):
        return asked_not
    return asked_not == says_not


def _denied(context: Context, said: str) -> bool:
    """Whether a negation governs a word of the question: one of the next few words before the next stop."""
    asked = {t.stem for t in context.question.topic}
    close = asked | {r[0] for stemmed in asked for r in thesaurus().of(stemmed) if len(r) == 1}
    for found in _NOT.finditer(said):
        after = re.split(r"[,;:.()]|\b(?:but|and|or|so|because)\b", said[found.end() :])[0]
        if close & set(stems(after)[:5]):
            return True
    return False


def _lead_in(scored: Scored) -> str:
    document, clause = scored.unit.document, scored.unit.clause
    parent = document.clause(clause.parent) if clause.parent else None
    return document.text[parent.span.start : clause.span.start] if parent else ""


def _with_the_value(asked: str, ranked: list[Scored]) -> Scored:
    """The best unit, or one nearly as good that has a date or a number where the question gives one."""
    if not find_dates(asked) and not find_quantities(asked):
        return ranked[0]
    near = [s for s in ranked[:6] if s.score >= ranked[0].score - 0.25]
    return next((s for s in near if _values_agree(asked, s.unit.text) is not None), ranked[0])


_ONLY = re.compile(r"\b(?:only|restricted|limited|solely|just|exclusively|merely|nothing but|no one but)\b", re.I)
_NOT_ONLY = re.compile(
    r"\b(?:not (?:exclusive|limited|restricted|only)|but not|any other|and/or|as well as|and any)\b", re.I
)
_ABOVE = re.compile(r"\b(?:more than|over|above|exceed\w*|longer than|later than|beyond|after)\b", re.I)
_CEILING = re.compile(r"\b(?:up to|at most|no more than|not more than|maximum|within|no later than|by)\b", re.I)


def _only(asked: str, said: str) -> bool:
    """Whether the question narrows ("only", "limited to", "more than six") what the sentence leaves wider or caps."""
    if (
        _ONLY.search(asked)
        and not _ONLY.search(_NOT_ONLY.sub("", said))
        and (_NOT_ONLY.search(said) or " and " in said)
    ):
        return True
    return bool(_ABOVE.search(asked) and find_quantities(asked) and _CEILING.search(said) and not _ABOVE.search(said))


def _opposed(context: Context, best: Scored) -> bool:
    return any(denies(best.unit, term) for term in context.question.topic)


def by_register(context: Context) -> Draft | None:
    """A question that names a date, a person or a provision, settled by the fact of that kind."""
    question = context.question
    if law := find_law(question.text):
        return _provision(context, {m.normalised for m in law})
    if question.people:
        if settled := _by_role(context):
            return settled
        asked = {fold(person.shown) for person in question.people}
        kinds = [k for k in picked(question.text) if k in ("signatory", "addressee", "copied_to")] or (
            ["person_role"] if question.topic else []
        )
        rest = replace(
            question,
            wants=(Want.PERSON,),
            names=replace(
                question.names, mentions=tuple(m for m in question.names.mentions if m.name not in question.people)
            ),
        )
        found = [m for m in matches(context.asking(rest), (Want.PERSON,)) if m.fact.kind in kinds[:1]]
        same = [m for m in found if fold(m.fact.normalised or m.fact.value) in asked]
        if same and same[0].score >= ENOUGH and not same[0].missing:
            return _said(context, True, same[0])
        if found and found[0].score >= ENOUGH and kinds[:1] == ["signatory"] and not found[0].missing:
            return _said(context, False, found[0])
        return None
    if question.dates and not question.paper_dates and picked(question.text):
        rest = replace(question, dates=(), wants=(Want.DEADLINE, Want.DATE))
        dated = picked(question.text)
        found = [m for m in matches(context.asking(rest), rest.wants) if m.fact.kind in dated and m.score >= ENOUGH]
        if not found or found[0].missing:
            return None
        asked = {m.iso for m in question.dates}
        best = [m for m in found if m.score >= found[0].score - 0.1]
        agreeing = [
            m
            for m in best
            if any(
                (m.fact.normalised or "-").startswith(iso) or iso.startswith(m.fact.normalised or "-") for iso in asked
            )
        ]
        return _said(context, bool(agreeing), (agreeing or best)[0])
    return None


# Offices that one person holds at a time.
_ONE_HOLDER = frozenset(
    stem(w)
    for w in (
        "chief executive leader director chair chairman chairwoman caselead secretary adviser headteacher commissioner"
    ).split()
)


def _by_role(context: Context) -> Draft | None:
    """ "Is X the chief executive?": X's own stated roles decide."""
    question = context.question
    if (
        len(question.people) != 1
        or not re.match(r"(?:is|was|isn't|wasn't)\b", fold(question.text))
        or picked(question.text)
    ):
        return None
    name = fold(question.people[0].shown)
    topic = [t for t in question.topic if t.stem != "council"]
    facts = [(d, f) for d in context.scope.documents for f in d.facts if f.kind in ("person_role", "affiliation")]
    own = [(d, f) for d, f in facts if fold(f.normalised or f.value) == name or fold(f.topic) == name]
    if not own or not topic:
        return None

    def fits(document: Document, fact: Fact) -> bool:
        words = stems(f"{fact.topic} {fact.value} {fact.span.of(document.text) if fact.kind == 'affiliation' else ''}")
        return all(t.stem in words or match(t, words, (), ()) is Where.CLOSE for t in topic)

    yes = [(d, f) for d, f in own if fits(d, f)]
    if yes:
        return _said(context, True, Match(*yes[0], 0.9, 1.0, ()))
    one_holder = any(t.stem in _ONE_HOLDER for t in topic)
    held_by_others = [(d, f) for d, f in facts if one_holder and (d, f) not in own and fits(d, f)]
    denied = any(any(contains(stems(f.topic), o) for o in opposites().get(t.stem, ())) for _, f in own for t in topic)
    if held_by_others or denied:
        return _said(context, False, Match(*own[0], 0.9, 1.0, ()))
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

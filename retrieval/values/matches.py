"""Every fact that could fill what is asked for, scored against the question."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.notice import Document, Fact
from retrieval.aptness import aptness
from retrieval.context import Context
from retrieval.evidence.covering import COVERS, Where, does, light, match
from retrieval.evidence.dates import date_fit
from retrieval.evidence.units import Unit, units
from retrieval.kinds import OF_THE_DOCUMENT, covers, picked
from retrieval.values.match import Match
from retrieval.wants import KINDS, Want
from retrieval.words import fold, stems

_IN_PROSE = frozenset({"count", "percentage", "amount", "date", "duration", "deadline"})


def matches(context: Context, wanted: Iterable[Want] | None = None) -> list[Match]:
    """Every fact that could fill what is wanted, best first."""
    question = context.question
    found: list[Match] = []
    seen: set[tuple[str, str, int, str]] = set()
    asked = list(wanted or [w for w in question.wants if w in KINDS])
    for rank, want in enumerate(asked[:1] if question.want is Want.PLACE else asked):
        kinds = KINDS[want]
        for document in context.scope.documents:
            by_span = _units_by_span(document)
            for fact in document.facts:
                key = (document.id, fact.kind, fact.value_span.start, fact.topic if fact.kind == "person_role" else "")
                if key in seen or fact.kind not in (*kinds.first, *kinds.also):
                    continue
                seen.add(key)
                prior = 0.0 if fact.kind in kinds.first else -0.12
                found.append(_match(context, document, fact, by_span, prior - 0.05 * rank))
    return sorted(found, key=lambda m: (-m.score, m.document.id, m.fact.value_span.start))


def _units_by_span(document: Document) -> dict[str, list[Unit]]:
    groups: dict[str, list[Unit]] = {}
    for unit in units(document):
        groups.setdefault(unit.clause.label, []).append(unit)
    return groups


def _match(context: Context, document: Document, fact: Fact, by_clause: dict[str, list[Unit]], prior: float) -> Match:
    question = context.question
    counted = fact.normalised or "" if fact.kind == "count" else ""
    own = stems(f"{fact.span.of(document.text)} {fact.topic} {counted}")
    chosen = picked(question.text)
    of_role = fact.kind in ("person_role", "copied_to", "signatory", "addressee") and fact.kind not in chosen
    role = stems(f"{fact.value} {fact.topic}") if of_role else ()
    near = stems(_near(document, fact))
    here = [unit for unit in by_clause.get(fact.clause, ()) if unit.span.overlaps(fact.value_span)]
    surroundings = here[0].context if here else ()
    meant = here[0].meant if here else ()
    about = here[0].about if here else stems(f"{document.title} {document.kind}")
    about += tuple(s for unit in by_clause.get(fact.clause, ()) for s in unit.own) if fact.kind in _IN_PROSE else ()
    total = gained = 0.0
    missing: list[str] = []
    for term in question.terms:
        weight = context.knowledge.rarity.weight(term.stem) * light(term)
        if covers(fact.kind, term.stem):
            weight *= 0.35
            got = 1.0
        else:
            where = match(term, own, surroundings, about)
            got = COVERS[where]
            if of_role:
                here_at_all = got if where is Where.ABOUT else 0.4 * got
                got = 1.0 if does(term, role) else max(COVERS[match(term, role, meant, ())], here_at_all)
            elif got >= 0.9 and term.stem not in near:
                got -= 0.1
        total += weight
        gained += weight * got
        if (got == 0 or (of_role and got < 0.5)) and not term.paper and not term.borrowed:
            missing.append(term.word)
    coverage = gained / total if total else 1.0
    dense = context._dense.get((document.id, fact.clause), 0.0)
    score = 0.75 * coverage + 0.25 * max(0.0, min(1.0, (dense - 0.1) / 0.6)) + prior
    score += date_fit(question, document, fact.span)
    if fact.kind in chosen:
        score += 0.14 - 0.04 * min(3, chosen.index(fact.kind))
    elif fact.kind == "postcode":
        score -= 0.3
    elif fact.kind == "copied_to":
        score -= 0.2
    elif not chosen and not question.topic and fact.kind in ("issued_on", "signed_on"):
        score += 0.4 if question.kinds else 0.1
    if question.kinds:
        if document.kind in question.kinds:
            score += 0.12
        elif fact.kind in OF_THE_DOCUMENT:
            score -= 0.5
    score += _named(context, document, fact) + aptness(context, document, fact, total)
    if fact.kind == "issuer" and question.want is Want.PERSON and "issuer" not in chosen:
        score -= 0.3
    score += 0.6 * context.near.get((document.id, fact.clause), 0.0)
    if fact.kind in ("address", "postcode"):
        score += _from_or_to(context, fact)
    return Match(
        document, fact, score, coverage, tuple(missing), by_role=question.want is Want.ROLE and bool(fact.topic)
    )


_SENDERS = re.compile(
    r"\b(?:sent|written|came|comes?|posted|writing|wrote) from\b|\bfrom (?:which|what|where)\b|\bsender|\bletterhead"
    r"|\breturn address",
    re.I,
)
_PLACED = re.compile(r"\b(?:address|post ?code|offices?|based|located|headquarters)\b", re.I)


def _from_or_to(context: Context, fact: Fact) -> float:
    """A paper's sender and its addressee both have an address: which is asked for."""
    text = context.question.text
    of_issuer = any(
        _PLACED.search(text[max(0, m.start() - 24) : m.end() + 12])
        for word in context.knowledge.names.issuer_words
        for m in re.finditer(rf"\b{re.escape(word)}\b(?! use)", text, re.I)
    )
    senders = bool(_SENDERS.search(text)) or (of_issuer and not context.question.subjects)
    if fact.clause == "addressee":
        return -0.35 if senders else 0.06
    return 0.25 if senders and fact.topic.startswith("sender") else 0.0


def _named(context: Context, document: Document, fact: Fact) -> float:
    """People and organisations that the question names must stand with the fact, or be its value."""
    question = context.question
    here = set(stems(f"{fact.span.of(document.text)} {fact.value} {fact.normalised or ''} {fact.topic}"))
    clause = document.clause(fact.clause)
    around = here | set(stems(clause.span.of(document.text))) if clause else here
    score = 0.0
    for name in question.people:
        if fact.kind in OF_THE_DOCUMENT and question.want is Want.PERSON:
            itself = fold(fact.normalised or fact.value) == fold(name.shown)
            score += -0.5 if itself else 0.0 if document.id in name.documents else -0.4
            continue
        words = stems(name.shown) or ("",)
        if question.want is Want.ROLE and words[-1] not in stems(f"{fact.value} {fact.normalised or ''}"):
            score -= 0.6  # the role of another who is named beside
        score += 0.2 if words[-1] in here else (0.05 if words[-1] in around else -0.4)
    for name in question.organisations:
        score += 0.1 if set(stems(name.shown)) <= around else -0.03
        if fact.kind == "person_role" and set(stems(name.shown)) <= set(stems(fact.topic)):
            score += 0.14  # more than what parts answers that are alike
    return score


def _near(document: Document, fact: Fact) -> str:
    """The words about the value: its topic and the stretch of the sentence round it."""
    start = max(fact.span.start, fact.value_span.start - 70)
    end = min(fact.span.end, fact.value_span.end + 70)
    return f"{fact.topic} {document.text[start:end]}"

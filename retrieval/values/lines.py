"""How the facts that answer are put: a line each, in the shape that its kind asks for."""

from __future__ import annotations

from retrieval import phrase
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered
from retrieval.labels import label_of
from retrieval.values.match import Match
from retrieval.wants import KINDS, Want


def draft_of(context: Context, kept: list[Match]) -> Draft:
    documents = {m.document.id: m.document for m in kept}
    several = len(documents) > 1
    ordered = (
        kept
        if not several
        else sorted(
            kept,
            key=lambda m: (
                m.document.issued_on is None,
                -(m.document.issued_on.toordinal() if m.document.issued_on else 0),
            ),
        )
    )
    lines = [
        Line(
            shown(context, m),
            (Quote.of_fact(m.document, m.fact),),
            label_of(m.document, documents.values()) if several else "",
        )
        for m in ordered
    ]
    best = kept[0]
    return answered(
        lines,
        value=value_of(context, best) if len({m.value for m in kept}) == 1 or not several else None,
        confidence=min(1.0, best.score),
        because=f"fact {best.fact.kind} in {best.document.id} {best.fact.clause}, score {best.score:.2f}",
    )


def value_of(context: Context, found: Match) -> str:
    if context.question.want is Want.ROLE and found.fact.topic and found.fact.kind in KINDS[Want.ROLE].first:
        return found.fact.topic
    return found.fact.value


def shown(context: Context, found: Match) -> str:
    """The line for one fact, in the shape that its kind asks for."""
    document, fact = found.document, found.fact
    if fact.kind == "deadline":
        return phrase.of_value(document, fact)
    if fact.kind in ("signatory", "person_role", "copied_to", "addressee"):
        return phrase.of_person(document, fact)
    if fact.kind in ("address", "legal_basis", "issuer", "organisation"):
        return (
            phrase.of_sentence(document, fact.value_span)
            if fact.kind == "address"
            else phrase.of_sentence(document, fact.span, fact.value_span)
        )
    if fact.kind in ("issued_on", "signed_on"):
        verb = "Issued" if fact.kind == "issued_on" else "Signed"
        return f"{verb} {phrase.of_value(document, fact)[0].lower()}{phrase.of_value(document, fact)[1:]}"
    return phrase.of_sentence(document, fact.span, fact.value_span)

"""Who signed what, and who signed most."""

from __future__ import annotations

from collections import defaultdict

from retrieval.aggregate.rows import Row, only_subject
from retrieval.aggregate.said import counted
from retrieval.collective import HOW_MANY
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, number_word
from retrieval.labels import label_of
from retrieval.values.lines import shown
from retrieval.values.match import Match
from retrieval.words import fold


def _signatures(context: Context) -> dict[str, list[Match]]:
    groups: dict[str, list[Match]] = defaultdict(list)
    for document in context.scope.documents:
        for fact in document.facts:
            if fact.kind == "signatory":
                groups[fold(fact.normalised or fact.value)].append(Match(document, fact, 1.0, 1.0, ()))
    return groups


def most_signed(context: Context) -> Draft | None:
    groups = _signatures(context)
    if not groups:
        return None
    most = max(len(found) for found in groups.values())
    winners = [found for _, found in sorted(groups.items()) if len(found) == most]
    said = number_word(most)
    lines = []
    for found in winners:
        quotes = tuple(Quote.of_fact(m.document, m.fact) for m in found)
        lines.append(
            Line(f"{found[0].fact.value}: {said} (counted).", quotes, derived=frozenset({said, str(most), "counted"}))
        )
    return answered(
        lines,
        value=winners[0][0].fact.value if len(winners) == 1 else None,
        confidence=0.8,
        because=f"most signatures: {most}",
    )


def of_person(context: Context) -> Draft | None:
    """Documents that a named person signed, or is otherwise named in."""
    names = {fold(p.shown) for p in context.question.people}
    signed = [m for name, found in _signatures(context).items() if name in names for m in found]
    if context.question.says(r"\b(?:sign|issue|wrote|written|author|sent)"):
        hits = signed
    else:
        hits = signed or [
            Match(d, f, 1.0, 1.0, ())
            for d in context.scope.documents
            for f in d.facts
            if f.kind in ("person_role", "addressee", "copied_to") and fold(f.normalised or f.value) in names
        ]
    if not hits:
        return None
    rows = [
        Row(
            m.document,
            Line(
                shown(context, m),
                (Quote.of_fact(m.document, m.fact),),
                label_of(m.document, [h.document for h in hits]),
            ),
        )
        for m in hits
    ]
    if HOW_MANY.search(context.question.text):
        return counted(context, rows)
    return answered(
        (row.line for row in rows),
        value=only_subject(rows),
        confidence=0.8,
        because=f"{len(rows)} documents with that name",
    )

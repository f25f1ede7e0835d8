"""Clause look-up: "what does para 12 say", whole and in order, or a plain word that there is no such clause."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.notice import Clause, Document, Span
from ingest.sentences import sentences
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, flat, not_found, sentence
from retrieval.evidence.units import units
from retrieval.labels import label_of
from retrieval.references import ClauseReference, last_label, resolve


def answer_lookup(context: Context) -> Draft | None:
    """The clauses that the question names, each whole."""
    references = context.question.references
    if not references:
        return None
    documents = context.scope.documents
    if context.question.kinds:
        documents = context.scope.of_kinds(context.question.kinds).documents
    found = [(d, r, c) for r in references for d in documents if (c := resolve(r, d)) is not None]
    if not found:
        return _no_such(references, documents)
    lines: list[Line] = []
    several = len({d.id for d, _, _ in found}) > 1
    for document, _, clause in found:
        label = label_of(document, [d for d, _, _ in found]) if several else ""
        lines += whole(document, clause, label)
    return answered(lines, confidence=0.95, because=f"clause {', '.join(c.label for _, _, c in found)} as asked")


def whole(document: Document, clause: Clause, label: str = "") -> list[Line]:
    """A clause line by line: its sentences, or its lead-in and every item, each item cited as itself."""
    quote = Quote.of_clause(document, clause)
    items = [c for c in document.clauses if c.parent == clause.label]
    lines: list[Line] = []
    lead = Span(clause.span.start, items[0].span.start if items else clause.span.end)
    for span in sentences(document.text, lead) or (quote.span,):
        words = flat(span.of(document.text))
        lines.append(
            Line(words if items and words.endswith(":") else sentence(words), (quote,), label if not lines else "")
        )
    for item in items:
        lines += whole(document, item)
    return lines


def _no_such(references: Iterable[ClauseReference], documents: Iterable[Document]) -> Draft:
    parts: list[str] = []
    suggestions: list[str] = []
    asked = " or ".join(dict.fromkeys(r.label if r.label != "last" else "last paragraph" for r in references))
    for document in documents:
        last = last_label(document)
        name = label_of(document, documents)
        if last:
            parts.append(
                f"there is no clause {asked} in the {name} {document.kind}; it ends at {last.removeprefix('para ')}"
            )
            suggestions.append(f"What does clause {last} of the {name} {document.kind} say?")
        else:
            parts.append(f"there is no clause {asked} in the {name} {document.kind}")
    message = ". ".join(part[0].upper() + part[1:] for part in parts[:3]) or f"There is no clause {asked}"
    return not_found(f"{message}.", suggestions=suggestions, because=f"no clause {asked}")


def narrowed(context: Context) -> tuple[tuple[Document, Clause], ...]:
    """The clauses that the references of a question with more than a look-up in it point to."""
    return tuple(
        (d, c) for r in context.question.references for d in context.scope.documents if (c := resolve(r, d)) is not None
    )


def asks_only_for_the_clause(context: Context) -> bool:
    """Whether nothing but the clause is asked for ("what does 5(d) require"), rather than something in it."""
    topic = [t for t in context.question.topic if t.stem not in _SAYING]
    if not topic:
        return True
    held = {
        stem
        for d, c in narrowed(context)
        for u in units(d)
        if u.clause.label == c.label or u.clause.parent == c.label
        for stem in u.own
    }
    return not any(t.stem in held for t in topic) and len(topic) <= 1


_SAYING = frozenset(
    (
        "requir say state cover contain mean read oblig ask demand expect text word quot summaris explain "
        "provid concern deal content wording full exact"
    ).split()
)

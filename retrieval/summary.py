"""Open questions about a whole document: what it is, from whom to whom, when, what it asks; each part cited."""

from __future__ import annotations

import re

from ingest.notice import ClauseKind, Document, Fact
from retrieval import phrase
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, flat, sentence
from retrieval.evidence import units
from retrieval.lookup import whole
from retrieval.scope import label_of
from retrieval.words import stem

_ASKING = frozenset(
    stem(w)
    for w in (
        "summarise summary summarize overview gist main key point points cover contain explain brief words "
        "sentence sentences word paragraph"
    ).split()
)
_MOST = 2  # documents summed up in one answer
_MAIN = re.compile(
    (
        r"\b(?:must|should|required|is given to|purpose|in respect of|is issued|following (?:the"
        r"|flexibilities|actions)|confirming|expectation|decided to|recommend)\b"
    ),
    re.I,
)


def answer_summary(context: Context) -> Draft | None:
    """One short account of each document asked about, in its own words."""
    documents = context.scope.documents
    if context.question.kinds:
        documents = context.scope.of_kinds(context.question.kinds).documents
    if not context.scope.narrowed and not context.question.kinds:
        documents = ()
    documents = _that_have_the_topic(context, documents)
    if not documents or len(documents) > _MOST:
        return None
    lines = [line for document in documents for line in account(document, len(documents) > 1)]
    return answered(lines, confidence=0.8, because=f"an account of {', '.join(d.id for d in documents)}")


def _that_have_the_topic(context: Context, documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """Those that have every word of the topic ("the Covid letter")."""
    topic = [t.stem for t in context.question.topic if t.stem not in _ASKING]
    held = {d.id: {s for u in units(d) for s in (*u.own, *u.about)} for d in documents}
    return tuple(d for d in documents if all(t in held[d.id] for t in topic))


def account(document: Document, labelled: bool) -> list[Line]:
    """Issue, parties, purpose, what is asked and by when, signature."""
    label = label_of(document, (document,)) if labelled else ""
    lines: list[Line] = []
    cited: set[tuple[int, int]] = set()

    def add(text: str, quote: Quote) -> None:
        if (quote.span.start, quote.span.end) not in cited:
            cited.add((quote.span.start, quote.span.end))
            lines.append(Line(text, (quote,), label if not lines else ""))

    def fact(kind: str) -> Fact | None:
        return next((f for f in document.facts if f.kind == kind), None)

    if document.kind == "letter" or any(c.label == "addressee" for c in document.clauses):
        if signed := fact("signatory"):
            add(f"Signed by {phrase.of_person(document, signed)}", Quote.of_fact(document, signed))
        if to := fact("addressee"):
            add(f"Addressed to {phrase.of_person(document, to)}", Quote.of_fact(document, to))
    if dated := fact("issued_on"):
        add(f"Dated {flat(dated.value)}.", Quote.of_fact(document, dated))
    prose = [u for u in units(document) if u.clause.kind in (ClauseKind.PROSE, ClauseKind.NUMBERED)]
    for unit in prose[:2]:
        add(sentence(unit.text), Quote.of_unit(unit))
    lists = [c for c in document.clauses if any(x.parent == c.label for x in document.clauses)]
    if lists and document.kind != "notice":
        for line in whole(document, lists[0]):
            lines.append(line)
    for due in [f for f in document.facts if f.kind == "deadline"][:2]:
        unit_text = phrase.of_sentence(document, due.span)
        add(unit_text, Quote.of_fact(document, due))
    chosen = [u for u in prose[2:] if _MAIN.search(u.text)]
    for unit in chosen[: max(0, 6 - len(lines))]:
        add(sentence(unit.text), Quote.of_unit(unit))
    return lines

"""Everyone whom a document names, each with the role that it gives and the clause that names them."""

from __future__ import annotations

import re

from ingest.notice import Document, Fact
from retrieval import phrase
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered
from retrieval.labels import label_of

_ASKED = re.compile(
    r"\b(?:which|what|all|list|name|who are) (?:of )?(?:the |all )*(?:people|persons|individuals|names|officials)\b"
    r".*\b(?:named?|mentioned|listed|appear\w*|in|of|on)\b|\beveryone (?:who is )?(?:named|mentioned)\b",
    re.I,
)
_BEST = ("signatory", "addressee", "copied_to", "person_role", "person")  # what tells most of a person, first


def answer_roll(context: Context) -> Draft | None:
    """All people named in the documents that the question singles out, in the order in which they stand."""
    question = context.question
    documents = (context.scope.of_kinds(question.kinds) if question.kinds else context.scope).documents
    if not _ASKED.search(question.text) or question.topic[1:] or not context.scope.narrowed or len(documents) > 3:
        return None
    rows = [(document, fact) for document in documents for fact in _people(document)]
    if not rows:
        return None
    several = len(documents) > 1
    lines = [
        Line(phrase.of_person(d, f), (Quote.of_fact(d, f),), label_of(d, documents) if several else "") for d, f in rows
    ]
    return answered(lines, confidence=0.85, because=f"{len(rows)} people named")


def _people(document: Document) -> list[Fact]:
    """One fact for each person, the one that tells most."""
    best: dict[str, Fact] = {}
    for fact in document.facts:
        if fact.kind not in _BEST or (fact.kind == "addressee" and not fact.topic):
            continue
        name = fact.normalised or fact.value
        if name not in best or _BEST.index(fact.kind) < _BEST.index(best[name].kind):
            best[name] = fact
    return sorted(best.values(), key=lambda fact: fact.value_span)

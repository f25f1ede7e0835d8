"""What changed, and what still applies: the sources about one subject side by side, newest first."""

from __future__ import annotations

import re

from ingest.names import core
from ingest.notice import Document
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, sentence
from retrieval.evidence import Scored, units
from retrieval.lookup import whole
from retrieval.scope import label_of
from retrieval.words import stem

_VARYING = re.compile(
    (
        r"\b(?:temporary|for the duration|return to|supersed\w+|revok\w+|withdraw\w*|no longer (?:appl"
        r"|in force|requir)\w*|remains? in (?:force|place)|var(?:y|ies|ied)\b|amend(?:s|ed)?|replaces?"
        r"|extend(?:s|ed)?)"
    ),
    re.I,
)
_ASKING = frozenset(
    stem(w)
    for w in (
        "change changes changed vary varies varied alter alters altered modify relax relaxed relaxes amend "
        "amended amends supersede superseded supersedes still apply applies force valid hold stand "
        "requirements requirement terms between differ since replace replaced difference flexibility "
        "flexibilities"
    ).split()
)


def answer_change(context: Context) -> Draft | None:
    """The later document's list of changes or its clause on the topic, its own force, the earlier clause."""
    documents = context.scope.documents
    if len(context.question.subjects) > 1 or (
        not context.question.subjects and len({core(d.subject or "") for d in documents}) != 1
    ):
        return None
    newest = sorted(documents, key=lambda d: (d.issued_on is None, -(d.issued_on.toordinal() if d.issued_on else 0)))
    topic = tuple(t for t in context.question.topic if t.stem not in _ASKING)
    lines: list[Line] = []
    sources: list[str] = []
    for document in newest:
        varying = [u for u in units(document) if _VARYING.search(u.text)]
        label = label_of(document, documents)
        held = {s for u in units(document) for s in (*u.own, *u.about)}
        part: list[Line] = []
        best = _best(context, document) if topic else None
        if best is not None:
            part.append(Line(sentence(best.unit.text), (Quote.of_unit(best.unit),), label))
        elif varying and document.kind != "news" and all(t.stem in held for t in topic):
            lists = [c for c in document.clauses if any(x.parent == c.label for x in document.clauses)]
            if lists:
                part += whole(document, lists[0], label)
        if part and document.issued_on is not None:
            part += [
                Line(sentence(u.text), (Quote.of_unit(u),))
                for u in varying[:2]
                if all(u.text not in p.text for p in part)
            ]
        if part:
            sources.append(document.id)
            lines += part
    if not lines:
        return None
    return answered(lines, confidence=0.7, because=f"{len(sources)} sources side by side, newest first")


def _best(context: Context, document: Document) -> Scored | None:
    ranked = context.within((document,)).ranked
    return ranked[0] if ranked and ranked[0].coverage >= 0.5 and ranked[0].score >= 0.45 else None

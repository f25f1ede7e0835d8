"""How a question tells which paper is meant: by a word, by a person, by a date."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.names import same
from ingest.notice import Document
from retrieval.draft import Draft, not_found
from retrieval.evidence.units import units, words_in
from retrieval.labels import listed
from retrieval.names.known import Name, surname_pattern
from retrieval.question import Question
from retrieval.scope.scope import Scope
from retrieval.wants import Want
from retrieval.words import contains, stem, stems, thesaurus


def by_description(question: Question, scope: Scope) -> Scope:
    """The word before the paper's own ("the Covid letter") chooses among documents of that kind, or is of the topic."""
    if not question.described:
        return scope
    kept = tuple(
        d
        for d in scope.documents
        if (not question.kinds or d.kind in question.kinds)
        and all(_speaks_of(d, term.stem) for term in question.described)
    )
    told_of = _told_of(question, scope)
    if not kept or told_of:
        terms = (*question.described, *question.terms)
        return replace(scope, question=replace(question, terms=terms, kinds=frozenset() if told_of else question.kinds))
    if len(question.kinds) > 1:
        return scope
    return replace(scope, documents=kept, why=f"{scope.why} that are so described", narrowed=True)


_DEED = r"(?:signed|wrote|written|sent|issued|addressed)"


def by_person(scope: Scope) -> Scope:
    """A paper told by a person ("the notice that Jo Bell signed", "the letter to Ann Moss") chooses the document."""
    question = scope.question
    kinds = "|".join(sorted(map(re.escape, question.kinds)))
    for person in question.people if kinds and question.want is not Want.YES_NO else ():
        name = rf"(?:[\w.'’-]+ ){{0,3}}?{surname_pattern(person)}"
        told = {
            "signatory": rf"\b(?:{kinds})s? (?:(?:that|which) )?{name} {_DEED}\b|\b(?:{kinds})s? {_DEED} by {name}\b"
            rf"|\b{surname_pattern(person)}['’]s? (?:\w+ )?(?:{kinds})s?\b",
            "addressee": rf"\b(?:{kinds})s? (?:{_DEED} )?to {name}\b",
        }
        for kind, pattern in told.items():
            found = re.search(pattern, question.text, re.I)
            kept = tuple(d for d in scope.documents if d.kind in question.kinds and _has_as(d, kind, person))
            if found is None or not kept:
                continue
            inside = set(stems(found.group()))
            rest = replace(
                question,
                terms=tuple(t for t in question.terms if t.paper or t.stem not in inside),
                names=replace(question.names, mentions=tuple(m for m in question.names.mentions if m.name != person)),
            )
            return replace(
                scope, documents=kept, why=f"{scope.why}, {kind} {person.shown}", question=rest, narrowed=True
            )
    return scope


def _has_as(document: Document, kind: str, person: Name) -> bool:
    return any(f.kind == kind and same(f.normalised or f.value, person.shown) for f in document.facts)


def _told_of(question: Question, scope: Scope) -> bool:
    """Whether the paper ("the ministerial letter") is one that other papers tell of, and none here is it."""
    pairs = {(t.stem, stem(kind)) for t in question.described for kind in question.kinds}
    if any(t.stem in words_in(d) for t in question.described for d in scope.documents if d.kind in question.kinds):
        return False
    return any(contains(unit.own, pair) for d in scope.documents for unit in units(d) for pair in pairs)


def _speaks_of(document: Document, stemmed: str) -> bool:
    """Whether the document has the word, or a close one."""
    words = words_in(document)
    return stemmed in words or any(set(close) <= words for close in thesaurus().of(stemmed))


def by_date(question: Question, scope: Scope) -> Scope | Draft:
    """A date beside the word for the paper ("the 2019 notice", "the letter of 18 June 2020") chooses the document."""
    if not question.paper_dates:
        return scope
    asked = question.paper_dates[0]
    kept = tuple(
        d for d in scope.documents if (not question.kinds or d.kind in question.kinds) and _is_of(d, asked.iso)
    )
    if kept:
        return replace(scope, documents=kept, why=f"{scope.why} of {asked.value}", narrowed=True)
    kind = " or ".join(sorted(question.kinds)) or "document"
    of_kind = [d for d in scope.documents if not question.kinds or d.kind in question.kinds]
    if any(d.issued_on is None for d in of_kind) or not of_kind:
        return scope
    names = f" about {listed([name.shown for name in question.subjects])}" if question.subjects else ""
    return not_found(
        f"There is no {kind}{names} of {asked.value} in the documents.",
        suggestions=[
            question.text.replace(asked.value, f"{d.issued_on:%-d %B %Y}") for d in of_kind[:2] if d.issued_on
        ],
        because=f"no {kind} of {asked.iso}",
    )


def _is_of(document: Document, iso: str) -> bool:
    dates = [document.issued_on.isoformat()] if document.issued_on else []
    dates += [f.normalised or "" for f in document.facts if f.kind in ("issued_on", "signed_on")]
    return any(day.startswith(iso) for day in dates)

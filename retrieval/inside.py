"""A question about something in a clause that it names: answered from that clause alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.notice import Clause, Document
from retrieval.context import Context
from retrieval.draft import Draft, Line
from retrieval.evidence.units import units
from retrieval.lookup import narrowed
from retrieval.values.answer import answer_value
from retrieval.values.lines import draft_of
from retrieval.values.matches import matches
from retrieval.wants import KINDS, Want
from retrieval.yes_no import answer_yes_no


def inside_the_clause(context: Context) -> Draft | None:
    """A question about something in a clause that it names: answered from that clause alone."""
    return within(context, narrowed(context))


def within(context: Context, places: Sequence[tuple[Document, Clause]]) -> Draft | None:
    """A value, or yes or no, from these clauses alone."""
    if not places:
        return None
    inside = _inside(context, places)
    draft = None
    if context.question.want is Want.YES_NO:
        draft = answer_yes_no(inside)
    elif any(want in KINDS for want in context.question.wants):
        draft = answer_value(inside)
    return draft and _of_originals(draft, places)


def told_by_number(context: Context) -> Draft | None:
    """ "When must it report on recommendation 5": the value in a sentence that speaks of the clause by its number."""
    question = context.question
    want = question.want
    numbers = {int(r.label) for r in question.references if r.label.isdigit()}
    if want not in (Want.DEADLINE, Want.DATE, Want.DURATION) or not numbers:
        return None
    asking = context.asking(replace(question, references=()))
    for found in matches(asking, [want]):
        sentence = next((u for u in units(found.document) if u.span.covers(found.fact.value_span)), None)
        if (
            sentence is None
            or found.fact.clause in {str(n) for n in numbers}
            or found.fact.kind not in KINDS[want].first
        ):
            continue
        if numbers <= _numbers_spoken_of(sentence.text):
            return draft_of(asking, [found])
    return None


_SPOKEN_OF = re.compile(
    r"\b(?:recommendation|paragraph|clause|step|action|requirement|condition|point|item)s?\s+"
    r"((?:\d{1,2}(?:\s*(?:,|and|or|to|–|-)\s*)?)+)",
    re.I,
)


def _numbers_spoken_of(text: str) -> frozenset[int]:
    """The numbers of clauses that a sentence names, those of a range ("1 to 4") one by one."""
    found: set[int] = set()
    for match in _SPOKEN_OF.finditer(text):
        found |= {int(n) for n in re.findall(r"\d+", match[1])}
        for first, last in re.findall(r"(\d+)\s*(?:to|–|-)\s*(\d+)", match[1]):
            found |= set(range(int(first), int(last) + 1))
    return frozenset(found)


def another_value(context: Context, places: Sequence[tuple[Document, Clause]], given: str) -> Draft | None:
    """The value of these clauses that suits best, beside the one given already."""
    inside = _inside(context, places)
    found = [m for m in matches(inside) if m.fact.value != given and m.fact.kind in KINDS[context.question.want].first]
    if not found or found[0].score < BESIDE:
        return None
    return _of_originals(draft_of(inside, found[:1]), places)


BESIDE = 0.35  # score from which another value of the same clause is what is meant


def _inside(context: Context, places: Sequence[tuple[Document, Clause]]) -> Context:
    """The question, of these clauses alone."""
    documents = tuple(_only(document, clause.label) for document, clause in places)
    return replace(
        context, scope=replace(context.scope, documents=documents), question=replace(context.question, references=())
    )


def _of_originals(draft: Draft, places: Sequence[tuple[Document, Clause]]) -> Draft:
    """The draft with its quotations of the documents as they are."""
    return Draft(
        draft.status,
        tuple(_back(line, places) for line in draft.lines),
        draft.value,
        confidence=draft.confidence,
        because=draft.because,
    )


def _only(document: Document, label: str) -> Document:
    """The document with nothing but one clause and its items."""
    kept = tuple(c for c in document.clauses if c.label == label or c.parent == label)
    labels = {c.label for c in kept}
    return replace(document, clauses=kept, facts=tuple(f for f in document.facts if f.clause in labels))


def _back(line: Line, places: Sequence[tuple[Document, Clause]]) -> Line:
    originals = {d.id: d for d, _ in places}
    return replace(line, quotes=tuple(replace(q, document=originals[q.document.id]) for q in line.quotes))

"""How many: the items of a list, or the people of a block, counted with the clause as the working."""

from __future__ import annotations

import re

from ingest.notice import Clause, Document
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, number_word, sentence
from retrieval.evidence.covering import Where, match
from retrieval.evidence.scored import Scored
from retrieval.evidence.units import units
from retrieval.kinds import picked
from retrieval.labels import label_of
from retrieval.lookup import narrowed, whole
from retrieval.passages.headed import runs_called
from retrieval.words import fold, stem

LEAD_END = 8  # words at the end of a lead-in that name what its items are
_PLURAL = re.compile(r"\b(?:how many|number of) (?:[\w'’-]+ )??([\w'’-]+(?:s|people|children))\b", re.I)
_PEOPLE = re.compile(
    r"\b(?:how many|number of) (?:other )?(?:people|persons|names|recipients|individuals|officers|councillors)\b", re.I
)


_PAPERS = re.compile(
    r"\b(?:how many|number of) (?:\w+ )?(?:documents|papers|notices|letters|reports|articles|files|reprimands)\b", re.I
)
_HOLDING = frozenset(stem(w) for w in "hold have keep store index know relate concern cover exist name".split())


def answer_documents_counted(context: Context) -> Draft | None:
    """ "How many documents do you hold on X": the documents themselves, each cited by its first clause."""
    question = context.question
    if not _PAPERS.search(question.text) or any(t.stem not in _HOLDING for t in question.topic):
        return None
    documents = (context.scope.of_kinds(question.kinds) if question.kinds else context.scope).documents
    if not documents:
        return None
    quotes = [Quote.of_clause(d, next((c for c in d.clauses if c.label != "title"), d.clauses[0])) for d in documents]
    head = _count(len(documents), *quotes)
    lines = [
        Line(sentence(quote.text), (quote,), label_of(d, documents)) for d, quote in zip(documents, quotes, strict=True)
    ]
    return answered((head, *lines), value=str(len(documents)), confidence=0.9, because="documents counted")


_THINGS = re.compile(
    r"\b(?:how many|number of|count(?: of)?) (?:\w+ ){0,2}?(?:items|things|points|bullets?|entries|parts|sub-?\w+"
    r"|requirements|actions|steps|duties|measures|elements|matters|topics|areas|conditions|facilities)\b",
    re.I,
)


def answer_items_counted(context: Context) -> Draft | None:
    """ "How many things does paragraph 9 list": the items of the clause named."""
    if not _THINGS.search(context.question.text):
        return None
    listed = [(d, c) for d, c in narrowed(context) if items_of(d, c)]
    if len(listed) != 1:
        return None
    return _counted(*listed[0])


def items_of(document: Document, clause: Clause) -> list[Clause]:
    return [c for c in document.clauses if c.parent == clause.label]


def answer_counted(context: Context) -> Draft | None:
    """The items of the list whose lead-in names what is counted, or the people of a block ("how many were copied")."""
    if _PEOPLE.search(context.question.text) and (counted_people := _people(context)):
        return counted_people
    asked = _PLURAL.search(context.question.text)
    if asked is None or not (noun := [t for t in context.question.topic if t.word == fold(asked[1])]):
        return None
    if (numbers := _numbered(context)) is not None:
        return numbers
    found = []
    for document in context.scope.documents:
        parents = {c.parent for c in document.clauses if c.parent}
        for unit in units(document):
            named = unit.own if unit.text.endswith(":") else unit.own[-LEAD_END:]
            if unit.clause.label in parents and match(noun[0], named, (), ()) in (Where.OWN, Where.CLOSE):
                found.append(context.ranking.score(unit))
    best = max(found, key=lambda s: s.score, default=None)
    return counted(best) if best is not None and best.coverage >= 0.4 else None


def _numbered(context: Context) -> Draft | None:
    """ "How many violations does the letter list": its numbered findings, where nothing more is asked of them."""
    question = context.question
    if len(context.scope.documents) != 1 or any(t.stem not in _NUMBERING for t in question.topic[:-1]):
        return None
    (document,) = context.scope.documents
    for lead, run in runs_called(question.text, document):
        quotes = (Quote.of_unit(lead), *(Quote.of_clause(document, clause) for clause in run))
        head = _count(len(run), *quotes)
        return answered([head], value=str(len(run)), confidence=0.85, because=f"numbers after {lead.clause.label}")
    return None


_NUMBERING = frozenset(stem(w) for w in "numbered number list listed cite cited set out separate main".split())


def _people(context: Context) -> Draft | None:
    """The people copied in or addressed, counted, where one document names them."""
    kind = next((k for k in picked(context.question.text) if k in ("copied_to", "addressee", "signatory")), None)
    facts = [(d, f) for d in context.scope.documents for f in d.facts if f.kind == kind]
    if not facts or len({d.id for d, _ in facts}) > 1:
        return None
    document = facts[0][0]
    names = list(dict.fromkeys(f.value for _, f in facts))
    head = _count(len(names), Quote.of_fact(document, facts[0][1]))
    quotes = tuple(dict.fromkeys(Quote.of_fact(document, f) for _, f in facts))
    return answered(
        (head, *(Line(f"{name}.", quotes) for name in names)),
        value=str(len(names)),
        confidence=0.8,
        because=f"{kind} facts of {document.id} counted",
    )


def counted(listed: Scored) -> Draft:
    """How many items a list has, with the list as the working."""
    return _counted(listed.unit.document, listed.unit.clause)


def _counted(document: Document, clause: Clause) -> Draft:
    number = len(items_of(document, clause))
    return answered(
        (_count(number, Quote.of_clause(document, clause)), *whole(document, clause)),
        value=str(number),
        confidence=0.7,
        because=f"items of {document.id} {clause.label} counted",
    )


def _count(number: int, *quotes: Quote) -> Line:
    said = number_word(number)
    return Line(f"{said.capitalize()} (counted).", quotes, derived=frozenset({said, str(number), "counted"}))

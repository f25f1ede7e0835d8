"""What a paper must hold, and which documents must be sent: the items of the clause whose lead-in says so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.notice import Clause, Document
from retrieval.context import Context
from retrieval.draft import Draft, answered
from retrieval.evidence.units import Unit, units
from retrieval.lookup import whole
from retrieval.passages.sections import is_described
from retrieval.wants import Want
from retrieval.words import stem

_MOST = 4  # lists shown together


@dataclass(frozen=True, slots=True)
class _Form:
    """How a question asks for what a clause lists, and how the lead-in of that clause reads."""

    asks: re.Pattern[str]
    leads: re.Pattern[str]
    common: frozenset[str]  # stems of the question that need not stand near the list
    named: bool  # whether the lead-in itself must name what is asked of


_FORMS = (
    _Form(
        re.compile(
            r"\bwhat (?:\w+ ){0,2}?(?:must|should|shall|has|have|needs?|will|does|do|is|are)\b.*"
            r"\b(?:be in|included in|go in(?:to)?|contain|include|cover|set out)\b",
            re.I,
        ),
        re.compile(r"\b(?:contain|includ|cover|set(?:s|ting)? out|consist|compris|give|state|show)\w*\b[^.:]*:$", re.I),
        frozenset(map(stem, "contain include included cover set go must".split())),
        named=True,
    ),
    _Form(
        re.compile(
            r"\b(?:which|what) (?:\w+ )?(?:documents?|documentation|records?|papers|evidence|information|copies)\b.*"
            r"\b(?:send|sent|provide|submit|include|enclose|supply|produce|attach)\b",
            re.I,
        ),
        re.compile(r"\b(?:documentation|documents|records|copies|evidence)\b[^.:]*:$", re.I),
        frozenset(map(stem, "send sent provide submit include enclose supply produce attach response reply".split())),
        named=False,
    ),
)


def listed_contents(context: Context) -> Draft | None:
    """The lead-in and items that a question of contents asks for ("what must each report contain")."""
    question = context.question
    form = next((f for f in _FORMS if f.asks.search(question.text)), None)
    if form is None or question.want not in (Want.LIST, Want.OPEN):
        return None
    for document in context.scope.documents:
        if not is_described(context, document):
            continue
        clauses = [clause for clause in _parents(document) if _answers(context, form, document, clause)]
        if 0 < len(clauses) <= _MOST:
            lines = [line for clause in clauses for line in whole(document, clause)]
            return answered(lines, confidence=0.7, because=f"the items of {document.id} {clauses[0].label}")
    return None


def _parents(document: Document) -> list[Clause]:
    labels = {c.parent for c in document.clauses if c.parent}
    return [c for c in document.clauses if c.label in labels]


def _answers(context: Context, form: _Form, document: Document, clause: Clause) -> bool:
    """Whether the lead-in reads as it must, and it with the clause before has the words of the question."""
    own = [u for u in units(document) if u.clause.label == clause.label]
    if not own or not form.leads.search(own[-1].text):
        return False
    wanted = [t for t in context.question.topic if t.stem not in form.common]
    if form.named and not any(t.stem in own[-1].own for t in wanted):
        return False
    before = [u for u in units(document) if u.span.end <= own[0].span.start and u.clause.heading == clause.heading]
    near = [u for u in before if u.clause.label == before[-1].clause.label]
    together = tuple(s for u in (*near, *own) for s in u.own)
    joined = Unit(document, clause, own[-1].span, together, own[-1].context, own[-1].about)
    return not {stem(w) for w in context.ranking.score(joined).missing} - form.common

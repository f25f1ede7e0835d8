"""Open questions about a whole document: what it is, from whom to whom, when, what it asks; each part cited."""

from __future__ import annotations

import re

from ingest.notice import ClauseKind, Document, Fact
from retrieval import phrase
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, flat, sentence
from retrieval.evidence.units import Unit, units
from retrieval.labels import label_of
from retrieval.lookup import whole
from retrieval.mentions import answer_mentions
from retrieval.words import stem

_ASKING = frozenset(
    stem(w)
    for w in (
        "summarise summary summarize overview gist main key point points cover contain explain brief words "
        "sentence sentences word paragraph "
        "send sent write written issue issued address addressed sign signed dated receive "
        "received serve served give given"
    ).split()
)
_MOST = 2  # documents summed up in one answer
_LONGEST = 12  # lines of one account
_LEAD = 5  # sentences of a news report that open it
_MAIN = re.compile(
    r"\b(?:must|should|shall|(?:is|are) required|is to|are to|expectation|expect|recommend\w*|may appeal|confirming"
    r"|purpose|in respect of|decided to)\b",
    re.I,
)
_OPENING = re.compile(r"\b(?:is (?:hereby )?(?:given|issued|served)|writing to you|following the|purpose)\b", re.I)


def answer_summary(context: Context) -> Draft | None:
    """One short account of each document asked about, in its own words; of a person, where he or she is named."""
    question = context.question
    if question.people and not question.subjects and not question.kinds:
        return answer_mentions(context)
    documents = context.scope.documents
    if question.kinds:
        documents = context.scope.of_kinds(question.kinds).documents
    if not context.scope.narrowed and not question.kinds:
        asked = {t.stem for t in question.terms if t.stem not in _ASKING}
        documents = tuple(d for d in documents if asked and asked <= set(units(d)[0].about if units(d) else ()))
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
    """Purpose, parties and date, what is asked and by when."""
    label = label_of(document, (document,)) if labelled else ""
    prose = [u for u in units(document) if u.clause.kind in (ClauseKind.PROSE, ClauseKind.NUMBERED)]
    lines = [*_parties(document), *_purpose(document, prose)]
    lines += _asked(document, prose, lines)
    first = [Line(lines[0].text, lines[0].quotes, label)] if lines else []
    return first + lines[1:]


def _parties(document: Document) -> list[Line]:
    """From whom, to whom, when."""

    def fact(kind: str) -> Fact | None:
        return next((f for f in document.facts if f.kind == kind), None)

    lines: list[Line] = []
    if document.kind != "news" or any(c.label == "addressee" for c in document.clauses):
        if to := fact("addressee"):
            lines.append(Line(f"Addressed to {phrase.of_person(document, to)}", (Quote.of_fact(document, to),)))
        if signed := fact("signatory"):
            lines.append(Line(f"Signed by {phrase.of_person(document, signed)}", (Quote.of_fact(document, signed),)))
    if dated := fact("issued_on"):
        lines.append(Line(f"Dated {flat(dated.value)}.", (Quote.of_fact(document, dated),)))
    return lines


def _purpose(document: Document, prose: list[Unit]) -> list[Line]:
    """The sentences that say what the paper is: those that open it, the purpose first where one says so."""
    told = [u for u in prose[:6] if _OPENING.search(u.text)][:2] or prose[:2]
    if document.kind == "news":
        told = prose[:_LEAD]
    return [Line(sentence(u.text), (Quote.of_unit(u),)) for u in told]


def _asked(document: Document, prose: list[Unit], before: list[Line]) -> list[Line]:
    """What the paper asks: its dated duties, then a duty under each heading, or the list that it sets out."""
    shown = {line.text for line in before}
    lists = [c for c in document.clauses if any(x.parent == c.label for x in document.clauses)]
    if lists and document.kind not in ("notice", "news", "report"):
        lines = whole(document, lists[0])
        return lines + _duties(
            [u for u in prose if u.span.start > lists[0].span.end], shown | {x.text for x in lines}, 2
        )
    due = {(f.span.start, f.span.end) for f in document.facts if f.kind == "deadline"}
    dated = [u for u in units(document) if any(u.span.start <= a and b <= u.span.end for a, b in due)]
    room = _LONGEST - len(before) - len(dated[:4])
    chosen = {u.key for u in dated[:4]}
    headings: set[str | None] = set()
    for unit in prose:
        if len(chosen) < room + 4 and _MAIN.search(unit.text) and unit.clause.heading not in headings:
            headings.add(unit.clause.heading or unit.clause.label)
            chosen.add(unit.key)
    lines = []
    for unit in units(document):
        if unit.key in chosen and sentence(unit.text) not in shown:
            items = any(c.parent == unit.clause.label for c in document.clauses)
            lines += (
                whole(document, unit.clause)
                if items and unit.text.rstrip().endswith(":")
                else [Line(sentence(unit.text), (Quote.of_unit(unit),))]
            )
    return _once(lines)


def _duties(prose: list[Unit], shown: set[str], most: int) -> list[Line]:
    told = [u for u in prose if _MAIN.search(u.text) and sentence(u.text) not in shown]
    return [Line(sentence(u.text), (Quote.of_unit(u),)) for u in told[:most]]


def _once(lines: list[Line]) -> list[Line]:
    seen: set[str] = set()
    return [line for line in lines if not (line.text in seen or seen.add(line.text))]  # type: ignore[func-returns-value]

"""Questions over the register: which, how many, who most, earliest, a value for each document; one cited row each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.notice import Document
from retrieval import phrase
from retrieval.collective import FIRST, HOLDERS, HOW_MANY, LAST, MOST, WHICH
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, number_word
from retrieval.due import period_of
from retrieval.evidence.covering import Where, match
from retrieval.evidence.units import units
from retrieval.extreme import answer_extreme
from retrieval.labels import label_of
from retrieval.passages import good_enough
from retrieval.question import Question
from retrieval.references import NUMBER_WORDS
from retrieval.values.answer import ENOUGH
from retrieval.values.lines import shown
from retrieval.values.match import Match
from retrieval.values.matches import matches
from retrieval.wants import KINDS, Want
from retrieval.words import fold, stem


@dataclass(frozen=True, slots=True)
class Row:
    """One document's part in an aggregate."""

    document: Document
    line: Line
    value: str
    sort: str  # ISO date or the folded value


def answer_aggregate(context: Context) -> Draft | None:
    """Rows for the documents that fit, with the count, the extreme or the most frequent worked out and said."""
    question = context.question
    context = _as_at(context.asking(_without_counting(question)).within(_documents(context)))
    question = context.question
    if not context.scope.documents:
        return None
    if MOST.search(question.text) and question.says(r"\bwho\b|\bwhich (?:person|official|civil servant)\b"):
        return _most(context)
    if question.people:
        return _of_person(context)
    if FIRST.search(question.text) or LAST.search(question.text):
        return answer_extreme(context)
    rows = _rows(context)
    if not rows:
        return None
    if HOW_MANY.search(question.text):
        return _counted(context, rows)
    if len(rows) > 1 and (
        question.want is Want.YES_NO or question.says(r"\b(?:same|identical|differ|different|alike|share)\b")
    ):
        return _alike(context, rows)
    return answered(
        (row.line for row in rows),
        value=_names(rows) if WHICH.search(question.text) else None,
        confidence=0.8,
        because=f"a row for each of {len(rows)} documents",
    )


_NUMBERED = re.compile(
    r"\b(?:all|the|these|those|of|our) (?:other )?(?:two|three|four|five|six|seven|eight|nine|ten)\b", re.I
)
_NUMBERS = frozenset(stem(w) for w in "two three four five six seven eight nine ten".split())
_ALL_OF = re.compile(r"\b(?:all|the|these|those) (two|three|four|five|six|seven|eight|nine|ten)\b", re.I)
_COUNTING = frozenset(
    stem(w)
    for w in "first last earliest latest newest oldest soonest most "
    "three's same share shared one "
    "different differ compare number each every list demand demands require requires contain contains include includes "
    "organisations other fall falls falling recent recently current longest shortest longer shorter earlier later "
    "sooner time".split()
)


def _without_counting(question: Question) -> Question:
    """The question without the words that only say how to put the rows together."""
    dropped = _COUNTING | _NUMBERS if _NUMBERED.search(question.text) else _COUNTING
    return replace(question, terms=tuple(t for t in question.terms if t.stem not in dropped))


_THEN = re.compile(
    r"\b(?:(?:at|by) the (?:end|start|beginning) of|as (?:at|of)|at|by|in force (?:on|in)|before)\s*(?:the )?$", re.I
)


def _as_at(context: Context) -> Context:
    """ "Which council was on notice at the end of 2020": the documents issued by then, and nothing else is asked."""
    question = context.question
    if question.topic or len(question.dates) != 1 or question.want in (Want.DEADLINE, Want.DUE):
        return context
    asked = question.dates[0]
    days = period_of(asked.iso)
    if days is None or not _THEN.search(question.text[: asked.span.start]):
        return context
    early = re.search(r"\b(?:start|beginning|before)\b", question.text[: asked.span.start], re.I)
    then = days[0] if early else days[1]
    kept = [d for d in context.scope.documents if d.issued_on is not None and d.issued_on <= then]
    return context.asking(replace(question, dates=())).within(kept)


def _documents(context: Context) -> tuple[Document, ...]:
    scope = context.scope
    if not context.question.kinds and (asked := _ALL_OF.search(context.question.text)):
        number = NUMBER_WORDS.get(asked[1].casefold(), 0)
        kinds = [k for k in {d.kind for d in scope.documents} if sum(d.kind == k for d in scope.documents) == number]
        if len(kinds) == 1:
            return scope.of_kinds(frozenset(kinds)).documents
    if context.question.kinds:
        scope = scope.of_kinds(context.question.kinds)
    return scope.documents


def _names(rows: Sequence[Row]) -> str | None:
    subjects = list(dict.fromkeys(row.document.subject or row.document.title for row in rows))
    return subjects[0] if len(subjects) == 1 else None


def _rows(context: Context) -> list[Row]:
    """For each document the fact or the sentence that answers, newest document first."""
    question = context.question
    found: list[Row] = []
    wanted = [w for w in question.wants if w in KINDS and w is not Want.ORGANISATION and w is not Want.COUNT]
    best_by_document: dict[str, Match] = {}
    if wanted:
        for one in matches(context, wanted):
            best_by_document.setdefault(one.document.id, one)
    top = max((m.score for m in best_by_document.values()), default=0.0)
    for document in _newest_first(context.scope.documents):
        label = label_of(document, context.scope.documents)
        best = best_by_document.get(document.id)
        if wanted:
            if best is not None and best.score >= max(ENOUGH, top - 0.25):
                found.append(
                    Row(
                        document,
                        Line(_told(context, best), (Quote.of_fact(document, best.fact),), label),
                        best.fact.value,
                        best.fact.normalised or best.value,
                    )
                )
            continue
        row = _holding(context, document, label)
        if row is not None:
            found.append(row)
    return found


def _told(context: Context, found: Match) -> str:
    """The fact's line; a deadline without a date is nothing without its sentence."""
    if found.fact.kind == "deadline" and period_of(found.fact.normalised or "") is None:
        return phrase.of_sentence(found.document, found.fact.span, found.fact.value_span)
    return shown(context, found)


def _holding(context: Context, document: Document, label: str) -> Row | None:
    """A document that holds what is asked, with the sentence that shows it."""
    topic = [t for t in context.question.topic if t.stem not in {stem(h) for h in HOLDERS}]
    if not topic and not context.question.dates:
        return _as_issued(document, label)
    here = context.within((document,))
    years = [m.iso for m in context.question.dates]
    for scored in here.ranked:
        if years and not any(
            (f.normalised or "").startswith(iso)
            for f in document.facts
            for iso in years
            if scored.unit.span.covers(f.value_span)
        ):
            continue
        only = all(
            t.stem in scored.unit.about
            or match(t, scored.unit.own, scored.unit.context, scored.unit.about) is not Where.NOWHERE
            for t in topic
        )
        if only and (good_enough(here, scored) or scored.coverage >= 0.75):
            if all(t.stem in scored.unit.about for t in topic):
                return _as_issued(document, label)
            return Row(
                document,
                Line(phrase.of_sentence(document, scored.unit.span), (Quote.of_unit(scored.unit),), label),
                document.subject or document.title,
                "",
            )
        break
    return None


def _as_issued(document: Document, label: str) -> Row | None:
    """The document itself as a row: the words that say to whom and when it was issued."""
    for kind in ("issued_on", "signed_on", "addressee", "subject"):
        fact = next((f for f in document.facts if f.kind == kind), None)
        if fact is not None:
            return Row(
                document,
                Line(phrase.of_sentence(document, fact.span), (Quote.of_fact(document, fact),), label),
                document.subject or document.title,
                fact.normalised or "",
            )
    unit = next(iter(units(document)), None)
    return (
        Row(
            document,
            Line(phrase.of_sentence(document, unit.span), (Quote.of_unit(unit),), label),
            document.subject or document.title,
            "",
        )
        if unit
        else None
    )


def _newest_first(documents: Iterable[Document]) -> list[Document]:
    return sorted(documents, key=lambda d: (-(d.issued_on.toordinal() if d.issued_on else 0), d.id))


def _counted(context: Context, rows: list[Row]) -> Draft:
    number = (
        len({row.document.subject for row in rows})
        if context.question.says(r"how many (?:\w+ )?(?:councils?|authorit|boroughs?|organisations?)")
        else len(rows)
    )
    said = number_word(number)
    quotes = tuple(quote for row in rows for quote in row.line.quotes)
    head = Line(f"{said.capitalize()} (counted).", quotes, derived=frozenset({said, str(number), "counted"}))
    return answered((head, *(row.line for row in rows)), value=str(number), confidence=0.8, because=f"counted {number}")


def _alike(context: Context, rows: list[Row]) -> Draft | None:
    """Whether all rows have one value (or, where none is asked for, whether every document has a row), said first."""
    question = context.question
    quotes = tuple(q for row in rows for q in row.line.quotes)
    of_value = question.says(r"\b(?:same|identical|differ|different|alike|share)\b")
    if not of_value and len(rows) < len({d.id for d in context.scope.documents}):
        return None
    same = len({row.sort for row in rows}) == 1 if of_value else True
    agreed = same != question.says(r"\b(?:differ|different)\b")
    word = ("yes" if agreed else "no") if question.want is Want.YES_NO else ""
    found = ("the same" if same else "not the same") if of_value else "all of them"
    text = f"{word}: {found} (compared)." if word else f"{found} (compared)."
    derived = frozenset("yes no not the same all of them compared".split())
    head = Line(text[0].upper() + text[1:], quotes, derived=derived)
    return answered((head, *(row.line for row in rows)), value=word or None, confidence=0.8, because="values compared")


def _signatures(context: Context) -> dict[str, list[Match]]:
    groups: dict[str, list[Match]] = defaultdict(list)
    for document in context.scope.documents:
        for fact in document.facts:
            if fact.kind == "signatory":
                groups[fold(fact.normalised or fact.value)].append(Match(document, fact, 1.0, 1.0, ()))
    return groups


def _most(context: Context) -> Draft | None:
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


def _of_person(context: Context) -> Draft | None:
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
            m.fact.value,
            "",
        )
        for m in hits
    ]
    if HOW_MANY.search(context.question.text):
        return _counted(context, rows)
    return answered(
        (row.line for row in rows), value=_names(rows), confidence=0.8, because=f"{len(rows)} documents with that name"
    )

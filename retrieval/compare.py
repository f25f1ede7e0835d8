"""Comparison of two subjects or documents: the values asked for, else the clauses aligned, side by side, both cited."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.facts.quantities import find_quantities
from ingest.names import core
from ingest.notice import Clause, Document
from retrieval.align import aligned, bare_words, differences, same_wording
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered
from retrieval.evidence.scored import Scored
from retrieval.evidence.units import units
from retrieval.extreme import figure_of, kinds_ranked
from retrieval.kinds import OF_THE_DOCUMENT, picked
from retrieval.labels import label_of
from retrieval.lookup import whole
from retrieval.passages.shown import passage
from retrieval.question import Question
from retrieval.references import resolve
from retrieval.values.answer import ENOUGH
from retrieval.values.lines import shown
from retrieval.values.match import Match
from retrieval.values.matches import matches
from retrieval.wants import KINDS, Want
from retrieval.words import fold, stem, stems, tokens

_COMPARING = frozenset(
    stem(w)
    for w in (
        "compare compared comparing comparison differ differs different difference differences same contrast versus "
        "vs both common identical similar similarity between change changed alike equal equally get gets got longer "
        "shorter later earlier sooner stricter tougher harsher lenient higher lower bigger smaller greater fewer "
        "allowed allow"
    ).split()
)
_MOST = 4  # documents compared at once
_LENIENT = 0.1  # how much less a side's fact may score, where another's is sure
COVERED = 0.75  # share of the question's words from which facts are what is compared
_ALIKE = re.compile(r"\b(?:same|identical|alike|equal(?:ly)?|in common)\b", re.I)
_DIFFER = re.compile(r"\b(?:differ\w*|unlike|stricter|tougher|harsher|more lenient)\b", re.I)
_MORE = re.compile(
    r"\b(?P<more>longer|more|later|higher|bigger|greater)\b|\b(?P<less>shorter|less|fewer|earlier|sooner|lower|smaller)\b",
    re.I,
)
_LENGTH = re.compile(
    r"\b(?:(?:days|weeks|months|years|time) (?:allowed|given|to|for)|how long|longer|shorter|(?:more|less) time)\b",
    re.I,
)
_DATED = re.compile(r"\b(?:earlier|sooner|later)\b", re.I)


def compares(question: Question) -> bool:
    """Whether two sides are set against one another: "differ", "the same as", "longer than", "stricter"."""
    if question.want is Want.COMPARISON:
        return True
    if len(question.kinds) > 1 and question.topic and question.says(r"\bsays?\b|\baccording to\b"):
        return True
    if len(question.subjects) < 2:
        return False
    text = question.text
    if _ALIKE.search(text) or _DIFFER.search(text) or re.search(r"\b(?:versus|vs)\b|\bv\.?\s", text):
        return True
    return bool(_MORE.search(text) and question.says(r"\bthan\b"))


def answer_comparison(context: Context) -> Draft | None:
    """Each side's clause, cited, and whether they differ."""
    question = context.question
    documents = _sides(context)
    if len(documents) < 2:
        return None
    if question.references:
        pairs = [(d, c) for r in question.references for d in documents if (c := resolve(r, d)) is not None]
        return _of_clauses(question, pairs, documents) if len({d.id for d, _ in pairs}) > 1 else None
    measures = stems(" ".join(q.value for q in find_quantities(question.text))) if len(question.kinds) > 1 else ()
    topic = tuple(t for t in question.terms if t.stem not in _COMPARING and t.stem not in measures)
    ranked_by = _figures(question)
    asking = context.asking(replace(question, terms=topic, wants=_wants(question)))
    if not [t for t in topic if not t.paper] and not ranked_by:
        return same_wording(documents) if _ALIKE.search(question.text) else differences(documents)
    facts = _facts(asking, documents, ranked_by)
    if facts and all(fold(m.fact.value) in fold(question.text) for m in facts):
        facts = []  # "done within 72 hours" is asked about, not what is compared
    best = _best(asking, documents)
    if facts and (
        best is None
        or ranked_by
        or any(m.document.id == best.unit.document.id and m.fact.clause == best.unit.clause.label for m in facts)
        or facts[0].fact.kind in OF_THE_DOCUMENT
        or all(m.coverage >= COVERED for m in facts)
    ):
        lines = [
            Line(shown(asking, m), (Quote.of_fact(m.document, m.fact),), label_of(m.document, documents)) for m in facts
        ]
        return _concluded(question, lines, len({m.value for m in facts}) == 1, _more(question, facts), "facts compared")
    if best is None:
        return None
    pairs = aligned(best.unit, documents)
    if len({d.id for d, _ in pairs}) == len(documents):
        return _of_clauses(question, pairs, documents)
    return _each_side(asking, documents)


def _of_clauses(
    question: Question, pairs: list[tuple[Document, Clause]], documents: tuple[Document, ...]
) -> Draft | None:
    """Clauses side by side; those that read the same are shown once, cited to each document."""
    labels = f"clauses {', '.join(c.label for _, c in pairs)} aligned"
    same = len({bare_words(d, c) for d, c in pairs}) == 1
    if same:
        quotes = tuple(Quote.of_clause(d, c) for d, c in pairs)
        lines = [replace(line, quotes=quotes) for line in whole(*pairs[0])]
    else:
        lines = [line for d, c in pairs for line in whole(d, c, label_of(d, documents))]
    return _concluded(question, lines, same, None, labels)


def _each_side(context: Context, documents: tuple[Document, ...]) -> Draft | None:
    """What each side says on the topic, where their clauses have too little in common to be aligned."""
    tops: list[Scored] = []
    for document in documents:
        ranked = context.within((document,)).ranked
        if not ranked or ranked[0].coverage < 0.4:
            return None
        tops.append(ranked[0])
    lines = [line for top in tops for line in passage(context, top, label_of(top.unit.document, documents))]
    return _concluded(context.question, lines, False, None, "each side's sentence on the topic")


def _figures(question: Question) -> tuple[str, ...]:
    """The kinds of fact with a figure by which the sides are measured; empty where none is asked for."""
    if _LENGTH.search(question.text):
        return ("duration",)
    return kinds_ranked(question) if _DATED.search(question.text) else ()


def _wants(question: Question) -> tuple[Want, ...]:
    """What is compared: the values that the question asks for, in words or by its verbs."""
    wanted = [w for w in question.wants if w in KINDS]
    if question.says(r"\b(?:person|people|official|civil servant|signator\w+)\b"):
        wanted.insert(0, Want.PERSON)
    if question.says(r"\b(?:findings?|judge?ments?|verdicts?|grades?|ratings?)\b"):
        wanted.insert(0, Want.JUDGEMENT)
    for kind in picked(question.text)[:1]:
        wanted += [w for w in (Want.PERSON, Want.DEADLINE, Want.DATE) if kind in KINDS[w].first]
    return tuple(dict.fromkeys(wanted)) or question.wants


def _facts(context: Context, documents: tuple[Document, ...], ranked_by: tuple[str, ...]) -> list[Match]:
    """One fact a side, all of one kind; none where a side lacks it."""
    if ranked_by:
        wanted: Iterable[Want] = (Want.DURATION, Want.DEADLINE, Want.DATE)
    elif not (wanted := [w for w in context.question.wants if w in KINDS][:1]):
        return []
    sides = [matches(context.within((document,)), wanted) for document in documents]
    if not ranked_by:
        return _of_one_kind(sides)
    for kind in ranked_by:
        measured = [
            next((m for m in side if m.fact.kind == kind and figure_of(m.fact) is not None), None) for side in sides
        ]
        found = [m for m in measured if m is not None]
        if len(found) == len(documents):
            return found
    return []


def _of_one_kind(sides: list[list[Match]]) -> list[Match]:
    """The best fact of each side, all of one kind; one side may be less sure where another is sure."""
    close = [[m for m in side if m.score >= ENOUGH - _LENIENT] for side in sides]
    if not all(close) or not any(side[0].score >= ENOUGH for side in close):
        return []
    for kind in dict.fromkeys(m.fact.kind for m in close[0]):
        alike = [next((m for m in side if m.fact.kind == kind), None) for side in close]
        if all(alike):
            return [m for m in alike if m is not None]
    return []


def _best(context: Context, documents: tuple[Document, ...]) -> Scored | None:
    """The sentence that speaks of the topic; of nearly equal ones that with most of the question's own word forms."""
    ranked = context.within(documents).ranked
    if not ranked or ranked[0].coverage < 0.4:
        return None
    asked = {token.removesuffix("'s") for token in tokens(context.question.text)}
    near = [s for s in ranked[:8] if s.score >= ranked[0].score - 0.1]
    return max(near, key=lambda s: len(asked & set(tokens(s.unit.text))) / 10 + s.score)


def _more(question: Question, facts: list[Match]) -> bool | None:
    """Whether the first side named has the more (or the less) asked about; None where that is not asked."""
    asked = _MORE.search(question.text)
    if asked is None or len(facts) != 2 or len(question.subjects) != 2:
        return None
    by_subject = [next((m for m in facts if m.document.id in name.documents), None) for name in question.subjects]
    first, second = (figure_of(m.fact) if m else None for m in by_subject)
    if first is None or second is None:
        return None
    return first > second if asked["more"] else first < second


def _concluded(question: Question, lines: list[Line], same: bool, more: bool | None, because: str) -> Draft:
    """The sides with what comparing them says: yes or no first where that is asked, else the verdict last."""
    quotes = tuple(dict.fromkeys(quote for line in lines for quote in line.quotes))
    agreed = more
    if agreed is None and not question.says(r"\b(?:stricter|tougher|harsher|more lenient)\b"):
        if _ALIKE.search(question.text):
            agreed = same
        elif _DIFFER.search(question.text):
            agreed = not same
    found = "They are the same" if same else "They differ"
    if Want.YES_NO in question.wants and agreed is not None:
        word = "yes" if agreed else "no"
        text = word.capitalize() if more is not None else f"{word.capitalize()}: {fold(found)}"
        head = Line(f"{text} (compared).", quotes, derived=frozenset({word, "compared", *tokens(found)}))
        return answered((head, *lines), value=word, confidence=0.8, because=because)
    verdict = Line(f"{found} (compared).", quotes, derived=frozenset({"compared", *tokens(found)}))
    return answered((*lines, verdict), confidence=0.8, because=because)


def _sides(context: Context) -> tuple[Document, ...]:
    question = context.question
    documents = context.scope.documents
    if question.kinds and len(question.kinds) == 1:
        documents = context.scope.of_kinds(question.kinds).documents
    if len(question.subjects) > 1:
        sides: list[Document] = []
        for name in question.subjects:
            own = [d for d in documents if d.id in name.documents]
            notices = [
                d
                for d in own
                if any(
                    other.kind == d.kind
                    for s in question.subjects
                    if s is not name
                    for other in documents
                    if other.id in s.documents
                )
            ]
            sides += (notices or own)[:1]
        return tuple(sides)
    if len(question.kinds) > 1:
        return _of_each_kind(context)
    return documents if len(documents) <= _MOST else ()


def _of_each_kind(context: Context) -> tuple[Document, ...]:
    """ "the Covid letter compared with the notice": one document a kind, all about the subject of the one described."""
    words = {term.stem for term in context.question.described}
    documents = [d for d in context.scope.documents if d.kind in context.question.kinds]
    held = {d.id: {s for u in units(d) for s in (*u.own, *u.about)} for d in documents}
    anchor = next((d for d in documents if words and words <= held[d.id]), documents[0] if documents else None)
    if anchor is None:
        return ()
    about = [
        d
        for d in documents
        if d.id == anchor.id or (d.kind != anchor.kind and core(d.subject or "") == core(anchor.subject or ""))
    ]
    return tuple(sorted({d.kind: d for d in reversed(about)}.values(), key=lambda d: d.id != anchor.id))

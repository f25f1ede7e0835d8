"""Comparison of two subjects or documents: clauses aligned by number, heading and words, differences word by word."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace

from ingest.names import core
from ingest.notice import Clause, Document
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, flat, not_found, sentence
from retrieval.evidence import Scored, units
from retrieval.kinds import OF_THE_DOCUMENT
from retrieval.lookup import whole
from retrieval.scope import label_of
from retrieval.values import ENOUGH, Match, matches, shown
from retrieval.wants import KINDS
from retrieval.words import stem, stems

_COMPARING = frozenset(
    stem(w)
    for w in (
        "compare comparison differ differs different difference differences same contrast versus vs both "
        "common identical similar similarity between change changed"
    ).split()
)
_MOST = 4  # documents compared at once


def answer_comparison(context: Context) -> Draft | None:
    """Each side's clause, cited, and whether they differ."""
    documents = _sides(context)
    if len(documents) < 2:
        return None
    topic = tuple(t for t in context.question.terms if t.stem not in _COMPARING)
    asking = context.asking(replace(context.question, terms=topic))
    if not [t for t in topic if not t.paper]:
        return _whole(documents)
    facts = _facts(asking, documents)
    best = _best(asking, documents)
    if facts and (
        best is None
        or any(m.document.id == best.unit.document.id and m.fact.clause == best.unit.clause.label for m in facts)
        or facts[0].fact.kind in OF_THE_DOCUMENT
    ):
        lines = [
            Line(shown(asking, m), (Quote.of_fact(m.document, m.fact),), label_of(m.document, documents)) for m in facts
        ]
        same = len({m.value for m in facts}) == 1
        return answered(
            (*lines, _verdict(facts[0].document, same, [q for line in lines for q in line.quotes])),
            confidence=0.8,
            because="facts compared",
        )
    if best is None:
        return None
    pairs = _aligned(best, documents)
    lines = [line for d, c in pairs for line in whole(d, c, label_of(d, documents))]
    same = len({_bare(_words(d, c)) for d, c in pairs}) == 1
    lines.append(_verdict(pairs[0][0], same, [q for line in lines for q in line.quotes]))
    return answered(lines, confidence=0.75, because=f"clauses {', '.join(c.label for _, c in pairs)} aligned")


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


def _facts(context: Context, documents: tuple[Document, ...]) -> list[Match]:
    wanted = [w for w in context.question.wants if w in KINDS]
    if not wanted:
        return []
    found: list[Match] = []
    for document in documents:
        own = matches(context.within((document,)), wanted)
        if not own or own[0].score < ENOUGH:
            return []
        found.append(own[0])
    return found if len({m.fact.kind for m in found}) == 1 else []


def _best(context: Context, documents: tuple[Document, ...]) -> Scored | None:
    ranked = context.within(documents).ranked
    return ranked[0] if ranked and ranked[0].coverage >= 0.4 else None


def _aligned(best: Scored, documents: tuple[Document, ...]) -> list[tuple[Document, Clause]]:
    """The best unit's clause, and in each other document the clause of that number if alike, else the most alike."""
    anchor = best.unit
    pairs: list[tuple[Document, Clause]] = []
    own = _words(anchor.document, anchor.clause)
    for document in documents:
        if document.id == anchor.document.id:
            pairs.append((document, anchor.clause))
            continue
        scored = sorted(
            (
                (
                    _alike(own, _words(document, c))
                    + 0.1 * (c.label == anchor.clause.label)
                    + 0.05 * (c.heading == anchor.clause.heading),
                    -at,
                    c,
                )
                for at, c in enumerate(document.clauses)
            ),
            key=lambda row: row[:2],
            reverse=True,
        )
        if scored and scored[0][0] >= 0.3:
            pairs.append((document, scored[0][2]))
    return pairs


def _alike(one: str, other: str) -> float:
    a, b = set(stems(one)), set(stems(other))
    return len(a & b) / max(1, len(a | b))


def _words(document: Document, clause: Clause) -> str:
    return clause.span.of(document.text)


_MARKER = re.compile(r"^\W*(?:\d+(?:\.\d+)*\.?|\(?[a-z]{1,3}[.)])\s+")


def _unmarked(words: str) -> str:
    """The clause's words without its number or letter."""
    return _MARKER.sub("", flat(words))


def _bare(words: str) -> str:
    return " ".join(stems(_unmarked(words)))


def _verdict(document: Document, same: bool, quotes: list[Quote]) -> Line:
    words = "The wording is the same." if same else "They differ."
    return Line(
        words, tuple(dict.fromkeys(quotes)), derived=frozenset({"the", "wording", "is", "same", "they", "differ"})
    )


def _whole(documents: tuple[Document, ...]) -> Draft | None:
    """Every clause in which two documents differ, side by side."""
    if len(documents) != 2:
        return None
    one, other = documents
    lines: list[Line] = []
    theirs = {c.label: c for c in other.clauses}
    with_items = {c.parent for c in one.clauses if c.parent}
    for clause in one.clauses:
        if clause.label in with_items or (match := theirs.get(clause.label)) is None:
            continue
        a, b = _words(one, clause), _words(other, match)
        if _bare(a) == _bare(b):
            continue
        lines += [
            Line(_differing(a, b), (Quote.of_clause(one, clause),), f"{label_of(one, documents)}, {clause.label}"),
            Line(_differing(b, a), (Quote.of_clause(other, match),), f"{label_of(other, documents)}, {match.label}"),
        ]
    if not lines:
        return not_found("No clause of the two differs.", because="all clauses read the same")
    return answered(lines[:40], confidence=0.7, because=f"{len(lines) // 2} clauses differ")


def _differing(words: str, other: str) -> str:
    """The stretch of `words` from the first to the last word that `other` has not, in its own words."""
    a, b = flat(words).split(" "), flat(other).split(" ")
    blocks = [op for op in difflib.SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes() if op[0] != "equal"]
    if not blocks:
        return sentence(words)
    start, end = max(0, blocks[0][1] - 4), min(len(a), blocks[-1][2] + 4)
    return sentence(" ".join(a[start:end])) if end - start < 0.8 * len(a) else sentence(words)

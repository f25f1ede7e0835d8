"""Two documents clause by clause: aligned by number, heading and words; what differs and what is the same."""

from __future__ import annotations

import difflib
import re

from ingest.names import core
from ingest.notice import Clause, ClauseKind, Document, Span
from ingest.sentences import sentences
from retrieval.draft import Draft, Line, Quote, answered, flat, not_found, sentence
from retrieval.evidence.units import Unit
from retrieval.labels import label_of
from retrieval.words import stem_set, stems, tokens

_SHOWN = 15  # clauses listed at most
_LIKE = 0.3  # share of words that two clauses must have in common to be one another's
_MARKER = re.compile(r"^\W*(?:\d+(?:\.\d+)*\.?|\(?[a-z]{1,3}[.)])\s+")
_STOP = re.compile(r"[,;:.()]$")


def aligned(anchor: Unit, documents: tuple[Document, ...]) -> list[tuple[Document, Clause]]:
    """The anchor's clause, and in each other document the clause of that number if alike, else the most alike."""
    pairs: list[tuple[Document, Clause]] = []
    own = _words(anchor.document, anchor.clause)
    for document in documents:
        if document.id == anchor.document.id:
            pairs.append((document, anchor.clause))
        elif (twin := _twin(own, anchor.clause, document)) is not None:
            pairs.append((document, twin))
    return pairs


def _twin(words: str, clause: Clause, document: Document) -> Clause | None:
    scored = [
        (
            _alike(words, _words(document, c)) + 0.1 * (c.label == clause.label) + 0.05 * (c.heading == clause.heading),
            -at,
            c,
        )
        for at, c in enumerate(document.clauses)
    ]
    best = max(scored, key=lambda row: row[:2], default=None)
    return best[2] if best is not None and best[0] >= _LIKE else None


def differences(documents: tuple[Document, ...]) -> Draft | None:
    """Every clause in which two documents differ, side by side, and those that only one of them has."""
    if len(documents) != 2:
        return None
    one, other = documents
    lines: list[Line] = []
    for a, b in _pairs(one, other):
        mine, theirs = _words(one, a), _words(other, b)
        if bare_words(one, a) == bare_words(other, b) or _only_names_differ(one, other, a):
            continue
        lines += [
            Line(_differing(mine, theirs), (Quote.of_clause(one, a),), _place(one, a, documents)),
            Line(_differing(theirs, mine), (Quote.of_clause(other, b),), _place(other, b, documents)),
        ]
    if not lines:
        return not_found("No clause of the two differs.", because="all clauses read the same")
    return answered(lines[: 2 * _SHOWN], confidence=0.7, because=f"{len(lines) // 2} clauses differ")


def same_wording(documents: tuple[Document, ...]) -> Draft | None:
    """The clauses that two documents word alike, by number, each cited in both."""
    if len(documents) != 2:
        return None
    one, other = documents
    lines: list[Line] = []
    done: set[str | None] = set()
    theirs = {c.label: c for c in other.clauses}
    for clause in one.clauses:
        twin = theirs.get(clause.label)
        if twin is None or clause.kind is ClauseKind.BLOCK or clause.parent in done:
            continue
        if bare_words(one, clause) != bare_words(other, twin):
            continue
        done.add(clause.label)
        first = (sentences(one.text, clause.span) or (clause.span,))[0]
        name = f"clause {clause.label}" if clause.label[:1].isdigit() else clause.label
        lines.append(
            Line(
                f"{name[0].upper()}{name[1:]}: {sentence(_unmarked(_lead(one, clause, first)))}",
                (Quote.of_clause(one, clause), Quote.of_clause(other, twin)),
                derived=frozenset(tokens(name)),
            )
        )
    if not lines:
        return not_found("No clause of the two reads the same.", because="all clauses differ")
    return answered(lines[:_SHOWN], confidence=0.7, because=f"{len(lines)} clauses read the same")


def _lead(document: Document, clause: Clause, first: Span) -> str:
    """The first sentence of a clause, up to its first item."""
    items = [c.span.start for c in document.clauses if c.parent == clause.label]
    return document.text[first.start : min([first.end, *items])]


def _pairs(one: Document, other: Document) -> list[tuple[Clause, Clause]]:
    """The clauses of two documents that answer to one another: of one label and alike, else the most alike."""
    with_items = {c.parent for d in (one, other) for c in d.clauses if c.parent}
    theirs = {c.label: c for c in other.clauses}
    pairs: list[tuple[Clause, Clause]] = []
    for clause in one.clauses:
        if clause.label in with_items:
            continue
        twin = theirs.get(clause.label)
        words = _words(one, clause)
        if twin is None or (clause.kind is not ClauseKind.BLOCK and _alike(words, _words(other, twin)) < _LIKE):
            twin = _twin(words, clause, other)
        if twin is not None and twin.label not in with_items:
            pairs.append((clause, twin))
    return pairs


def _only_names_differ(one: Document, other: Document, clause: Clause) -> bool:
    """Whose document it is goes without saying where two subjects are compared."""
    return clause.label == "addressee" and core(one.subject or "") != core(other.subject or "")


def _place(document: Document, clause: Clause, documents: tuple[Document, ...]) -> str:
    name = f"clause {clause.label}" if clause.label[:1].isdigit() else clause.label
    return f"{label_of(document, documents)}, {name}"


def _alike(one: str, other: str) -> float:
    a, b = stem_set(one), stem_set(other)
    return len(a & b) / max(1, len(a | b))


def _words(document: Document, clause: Clause) -> str:
    return clause.span.of(document.text)


def _unmarked(words: str) -> str:
    """The clause's words without its number or letter."""
    return _MARKER.sub("", flat(words))


def bare_words(document: Document, clause: Clause) -> str:
    """A clause's words as they are compared: stems, without its number or letter."""
    return " ".join(stems(_unmarked(_words(document, clause))))


def _differing(words: str, other: str) -> str:
    """The stretch of `words` that holds what `other` has not, from stop to stop; the whole where that is most of it."""
    a, b = _unmarked(words).split(" "), _unmarked(other).split(" ")
    blocks = [op for op in difflib.SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes() if op[0] != "equal"]
    if not blocks:
        return sentence(" ".join(a))
    start, end = blocks[0][1], max(blocks[-1][2], blocks[0][1] + 1)
    while start > 0 and not _STOP.search(a[start - 1]):
        start -= 1
    while end < len(a) and not _STOP.search(a[end - 1]):
        end += 1
    return sentence(" ".join(a[start:end])) if end - start < 0.8 * len(a) else sentence(" ".join(a))

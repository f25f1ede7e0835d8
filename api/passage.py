"""The clauses around a span, cut into marked and unmarked parts: what a reader sees beside an answer."""

from __future__ import annotations

from api.anchors import anchors, document_url
from api.schemas import DocumentOut, PartOut, PassageClauseOut, PassageOut
from ingest.notice import Clause, Document, Span


def cut(text: str, span: Span, marked: Span) -> list[PartOut]:
    """`span` of `text` as parts; joined they are the exact text."""
    start, end = max(span.start, marked.start), min(span.end, marked.end)
    if start >= end:
        pieces = [(span, False)]
    else:
        pieces = [(Span(span.start, start), False), (Span(start, end), True), (Span(end, span.end), False)]
    return [PartOut(text=piece.of(text), marked=mark) for piece, mark in pieces if len(piece)]


def own_spans(document: Document) -> list[tuple[Clause, Span]]:
    """Each clause with the text up to its first item, in document order; empty ones too."""
    starts = {clause.label: clause.span.end for clause in document.clauses}
    for clause in document.clauses:
        if clause.parent in starts:
            starts[clause.parent] = min(starts[clause.parent], clause.span.start)
    return [(clause, Span(clause.span.start, starts[clause.label])) for clause in document.clauses]


def depth(clause: Clause, by_label: dict[str, Clause]) -> int:
    """0 for a paragraph, 1 for its items, and so on."""
    steps = 0
    while clause.parent is not None and clause.parent in by_label and steps < 20:
        clause, steps = by_label[clause.parent], steps + 1
    return steps


def passage(document: Document, label: str, marked: Span, neighbours: int = 1) -> PassageOut:
    """The paragraph(s) that `marked` touches with their items, and `neighbours` paragraphs on either side."""
    by_label = {clause.label: clause for clause in document.clauses}
    top = [clause for clause in document.clauses if depth(clause, by_label) == 0]
    touched = [position for position, clause in enumerate(top) if clause.span.overlaps(marked)]
    if not touched and label in by_label:
        touched = [position for position, clause in enumerate(top) if clause.span.covers(by_label[label].span)]
    if touched:
        shown = top[max(0, touched[0] - neighbours) : touched[-1] + 1 + neighbours]
    else:
        shown = []
    out = [
        PassageClauseOut(
            clause=clause.label,
            heading=clause.heading,
            depth=depth(clause, by_label),
            parts=cut(document.text, own, marked),
        )
        for clause, own in own_spans(document)
        if any(parent.span.covers(clause.span) for parent in shown)
    ]
    known = anchors(by_label)
    fragment = known.get(label, "")
    return PassageOut(
        document=DocumentOut.of(document),
        clause=label,
        url=document_url(
            document.id, fragment, version=document.version, start=marked.start or None, end=marked.end or None
        ),
        clauses=out,
    )

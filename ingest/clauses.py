"""A raw document's clauses: labelled, in order, nested or disjoint."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby

from ingest.frame import Role, roles
from ingest.labels import label
from ingest.layout import Paragraph, paragraphs
from ingest.notice import Clause, ClauseKind, Span
from ingest.outline import build
from ingest.raw import RawDocument


def split(raw: RawDocument) -> tuple[Clause, ...]:
    """The clauses of a document, in document order, a parent before its items."""
    return split_pages(raw)[0]


def split_pages(raw: RawDocument) -> tuple[tuple[Clause, ...], tuple[Span, ...]]:
    """The clauses, and the pages as the reader gave them or as page numbers in the text show them."""
    parts, pages = paragraphs(raw)
    role_of = roles(parts, mail=raw.format == "e-mail")
    body = [
        [part for part, _ in stretch]
        for role, stretch in groupby(zip(parts, role_of, strict=True), key=lambda pair: pair[1])
        if role is Role.BODY
    ]
    nodes = build(body)
    clauses = _blocks(parts, role_of)
    names = dict(zip(map(id, nodes), label(nodes), strict=True))
    for node in nodes:
        name, kind = names[id(node)]
        parent = names[id(node.parent)][0] if node.parent is not None else None
        clauses.append(Clause(name, Span(node.start, node.end), kind, node.heading, parent))
    clauses.sort(key=lambda c: (c.span.start, -c.span.end))
    starts = [page.start for page in pages]
    if starts:
        clauses = [_on_page(c, max(1, bisect_right(starts, c.span.start))) for c in clauses]
    return tuple(clauses), pages


def _on_page(clause: Clause, page: int) -> Clause:
    return Clause(clause.label, clause.span, clause.kind, clause.heading, clause.parent, page)


def _blocks(parts: Sequence[Paragraph], role_of: Sequence[Role]) -> list[Clause]:
    """Runs of paragraphs with one role of the frame, as one clause each."""
    made: list[Clause] = []
    count: dict[Role, int] = {}
    previous: Role | None = None
    for part, role in zip(parts, role_of, strict=True):
        if role in (Role.BODY, Role.SALUTATION):
            previous = role
            continue
        if role is previous and made:
            last = made[-1]
            made[-1] = Clause(last.label, Span(last.span.start, part.span.end), last.kind)
        else:
            count[role] = count.get(role, 0) + 1
            name = role.value if count[role] == 1 else f"{role.value} {count[role]}"
            made.append(Clause(name, part.span, ClauseKind.BLOCK))
        previous = role
    return made

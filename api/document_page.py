"""A document as a page: all its words, each clause an element with its anchor, the cited words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from api.anchors import anchors, document_url, named, place
from api.templates import render
from ingest.notice import Clause, ClauseKind, Document, Span

_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_DASH = re.compile(r"\s*[-–—•*]\s+(?=\S)")
_LAST_DASH = re.compile(r"\n\s*[-–—•*]\s*\Z")  # the bullet of an item that comes next
_ONLY_DASH = re.compile(r"\s*[-–—•*]\s*")
_LINES_MATTER = frozenset({ClauseKind.BLOCK, ClauseKind.ROW})


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the contents list."""

    text: str
    anchor: str


def document_page(document: Document, marked: Span, *, current: bool) -> str:
    """The page of one version; `marked` is empty when no words are to be marked."""
    page = _Page(document, marked)
    return render(
        "document.html",
        document=document,
        kind=capital(document.kind),
        heading=named(document.title, document.subject),
        body=page.body(),
        headings=page.headings(),
        marked=len(marked) > 0,
        current=current,
        current_url=".." + document_url(document.id),
    )


def _plain(heading: str) -> str:
    """As a heading is compared: the text may print it with a colon, or over two lines."""
    return " ".join(heading.split()).rstrip(" :.–-").casefold()


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class _Page:
    def __init__(self, document: Document, marked: Span) -> None:
        self.document = document
        self.marked = marked
        self.anchors = anchors(clause.label for clause in document.clauses)
        self.children: dict[str | None, list[Clause]] = {}
        labels = {clause.label for clause in document.clauses}
        for clause in document.clauses:
            self.children.setdefault(clause.parent if clause.parent in labels else None, []).append(clause)
        self.first_under: dict[str, Clause] = {}
        for clause in document.clauses:
            if clause.heading:
                self.first_under.setdefault(clause.heading, clause)
        self.plain_headings = {_plain(heading) for heading in self.first_under}
        self.numbered = False

    def headings(self) -> list[Heading]:
        """The headings in order, each leading to the first clause under it."""
        return [Heading(text, self.anchors[clause.label]) for text, clause in self.first_under.items()]

    def body(self) -> Markup:
        return Markup("\n").join(self.between(0, len(self.document.text), self.children.get(None, []), None))

    def between(self, start: int, end: int, clauses: Sequence[Clause], owner: Clause | None) -> Iterator[Markup]:
        """The text of `[start, end)`, in which `clauses` stand in order; `owner` is the clause it belongs to."""
        for clause in clauses:
            yield from self.paragraphs(start, clause.span.start, owner)
            yield self.section(clause)
            start = max(start, clause.span.end)
        yield from self.paragraphs(start, end, owner)

    def section(self, clause: Clause) -> Markup:
        inner = Markup("\n").join(
            self.between(clause.span.start, clause.span.end, self.children.get(clause.label, []), clause)
        )
        name = self.anchors[clause.label]
        return Markup(
            '<div class="clause {}" id="{}" role="group" aria-label="{}">'
            '<a class="permalink" href="#{}" aria-label="Link to {}">#</a>\n{}</div>'
        ).format(clause.kind.value, name, capital(place(clause.label)), name, place(clause.label), inner)

    def paragraphs(self, start: int, end: int, owner: Clause | None) -> Iterator[Markup]:
        """The text of `[start, end)` cut at blank lines; white space alone gives nothing."""
        position = start
        while position < end:
            gap = _BLANK_LINES.search(self.document.text, position, end)
            stop = gap.start() if gap else end
            text = self.document.text[position:stop]
            if text.strip() and not _ONLY_DASH.fullmatch(text):
                yield self.paragraph(Span(position, stop), owner)
            position = gap.end() if gap else end

    def paragraph(self, span: Span, owner: Clause | None) -> Markup:
        text = span.of(self.document.text)
        if owner is None and _plain(text) in self.plain_headings:
            return Markup("<h2>{}</h2>").format(self.words(span))
        if end_dash := _LAST_DASH.search(text):
            span = Span(span.start, span.start + end_dash.start())
            text = span.of(self.document.text)
        dash = _DASH.match(text) if owner is not None and span.start == owner.span.start else None
        inner = self.words(span)
        if dash:
            cut = span.start + dash.end()
            inner = Markup('<span class="dash">{}</span>{}').format(
                self.words(Span(span.start, cut)), self.words(Span(cut, span.end))
            )
        lines = owner is None or owner.kind in _LINES_MATTER
        return (Markup('<p class="lines">{}</p>') if lines else Markup("<p>{}</p>")).format(inner)

    def words(self, span: Span) -> Markup:
        """The escaped text of `span`, its marked part in a `mark`; the first one in the page has an id."""
        text = self.document.text
        start, end = max(span.start, self.marked.start), min(span.end, self.marked.end)
        if start >= end:
            return escape(span.of(text))
        name = Markup("") if self.numbered else Markup(' id="marked"')
        self.numbered = True
        return Markup("{}<mark{}>{}</mark>{}").format(
            text[span.start : start], name, text[start:end], text[end : span.end]
        )

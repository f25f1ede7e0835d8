"""From a draft to the reply: citations numbered, each line with its `[n]`."""

from __future__ import annotations

import re

from retrieval.answer import Answer, Citation, Status
from retrieval.draft import Draft, Line, Quote

_CLOSED = re.compile(r"[.!?…:;][\"'”’)\]]*$")


def compose(draft: Draft) -> Answer:
    """Render a draft.  The same quotation is cited under one number however often it is used."""
    quotes: list[Quote] = []

    def number(quote: Quote) -> int:
        if quote not in quotes:
            quotes.append(quote)
        return quotes.index(quote) + 1

    lines = tuple(_render(line, [number(quote) for quote in line.quotes]) for line in draft.lines)
    citations = tuple(cite(quote, at) for at, quote in enumerate(quotes, 1))
    return Answer(
        status=draft.status,
        text=" ".join(lines),
        lines=lines,
        value=draft.value,
        citations=citations if draft.status is Status.ANSWERED else (),
        related=tuple(cite(quote, at) for at, quote in enumerate(draft.related, 1)),
        suggestions=draft.suggestions,
        confidence=round(draft.confidence, 4),
        because=draft.because,
    )


def cite(quote: Quote, number: int) -> Citation:
    document = quote.document
    return Citation(
        number=number,
        document_id=document.id,
        version=document.version,
        title=document.title,
        kind=document.kind,
        issued_on=document.issued_on,
        clause=quote.clause.label,
        heading=quote.clause.heading,
        quote=quote.span.of(document.text),
        start=quote.span.start,
        end=quote.span.end,
        page=quote.clause.page,
    )


def _render(line: Line, numbers: list[int]) -> str:
    text = f"{line.label}: {line.text}" if line.label else line.text
    if numbers and not _CLOSED.search(text):
        text += "."
    marks = "".join(f"[{n}]" for n in dict.fromkeys(numbers))
    return f"{text} {marks}" if marks else text

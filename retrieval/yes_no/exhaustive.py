"""Whether a list names all: "is the list in paragraph 7 exhaustive?"."""

from __future__ import annotations

import re

from ingest.notice import Clause, Document
from ingest.sentences import sentences
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, flat
from retrieval.lookup import narrowed
from retrieval.yes_no.answer import undecided

_ASKED = re.compile(
    r"\b(?:exhaustive|(?:a|the) (?:complete|full|closed|definitive|finite) (?:list|set)"
    r"|(?:list|set) (?:complete|closed|definitive|final)"
    r"|the only (?:things|topics|areas|matters|items|ones|subjects|issues))\b",
    re.I,
)
_OPEN = re.compile(
    r"\b(?:(?:not|n't) (?:\w+ )?(?:exclusive|limited|restricted|confined|exhaustive)"
    r"|among(?:st)? other (?:things|matters)"
    r"|for example|such as|inter alia|(?:but )?is not an? (?:exhaustive|complete))\b",
    re.I,
)


def answer_exhaustive(context: Context) -> Draft | None:
    """ "No" with the words that leave a list open; where none do, that settles nothing."""
    if not _ASKED.search(context.question.text):
        return None
    for document, clause in narrowed(context) or _lists(context):
        for span in sentences(document.text, clause.span):
            text = flat(span.of(document.text))
            if _OPEN.search(text):
                line = Line(
                    f"No: {text[0].upper()}{text[1:]}", (Quote(document, clause, span),), derived=frozenset({"no"})
                )
                return answered([line], value="no", confidence=0.8, because=f"{clause.label} leaves its list open")
    return undecided(context)


def _lists(context: Context) -> list[tuple[Document, Clause]]:
    """The clauses of the best sentences, where the question names none."""
    return [(s.unit.document, s.unit.clause) for s in context.ranked[:_READ] if s.coverage >= _NEAR]


_READ = 3
_NEAR = 0.3  # share of the question that a sentence must cover

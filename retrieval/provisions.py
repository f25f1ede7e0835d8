"""Which documents rest on a provision ("which notices cite section 10"): the legal bases of the register."""

from __future__ import annotations

import re

from ingest.notice import Document, Fact
from retrieval import phrase
from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, number_word
from retrieval.labels import label_of
from retrieval.question import Question

_ASKED = re.compile(
    r"\b(section|article|regulation|part|schedule)s?\s+(\d+\w*(?:\(\w+\))*)(?:\s*(?:or|and|,|/)\s*(?:\1s?\s+)?(\d+\w*))?",
    re.I,
)
_RESTING = re.compile(
    r"\b(?:cit(?:e|es|ed|ing)|refers?|referred|mentions?|reli(?:es|ed)|rely|invok\w+|quot\w+|under|uses?|based on"
    r"|rests?|applies|apply|has|have|gets?|got|names?)\b",
    re.I,
)
_WHICH = re.compile(r"\b(?:which|what|whose|who|how many|list|any|all|do|does)\b", re.I)


def provisions_asked(question: Question) -> frozenset[str]:
    """The provisions that the question names, as "section 10"."""
    found: set[str] = set()
    for match in _ASKED.finditer(question.text):
        found |= {f"{match[1]} {number}".casefold() for number in match.groups()[1:] if number}
    return frozenset(found)


def bases(documents: tuple[Document, ...], asked: frozenset[str]) -> list[tuple[Document, Fact]]:
    """The legal bases that are of one of these provisions."""
    return [
        (d, f)
        for d in documents
        for f in d.facts
        if f.kind == "legal_basis"
        and any(re.search(rf"\b{re.escape(one)}(?![\w(])", f.normalised or f.value, re.I) for one in asked)
    ]


def answer_provision(context: Context) -> Draft | None:
    """A row for each document that rests on a provision which the question names; None when none does."""
    question = context.question
    asked = provisions_asked(question)
    if (
        not asked
        or len(question.subjects) == 1
        or not _RESTING.search(question.text)
        or not _WHICH.search(question.text)
    ):
        return None
    documents = context.scope.of_kinds(question.kinds).documents if question.kinds else context.scope.documents
    hits = bases(documents, asked)
    if not hits:
        return None
    lines = [
        Line(phrase.of_sentence(d, f.span, f.value_span), (Quote.of_fact(d, f),), label_of(d, [h for h, _ in hits]))
        for d, f in hits
    ]
    subjects = list(dict.fromkeys(d.subject or d.title for d, _ in hits))
    if question.says(r"\bhow many\b"):
        number = len({d.id for d, _ in hits})
        said = number_word(number)
        head = Line(
            f"{said.capitalize()} (counted).",
            tuple(q for line in lines for q in line.quotes),
            derived=frozenset({said, str(number), "counted"}),
        )
        return answered((head, *lines), value=str(number), confidence=0.8, because=f"counted {number}")
    return answered(
        lines,
        value=subjects[0] if len(subjects) == 1 and len(asked) == 1 else None,
        confidence=0.85,
        because=f"{len(hits)} documents rest on {', '.join(sorted(asked))}",
    )

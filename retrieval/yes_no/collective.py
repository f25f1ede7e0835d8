"""Yes/no questions about several documents ("do all the notices …", "are both … signed by …"): each is cited."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.notice import Document
from retrieval.context import Context
from retrieval.draft import Draft, Line, answered
from retrieval.scope import label_of
from retrieval.wants import Want
from retrieval.yes_no.answer import settle, shown
from retrieval.yes_no.register import by_register

_EACH = re.compile(r"\b(?:all|both|each|every|any|either|neither)\b", re.I)
_PAPERS = re.compile(
    r"\b(?:notices?|letters?|documents?|reports?|reprimands?|councils?|authorit(?:y|ies)|boroughs?|of them|schools?|compan(?:y|ies)|organisations?|they)\b",
    re.I,
)
_COUNTS = frozenset("two three four five six seven eight nine ten".split())
_ANY = re.compile(r"\b(?:any|either)\b", re.I)


def of_each(context: Context) -> Draft | None:
    """A verdict of every document meant, and one of all of them; None unless every one settles it."""
    question = context.question
    if question.want is not Want.YES_NO or question.references:
        return None
    several = len(question.subjects) > 1
    if not several and not (_EACH.search(question.text) and _PAPERS.search(question.text) and not question.subjects):
        return None
    if not several and not re.search(
        r"\b(?:all|both|each|every|any)(?: of)?(?: the| these| those| of)?(?: \w+)? (?:notices?|letters?|documents?|reports?|reprimands?|councils?|authorit(?:y|ies)|boroughs?|schools?|compan(?:y|ies)|organisations?|three|two|four|five|them)\b",
        question.text,
        re.I,
    ):
        return None
    documents = _meant(context)
    if len(documents) < 2:
        return None
    drafts = [(d, _of_one(context, d)) for d in documents]
    known = [(d, draft) for d, draft in drafts if draft is not None and draft.value in ("yes", "no")]
    wanted = "yes" if _ANY.search(question.text) and not several else "no"
    deciding = [(d, draft) for d, draft in known if draft.value == wanted]
    if deciding:
        return _together(context, wanted, deciding)
    if len(known) < len(documents):
        return None
    return _together(context, "no" if wanted == "yes" else "yes", known)


def _meant(context: Context) -> tuple[Document, ...]:
    """The documents that "all" or "both" stands for: those of the kind named, else of the commonest kind."""
    question, documents = context.question, context.scope.documents
    kinds = question.kinds or frozenset(
        {max({d.kind for d in documents}, key=lambda k: (sum(d.kind == k for d in documents), k))} if documents else ()
    )
    return tuple(d for d in documents if d.kind in kinds)


def _of_one(context: Context, document: Document) -> Draft | None:
    inside = context.within([document])
    question = replace(
        context.question,
        text=re.sub(
            r"\b(?:all|both|each|every|any)(?: of)?(?: the| these| those)?(?: (?:two|three|four|five|six|\d+))?\s+",
            "the ",
            context.question.text,
            count=1,
            flags=re.I,
        ),
        terms=tuple(t for t in context.question.terms if t.word not in _COUNTS),
    )
    asking = inside.asking(question)
    if draft := by_register(asking):
        return draft
    found = settle(asking)
    return None if found is None else shown(found)


def _together(context: Context, word: str, each: list[tuple[Document, Draft]]) -> Draft:
    documents = [d for d, _ in each]
    lines: list[Line] = []
    for document, draft in each:
        line = draft.lines[0]
        text = line.text if not lines else re.sub(r"^(?:Yes|No): ", "", line.text)
        lines.append(replace(line, text=text, label="" if not lines else label_of(document, documents)))
    return answered(
        lines,
        value=word,
        confidence=min(draft.confidence for _, draft in each),
        because=f"{word} of each of {len(each)} documents",
    )

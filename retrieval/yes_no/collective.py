"""Yes/no questions about several documents ("do all the notices …", "are both … signed by …"): each is cited."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.notice import Document
from retrieval.context import Context
from retrieval.draft import Draft, Line, answered
from retrieval.labels import label_of
from retrieval.values.answer import answer_value
from retrieval.wants import KINDS, Want, wants
from retrieval.words import fold
from retrieval.yes_no.answer import settle, shown
from retrieval.yes_no.register import by_register

_EACH = re.compile(r"\b(?:all|both|each|every|any|either|neither)\b", re.I)
_PAPERS = re.compile(
    r"\b(?:notices?|letters?|documents?|reports?|reprimands?|councils?|authorit(?:y|ies)|boroughs?|of them|schools?|compan(?:y|ies)|organisations?|they)\b",
    re.I,
)
_COUNTS = frozenset("two three four five six seven eight nine ten".split())
_SAME = re.compile(
    r"\b(?:have|has|share|give|gives|set|sets|got|name|cite|use)\b.{0,12}\b(?:the )?same (?P<thing>[\w' -]{3,40}?)\s*\??$",
    re.I,
)
_ANY = re.compile(r"\b(?:any|either)\b", re.I)


def of_each(context: Context) -> Draft | None:
    """A verdict of every document meant, and one of all of them; None unless every one settles it."""
    question = context.question
    if question.want is not Want.YES_NO or question.references:
        return None
    several = len(question.subjects) > 1 or (len(question.kinds) > 1 and question.says(r"\bboth\b"))
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
    if shared := _SAME.search(question.text):
        return _same_value(context, documents, shared["thing"])
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


def _same_value(context: Context, documents: tuple[Document, ...], thing: str) -> Draft | None:
    """ "Do they have the same deadline?": the value that each document gives, and whether they agree."""
    wanted = wants(f"what is the {thing}")
    if not any(want in KINDS for want in wanted) or len(documents) > 4:
        return None
    question = replace(context.question, text=f"what is the {thing}", wants=wanted)
    each = [(d, answer_value(context.within([d]).asking(question))) for d in documents]
    found = [(d, draft) for d, draft in each if draft is not None and draft.value and len(draft.lines) == 1]
    if len(found) < len(documents):
        return None
    word = "yes" if len({fold(draft.value or "") for _, draft in found}) == 1 else "no"
    first, *rest = (
        replace(draft.lines[0], label=label_of(d, documents), text=draft.lines[0].text) for d, draft in found
    )
    head = replace(first, label="", text=f"{word.capitalize()}: {first.text}", derived=first.derived | {word})
    return answered(
        (head, *rest),
        value=word,
        confidence=min(draft.confidence for _, draft in found),
        because=f"{thing} of each of {len(found)} documents",
    )


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

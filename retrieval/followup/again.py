"""The last question asked again: of another name, another kind of paper, of both, of the others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from retrieval.conversation import Turn
from retrieval.followup.filled import Filled
from retrieval.followup.topic import units_of
from retrieval.knowledge import Knowledge
from retrieval.names.known import Mention, Name, NameKind, Reading
from retrieval.question import Question
from retrieval.wants import Want
from retrieval.words import stem, stem_set


def of_another_kind(question: Question, last: Question, knowledge: Knowledge | None) -> Question:
    """The last question, asked of another kind of paper; its subject stays only where it has such a paper."""
    moved = replace(last, kinds=question.kinds, described=question.described, paper_dates=question.paper_dates)
    held = frozenset().union(*(name.documents for name in last.subjects))
    if knowledge is None or any(d.id in held and d.kind in question.kinds for d in knowledge.documents):
        return moved
    others = tuple(m for m in last.names.mentions if m.name.kind is not NameKind.SUBJECT)
    return replace(moved, names=replace(last.names, mentions=others))


def other_subjects(last: Turn, knowledge: Knowledge) -> tuple[Name, ...]:
    """The subjects that the last answer left out, with a document of a kind that it cited."""
    documents = {d.id: d for d in knowledge.documents}
    kinds = {documents[i].kind for i in last.documents if i in documents}
    told = set(last.documents).union(*(name.documents for name in last.question.subjects))
    return tuple(
        name
        for name in sorted(knowledge.names.subjects, key=lambda n: n.shown)
        if not name.documents & told
        and any(not kinds or documents[i].kind in kinds for i in name.documents if i in documents)
    )[:6]


def same_for(question: Question, last: Turn) -> Filled:
    """ "Is that the same for Ambridge?": the last question asked of both, and compared."""
    names = tuple(dict.fromkeys((*last.question.subjects, *question.subjects)))
    yes_no = (Want.YES_NO,) if Want.YES_NO in question.wants else ()
    asked = retarget(last.question, question)
    asked = replace(
        asked,
        text=f"{last.question.text.rstrip(' ?')}: the same",
        names=replace(asked.names, mentions=tuple(Mention(name, 0, 0) for name in names)),
        wants=tuple(dict.fromkeys((Want.COMPARISON, *yes_no, *last.question.wants))),
    )
    return Filled(asked, (), ("the last question, asked of both and compared",), whole=True)


def twins(
    clauses: Iterable[tuple[str, str]], names: Iterable[Name], knowledge: Knowledge
) -> frozenset[tuple[str, str]]:
    """Clauses of the named subjects' documents that read like those of the same number cited last."""
    ids = frozenset().union(*(name.documents for name in names))
    found: set[tuple[str, str]] = set()
    for unit in units_of(clauses, knowledge.documents):
        for document in knowledge.documents:
            twin = document.clause(unit.clause.label) if document.id in ids else None
            if twin is not None:
                a, b = set(unit.own), stem_set(twin.span.of(document.text))
                if len(a & b) >= 0.5 * len(a | b):
                    found.add((document.id, twin.label))
    return frozenset(found)


def retarget(last: Question, now: Question) -> Question:
    """The last question with the names of this one in the place of its own of the same kind."""
    kinds = {mention.name.kind for mention in now.names.mentions}
    kept = tuple(m for m in last.names.mentions if m.name.kind not in kinds)
    text = last.text
    if NameKind.SUBJECT in kinds:
        new = now.subjects[0].shown
        for mention in sorted(last.names.mentions, key=lambda m: -m.start):
            if mention.name.kind is NameKind.SUBJECT and mention.end > mention.start:
                text = text[: mention.start] + new + text[mention.end :]
        for typed in last.names.unknown:
            text = re.sub(rf"\b{re.escape(typed)}\b", new, text)
    unknown = {stem(word) for typed in last.names.unknown for word in typed.split()}
    return replace(
        last,
        text=text,
        names=Reading((*kept, *now.names.mentions), now.names.unknown, now.names.suggestions),
        kinds=now.kinds or last.kinds,
        terms=tuple(t for t in last.terms if t.stem not in unknown),
    )

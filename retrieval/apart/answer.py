"""The answers of several subjects asked alone, put side by side: where that says more than asking of all at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from retrieval.answer import Status
from retrieval.apart.alone import asked_alone
from retrieval.apart.first import measured, verdict, without_measure
from retrieval.draft import Draft, Line, Quote, not_found
from retrieval.knowledge import Knowledge
from retrieval.labels import listed
from retrieval.names.known import Name
from retrieval.question import Question
from retrieval.verify import read_tokens

_NONE_FOUND = "No answer found in its documents."
_SAID = frozenset(read_tokens(_NONE_FOUND))


def answer_apart(
    question: Question,
    knowledge: Knowledge,
    ask: Callable[[Question], Draft],
    less_surely: Callable[[Question], Draft | None],
) -> Draft | None:
    """Each subject's own answer under its name; None where the question is not asked of each, or none has an answer.

    `ask` answers one question of one subject, `less_surely` does where only others were answered.
    A subject without an answer is said to have none.
    """
    how = measured(question)
    each = asked_alone(question, knowledge, partial(without_measure, how) if how else str)
    found = [(one.name, _of_its_own(one.name, ask(one.question))) for one in each]
    if any(draft.status is Status.ANSWERED for _, draft in found):
        found = [
            (name, draft if draft.status is Status.ANSWERED else less_surely(one.question) or draft)
            for one, (name, draft) in zip(each, found, strict=True)
        ]
    told = [(name, draft) for name, draft in found if draft.status is Status.ANSWERED]
    if not told:
        return None
    first = verdict(how, told) if how and len(told) == len(found) else None
    lines = [line for name, draft in found for line in _under_its_name(name, draft, _opening(name, knowledge))]
    values = {draft.value for _, draft in told}
    shared = values.pop() if len(values) == 1 and len(told) == len(found) else None
    return Draft(
        Status.ANSWERED,
        tuple([first.line, *lines] if first else lines),
        first.value if first else shared,
        suggestions=tuple(draft.lines[0].text for _, draft in found if draft.status is not Status.ANSWERED),
        confidence=min(draft.confidence for _, draft in told),
        because=(
            f"asked of {listed([name.shown for name, _ in found])} one by one",
            *dict.fromkeys(reason for _, draft in found for reason in draft.because),
        ),
    )


def of_every_subject(question: Question, draft: Draft) -> bool:
    """Whether the answer rests on papers about each subject of the question."""
    cited = {quote.document.id for line in draft.lines for quote in line.quotes}
    return draft.status is Status.ANSWERED and all(cited & name.documents for name in question.subjects)


def _of_its_own(name: Name, draft: Draft) -> Draft:
    """An answer that rests on no paper about the subject is none of its own."""
    own = all(quote.document.id in name.documents for line in draft.lines for quote in line.quotes)
    return draft if own or draft.status is not Status.ANSWERED else not_found(f"Nothing about {name.shown} says that.")


def _under_its_name(name: Name, draft: Draft, searched: tuple[Quote, ...]) -> tuple[Line, ...]:
    """The lines of one subject, the first led by its name; without an answer that, and the nearest clause."""
    if draft.status is not Status.ANSWERED:
        quotes = tuple(quote for quote in draft.related if quote.document.id in name.documents)[:1] or searched
        return tuple(
            Line(_NONE_FOUND, (quote,), quote.document.subject or quote.document.title, _SAID) for quote in quotes
        )
    first = draft.lines[0]
    document = first.quotes[0].document
    return (replace(first, label=first.label or document.subject or document.title), *draft.lines[1:])


def _opening(name: Name, knowledge: Knowledge) -> tuple[Quote, ...]:
    """The first clause of a paper about the subject."""
    papers = [d for d in knowledge.documents if d.id in name.documents and d.clauses]
    return tuple(Quote.of_clause(d, d.clauses[0]) for d in papers[:1])

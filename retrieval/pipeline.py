"""The way an answer goes, as a list that can be read aloud: question -> understand -> search -> compose -> verify."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from ingest.notice import ClauseKind, Document
from ingest.snapshot import Snapshot
from retrieval.aggregate import answer_aggregate
from retrieval.answer import Answer, Ask, Status
from retrieval.change import answer_change, how_long_in_force
from retrieval.collective import is_aggregate
from retrieval.compare import answer_comparison, compares
from retrieval.compose import compose
from retrieval.context import Context
from retrieval.conversation import Conversations, Turn
from retrieval.counting import answer_counted, answer_documents_counted
from retrieval.courtesy import without_courtesy
from retrieval.decline import decline, other_language
from retrieval.definition import answer_definition
from retrieval.draft import Draft, Line, Quote, answered, not_found, sentence
from retrieval.due import answer_due
from retrieval.fitting import as_role, fits_the_type, office_unnamed
from retrieval.followup import Filled, fill
from retrieval.inside import inside_the_clause, within
from retrieval.knowledge import Knowledge, KnowledgeCache
from retrieval.lookup import answer_lookup, asks_only_for_the_clause, narrowed
from retrieval.mentions import answer_mentions
from retrieval.names.known import Name, NameKind
from retrieval.nearby import answer_nearby, bonuses, lacks, one_off
from retrieval.parts import parts, side_by_side, together
from retrieval.passages import answer_passage
from retrieval.pointing import answer_pointing, points_at
from retrieval.provisions import answer_provision
from retrieval.question import Question, understand
from retrieval.references import resolve
from retrieval.roll import answer_roll
from retrieval.scope import Scope, choose
from retrieval.stages import Stage, reached
from retrieval.summary import answer_summary
from retrieval.values.answer import answer_value
from retrieval.verify import verify
from retrieval.wants import KINDS, Want
from retrieval.yes_no import about_the_clause, answer_yes_no, by_register, of_each, undecided

log = logging.getLogger("clausewise.retrieval")

Strategy = Callable[[Context], Draft | None]

_KNOWN = KnowledgeCache()


def answer_question(ask: Ask, snapshot: Snapshot, memory: Conversations, *, today: date | None = None) -> Answer:
    """Answer one question from the documents that its asker may read.  Deterministic; never raises on any text.

    A watch (`retrieval.stages`) is told of each step, and may end the work there; then nothing is remembered.
    """
    started = time.perf_counter()
    reached(Stage.UNDERSTANDING)
    conversation_id, turns = memory.open(ask.conversation_id, ask.asker)
    knowledge = _KNOWN.of(readable(ask, snapshot))
    drafts: list[Draft] = []
    asked: list[Turn] = []
    for number, part in enumerate(parts(ask.question)):
        reached(Stage.UNDERSTANDING)
        draft, turn = answer_part(part, knowledge, turns, today or date.today())
        drafts.append(draft)
        if turn is not None:
            turn = replace(turn, part=number)
            asked.append(turn)
            turns = (*turns, turn)
    answer = checked(together(drafts), knowledge)
    for turn in asked:
        memory.remember(conversation_id, turn, ask.asker)
    return replace(
        answer,
        conversation_id=conversation_id,
        answer_id=uuid.uuid4().hex,
        took_ms=(time.perf_counter() - started) * 1000,
    )


def answer_part(text: str, knowledge: Knowledge, turns: tuple[Turn, ...], today: date) -> tuple[Draft, Turn | None]:
    """One single question: decline, understand, fill from the conversation, choose the documents, answer."""
    question = understand(without_courtesy(text), knowledge.names, knowledge.kinds)
    if declined := decline(text, about_papers=bool(question.names.mentions or question.kinds)):
        return declined, None
    if foreign := other_language(text, question.names):
        return foreign, None
    if turns and (form := points_at(question)) and (pointed := answer_pointing(form, turns[-1], knowledge)):
        return pointed, _turn(turns[-1].question, pointed, knowledge)
    filled = fill(question, turns, knowledge)
    draft = answer_each(filled, knowledge, today)
    if draft.status is Status.NOT_FOUND and filled.because and not filled.whole and not question.references:
        fresh = answer_filled(Filled(question), knowledge, today)
        if fresh.status is Status.ANSWERED and not _elliptic(question):
            filled, draft = Filled(question), fresh
    if turns and draft.status is Status.ANSWERED and not filled.whole and lacks(question, draft):
        everything = Scope(knowledge.documents, "all documents", filled.question)
        draft = nothing(Context(filled.question, knowledge, everything))
    draft = corrected(draft, filled.question)
    return draft.led_by(*filled.because), _turn(filled.question, draft, knowledge)


def _turn(question: Question, draft: Draft, knowledge: Knowledge) -> Turn:
    cited = [quote for line in draft.lines for quote in line.quotes]
    return Turn(
        question,
        tuple(dict.fromkeys(quote.document.id for quote in cited)),
        tuple(dict.fromkeys((quote.document.id, quote.clause.label) for quote in cited)),
        _people_of(draft, knowledge),
        draft.value,
    )


def _people_of(draft: Draft, knowledge: Knowledge) -> tuple[Name, ...]:
    """The person that the answer names, when it is one."""
    named = knowledge.names.read(draft.value or "").of(NameKind.PERSON)
    return named if len(named) == 1 else ()


def answer_each(filled: Filled, knowledge: Knowledge, today: date) -> Draft:
    """A follow-up that stands for several questions is answered one by one."""
    if not filled.each:
        return answer_filled(filled, knowledge, today)
    return side_by_side([answer_filled(Filled(question), knowledge, today) for question in filled.each])


def answer_filled(filled: Filled, knowledge: Knowledge, today: date) -> Draft:
    reached(Stage.SEARCHING)
    scope = choose(filled.question, knowledge)
    if isinstance(scope, Draft):
        return scope
    if filled.documents:
        kept = tuple(d for d in scope.documents if d.id in filled.documents)
        scope = replace(scope, documents=kept, why=f"{scope.why}, as cited last", narrowed=True) if kept else scope
    near = frozenset() if _of_the_paper(filled.question) else filled.near
    context = Context(
        without_statutes(as_role(scope.question), scope),
        knowledge,
        scope,
        bonuses(near, scope.documents, pointing=filled.pointing),
    )
    if filled.whole and filled.documents and (draft := _in_what_was_cited(context, filled)):
        return draft
    for strategy in strategies(context, today):
        reached(Stage.SEARCHING)
        draft = strategy(context)
        if draft is not None:
            return draft.led_by(scope.why)
    return nothing(context)


def _of_the_paper(question: Question) -> bool:
    """ "Why was that notice given" asks of the paper, not of what was cited of it last."""
    return question.want is Want.REASON and bool(question.kinds) and not question.topic


def _in_what_was_cited(context: Context, filled: Filled) -> Draft | None:
    """A bare "since when?" is answered from the clauses cited last, where they have it."""
    places = [(d, c) for d in context.scope.documents for c in d.clauses if (d.id, c.label) in filled.near]
    return within(context, places) if context.question.want is not Want.YES_NO else None


def strategies(context: Context, today: date) -> Iterator[Strategy]:
    """What to try for this question, in order; the first that answers wins."""
    question = context.question
    if context.near:
        yield how_long_in_force
    yield answer_provision
    if Want.CHANGE in question.wants and Want.COMPARISON in question.wants:
        yield answer_change
    if compares(question):
        yield answer_comparison
    if question.want is Want.YES_NO:
        yield about_the_clause
        yield of_each
    if question.references:
        if asks_only_for_the_clause(context) or not narrowed(context):
            yield answer_lookup
        yield inside_the_clause
        yield answer_lookup
    if question.want is Want.MENTION or (question.want is Want.QUOTATION and question.people and not question.topic):
        yield answer_mentions
    if question.want is Want.DUE or (question.want is Want.OPEN and question.dates and not question.topic):
        yield lambda c: answer_due(c, today)
    if question.want is Want.CHANGE:
        yield answer_change
    if is_aggregate(context):
        yield answer_aggregate
    if question.want is Want.SUMMARY:
        yield answer_summary
    if question.want is Want.DEFINITION:
        yield answer_definition
    if question.want is Want.YES_NO and question.people and question.says(_BY_NOW):
        yield denied_by_register
        yield undecided
    if question.want is Want.YES_NO:
        yield one_off
        yield by_register
        yield answer_yes_no
        yield answer_nearby
        yield undecided
    if question.want is Want.PERSON:
        yield office_unnamed
    if question.want is Want.COUNT:
        yield answer_documents_counted
    if question.want is Want.PERSON or Want.LIST in question.wants:
        yield answer_roll
    if any(want in KINDS for want in question.wants):
        yield answer_value
    if question.want is Want.COUNT:
        yield answer_counted
    if fits_the_type(context):
        yield answer_passage
    yield answer_nearby
    if question.want is Want.OPEN and not question.topic:
        yield answer_summary


def denied_by_register(context: Context) -> Draft | None:
    """A fact of the register that answers No ("the former chair"); a Yes of its day says nothing of today."""
    draft = by_register(context)
    return draft if draft is not None and draft.value == "no" else None


# What papers of their day cannot know of people.
_BY_NOW = r"\b(?:still|today|nowadays|at the moment|currently|to this day|these days)\b"


def without_statutes(question: Question, scope: Scope) -> Question:
    """A "section 34(3)" that no document here has is a statute's, not a clause's; a "first violation" needs numbers."""
    numbers = any(c.kind is ClauseKind.NUMBERED for document in scope.documents for c in document.clauses)
    dotted = any(re.fullmatch(r"\d+(?:\.\d+)+", c.label) for document in scope.documents for c in document.clauses)
    kept = tuple(
        r
        for r in question.references
        if (
            not r.words.casefold().startswith(("section", "§"))
            and (numbers or not r.printed)
            and (dotted or not re.fullmatch(r"[\d.]+", r.words))
        )
        or any(resolve(r, document) for document in scope.documents)
    )
    if len(kept) == len(question.references):
        return question
    return replace(question, references=kept, terms=tuple(t for t in question.terms if not t.word.isdigit()))


def nothing(context: Context) -> Draft:
    """The documents do not say: what was looked for, and the nearest clauses."""
    question = context.question
    names = " ".join(dict.fromkeys([*(name.shown for name in (*question.subjects, *question.people))]))
    sought = " ".join(term.word for term in question.terms if not term.borrowed)
    looked = f"“{sought}”" if sought else f"that {question.want.value}"
    about = f" in the documents about {names}" if names else " in the documents"
    nearest = [Quote.of_unit(s.unit) for s in context.ranked[:2] if s.coverage >= 0.25]
    return not_found(
        f"I looked for {looked}{about} and found nothing that says it.",
        related=nearest,
        confidence=min(1.0, context.probability),
        because="nothing scores high enough",
    )


def corrected(draft: Draft, question: Question) -> Draft:
    """Say which name was meant where the question misspelt it."""
    said = [(m.corrected_from, m.name.shown) for m in question.names.mentions if m.corrected_from]
    if not said or not draft.lines:
        return draft
    because = tuple(f"“{typed}” read as {name}" for typed, name in said)
    if draft.status is not Status.ANSWERED:
        return draft.led_by(*because)
    first = draft.lines[0]
    subjects = [m for m in question.names.mentions if m.corrected_from and m.name.kind is NameKind.SUBJECT]
    shown = first.quotes[0].document.subject if first.quotes else None
    meant = f"{shown or subjects[0].name.shown} (for “{subjects[0].corrected_from}”)" if subjects else ""
    label = first.label or meant
    return replace(draft, lines=(replace(first, label=label), *draft.lines[1:])).led_by(*because)


def _elliptic(question: Question) -> bool:
    return bool(re.search(r"\b(?:it|its|they|them|their|this|that|he|she|his|her)\b", question.text, re.I))


def readable(ask: Ask, snapshot: Snapshot) -> Snapshot:
    """The snapshot with only the documents that this question may search."""
    kept = frozenset(d.id for d in snapshot.documents.values() if _may(ask, d))
    return snapshot if len(kept) == len(snapshot.documents) else snapshot.restricted(kept)


def _may(ask: Ask, document: Document) -> bool:
    if ask.groups is not None and document.audience and not set(document.audience) & ask.groups:
        return False
    if ask.documents is not None and document.id not in ask.documents:
        return False
    return ask.as_at is None or document.issued_on is None or document.issued_on <= ask.as_at


def checked(draft: Draft, knowledge: Knowledge) -> Answer:
    """Compose and verify; a draft that fails falls back to its quotations themselves, else to `not_found`."""
    reached(Stage.COMPOSING)
    answer = compose(draft)
    reached(Stage.VERIFYING)
    faults = verify(answer, knowledge.snapshot.documents, [line.derived for line in draft.lines])
    if not faults:
        return answer
    log.warning("an answer did not verify: %s", faults[0])
    quotes = list(dict.fromkeys(quote for line in draft.lines for quote in line.quotes))
    plain = answered(
        [Line(sentence(quote.text), (quote,)) for quote in quotes],
        confidence=draft.confidence,
        because=f"shown as quoted: {faults[0].why} ({faults[0].token})",
    ).led_by(*draft.because)
    answer = compose(plain)
    if quotes and not verify(answer, knowledge.snapshot.documents, [line.derived for line in plain.lines]):
        return answer
    return compose(not_found("The documents do not say that in words that can be checked.", because=str(faults[0].why)))

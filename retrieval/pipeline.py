"""The way an answer goes, as a list that can be read aloud: question -> understand -> search -> compose -> verify."""

from __future__ import annotations

import re
import time
import uuid
from dataclasses import replace
from datetime import date

from ingest.snapshot import Snapshot
from retrieval.answer import Answer, Ask, Status
from retrieval.checked import checked
from retrieval.context import Context
from retrieval.conversation import Conversations, Turn
from retrieval.courtesy import without_courtesy
from retrieval.decline import decline, other_language
from retrieval.draft import Draft
from retrieval.followup import Filled, fill
from retrieval.knowledge import Knowledge, KnowledgeCache
from retrieval.misspelt import corrected
from retrieval.names.known import Name, NameKind
from retrieval.nearby import lacks
from retrieval.nothing import nothing
from retrieval.parts import parts, together
from retrieval.pointing import answer_pointing, points_at
from retrieval.question import Question, understand
from retrieval.readable import readable
from retrieval.scope import Scope
from retrieval.searching import answer_each, answer_filled
from retrieval.stages import Stage, reached

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
        draft, turn = answer_part(part, knowledge, turns, today or date.today(), joined=number > 0)
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


def answer_part(
    text: str, knowledge: Knowledge, turns: tuple[Turn, ...], today: date, *, joined: bool = False
) -> tuple[Draft, Turn | None]:
    """One single question: decline, understand, fill from the conversation, choose the documents, answer.

    `joined` to the last turn in one text: the clause that answered that one is looked through first.
    """
    question = understand(without_courtesy(text), knowledge.names, knowledge.kinds)
    if declined := decline(text, about_papers=bool(question.names.mentions or question.kinds)):
        return declined, None
    if foreign := other_language(text, question.names):
        return foreign, None
    if turns and (form := points_at(question)) and (pointed := answer_pointing(form, turns[-1], knowledge)):
        return pointed, _turn(turns[-1].question, pointed, knowledge)
    filled = fill(question, turns, knowledge)
    if joined and turns and not filled.each:
        filled = replace(filled, joined=True, given=turns[-1].value)
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


def _elliptic(question: Question) -> bool:
    return bool(re.search(r"\b(?:it|its|they|them|their|this|that|he|she|his|her)\b", question.text, re.I))

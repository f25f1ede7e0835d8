"""Conversations: whose they are, how long they last, and how follow-ups are filled."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from retrieval.answer import Status
from retrieval.conversation import TURNS, Conversations, Turn
from retrieval.names.index import NameIndex
from retrieval.question import understand
from tests.retrieval.asking import Desk, cited

HALTON = "halton-improvement-notice-2022-01-13"
SEFTON = "sefton-improvement-notice-2021-06-07"
NOTICE = "st-helens-improvement-notice-2019-11-12"
LETTER = "st-helens-covid-letter-2020-06-18"


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def turn(text: str = "who signed it?") -> Turn:
    return Turn(understand(text, NameIndex(()), frozenset()))


def test_an_unknown_id_starts_a_new_conversation() -> None:
    memory = Conversations()
    first, turns = memory.open("made-up")
    assert first != "made-up"
    assert turns == ()
    assert memory.open(None)[0] != memory.open(None)[0]


def test_turns_are_remembered_and_the_oldest_forgotten() -> None:
    memory = Conversations()
    conversation, _ = memory.open(None)
    told = [turn(f"who signed number {n}?") for n in range(TURNS + 2)]
    for one in told:
        memory.remember(conversation, one)
    assert memory.open(conversation) == (conversation, tuple(told[-TURNS:]))


def test_silence_ends_a_conversation_and_a_question_keeps_it() -> None:
    clock = Clock()
    memory = Conversations(ttl_seconds=60, clock=clock)
    conversation, _ = memory.open(None)
    memory.remember(conversation, turn())
    clock.now = 59
    memory.remember(conversation, turn())
    clock.now = 118
    assert len(memory.open(conversation)[1]) == 2
    clock.now = 120
    fresh, turns = memory.open(conversation)
    assert (fresh != conversation, turns) == (True, ())


def test_an_expired_conversation_does_not_come_back_when_remembered() -> None:
    clock = Clock()
    memory = Conversations(ttl_seconds=60, clock=clock)
    conversation, _ = memory.open(None)
    memory.remember(conversation, turn("the old one?"))
    clock.now = 100
    memory.remember(conversation, turn("the new one?"))
    assert [t.question.text for t in memory.open(conversation)[1]] == ["the new one?"]


def test_the_oldest_make_room() -> None:
    memory = Conversations(max_conversations=3)
    ids = [memory.open(None)[0] for _ in range(5)]
    for conversation in ids:
        memory.remember(conversation, turn())
    kept = [conversation for conversation in ids if memory.open(conversation)[1]]
    assert kept == ids[2:]


def test_another_asker_never_gets_in() -> None:
    memory = Conversations()
    conversation, _ = memory.open(None, "ann")
    memory.remember(conversation, turn(), "ann")
    other, turns = memory.open(conversation, "bob")
    assert (other != conversation, turns) == (True, ())
    assert memory.open(conversation, "")[1] == ()
    assert len(memory.open(conversation, "ann")[1]) == 1


def test_another_asker_gets_no_answer_from_a_conversation(seed_desk: Desk) -> None:
    mine = seed_desk.ask("when must Sefton deliver its plan?", asker="ann")
    stolen = seed_desk.ask("and Halton?", conversation_id=mine.conversation_id, asker="bob")
    assert stolen.conversation_id != mine.conversation_id
    assert (HALTON, "11") not in cited(stolen) or "November 2022" not in (stolen.value or "")
    own = seed_desk.ask("and Halton?", conversation_id=mine.conversation_id, asker="ann")
    assert own.conversation_id == mine.conversation_id
    assert (HALTON, "11") in cited(own)


@pytest.mark.parametrize(
    ("questions", "says", "place"),
    [
        (("when must Sefton deliver its plan?", "and Halton?"), "November 2022", (HALTON, "11")),
        (("when must Sefton deliver its plan?", "what about Halton?"), "November 2022", (HALTON, "11")),
        (("when must Sefton deliver its plan?", "who signed it?"), "Carolan Goggin", (SEFTON, "signature")),
        (("who signed the Halton notice?", "when was it issued?"), "13 January 2022", (HALTON, "opening")),
        (("who signed the Halton notice?", "when must it deliver its plan?"), "November 2022", (HALTON, "11")),
        (("what does clause 5(b) of the Halton notice say?", "and 5(c)?"), "recommendations", (HALTON, "5(c)")),
        (("what does paragraph 12 of the Sefton notice say?", "and paragraph 13?"), "497A", (SEFTON, "13")),
        (
            ("who signed the letter to St Helens?", "who is it addressed to?"),
            "Jim Leivers",
            (LETTER, "addressee"),
        ),
        (
            ("when must Sefton deliver its plan?", "and Halton?", "and St Helens?"),
            "May 2021",
            (NOTICE, "11"),
        ),
    ],
    ids=lambda q: " / ".join(q) if isinstance(q, tuple) and len(q) > 1 and "?" in q[-1] else "",
)
def test_follow_up(seed_desk: Desk, questions: tuple[str, ...], says: str, place: tuple[str, str]) -> None:
    answer = seed_desk.talk(*questions)
    assert answer.status is Status.ANSWERED
    assert says in answer.text
    assert place in cited(answer)


@pytest.mark.parametrize(
    ("questions", "says", "places"),
    [
        (("when must Sefton deliver its plan?", "which clause is that?"), ["11"], [(SEFTON, "11")]),
        (
            ("how often are Halton's reviews?", "show me the exact wording"),
            ["at least every six months"],
            [(HALTON, "6")],
        ),
        (
            ("what does para 13 of the Halton notice say?", "and the one before it?"),
            ["regular reports"],
            [(HALTON, "12")],
        ),
        (("what does para 9 of the Sefton notice say?", "how many items does it have?"), ["Four"], [(SEFTON, "9")]),
        (
            ("when must Halton deliver its plan?", "and the others?"),
            ["May 2022", "May 2021"],
            [(SEFTON, "11"), (NOTICE, "11")],
        ),
        (
            ("when must Sefton deliver its plan?", "how does that compare with St Helens?"),
            ["May 2022", "May 2021", "differ"],
            [(SEFTON, "11"), (NOTICE, "11")],
        ),
        (
            ("how often are Sefton's reviews?", "is that the same for Halton?"),
            ["Yes", "six months"],
            [(SEFTON, "6"), (HALTON, "6")],
        ),
        (
            ("which councils have an improvement notice?", "which of them was the first?"),
            ["12 November 2019"],
            [(NOTICE, "opening")],
        ),
        (("who signed the Sefton notice?", "what else did she sign?"), ["Halton"], [(HALTON, "signature")]),
        (
            ("when was the Sefton notice signed and who signed it?", "and for Halton?"),
            ["13 January 2022", "Carolan Goggin"],
            [(HALTON, "signature")],
        ),
        (("when is St Helens' plan due?", "not St Helens, Halton"), ["November 2022"], [(HALTON, "11")]),
        (
            ("what can the Covid letter's flexibilities be?", "are they permanent?"),
            ["No", "temporary"],
            [(LETTER, "para 7")],
        ),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else "",
)
def test_what_points_back(
    seed_desk: Desk, questions: tuple[str, ...], says: list[str], places: list[tuple[str, str]]
) -> None:
    answer = seed_desk.talk(*questions)
    assert answer.status is Status.ANSWERED, answer.text
    for words in says:
        assert words in answer.text
    assert set(places) <= cited(answer)


def test_after_the_last_clause_there_is_none(seed_desk: Desk) -> None:
    answer = seed_desk.talk("what does para 13 of the Halton notice say?", "and the next one?")
    assert answer.status is Status.NOT_FOUND
    assert "no clause after 13" in answer.text


def test_many_questions_in_one_are_each_answered(seed_desk: Desk) -> None:
    answer = seed_desk.ask(
        "When must Sefton deliver its plan, who signed the notice, how often are reviews held, what happens if it "
        "fails to comply, and what is the council's address?"
    )
    assert {clause for _, clause in cited(answer)} == {"11", "signature", "6", "13", "addressee"}
    assert {document for document, _ in cited(answer)} == {SEFTON}


def test_a_named_subject_wins_over_the_remembered_one(seed_desk: Desk) -> None:
    answer = seed_desk.talk("when must Sefton deliver its plan?", "who signed the Halton notice?")
    assert {c.document_id for c in answer.citations} == {HALTON}


def test_what_was_filled_is_told(seed_desk: Desk) -> None:
    answer = seed_desk.talk("who signed the Sefton notice?", "when was it issued?")
    assert any("Sefton" in reason or "before" in reason or "last" in reason for reason in answer.because)


def test_a_follow_up_leaves_no_neighbour_in(seed_desk: Desk) -> None:
    answer = seed_desk.talk("who signed the Halton notice?", "how often are its reviews?")
    assert {c.document_id for c in answer.citations} == {HALTON}


def test_a_conversation_keeps_its_id(seed_desk: Desk) -> None:
    first = seed_desk.ask("who signed the Halton notice?")
    second = seed_desk.ask("and Sefton?", conversation_id=first.conversation_id)
    assert second.conversation_id == first.conversation_id
    assert second.answer_id != first.answer_id

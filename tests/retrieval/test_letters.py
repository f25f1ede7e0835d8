"""A letter, a warning letter and a reprimand: who is written to, what a finding calls for, what was not done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.encode import Encoder
from retrieval.answer import Status
from tests.retrieval.asking import Desk, cited, desk_over, faults

FOODS = "okehampton-foods-warning-letter-2024-03-05"
LETTER = "penning-plan-letter-2024-05-16"
REPRIMAND = "penning-reprimand-2024-02-01"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, tiny_encoder: Encoder) -> Iterator[Desk]:
    with desk_over(Path(__file__).parent / "letters", tmp_path_factory.mktemp("letters"), tiny_encoder) as desk:
        yield desk


@pytest.mark.parametrize(
    ("question", "says", "document"),
    [
        ("who is the Marlowe Foods warning letter addressed to", ["Brandt", "Marlowe"], FOODS),
        ("who signed the letter to Marlowe Foods", ["Aldous Finch"], FOODS),
        ("What must Marlowe Foods provide about violation 1?", ["log of the brine", "person who reads"], FOODS),
        ("what should Marlowe send in response to the listeria finding", ["results of tests", "sampling"], FOODS),
        ("what happens if Marlowe Foods misses the deadline", ["legal action"], FOODS),
        ("what if Marlowe dosent fix it", ["legal action"], FOODS),
        ("How many swabs at Marlowe Foods were positive?", ["9"], FOODS),
        ("Who was copied in to the letter to Penning?", ["Amory", "Brook", "Lowe"], LETTER),
        ("What will the department do if Penning's draft plan is late?", ["recommend"], LETTER),
        ("Why was the date for Penning's draft plan moved from 14 June?", ["peer challenge"], LETTER),
        ("By what time and on what date must Penning send its draft improvement plan?", ["noon", "28 June"], LETTER),
        ("Is bed and breakfast accommodation used in Penning?", ["No"], LETTER),
        ("Which Act does Penning's offer to older care leavers not meet?", ["Children and Social Work Act"], LETTER),
        ("Was Penning fined?", ["No", "instead"], REPRIMAND),
        ("Who signed the Penning reprimand for the ICO, and in what role?", ["Joan Mere", "Head of"], REPRIMAND),
        ("Is the list of measures in paragraph 4 of the Penning reprimand exhaustive?", ["No"], REPRIMAND),
        ("I'm writing a note on the Penning reprimand - who signed it?", ["Joan Mere"], REPRIMAND),
        ("Does Penning put homeless 16 and 17 year olds in bed and breakfast?", ["No"], LETTER),
        ("How many numbered violations are there in the Marlowe Foods letter?", ["3"], FOODS),
        ("How many swabs did the bureau take at Marlowe Foods, and how many were positive?", ["112", "9"], FOODS),
        ("When is Penning's review due, and the visit?", ["30 September 2024", "12 November 2024"], LETTER),
        ("Which step of the Penning letter falls on 12 November 2024?", ["Visit by the adviser"], LETTER),
        ("What was the score of lot PT-204 in the Penning letter?", ["41"], LETTER),
        ("When will Penning's new hub open now?", ["January 2026"], LETTER),
        ("When was Penning's new hub originally due to open?", ["September 2024"], LETTER),
        ("why has the Right Start roll-out been held up?", ["recruiting"], LETTER),
        ("When must Penning report on recommendation 4?", ["29 November 2024"], REPRIMAND),
        ("By when must Penning report on recommendation 2?", ["six months"], REPRIMAND),
        ("Where in the Penning report is the peer challenge mentioned?", ["20 June"], LETTER),
    ],
)
def test_right_with_the_right_document(desk: Desk, question: str, says: list[str], document: str) -> None:
    answer = desk.ask(question)
    assert answer.status is Status.ANSWERED, answer.text
    assert all(words in f"{answer.text} {answer.value}" for words in says), answer.text
    assert {name for name, _ in cited(answer)} == {document}
    assert faults(answer, desk.snapshot) == []


@pytest.mark.parametrize(
    "question",
    [
        "What is Mr Brandt's email address?",
        "Did Penning send its draft plan?",
        "Who is the chief executive of Marlowe Foods?",
        "Will Penning be fined next year?",
        "Is the list in paragraph 2 of the Penning reprimand exhaustive?",
    ],
)
def test_what_no_paper_says(desk: Desk, question: str) -> None:
    assert desk.ask(question).status is Status.NOT_FOUND


def test_the_role_of_one_who_is_neither_he_nor_she(desk: Desk) -> None:
    answer = desk.talk("Who signed the letter to Penning?", "What is their job title?")
    assert answer.value == "Parliamentary Under-Secretary of State"

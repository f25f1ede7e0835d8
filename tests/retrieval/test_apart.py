"""Questions that name several subjects: one thing asked of each, and which of them comes first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.encode import Encoder
from retrieval.answer import Status
from tests.retrieval.asking import Desk, desk_over, faults

ALDBURN = "aldburn-inspection-2024-03-12"
PENNICK = "pennick-inspection-2022-10-21"
GORRAN = "gorran-reprimand-2023-05-04"
TOLVEN = "tolven-reprimand-2024-09-17"
BROOK = "brook-lantern-warning-letter-2024-02-06"
FOXGLOVE = "foxglove-warning-letter-2024-08-14"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, tiny_encoder: Encoder) -> Iterator[Desk]:
    with desk_over(Path(__file__).parent / "pairs", tmp_path_factory.mktemp("pairs"), tiny_encoder) as desk:
        yield desk


@pytest.mark.parametrize(
    ("question", "says", "documents"),
    [
        ("What overall grades did Aldburn and Pennick get?", ["Inadequate", "Good"], {ALDBURN, PENNICK}),
        ("Who were the lead inspectors at Aldburn and Pennick?", ["Teague", "Renwick"], {ALDBURN, PENNICK}),
        (
            "Which regional adoption agencies do Aldburn and Pennick belong to?",
            ["Adopt Northmoor", "Families South"],
            {ALDBURN, PENNICK},
        ),
        (
            "On what dates did Gorran and Tolven notify the Data Safety Office of their breaches?",
            ["19 January 2023", "30 April 2024"],
            {GORRAN, TOLVEN},
        ),
        (
            "How long do Brook Lantern and Foxglove have to respond to their letters?",
            ["15 working days", "10 working days"],
            {BROOK, FOXGLOVE},
        ),
        (
            "Compare the timeliness of initial health assessments in Aldburn and Pennick",
            ["ine in 10", "44%"],
            {ALDBURN, PENNICK},
        ),
        (
            "How do Aldburn and Pennick differ on return home interviews completed within 72 hours?",
            ["91%", "52%"],
            {ALDBURN, PENNICK},
        ),
        ("When were the two reprimands issued?", ["4 May 2023", "17 September 2024"], {GORRAN, TOLVEN}),
        ("When were the Data Safety Office reprimands issued?", ["4 May 2023", "17 September 2024"], {GORRAN, TOLVEN}),
        ("Compare Aldburn's average caseload with Pennick's", ["26", "15"], {ALDBURN, PENNICK}),
    ],
)
def test_each_is_answered(desk: Desk, question: str, says: list[str], documents: set[str]) -> None:
    answer = desk.ask(question)
    assert answer.status is Status.ANSWERED, answer.text
    assert all(words in answer.text for words in says), answer.text
    assert {c.document_id for c in answer.citations} == documents
    assert faults(answer, desk.snapshot) == []


@pytest.mark.parametrize(
    ("question", "value", "says"),
    [
        ("which is in touch with more of its care leavers, Aldburn or Pennick?", "Aldburn", ["96%", "89%"]),
        (
            "Which pays care leavers the higher setting-up-home sum, Aldburn or Pennick?",
            "Pennick",
            ["£2,500", "£3,000"],
        ),
        ("Which of Aldburn and Pennick has the lower average caseload?", "Pennick", ["26", "15"]),
        ("Which letter is the earlier one, Brook Lantern or Foxglove?", "Brook Lantern", ["6 February 2024"]),
        ("Which warning letter came later, Foxglove or Brook Lantern?", "Foxglove", ["14 August 2024"]),
    ],
)
def test_which_comes_first(desk: Desk, question: str, value: str, says: list[str]) -> None:
    answer = desk.ask(question)
    assert answer.status is Status.ANSWERED, answer.text
    assert (answer.value or "").casefold().startswith(value.casefold()), answer
    assert all(words in answer.text for words in says), answer.text
    assert faults(answer, desk.snapshot) == []


def test_a_subject_without_an_answer_is_said_to_have_none(desk: Desk) -> None:
    answer = desk.ask("When was the boat trip on the reservoir in Aldburn and Pennick?")
    assert "July 2023" in answer.text
    assert answer.lines[-1].startswith("Pennick County Council: No answer found"), answer.lines
    assert faults(answer, desk.snapshot) == []


@pytest.mark.parametrize(
    ("question", "subject", "document"),
    [
        ("Which council had its children's services judged inadequate overall?", "Aldburn", ALDBURN),
        ("Which council was rated good overall?", "Pennick", PENNICK),
        ("Which council was judged inadequate for children in care?", "Pennick", PENNICK),
    ],
)
def test_who_was_judged_so(desk: Desk, question: str, subject: str, document: str) -> None:
    answer = desk.ask(question)
    assert answer.status is Status.ANSWERED, answer.text
    assert (answer.value or "").casefold().startswith(subject.casefold()), answer
    assert {c.document_id for c in answer.citations} == {document}


def test_nobody_judged_so_is_not_found(desk: Desk) -> None:
    assert desk.ask("Which council was judged outstanding overall?").status is Status.NOT_FOUND


@pytest.mark.parametrize(
    "question", ["What grades did Aldburn and Knapworth get?", "What pension fund do Aldburn and Pennick share?"]
)
def test_nothing_is_made_up(desk: Desk, question: str) -> None:
    assert desk.ask(question).status is Status.NOT_FOUND

"""Lists that a heading introduces, reasons and consequences, over four invented papers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.encode import Encoder
from retrieval.answer import Status
from tests.retrieval.asking import Desk, desk_over, faults

ARDMORE = "ardmore-warning-letter-2023-11-02"
ORLESTONE = "orlestone-direction-2024-01-15"
PENSTOWE = "penstowe-inspection-2024-05-17"
QUENBY = "quenby-reprimand-2024-02-08"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, tiny_encoder: Encoder) -> Iterator[Desk]:
    with desk_over(Path(__file__).parent / "lists", tmp_path_factory.mktemp("lists"), tiny_encoder) as desk:
        yield desk


_BOARD = ["visits of children", "west of the county"]
_COUNTY = ["roof of the Harbour", "opening hours of every", "new librarians"]
_IMPROVE = ["large print", "heating", "speed of repairs"]
_MITIGATING = ["following into account:", "destroyed the list", "told within a week", "no keeper"]
_VIOLATIONS = ["including, but not limited to", "failed to rinse", "failed to keep a log", "lacked the authority"]
_REPORT = ["Each report must contain:", "stand empty", "waiting list", "head gardener"]


@pytest.mark.parametrize(
    ("question", "says", "lacks", "document"),
    [
        ("List the recommendations for the Penstowe Readers Board", _BOARD, ["Harbour"], PENSTOWE),
        ("What are the recommendations for the PRB at Penstowe?", _BOARD, ["Harbour"], PENSTOWE),
        ("List the recommendations in the Penstowe report", [*_COUNTY, *_BOARD], [], PENSTOWE),
        ("What needs to improve in Penstowe?", _IMPROVE, ["roof"], PENSTOWE),
        ("What are the bullets under “What needs to improve” for Penstowe?", _IMPROVE, ["roof"], PENSTOWE),
        ("mitigating factors, Quenby Lighthouse Trust", _MITIGATING, ["Taking into account"], QUENBY),
        ("What were the mitigating factors for Quenby?", _MITIGATING, ["Taking into account"], QUENBY),
        ("What does the Data Commissioner recommend that Quenby do?", ["register", "each spring", "lock"], [], QUENBY),
        ("List the GBP violations in the Ardmore letter", _VIOLATIONS, ["4,100", "rinser was ordered"], ARDMORE),
        ("What violations did the STA find at Ardmore?", _VIOLATIONS, ["rinser was ordered"], ARDMORE),
        ("What must be in each monthly report from Orlestone to the Department?", _REPORT, [], ORLESTONE),
        ("What must each Orlestone report contain?", _REPORT, [], ORLESTONE),
    ],
)
def test_a_list_is_whole_and_in_order(
    desk: Desk, question: str, says: list[str], lacks: list[str], document: str
) -> None:
    answer = desk.ask(question)
    assert answer.status is Status.ANSWERED, answer.text
    places = [answer.text.find(words) for words in says]
    assert -1 not in [answer.text.casefold().find(words.casefold()) for words in says], answer.text
    assert [p for p in places if p >= 0] == sorted(p for p in places if p >= 0), answer.text
    assert not [words for words in lacks if words in answer.text], answer.text
    assert {c.document_id for c in answer.citations} == {document}
    assert faults(answer, desk.snapshot) == []


@pytest.mark.parametrize(
    ("question", "says", "lacks"),
    [
        ("What does Penstowe recommend about the roof?", ["roof"], ["librarians"]),
        (
            "Which documents must Ardmore send with its response?",
            ["bottling plan", "rinsing", "register"],
            ["injunction"],
        ),
    ],
)
def test_what_is_asked_for_and_no_more(desk: Desk, question: str, says: list[str], lacks: list[str]) -> None:
    answer = desk.ask(question)
    assert answer.status is Status.ANSWERED, answer.text
    assert all(words in answer.text for words in says), answer.text
    assert not any(words in answer.text for words in lacks), answer.text


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Why did it take Quenby 16 days to notify the breach?", ["16 days", "did not recognise the letter"]),
        ("Why did the STA find Ardmore's answer on the rinser inadequate?", ["rinser", "bottles already sold"]),
        ("Why have readers in the west of Penstowe not been represented?", ["resignation of a teacher"]),
        ("Why are requests for repairs slow in Penstowe?", ["too slow", "by post"]),
        ("Why did the mobile library not run in January in Penstowe?", ["did not run", "driver was ill"]),
    ],
)
def test_the_reason_stands_with_what_it_explains(desk: Desk, question: str, says: list[str]) -> None:
    answer = desk.ask(question)
    assert answer.status is Status.ANSWERED, answer.text
    assert all(words in answer.text for words in says), answer.text
    assert faults(answer, desk.snapshot) == []


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("What may happen if Ardmore does not fix the violations?", ["seizure and injunction", "state contracts"]),
        ("What happens if Ardmore does not correct the violations?", ["seizure and injunction"]),
        ("What could happen to Quenby if it does not carry out the recommendations?", ["aggravating factor"]),
        ("What if Orlestone does not co-operate with the commissioner?", ["further powers"]),
    ],
)
def test_what_may_follow(desk: Desk, question: str, says: list[str]) -> None:
    answer = desk.ask(question)
    assert answer.status is Status.ANSWERED, answer.text
    assert all(words in answer.text for words in says), answer.text
    assert faults(answer, desk.snapshot) == []

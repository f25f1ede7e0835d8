"""Across documents: comparisons, superlatives, provisions, and a later paper that varies an earlier one."""

from __future__ import annotations

import pytest

from retrieval.answer import Status
from tests.retrieval.asking import Desk, cited, faults

HALTON = "halton-improvement-notice-2022-01-13"
SEFTON = "sefton-improvement-notice-2021-06-07"
NOTICE = "st-helens-improvement-notice-2019-11-12"
LETTER = "st-helens-covid-letter-2020-06-18"


@pytest.mark.parametrize(
    ("question", "value", "places"),
    [
        ("which council has the latest deadline?", "Halton Borough Council", [(HALTON, "11")]),
        ("whose plan was due earliest?", "St Helens Council", [(NOTICE, "11")]),
        ("which council was given the longest time to deliver its plan?", "St Helens Council", [(NOTICE, "11")]),
        ("which of Sefton and Halton got its notice earlier?", "Sefton Council", [(SEFTON, "opening")]),
        ("which council was on notice at the end of 2020?", "St Helens Council", [(NOTICE, "opening")]),
        ("how many councils were on notice by the end of 2021?", "2", [(SEFTON, "opening"), (NOTICE, "opening")]),
        ("did the same person sign the Halton and St Helens notices?", "no", [(HALTON, "signature")]),
        ("is paragraph 9 the same in the Halton and Sefton notices?", "yes", [(HALTON, "9"), (SEFTON, "9")]),
        ("did St Helens get longer than Sefton to deliver its plan?", "yes", [(NOTICE, "11"), (SEFTON, "11")]),
    ],
)
def test_value(seed_desk: Desk, question: str, value: str, places: list[tuple[str, str]]) -> None:
    answer = seed_desk.ask(question)
    assert not faults(answer, seed_desk.snapshot)
    assert answer.value == value
    assert set(places) <= cited(answer)


def test_a_section_of_an_act_is_no_clause(seed_desk: Desk) -> None:
    answer = seed_desk.ask("which notices cite section 10?")
    assert cited(answer) == {(HALTON, "2"), (SEFTON, "2")}


def test_clauses_that_differ_are_cut_at_their_own_stops(seed_desk: Desk) -> None:
    answer = seed_desk.ask("what is the difference between the Sefton and Halton notices?")
    assert not faults(answer, seed_desk.snapshot)
    assert {"11", "5(b)", "1"} <= {clause for _, clause in cited(answer)}
    assert (SEFTON, "3") not in cited(answer)
    assert any(line.startswith("Sefton Council, clause 11: ") and "May 2022" in line for line in answer.lines)


def test_what_two_notices_have_in_common(seed_desk: Desk) -> None:
    answer = seed_desk.ask("what is the same in the Sefton and Halton notices?")
    assert {(SEFTON, "6"), (HALTON, "6")} <= cited(answer)
    assert not {"11", "5(b)"} & {clause for _, clause in cited(answer)}


def test_a_variation_is_told_with_its_own_force_and_the_earlier_clause(seed_desk: Desk) -> None:
    answer = seed_desk.ask("what does the covid letter change about review meetings compared with the notice?")
    assert not faults(answer, seed_desk.snapshot)
    assert {(LETTER, "e)"), (LETTER, "para 7"), (NOTICE, "6")} <= cited(answer)


def test_where_no_later_paper_is_none_is_made_up(seed_desk: Desk) -> None:
    answer = seed_desk.ask("does the Sefton notice still apply?")
    assert answer.status is Status.NOT_FOUND
    assert "No later document" in answer.text


def test_sources_that_differ_are_shown_newest_first_with_kind_and_date(seed_desk: Desk) -> None:
    answer = seed_desk.ask("does the six-monthly review still apply to St Helens?")
    assert {(LETTER, "para 7"), (NOTICE, "6")} <= cited(answer)
    labelled = [line for line in answer.lines if ", letter, " in line or ", notice, " in line]
    assert "letter, 18 June 2020: " in labelled[0]
    assert "notice, 12 November 2019: " in labelled[1]

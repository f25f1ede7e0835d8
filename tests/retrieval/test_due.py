from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer import Ask, Status
from retrieval.due import period_of, relative_period
from retrieval.pipeline import answer_question
from tests.retrieval.asking import Desk, cited

HALTON = "halton-improvement-notice-2022-01-13"
SEFTON = "sefton-improvement-notice-2021-06-07"
UNITS = ("day", "week", "month", "quarter", "year")


def span(first: str, last: str) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last)


@pytest.mark.parametrize(
    ("words", "today", "first", "last"),
    [
        ("next month", "2022-12-15", "2023-01-01", "2023-01-31"),
        ("next month", "2024-01-31", "2024-02-01", "2024-02-29"),
        ("last month", "2022-01-31", "2021-12-01", "2021-12-31"),
        ("this month", "2023-02-10", "2023-02-01", "2023-02-28"),
        ("the coming month", "2021-12-01", "2022-01-01", "2022-01-31"),
        ("next quarter", "2022-11-03", "2023-01-01", "2023-03-31"),
        ("last quarter", "2022-02-03", "2021-10-01", "2021-12-31"),
        ("this quarter", "2022-05-03", "2022-04-01", "2022-06-30"),
        ("next year", "2022-05-03", "2023-01-01", "2023-12-31"),
        ("last year", "2022-05-03", "2021-01-01", "2021-12-31"),
        ("next week", "2022-12-29", "2023-01-02", "2023-01-08"),
        ("this week", "2022-01-01", "2021-12-27", "2022-01-02"),
        ("today", "2022-12-31", "2022-12-31", "2022-12-31"),
        ("tomorrow", "2022-12-31", "2023-01-01", "2023-01-01"),
        ("What is DUE Next Month?", "2022-06-30", "2022-07-01", "2022-07-31"),
    ],
)
def test_relative(words: str, today: str, first: str, last: str) -> None:
    assert relative_period(words, date.fromisoformat(today)) == span(first, last)


def test_nothing_relative() -> None:
    assert relative_period("in May 2022", date(2022, 1, 1)) is None


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-05", "2022-05-01", "2022-05-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-12", "2022-12-01", "2022-12-31"),
        ("2022-05-07", "2022-05-07", "2022-05-07"),
    ],
)
def test_period(iso: str, first: str, last: str) -> None:
    assert period_of(iso) == span(first, last)


@pytest.mark.parametrize("iso", ["", "--05-07", "P3M", "2022-05-07/2022-05-09", "spring"])
def test_no_period(iso: str) -> None:
    assert period_of(iso) is None


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.sampled_from(("week", "month", "quarter", "year")))
def test_periods_follow_one_another_without_a_gap(today: date, unit: str) -> None:
    last, this, coming = (relative_period(f"{which} {unit}", today) for which in ("last", "this", "next"))
    assert last is not None
    assert this is not None
    assert coming is not None
    assert this[0] <= today <= this[1]
    assert last[1] + timedelta(days=1) == this[0]
    assert this[1] + timedelta(days=1) == coming[0]


@pytest.mark.parametrize(
    ("question", "today", "place"),
    [
        ("what is due in May 2022?", date(2022, 1, 1), (SEFTON, "11")),
        ("what is due in November 2022?", date(2022, 1, 1), (HALTON, "11")),
        ("what is due next month?", date(2022, 10, 31), (HALTON, "11")),
        ("what is due next quarter?", date(2022, 3, 31), (SEFTON, "11")),
        ("what is due this year?", date(2022, 3, 31), (HALTON, "11")),
    ],
)
def test_what_is_due(seed_desk: Desk, question: str, today: date, place: tuple[str, str]) -> None:
    answer = answer_question(Ask(question), seed_desk.snapshot, seed_desk.memory, today=today)
    assert answer.status is Status.ANSWERED
    assert place in cited(answer)


@pytest.mark.parametrize("question", ["what is due in May 1999?", "what is due in August 2031?"])
def test_nothing_is_due(seed_desk: Desk, question: str) -> None:
    assert seed_desk.ask(question).status is Status.NOT_FOUND

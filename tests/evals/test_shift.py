"""Dates moved: each in its own form, distances kept, words that are no dates left alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.dates import find_dates
from evals.shift import DateShift

SHIFT = DateShift(years=-4, months=1, days=7)


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("12/11/19", "19/12/15"),
        ("7th June 2021", "14th July 2017"),
        ("the 21st May 2021", "the 28th June 2017"),
        ("end of May 2022", "end of June 2018"),
        ("on May 6 and May 7.", "on June 13 and June 14."),
        ("6 and 7 May 2020", "13 and 14 June 2016"),
        ("October 31, 2019", "November 30, 2015"),
        ("Monday 6 November 2023", "Friday 13 December 2019"),
        ("2021-06-07 and 2022-05", "2017-07-14 and 2018-06"),
        ("2022-05-31", "2018-06-30"),
        ("since 2018", "since 2014"),
        ("back in November following", "back in December following"),
        ("the May inspection", "the June inspection"),
        ("at the end of october 2019", "at the end of november 2015"),
        ("May members attend? They may march in.", "May members attend? They may march in."),
        ("the Children Act 2004 and 127 per 10,000", "the Children Act 2004 and 127 per 10,000"),
    ],
)
def test_each_form_stays(text: str, moved: str) -> None:
    assert SHIFT.text(text) == moved


def test_the_date_in_a_file_name_moves() -> None:
    assert SHIFT.slug("a-notice-2021-06-07") == "a-notice-2017-07-14"
    assert SHIFT.slug("a-report-2020") == "a-report-2016"


def test_a_shift_fits_the_texts_it_is_for() -> None:
    texts = ["on 2 January 2020 and 25 March 2021, after 31 October 2019"]
    for seed in range(20):
        shift = DateShift.for_texts(texts, seed)
        moved = shift.text(texts[0])
        assert [d.year for d in find_dates(moved)] == [d.year + shift.years for d in find_dates(texts[0]) if d.year]
        assert shift.days
        assert shift.years


@given(st.dates(date(1990, 1, 1), date(2035, 12, 31)), st.integers(-8, 8), st.integers(-11, 11), st.integers(-9, 9))
def test_every_moved_date_is_a_date(day: date, years: int, months: int, days: int) -> None:
    shift = DateShift(years, months, days)
    moved = shift.text(day.isoformat())
    assert moved == shift.day(day).isoformat()


@given(st.text())
def test_a_text_without_dates_or_months_is_left_alone(text: str) -> None:
    if not any(c.isdigit() for c in text) and not any(
        m in text for m in ("Jan", "Feb", "Apr", "Ju", "Aug", "Sep", "Oct", "Nov", "Dec", "Ma")
    ):
        lower = (
            "january",
            "february",
            "april",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        )
        if not any(m in text for m in lower):
            assert SHIFT.text(text) == text

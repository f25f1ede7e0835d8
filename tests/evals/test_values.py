"""Values read from words."""

from __future__ import annotations

import pytest

from evals import values
from evals.dates import find_dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 10th May 2021", [(2021, 5, 10)]),
        ("12/11/19", [(2019, 11, 12)]),
        ("May 6 and May 7.", [(None, 5, 6), (None, 5, 7)]),
        ("6 and 7 May 2020", [(2020, 5, 6), (2020, 5, 7)]),
        ("6 – 10 December 2021", [(2021, 12, 6), (2021, 12, 10)]),
        ("the end of October 31, 2019", [(2019, 10, 31)]),
        ("end of May 2022", [(2022, 5, None)]),
        ("Monday 6 November 2023", [(2023, 11, 6)]),
        ("a-notice-2021-06-07 and 2022-05", [(2021, 6, 7), (2022, 5, None)]),
        ("since 2018, and July 2018", [(2018, None, None), (2018, 7, None)]),
        ("the Children Act 2004 and DPA 2018", []),
        ("the council may 3 times", []),
        ("31 February 2020 is no date but its month", [(2020, 2, None)]),
        ("£2,018 and 2016/679 and 127 per 10,000", []),
    ],
)
def test_dates_by_value(text: str, expected: list[tuple[int | None, ...]]) -> None:
    assert [(d.year, d.month, d.day) for d in find_dates(text)] == expected
    assert all(text[d.start : d.end].strip() for d in find_dates(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("534 children [2]", [534]),
        ("1,234.5", [1234.5]),
        ("one hundred and twenty-five", [125]),
        ("260 out of 511 SARs by 6 April 2021", [260, 511]),
        ("between 30 and 35%", [30, 35]),
        ("£5.5m", [5_500_000]),
        ("twice a year", [2]),
        ("no numbers", []),
    ],
)
def test_numbers(text: str, expected: list[float]) -> None:
    assert list(values.numbers_in(text)) == expected


def test_amounts_need_a_currency() -> None:
    assert [(a.number, a.currency) for a in values.amounts_in("£5.5m, 300 people, £1,200 and 5 pounds")] == [
        (5_500_000, "GBP"),
        (1200, "GBP"),
        (5, "GBP"),
    ]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("at least every six months", "P6M"),
        ("monthly", "P1M"),
        ("every 6 weeks", "P42D"),
        ("within 15 working days", "P15BD"),
        ("two years", "P24M"),
        ("each week", "weekly"),
    ],
)
def test_durations_by_value(text: str, same: str) -> None:
    assert values.durations_in(text)[0] == values.expected_duration(same)


def test_working_days_are_not_days() -> None:
    assert values.expected_duration("15 working days") != values.expected_duration("15 days")


@pytest.mark.parametrize(
    ("text", "name", "there"),
    [
        ("Professor Sarah O’Brien, strategic director", "Sarah O'Brien", True),
        ("MR JIM LEIVERS", "Jim Leivers", True),
        ("Cllr  David\nBaines", "Councillor David Baines", True),
        ("David Bainesworth", "David Baines", False),
        ("Northfield Council", "Field", False),
        ("", "Field", False),
    ],
)
def test_names_normalised(text: str, name: str, *, there: bool) -> None:
    assert values.contains_name(text, name) is there

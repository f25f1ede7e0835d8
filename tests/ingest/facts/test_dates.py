"""Dates: exact words, right value, no date where there is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.facts.dates import find_dates, writes_us_dates

CASES: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("on 13 January 2022.", [("13 January 2022", "2022-01-13", "day")]),
    ("Date: 7th June 2021", [("7th June 2021", "2021-06-07", "day")]),
    ("Date: 12/11/19", [("12/11/19", "2019-11-12", "day")]),
    ("12/11/2019", [("12/11/2019", "2019-11-12", "day")]),
    ("31-12-2019 and 1.2.2020", [("31-12-2019", "2019-12-31", "day"), ("1.2.2020", "2020-02-01", "day")]),
    ("May 6, 2021, not 05/06/2021", [("May 6, 2021", "2021-05-06", "day"), ("05/06/2021", "2021-05-06", "day")]),
    ("DATE: 4/24/2024", [("4/24/2024", "2024-04-24", "day")]),
    ("on May 6.", [("May 6", "--05-06", "day")]),
    ("2021-06-07", [("2021-06-07", "2021-06-07", "day")]),
    ("Monday 6 November 2023", [("Monday 6 November 2023", "2023-11-06", "day")]),
    ("Tuesday, 7th of June, 2021", [("Tuesday, 7th of June, 2021", "2021-06-07", "day")]),
    ("by 13 january 2022", [("13 january 2022", "2022-01-13", "day")]),
    ("29\n\nSeptember 2022", [("29\n\nSeptember 2022", "2022-09-29", "day")]),
    ("6 April 2021 to 6 April 2022", [("6 April 2021", "2021-04-06", "day"), ("6 April 2022", "2022-04-06", "day")]),
    (
        "30 January to 10 February 2023",
        [("30 January", "2023-01-30", "day"), ("10 February 2023", "2023-02-10", "day")],
    ),
    ("5–16 December 2022", [("5", "2022-12-05", "day"), ("16 December 2022", "2022-12-16", "day")]),
    ("11 – 22 July 2022", [("11", "2022-07-11", "day"), ("22 July 2022", "2022-07-22", "day")]),
    ("between May and August 2021", [("May", "2021-05", "month"), ("August 2021", "2021-08", "month")]),
    ("by the end of November 2022 or", [("end of November 2022", "2022-11", "month")]),
    ("back in November following", [("November", "--11", "month")]),
    ("since 2016.", [("2016", "2016", "year")]),
    ("for the year of 2021/2022.", [("2021/2022", "2021", "year")]),
    ("the 2018 focused inspection", [("2018", "2018", "year")]),
    ("the Data Protection Act 2018", []),
    ("the Review (Boards) Regulations 2013 and the 2011 Act", []),
    ("around 2,000 parents and £2019", []),
    ("they may 2 or 3", []),
    ("the march 4 abreast", []),
    ("see 5.12.19 and 10/12", []),
    ("on 31 February", []),
    ("call 0300 123 1231", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_find_dates(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(m.value, m.iso, m.precision) for m in find_dates(text)] == expected


def test_end_of_a_month_is_told_from_the_month() -> None:
    (match,) = find_dates("by the end of May 2022")
    assert match.end_of
    (match,) = find_dates("there were 534 at the end of October 31, 2019.")
    assert match.end_of
    assert match.value == "October 31, 2019"


def test_a_range_is_known_whole() -> None:
    text = "Inspection dates: 10 to 21 July 2023"
    assert {m.whole.of(text) for m in find_dates(text) if m.whole} == {"10 to 21 July 2023"}


def test_numeric_order_is_judged_from_the_document() -> None:
    assert not writes_us_dates("It cost £5 on 05/06/2021.")
    assert writes_us_dates("On March 4, 2020 and 05/06/2021.")
    assert find_dates("05/06/2021")[0].iso == "2021-06-05"
    assert find_dates("05/06/2021", us=True)[0].iso == "2021-05-06"


WORDS = st.sampled_from(
    [
        "13",
        "January",
        "may",
        "May",
        "2022",
        "to",
        "–",
        "end of",
        "the",
        "/",
        "12/11/19",
        "31",
        "2021/22",
        "Act",
        ",",
        "\n",
        "by",
        "in",
        "5",
        "-",
        ".",
    ]
)


@given(st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=120))
def test_any_text_gives_exact_disjoint_spans(text: str) -> None:
    previous = 0
    for match in find_dates(text):
        assert match.span.start >= previous
        assert match.span.of(text) == match.value
        previous = match.span.end


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on October 2 through 6 and October 11, 2023.", ["2023-10-02", "2023-10-06", "2023-10-11"]),
        ("from April 8-19, 2024.", ["2024-04-08", "2024-04-19"]),
        ("on February 26, 2024, through March 15, 2024,", ["2024-02-26", "2024-03-15"]),
    ],
)
def test_ranges_with_the_month_first(text: str, found: list[str]) -> None:
    assert [d.iso for d in find_dates(text, us=True)] == found

"""Numbers, amounts, rates, durations and intervals: exact words and the value that compares."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.facts.numbers import number_of, plain_number
from ingest.facts.quantities import find_quantities
from ingest.notice import Fact

Finder = Callable[..., tuple[Fact, ...]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two areas", [("number", "two", "2")]),
        (
            "466 children, at a rate of 127 per 10,000",
            [("number", "466", "466"), ("rate", "127 per 10,000", "127 per 10000")],
        ),
        ("1 in 5 pupils", [("rate", "1 in 5", "1 per 5")]),
        ("260 out of 511 requests", [("number", "260 out of 511", "260 of 511")]),
        ("£5.5m annually", [("amount", "£5.5m", "5500000 GBP"), ("interval", "annually", "P1Y")]),
        ("£1,250 or $3 million", [("amount", "£1,250", "1250 GBP"), ("amount", "$3 million", "3000000 USD")]),
        ("20 pounds", [("amount", "20 pounds", "20 GBP")]),
        ("45% and 77 per cent", [("percentage", "45%", "45%"), ("percentage", "77 per cent", "77%")]),
        ("between 30 and 35%", [("percentage", "between 30 and 35%", "30%/35%")]),
        ("every six months", [("interval", "every six months", "P6M")]),
        ("at least every six months and", [("interval", "at least every six months", "P6M")]),
        ("every 6 weeks at the very least", [("interval", "every 6 weeks at the very least", "P6W")]),
        ("meet monthly", [("interval", "monthly", "P1M")]),
        ("on a quarterly basis", [("interval", "on a quarterly basis", "P3M")]),
        ("six-monthly reviews", [("interval", "six-monthly", "P6M")]),
        ("up to six times per year", [("interval", "up to six times per year", "R6/P1Y")]),
        ("twice a year", [("interval", "twice a year", "R2/P1Y")]),
        ("every other week", [("interval", "every other week", "P2W")]),
        ("within 18 months", [("duration", "within 18 months", "P18M")]),
        ("within 15 working days of receipt", [("duration", "within 15 working days", "P15BD")]),
        ("thirty (30) days", [("duration", "thirty (30) days", "P30D")]),
        ("one or three months", [("duration", "one or three months", "P1M/P3M")]),
        ("two further months", [("duration", "two further months", "P2M")]),
        ("a couple of months", [("duration", "a couple of months", "P2M")]),
        ("a two-week inspection", [("duration", "two-week", "P2W")]),
        ("within 48 hours", [("duration", "within 48 hours", "PT48H")]),
        ("a fortnight after and within a fortnight", [("duration", "within a fortnight", "P2W")]),
        ("two hundred and six cases", [("number", "two hundred and six", "206")]),
        ("aged 18 to 25 and 17-year-olds under 18", []),
        ("on 5 May 2021", []),
        ("one day at a time the monthly newsletter came", [("duration", "one day", "P1D")]),
        ("many years", []),
    ],
)
def test_find_quantities(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(q.kind, q.value, q.normalised) for q in find_quantities(text)] == expected


@given(st.integers(0, 999_999))
def test_written_digits_keep_their_value(number: int) -> None:
    assert number_of(f"{number:,}") == number
    assert plain_number(float(number)) == str(number)


WORDS = st.sampled_from(
    [
        "two",
        "5",
        "1,250",
        "£",
        "%",
        "million",
        "every",
        "within",
        "six",
        "months",
        "times",
        "a",
        "year",
        "per",
        "10,000",
        "weekly",
        "-",
        ".",
        "and",
        "\n",
    ]
)


@given(st.lists(WORDS, max_size=14).map(" ".join) | st.lists(WORDS, max_size=10).map("".join) | st.text(max_size=100))
def test_any_text_gives_exact_disjoint_spans(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        assert quantity.span.start >= end
        assert quantity.span.of(text) == quantity.value
        end = quantity.span.end


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Just under half of the plans were late.", "50%"),
        ("One third of cases are closed.", "33%"),
        ("Two-thirds of staff left.", "67%"),
    ],
)
def test_parts_of_a_whole_are_shares(text: str, share: str) -> None:
    assert [(q.kind, q.normalised) for q in find_quantities(text)] == [("percentage", share)]


def test_a_part_of_a_day_is_no_share() -> None:
    assert not [
        q for q in find_quantities("It took half of a day, and a quarter of an hour.") if q.kind == "percentage"
    ]


def test_amounts_for_each_stretch_of_time(facts: Finder) -> None:
    (amount,) = facts("amount", "The council must meet her costs, which will not exceed £1,150 for each day worked.")
    assert (amount.value, amount.qualifier) == ("£1,150", "for each day worked")

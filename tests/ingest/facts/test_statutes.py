"""References to law, whichever way round they are written."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.facts.statutes import find_law


@pytest.mark.parametrize(
    ("text", "words", "normalised"),
    [
        ("by the Harbours Act 1964 (Section 10).", "Harbours Act 1964 (Section 10)", "Harbours Act 1964, section 10"),
        ("powers (s497A Education Act 1996) to", "s497A Education Act 1996", "Education Act 1996, section 497A"),
        (
            "under section 12A of the Water Industry Act 1991 and",
            "section 12A of the Water Industry Act 1991",
            "Water Industry Act 1991, section 12A",
        ),
        (
            "with Article 58(2)(b)\n\nof the UK GDPR in",
            "Article 58(2)(b)\n\nof the UK GDPR",
            "UK GDPR, Article 58(2)(b)",
        ),
        ("to Article\n\n5(1)(f) of", "Article\n\n5(1)(f)", "Article 5(1)(f)"),
        ("Housing Act 2004, section 11", "Housing Act 2004, section 11", "Housing Act 2004, section 11"),
        (
            "regulation 12 of the Care (Fees) Regulations 2014",
            "regulation 12 of the Care (Fees) Regulations 2014",
            "Care (Fees) Regulations 2014, regulation 12",
        ),
        ("s.31(2) of the Act", "s.31(2) of the Act", "the Act, section 31(2)"),
        ("section 155(3)(e) DPA 2018.", "section 155(3)(e) DPA 2018", "DPA 2018, section 155(3)(e)"),
        ("21 U.S.C. 351(a)(2)(B).", "21 U.S.C. 351(a)(2)(B)", "21 U.S.C., 351(a)(2)(B)"),
        ("(21 CFR 211.165(a))", "21 CFR 211.165(a)", "21 CFR, 211.165(a)"),
        ("Article 12 (3), which", "Article 12 (3)", "Article 12(3)"),
    ],
)
def test_find_law(text: str, words: str, normalised: str) -> None:
    found = find_law(text)
    assert [(r.span.of(text), r.normalised) for r in found] == [(words, normalised)]


@pytest.mark.parametrize(
    "text",
    ["in order to act", "the Act", "sections of the report", "Order of play", "part of it", "article of clothing"],
)
def test_no_law(text: str) -> None:
    assert find_law(text) == ()


@given(
    st.lists(
        st.sampled_from(["section", "Article", "5", "(a)", "of", "the", "Act", "2004", "Water", ",", "and", "\n"]),
        max_size=16,
    ).map(" ".join)
    | st.text(max_size=100)
)
def test_any_text(text: str) -> None:
    end = 0
    for ref in find_law(text):
        assert ref.span.start >= end
        assert ref.normalised
        end = ref.span.end


def test_long_runs_of_capitals_take_no_time() -> None:
    started = time.process_time()
    find_law("Great Northern And Western " * 2_000)
    assert time.process_time() - started < 5

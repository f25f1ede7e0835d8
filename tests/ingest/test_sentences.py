"""Sentences are exact, whole and unmarked, however the page breaks its lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.notice import Span
from ingest.sentences import sentence_at, sentences


def cut(text: str) -> list[str]:
    return [" ".join(s.of(text).split()) for s in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One ends. Two begins.", ["One ends.", "Two begins."]),
        ("Prof. Ada Byron wrote. She left.", ["Prof. Ada Byron wrote.", "She left."]),
        ("See No. 5 and s. 12. It applies.", ["See No. 5 and s. 12.", "It applies."]),
        ("Costs, e.g. travel, rose by 1.5%. They fell.", ["Costs, e.g. travel, rose by 1.5%.", "They fell."]),
        ("J. B. Priestley Ltd. was told. The firm paid.", ["J. B. Priestley Ltd. was told.", "The firm paid."]),
        ("Acme Inc. The firm paid.", ["Acme Inc.", "The firm paid."]),
        (
            "It said: “We act. We care.” He agreed.",
            ["It said: “We act.", "We care.”", "He agreed."],
        ),
        ("Is it due? Yes! It is.", ["Is it due?", "Yes!", "It is."]),
        (
            "The U.S. Food Agency wrote on 4.5.2020. You replied.",
            ["The U.S. Food Agency wrote on 4.5.2020.", "You replied."],
        ),
        ("dated 6 Sept. 2021 and received.", ["dated 6 Sept. 2021 and received."]),
        (" - a. first thing;\n - b. second thing; and\n\n- c. third.", ["first thing;", "second thing; and", "third."]),
        ("12. The council must act.\n13. It must report.", ["The council must act.", "It must report."]),
        ("(a) access to staff;\n(ii) data.", ["access to staff;", "data."]),
        (
            "objectives which are slow to\n\nprogress and highlight; and\n",
            ["objectives which are slow to progress and highlight; and"],
        ),
        ("Adviser arrangements\n\nThe minister has chosen.", ["Adviser arrangements", "The minister has chosen."]),
        ("Yours sincerely\n\nJo Bloggs\n\nDirector", ["Yours sincerely", "Jo Bloggs", "Director"]),
        ("High Street\nMarlow\nSL7 1AA", ["High Street", "Marlow", "SL7 1AA"]),
        ("", []),
        (" \n - \n", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_hard_wrapped_lines_and_stray_blank_lines_do_not_end_a_sentence() -> None:
    text = (
        "The regulator issues a warning to the Borough of Anytown under Article\n\n"
        "58(2)(b) of the Regulation, which took effect in the spring of 2020 for\n"
        "Anytown and its neighbours. A second sentence follows here and runs on to\n\n"
        "Wednesday.\n\n"
        "Mitigating factors\n\n"
        "The regulator has noted that steps were taken by the council in the light\n"
    ) * 2
    first = cut(text)
    assert first[0].startswith("The regulator issues")
    assert first[0].endswith("neighbours.")
    assert first[1] == "A second sentence follows here and runs on to Wednesday."
    assert first[2] == "Mitigating factors"


def test_sentence_at_covers_a_place_whole() -> None:
    text = "First one. The council must act by May 2022. Last."
    at = text.index("May")
    assert sentence_at(text, Span(0, len(text)), Span(at, at + 8)).of(text) == "The council must act by May 2022."


@given(st.text(alphabet=st.sampled_from('aB .\n-()1;:"’?A•\t'), max_size=120), st.integers(0, 40), st.integers(0, 120))
def test_any_text_gives_ordered_disjoint_spans_inside_and_loses_no_word(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    span = Span(start, min(len(text), start + length))
    found = sentences(text, span)
    previous = span.start
    for sentence in found:
        assert previous <= sentence.start < sentence.end <= span.end
        assert sentence.of(text).strip() == sentence.of(text)
        previous = sentence.end


@given(st.text(max_size=300))
def test_any_text_at_all(text: str) -> None:
    for sentence in sentences(text, Span(0, len(text))):
        assert sentence.of(text)

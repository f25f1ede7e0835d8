"""The seed documents' clauses, label by label, and what holds for any text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.clauses import split
from ingest.notice import Clause, ClauseKind
from ingest.raw import RawDocument
from ingest.read import read

CORPUS = Path(__file__).parents[2] / "corpus"
NOTICES = sorted(path.name for path in CORPUS.glob("*notice*.txt"))

NOTICE_LABELS = [
    *["title", "addressee", "opening", "1", "2", "3", "4"],
    *["5", "5(a)", "5(b)", "5(c)", "5(d)", "5(e)", "6", "7", "8"],
    *["9", "9(a)", "9(b)", "9(c)", "9(d)", "10", "10(a)", "10(b)", "10(c)", "11", "12", "13", "signature"],
]


def clauses_of(text: str) -> dict[str, Clause]:
    return {clause.label: clause for clause in split(RawDocument(text))}


def seed(name: str) -> tuple[str, dict[str, Clause]]:
    raw = read(CORPUS / name)
    return raw.text, {clause.label: clause for clause in split(raw)}


def check_invariants(text: str, clauses: tuple[Clause, ...]) -> None:
    """Exact spans, unique labels, nested or disjoint, parents before and around their items."""
    labels = [clause.label for clause in clauses]
    assert len(set(labels)) == len(labels)
    by_label = {clause.label: clause for clause in clauses}
    for clause in clauses:
        assert 0 <= clause.span.start < clause.span.end <= len(text)
        words = clause.span.of(text)
        assert words == words.strip()
        if clause.parent is not None:
            parent = by_label[clause.parent]
            assert parent.span.covers(clause.span)
            assert labels.index(parent.label) < labels.index(clause.label)
    stack: list[Clause] = []
    for clause in clauses:
        while stack and stack[-1].span.end <= clause.span.start:
            stack.pop()
        if stack:
            assert stack[-1].span.covers(clause.span), (stack[-1], clause)
        stack.append(clause)
    assert [c.span.start for c in clauses] == sorted(c.span.start for c in clauses)
    top = [c for c in clauses if c.parent is None]
    rebuilt, position = "", 0
    for clause in top:
        rebuilt += text[position : clause.span.start] + clause.span.of(text)
        position = clause.span.end
    assert rebuilt + text[position:] == text
    assert all(a.span.end <= b.span.start for a, b in pairwise(top))


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_has_its_printed_paragraphs(name: str) -> None:
    text, clauses = seed(name)
    assert list(clauses) == NOTICE_LABELS
    assert clauses["5(b)"].parent == "5"
    assert clauses["5"].span.end == clauses["5(e)"].span.end
    assert clauses["11"].heading == "Department for Education reviews"
    assert clauses["12"].heading == "Improvement against the above measures will be assessed as follows"
    assert clauses["3"].heading == "Adviser arrangements"
    assert clauses["4"].heading == "Improvement plan"
    assert clauses["1"].heading is None
    assert clauses["13"].kind is ClauseKind.NUMBERED
    assert clauses["addressee"].span.of(text).startswith("To: ")
    assert "\n" in clauses["addressee"].span.of(text)
    assert clauses["signature"].span.of(text).startswith("Signed:")
    assert clauses["signature"].span.end == len(text)
    assert clauses["11"].span.of(text).startswith("11. Taking account")


def test_an_item_broken_over_blank_lines_is_whole() -> None:
    text, clauses = seed("st-helens-improvement-notice-2019-11-12.txt")
    words = clauses["5(d)"].span.of(text)
    assert words.startswith("d. the council should")
    assert words.endswith("need to be strengthened; and")
    assert "\n\n" in words


def test_the_letter_has_blocks_prose_and_items() -> None:
    text, clauses = seed("st-helens-covid-letter-2020-06-18.txt")
    items = ["a)", "b)", "c)", "d)", "e)"]
    assert list(clauses) == [
        *["addressee", "letterhead", "title", "para 1", "para 2", "para 3", "para 4", *items],
        *["para 5", "para 6", "para 7", "copied to", "signature"],
    ]
    assert all(clauses[item].parent == "para 4" for item in items)
    assert len(clauses["addressee"].span.of(text).split("\n")) == 7
    letterhead = clauses["letterhead"].span.of(text).split("\n\n")
    assert letterhead[0].endswith("S1 2FJ")
    assert letterhead[1] == "18th June 2020"
    assert clauses["title"].span.of(text).isupper()
    assert clauses["copied to"].span.of(text).startswith("I am copying this letter to")
    assert clauses["signature"].span.of(text).startswith("Yours sincerely")
    assert not any("Dear" in clause.span.of(text) for clause in clauses.values())


def test_the_news_report_is_counted_prose() -> None:
    text, clauses = seed("st-helens-star-news-report-2020.txt")
    assert list(clauses) == [f"para {n}" for n in range(1, 40)]
    assert clauses["para 30"].heading is None
    assert clauses["para 31"].heading == "St Helens Star"
    assert clauses["para 39"].span.end == len(text)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_invariants_hold_on_the_seeds(path: Path) -> None:
    raw = read(path)
    check_invariants(raw.text, split(raw))


def test_other_ways_to_print_a_letter() -> None:
    for form in ("a.", "(a)", "a)", "- (a)", "* a."):
        other = form.replace("a", "b")
        clauses = clauses_of(f"1. Lead:\n {form} one;\n {other} two.\n2. Next one.\n")
        assert list(clauses) == ["1", "1(a)", "1(b)", "2"], form


def test_roman_items_nest_under_letters() -> None:
    text = "5. The council must:\n(a) report:\n(i) monthly;\n(ii) in writing;\n(b) publish.\n6. That is all.\n"
    assert list(clauses_of(text)) == ["5", "5(a)", "5(a)(i)", "5(a)(ii)", "5(b)", "6"]


def test_a_second_unnumbered_list_says_so() -> None:
    text = (
        "Dear Ms Poe\n\nWe ask for two things:\n\na) a plan\n\nb) a report\n\nThen we offer two:\n\na) advice\n\n"
        "b) money\n\nYours sincerely\n\nA B\n"
    )
    assert [label for label in clauses_of(text) if ")" in label] == ["a)", "b)", "list 2 a)", "list 2 b)"]


def test_prose_between_numbered_paragraphs_is_counted_from_them() -> None:
    remarks = "A remark.\n\nAnother remark.\n\n"
    text = f"Opening words here.\n\nMore opening words.\n\n1. First.\n\n{remarks}2. Second.\n\n3. Third.\n"
    assert list(clauses_of(text)) == ["opening", "opening 2", "1", "after 1", "after 1 2", "2", "3"]


def test_annexes_have_their_own_numbers() -> None:
    text = (
        "1. First.\n2. Second.\n\nAnnex A\n\n1. In the annex.\n2. Second there.\n\nSchedule 2\n\n1. In the schedule.\n"
    )
    labels = list(clauses_of(text))
    assert labels == ["1", "2", "Annex A 1", "Annex A 2", "Schedule 2 1"]


_PIECES = st.sampled_from(
    [
        "1. ",
        "2. ",
        "3. ",
        "(a) ",
        "b) ",
        "- ",
        "• ",
        "i. ",
        "(ii) ",
        "1.1 ",
        "A6.3 ",
        "Annex A",
        "Dear Sir",
        "Yours sincerely",
        "\n",
        "\n\n",
        " ",
        "\x0c",
        "\u2028",
        "\x85",
        "\t",
        "word ",
        "Heading",
        "To: X Council",
        "Signed:",
        ":",
        ".",
        "ü",
        "😀",
        "cc: ",
        "                                      1",
        "the end of a line that goes on for a while and then is cut by\n",
        "table | row",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=400), st.lists(_PIECES, max_size=60).map("".join)))
def test_any_text_splits_exactly(text: str) -> None:
    check_invariants(text, split(RawDocument(text)))

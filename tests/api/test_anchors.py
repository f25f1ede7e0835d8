from __future__ import annotations

import pytest

from api.anchors import anchor, anchors, document_url, place


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("5(b)", "clause-5-b"),
        ("5(b)(ii)", "clause-5-b-ii"),
        ("11", "clause-11"),
        ("A6.3", "clause-A6-3"),
        ("a)", "clause-a"),
        ("list 2 a)", "clause-list-2-a"),
        ("table 2 row 5", "clause-table-2-row-5"),
        ("copied to", "clause-copied-to"),
    ],
)
def test_an_anchor_is_the_labels_letters_and_digits(label: str, expected: str) -> None:
    assert anchor(label) == expected


def test_anchors_of_a_document_are_unique() -> None:
    assert anchors(["1.2", "1(2)", "3"]) == {"1.2": "clause-1-2", "1(2)": "clause-1-2--2", "3": "clause-3"}


def test_an_address_is_escaped() -> None:
    assert document_url("a/b", "clause-é", start=1, version=None) == "/documents/a%2Fb?start=1#clause-%C3%A9"


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("11", "clause 11"),
        ("5(b)", "clause 5(b)"),
        ("para 4", "paragraph 4"),
        ("a)", "item a)"),
        ("signature", "signature"),
    ],
)
def test_a_label_reads_as_words(label: str, words: str) -> None:
    assert place(label) == words

"""Names taken from the index: subjects without their kind, people found as facts, no words of the language."""

from __future__ import annotations

from evals.originals import Names
from ingest.notice import Document, Fact, Span

TEXT = "The board of Arden Vale Borough Council was told by Ida Quill. Interim support for the board goes on."


def document(*facts: tuple[str, str]) -> Document:
    return Document(
        id="d",
        version="v",
        source="d.txt",
        sha256="0",
        title="T",
        kind="notice",
        subject="Arden Vale Borough Council",
        issuer=None,
        issued_on=None,
        text=TEXT,
        facts=tuple(Fact(kind, name, name, "para 1", Span(0, 5), Span(0, 5)) for kind, name in facts),
        subject_names=("Arden Vale Borough Council", "Arden Vale", "the borough"),
    )


def test_the_index_adds_its_subjects_and_people() -> None:
    names = Names(places=("Sefton",)).with_index([document(("signatory", "Ida Quill"), ("deadline", "May 2020"))])
    assert names.places == ("Sefton", "Arden Vale")
    assert names.people == ("Ida Quill",)


def test_words_of_the_language_are_no_names() -> None:
    names = Names().with_index([document(("person_role", "Interim Board"), ("signatory", "Ida"))])
    assert names.people == ()


def test_a_person_named_in_the_file_is_not_added_again() -> None:
    names = Names(people=("Ida Quill",)).with_index([document(("signatory", "Ms Ida QUILL"))])
    assert names.people == ("Ida Quill",)

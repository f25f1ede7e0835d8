from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.notice import Clause, ClauseKind, Document, Fact, Span
from retrieval.answer import Status
from retrieval.names.index import NameIndex
from retrieval.names.known import NameKind
from tests.retrieval.asking import Desk


def letter(subject: str, person: str, role: str) -> Document:
    text = f"The plan of {subject} is due. {person}, {role}."
    at = text.index(person)
    fact = Fact("person_role", person, person, "1", Span(at, len(text)), Span(at, at + len(person)), topic=role)
    name = subject.casefold().replace(" ", "-")
    return Document(
        name, "v1", f"{name}.txt", "0" * 64, f"Letter to {subject}", "letter", subject, None, date(2020, 1, 1), text,
        (Clause("1", Span(0, len(text)), ClauseKind.NUMBERED),), (fact,),
        subject_names=(subject, subject.removesuffix(" Council")),
    )  # fmt: skip


@pytest.fixture(scope="module")
def index() -> NameIndex:
    documents = (
        letter("Ambridge Council", "Mrs Leonora Quist", "Chief Executive"),
        letter("St Oswin Council", "Dr Piers Hallow", "Director"),
        letter("Borchester Council", "Leonora Vane", "Chair"),
    )
    return NameIndex(documents)


@pytest.mark.parametrize(
    ("question", "kind", "shown"),
    [
        ("when must Ambridge deliver?", NameKind.SUBJECT, ["Ambridge Council"]),
        ("when must ambridge deliver?", NameKind.SUBJECT, ["Ambridge Council"]),
        ("AMBRIDGE COUNCIL deadline", NameKind.SUBJECT, ["Ambridge Council"]),
        ("Ambridge's deadline", NameKind.SUBJECT, ["Ambridge Council"]),
        ("Ambridge’s deadline", NameKind.SUBJECT, ["Ambridge Council"]),
        ("the deadline of Saint Oswin", NameKind.SUBJECT, ["St Oswin Council"]),
        ("the deadline of St. Oswin", NameKind.SUBJECT, ["St Oswin Council"]),
        ("the deadline of st oswins", NameKind.SUBJECT, ["St Oswin Council"]),
        ("Ambridge and Borchester", NameKind.SUBJECT, ["Ambridge Council", "Borchester Council"]),
        ("who is Piers Hallow?", NameKind.PERSON, ["Piers Hallow"]),
        ("who is Dr Hallow?", NameKind.PERSON, ["Piers Hallow"]),
        ("what must the Rev Dr Hallow send?", NameKind.PERSON, ["Piers Hallow"]),
        ("who is the Rev. Dr. Piers Hallow?", NameKind.PERSON, ["Piers Hallow"]),
        ("what does Hallow do?", NameKind.PERSON, ["Piers Hallow"]),
        ("who is leonora quist", NameKind.PERSON, ["Leonora Quist"]),
        ("who is Leonora?", NameKind.PERSON, ["Leonora Quist", "Leonora Vane"]),
    ],
)
def test_known(index: NameIndex, question: str, kind: NameKind, shown: list[str]) -> None:
    reading = index.read(question)
    assert [name.shown for name in reading.of(kind)] == shown
    assert reading.unknown == ()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ambrdige", "Ambridge Council"),
        ("Ambrige", "Ambridge Council"),
        ("Ambbridge", "Ambridge Council"),
        ("Embridge", "Ambridge Council"),
        ("Borchesster", "Borchester Council"),
    ],
)
def test_one_edit_is_corrected_and_told(index: NameIndex, typed: str, shown: str) -> None:
    (mention,) = index.read(f"when must {typed} deliver?").mentions
    assert (mention.name.shown, mention.corrected_from) == (shown, typed)


@pytest.mark.parametrize("typed", ["Ambrigde Councl", "Amridg"])
def test_more_than_one_edit_is_not_corrected(index: NameIndex, typed: str) -> None:
    reading = index.read(f"when must {typed} deliver?")
    assert not [m for m in reading.mentions if m.corrected_from and m.corrected_from == "Amridg"]


def test_two_edits_are_a_suggestion(index: NameIndex) -> None:
    reading = index.read("when must Amridg deliver?")
    assert reading.mentions == ()
    assert [(typed, name.shown) for typed, name in reading.suggestions] == [("Amridg", "Ambridge Council")]


@pytest.mark.parametrize("name", ["Felpersham", "Penny Hassett", "Zorblax"])
def test_a_name_that_no_document_has_is_unknown(index: NameIndex, name: str) -> None:
    reading = index.read(f"when must {name} deliver its plan?")
    assert reading.unknown == (name,)
    assert reading.of(NameKind.SUBJECT) == ()


@pytest.mark.parametrize("question", ["when is the plan due?", "who must tell the neighbours?", "What Is Due In May?"])
def test_ordinary_words_are_no_names(index: NameIndex, question: str) -> None:
    reading = index.read(question)
    assert reading.mentions == ()
    assert reading.unknown == ()


@given(st.text(max_size=200))
def test_mentions_stand_where_they_say(index: NameIndex, question: str) -> None:
    for mention in index.read(question).mentions:
        assert 0 <= mention.start < mention.end <= len(question)


@pytest.mark.parametrize(
    ("question", "typed", "says"),
    [
        ("when must Seftn deliver its plan?", "Seftn", "end of May 2022"),
        ("when must Haltn deliver its plan?", "Haltn", "end of November 2022"),
        ("who signed the Seftonn notice?", "Seftonn", "Carolan Goggin"),
    ],
)
def test_a_correction_is_said(seed_desk: Desk, question: str, typed: str, says: str) -> None:
    answer = seed_desk.ask(question)
    assert answer.status is Status.ANSWERED
    assert says in answer.text
    assert any(typed in reason for reason in answer.because)
    assert answer.text.startswith(("Sefton Council", "Halton Borough Council"))


@pytest.mark.parametrize("place", ["Bolton", "Liverpool", "Rochdale", "Zorblax", "Knowsley"])
@pytest.mark.parametrize(
    "question", ["when must {} deliver its plan?", "who signed the {} notice?", "what does 5(b) of the {} notice say?"]
)
def test_a_place_without_documents_never_gets_a_neighbours_answer(seed_desk: Desk, question: str, place: str) -> None:
    answer = seed_desk.ask(question.format(place))
    assert answer.status is Status.NOT_FOUND
    assert place in answer.text

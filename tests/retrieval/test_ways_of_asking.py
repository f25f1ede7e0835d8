"""Ways of asking that a word or a mark can lead astray: quotations, codes of law, what is next, names cut short."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.encode import HashEncoder
from retrieval.answer import Status
from retrieval.names.gathered import short_forms
from retrieval.references import find_references
from retrieval.wants import Want, wants
from tests.retrieval.asking import Desk, cited, desk_over, faults

COUNCIL = """To: Ormsley Council (the Council)

1. This notice is issued to Ormsley Council on 4 March 2024. The last inspection took place in January 2024.

2. The panel looked at 412 files and asked for urgent action on 37 of them.

3. Parents said they had waited for years. One of them, Petra Lindqvist, said the council "has let them down" for years.

4. Of the 76 families that the team worked with last year, 61 stayed together.

5. The Secretary of State has chosen to appoint an adviser. The adviser will write to the council each month.

6. Each report must include:
   (a) the number of visits;
   (b) the number of complaints; and
   (c) a statement by the chief executive.

Signed: Tobias Renfrew
Deputy Director
Date: 4 March 2024
"""
COMPANY = """To: Larkspur Mills Ltd

WARNING LETTER

1. Your firm failed to keep complaint files (21 CFR 820.198(a)).

2. Your laboratory reported 17 results, of which it invalidated 14.

| Month | Results | Outcome |
|---|---|---|
| May | 17 | passed |
| June | 9 | failed |

Signed: Ada Quennell
Compliance Officer
2 May 2024
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("ways")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "ormsley-notice-2024-03-04.txt").write_text(COUNCIL, encoding="utf-8")
    (folder / "corpus" / "larkspur-warning-letter-2024-05-02.md").write_text(COMPANY, encoding="utf-8")
    with desk_over(folder / "corpus", folder / "data", HashEncoder()) as found:
        yield found


def test_words_quoted_find_their_sentence_and_speaker(desk: Desk) -> None:
    answer = desk.ask("Who said Ormsley “has let them down”?")
    assert answer.status is Status.ANSWERED
    assert "Petra Lindqvist" in answer.text
    assert cited(answer) == {("ormsley-notice-2024-03-04", "3")}
    assert faults(answer, desk.snapshot) == []


def test_of_two_numbers_the_one_beside_the_words_is_meant(desk: Desk) -> None:
    assert desk.ask("How many files did the panel look at in Ormsley?").value == "412"
    assert desk.ask("How many needed urgent action in Ormsley?").value == "37"


def test_what_comes_next_is_not_what_was(desk: Desk) -> None:
    assert desk.ask("When is the next inspection of Ormsley?").status is Status.NOT_FOUND
    assert "January 2024" in desk.ask("When was the last inspection of Ormsley?").text


def test_an_office_without_its_holder_gives_no_name(desk: Desk) -> None:
    assert desk.ask("What is the Secretary of State's name in the Ormsley notice?").status is Status.NOT_FOUND


def test_an_ordinary_word_with_a_capital_names_a_company(desk: Desk) -> None:
    answer = desk.ask("How many results did the Larkspur laboratory report?")
    assert {c.document_id for c in answer.citations} == {"larkspur-warning-letter-2024-05-02"}
    assert "blue heron" in short_forms("Blue Heron Seafoods, Inc.", ["Ormsley Council"])


def test_a_provision_of_a_code_is_no_clause(desk: Desk) -> None:
    assert find_references("What was the violation of 21 CFR 820.198(a)?") == ()
    answer = desk.ask("What was the violation of 21 CFR 820.198(a) at Larkspur Mills?")
    assert ("larkspur-warning-letter-2024-05-02", "1") in cited(answer)


@pytest.mark.parametrize(
    ("question", "want"),
    [
        ("What can happen if the firm does not put things right?", Want.CONSEQUENCE),
        ("The board meets monthly, right?", Want.YES_NO),
        ("How many times was it downloaded?", Want.COUNT),
        ("How many times a year do they meet?", Want.INTERVAL),
        ("What did the council do about the two people who had been put in a hotel?", Want.OPEN),
        ("What does Ada Quennell do?", Want.ROLE),
    ],
)
def test_what_is_asked(question: str, want: Want) -> None:
    assert wants(question)[0] is want


def test_an_apostrophe_left_out(desk: Desk) -> None:
    assert desk.ask("whos the deputy director who signed the Ormsley notice").value == "Tobias Renfrew"


def test_who_wrote_is_not_who_was_written_to(desk: Desk) -> None:
    assert desk.ask("Who wrote to Ormsley Council in March 2024?").value == "Tobias Renfrew"


def test_names_are_not_in_a_sentence_that_names_nobody(desk: Desk) -> None:
    assert desk.ask("What are the names of the families that stayed together in Ormsley?").status is Status.NOT_FOUND


def test_the_items_of_a_clause_are_counted_and_each_is_cited(desk: Desk) -> None:
    answer = desk.ask("How many things does paragraph 6 of the Ormsley notice list?")
    assert answer.value == "3"
    assert {("ormsley-notice-2024-03-04", f"6({letter})") for letter in "abc"} <= cited(answer)

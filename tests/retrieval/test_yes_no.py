"""What settles a yes/no question: negations, opposites, quantities, and questions that offer alternatives."""

from __future__ import annotations

import pytest

from retrieval.answer import Status
from retrieval.names.index import NameIndex
from retrieval.question import Question, understand
from retrieval.words import stems
from retrieval.yes_no.claim import claim_of
from retrieval.yes_no.either import is_either
from retrieval.yes_no.polarity import denied, excluded, opposed, unconditional
from retrieval.yes_no.ranges import agree, ranges
from tests.retrieval.asking import Desk, faults


def asked(text: str) -> Question:
    return understand(text, NameIndex(()), frozenset({"notice", "letter"}))


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("are accounts checked just once a year?", "Accounts are checked at least every six months.", False),
        ("are accounts checked twice a year or more?", "Accounts are checked at least every six months.", True),
        ("are accounts checked every six months?", "Accounts are checked at least every six months.", True),
        ("are accounts checked yearly?", "Accounts are checked at least every six months.", False),
        ("are they checked at least every year?", "They are checked at least every three months.", True),
        ("must it be done within twelve months?", "It is to be done within 18 months of the visit.", False),
        ("must it be done within a year and a half?", "It is to be done within 18 months of the visit.", True),
        ("is there more than two months to appeal?", "An appeal lies within two months of service.", False),
        ("may they visit more than six times a year?", "They visit up to six times per year.", False),
        ("did it cost more than £20,000?", "It cost no more than £18,500.", False),
        ("did it cost less than £5m?", "An additional £5.5m was approved.", False),
        ("did it cost more than £5m?", "An additional £5.5m was approved.", True),
        ("did more than half of the staff attend?", "Between 30 and 35% of the staff attended.", False),
        ("did more than half of the staff attend?", "260 out of 511 members of staff attended.", True),
        ("were more than ten people hurt?", "Four people were hurt.", False),
        ("were four people hurt?", "Four people were hurt.", True),
        ("is a fee charged?", "Four people were hurt.", None),
        ("is it 24 hours?", "It cost £24.", None),
    ],
)
def test_quantities(question: str, sentence: str, verdict: bool | None) -> None:
    assert agree(ranges(question), ranges(sentence)) is verdict


def test_what_may_be_must_lie_within_the_bounds() -> None:
    said = ranges("They visit up to six times per year.")
    assert agree(ranges("could they visit four times a year?"), said, possible=True) is True
    assert agree(ranges("could they visit eight times a year?"), said, possible=True) is False
    assert agree(ranges("could they visit more than six times a year?"), said, possible=True) is False
    floor = ranges("They visit at least every six months.")
    assert agree(ranges("may they visit more than twice a year?"), floor, possible=True) is True


def test_labels_are_no_quantities() -> None:
    assert ranges("Did tank 3 leak, under section 12?") == ()
    assert ranges("No one was hurt; it was a one-off.") == ()


def test_a_two_day_visit_lasts_two_days() -> None:
    said = ranges("The two-day visit ended on Monday.")
    assert agree(ranges("did it last two days?"), said) is True
    assert agree(ranges("did it last seven weeks?"), said) is False
    assert agree(ranges("was it done within seven weeks?"), said) is None


@pytest.mark.parametrize(
    ("sentence", "word", "says_no"),
    [
        ("That hasn't yet been signed off.", "signed", True),
        ("An appeal does not suspend the notice.", "suspend", True),
        ("No waste may be brought onto the site.", "brought", True),
        ("The firm failed to report the breach.", "report", True),
        ("There was a lack of written guidance.", "guidance", True),
        ("It is not a listed building, but it stands in the park.", "stands", False),
        ("Should the firm not comply, the Authority may prosecute.", "prosecute", False),
        ("If ministers are not satisfied, they may intervene.", "intervene", False),
        ("The reviews are not limited to finance.", "finance", False),
        ("Reply no later than Monday.", "reply", False),
        ("The plan must be published.", "published", False),
    ],
)
def test_negations_and_their_reach(sentence: str, word: str, says_no: bool) -> None:
    assert denied(sentence, stems(word), f"was it {word}") is says_no


def test_a_negative_verb_of_the_question_denies_nothing() -> None:
    assert not denied("The firm failed to report the breach.", stems("report"), "did the firm fail to report it")


def test_conditions_are_left_aside() -> None:
    assert unconditional("Should the firm fail, the Authority may act.") == "the Authority may act."
    assert "until" not in unconditional("No oil may be stored until the tank is mended.")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("is the measure permanent?", "These are temporary measures."),
        ("has demand gone down?", "Demand has risen since May."),
        ("was the fine capped?", "The court may impose an unlimited fine."),
        ("is the post still held by him?", "The former post holder spoke."),
        ("does the officer support it?", "The officer objects to it."),
    ],
)
def test_opposites(question: str, sentence: str) -> None:
    assert opposed(stems(question), stems(sentence))
    assert not opposed(stems(question), stems(question))


def test_of_some_sets_a_thing_has_one_at_a_time() -> None:
    assert excluded(stems("is she a Conservative?"), stems("The Labour member spoke."))
    assert not excluded(stems("is she a Lib Dem?"), stems("The Liberal Democrat leader spoke."))


@pytest.mark.parametrize(
    ("question", "either"),
    [
        ("was it new or had they done it before?", True),
        ("is it permanent or temporary?", True),
        ("do they meet monthly or every six weeks?", True),
        ("is it checked twice a year or more?", False),
        ("does the plan cover staff or leaders?", False),
        ("is the plan late?", False),
    ],
)
def test_questions_that_offer_alternatives(question: str, either: bool) -> None:
    assert is_either(asked(question)) is either


@pytest.mark.parametrize(
    ("question", "negative"),
    [
        ("isn't the chair independent?", False),
        ("doesn't it have to be published?", False),
        ("the plan was published, wasn't it?", False),
        ("is it true that the plan was not published?", True),
        ("the plan wasn't published, right?", True),
        ("if they aren't satisfied, can they intervene?", False),
        ("was the plan published?", False),
    ],
)
def test_what_the_question_itself_denies(question: str, negative: bool) -> None:
    assert claim_of(asked(question)).negative is negative


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("Are both the Sefton and the Halton notices signed by Carolan Goggin?", 2),
        ("Do all three notices appoint an adviser?", 3),
        ("Did Matthew Edwards sign both the St Helens notice and the Covid letter?", 2),
    ],
)
def test_every_document_of_all_is_cited(seed_desk: Desk, question: str, documents: int) -> None:
    answer = seed_desk.ask(question)
    assert not faults(answer, seed_desk.snapshot)
    assert (answer.status, answer.value) == (Status.ANSWERED, "yes")
    assert len({c.document_id for c in answer.citations}) == documents


@pytest.mark.parametrize(
    ("question", "says", "documents"),
    [
        ("Do Sefton and Halton have the same deadline?", "no", 2),
        ("Did Matthew Edwards sign for Halton?", "no", 1),
    ],
)
def test_values_of_several_documents_are_compared(seed_desk: Desk, question: str, says: str, documents: int) -> None:
    answer = seed_desk.ask(question)
    assert not faults(answer, seed_desk.snapshot)
    assert (answer.status, answer.value) == (Status.ANSWERED, says)
    assert len({c.document_id for c in answer.citations}) == documents

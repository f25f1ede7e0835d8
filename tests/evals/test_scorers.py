"""Each scorer tells right from wrong, and says why."""

from __future__ import annotations

from typing import Any

import pytest

from evals.case import Case
from evals.reply import Cited, Reply
from evals.scorers import SCORERS, score_content, score_status


def case(**fields: Any) -> Case:
    return Case.model_validate({"id": "x", "question": "q", "part": "tuning", **fields})


def expecting(kind: str, value: Any, **more: Any) -> Case:
    key = {"text": "contains", "list": "items"}.get(kind, "value")
    return case(expect={"type": kind, key: value}, **more)


def said(text: str, value: str | None = None, status: str = "answered") -> Reply:
    return Reply(status=status, text=text, value=value)


@pytest.mark.parametrize(
    ("kind", "expected", "reply", "right"),
    [
        ("date", "2019-11-12", said("On 12/11/19. [1]"), True),
        ("date", "2019-11-12", said("On 12/11/19. [1]", "12/11/19"), True),
        ("date", "2019-11-12", said("On 12 November 2019. [1]", "11 December 2019"), False),
        ("date", "2022-05-31", said("", "end of May 2022"), True),
        ("date", "2022-05-31", said("", "May 2022"), False),
        ("date", "2022-05-30", said("", "end of May 2022"), False),
        ("month", "2022-05", said("By the end of May 2022. [1]"), True),
        ("month", "2022-05", said("By the end of November 2022. [1]"), False),
        ("date", "--05-06", said("On May 6 and May 7. [1]"), True),
        ("date", "2020-05-06", said("On May 6. [1]"), True),
        ("date", "2018", said("In July 2018. [1]"), True),
        ("date", "2020-01-01", said("1/1/2020, 2/1/2020, 3/1/2020, 4/1/2020 and 5/1/2020"), False),
        ("date", ["2021-06-07", "2021-05"], said("", "May 2021"), True),
        ("date", "2021-06-07", said("No date is given."), False),
        ("number", "534", said("There were 534 children [1]."), True),
        ("number", "2", said("Two areas. [1]", "two"), True),
        ("number", "2", said("Three areas. [2]", "three"), False),
        ("amount", "£5.5m", said("An additional £5.5m annually. [1]", "£5.5m"), True),
        ("amount", "5500000", said("", "£5.5 million"), True),
        ("amount", "£5.5m", said("", "€5.5m"), False),
        ("amount", "£5.5m", said("", "5.5 metres"), False),
        ("duration", "P6M", said("At least every six months. [1]", "every six months"), True),
        ("duration", "P6M", said("", "every six weeks"), False),
        ("name", "Carolan Goggin", said("Signed by CAROLAN GOGGIN. [1]"), True),
        ("name", "Carolan Goggin", said("Carolan Goggin signed.", "Matthew Edwards"), False),
        ("text", ["children’s services", "DRAFT  plan"], said("A draft plan for children's services."), True),
        ("text", ["draft", "final"], said("A draft plan."), False),
        ("list", ["one", "two"], said("one; two"), True),
        ("list", ["one", "two"], said("one"), False),
        ("yes_no", "yes", said("Yes: the plan must be kept. [1]"), True),
        ("yes_no", "no", said("Yes: the plan must be kept. [1]"), False),
        ("yes_no", "no", said("The plan.", "No"), True),
        ("yes_no", "yes", said("The plan must be kept."), False),
    ],
)  # fmt: skip
def test_content(kind: str, expected: Any, reply: Reply, *, right: bool) -> None:
    score = score_content(expecting(kind, expected), reply)
    assert score.right is right, score.why
    assert score.why


def test_every_type_of_the_model_has_a_scorer() -> None:
    assert set(SCORERS) == {"date", "month", "number", "amount", "duration", "name", "text", "list", "yes_no"}


def test_the_order_of_a_list_counts_inside_one_document() -> None:
    cited = [{"document": "d", "clause": "5"}]
    reply = said("two, then one")
    assert not score_content(expecting("list", ["one", "two"], citations=cited), reply).right
    assert score_content(expecting("list", ["one", "two"]), reply).right
    several = [*cited, {"document": "e", "clause": "1"}]
    assert score_content(expecting("list", ["one", "two"], citations=several), reply).right
    free = case(expect={"type": "list", "items": ["one", "two"], "ordered": False}, citations=cited)
    assert score_content(free, reply).right


def test_what_must_not_be_said_makes_an_answer_wrong() -> None:
    score = score_content(expecting("text", ["plan"], not_contains=["Halton"]), said("The HALTON plan."))
    assert not score.right
    assert "Halton" in score.why


def test_citation_marks_are_no_numbers() -> None:
    assert not score_content(expecting("number", "3"), said("It has areas. [3]")).right


def test_a_refusal_is_right_by_its_status_and_without_citations() -> None:
    refuse = case(status="not_found")
    assert score_status(refuse, said("Not in the documents.", status="not_found")).right
    assert not score_status(refuse, said("Here.", status="answered")).right
    assert not score_status(refuse, said("No.", status="declined")).right
    cited = Reply("not_found", "no", citations=(Cited("d", "1", "q", 0, 1),))
    assert not score_status(refuse, cited).right


def test_the_words_of_a_refusal_are_judged_with_its_suggestions() -> None:
    refuse = expecting("text", ["Sefton"], status="not_found")
    reply = Reply("not_found", "Nothing about Sexton.", suggestions=("when must Sefton deliver?",))
    assert score_content(refuse, reply).right

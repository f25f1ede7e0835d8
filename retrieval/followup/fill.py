"""What a question lacks (subject, document, what is asked, topic), filled from the last turns."""

from __future__ import annotations

from dataclasses import replace

from retrieval.conversation import Turn, asked_last
from retrieval.followup.again import of_another_kind, other_subjects, retarget, same_for, twins
from retrieval.followup.among import among_cited
from retrieval.followup.filled import Filled
from retrieval.followup.forms import (
    COMPARE,
    ELLIPTIC,
    MORE_OF,
    OTHERS,
    PERSON,
    PLURAL,
    POINTING,
    SAME,
    THEIR_POST,
    asks_only_the_form,
    is_bare,
)
from retrieval.followup.names import naming, with_names, without_denied
from retrieval.followup.number import next_number
from retrieval.followup.topic import asked_as_before, with_topic
from retrieval.kinds import picked
from retrieval.knowledge import Knowledge
from retrieval.names.known import Name
from retrieval.question import Question
from retrieval.wants import Want


def fill(question: Question, turns: tuple[Turn, ...], knowledge: Knowledge | None = None) -> Filled:
    """Fill what the question lacks from the last turns; a question that lacks nothing is returned as it is."""
    if not turns:
        return Filled(question)
    last = turns[-1]
    question = without_denied(question)
    bare = is_bare(question)
    named = bool(question.subjects or question.people or question.organisations)
    if knowledge is not None and OTHERS.search(question.text) and (others := other_subjects(last, knowledge)):
        each = tuple(retarget(last.question, naming(name)) for name in others)
        return Filled(question, (), ("the last question, asked of the others",), whole=True, each=each)
    if question.subjects and last.question.subjects and (SAME.search(question.text) or COMPARE.search(question.text)):
        return same_for(question, last)
    if named and (bare or (ELLIPTIC.search(question.text) and not question.topic and question.wants == (Want.OPEN,))):
        again = tuple(retarget(turn.question, question) for turn in asked_last(turns))
        return Filled(
            again[-1],
            (),
            ("the last question, asked of the name given",),
            near=twins(last.clauses, question.subjects, knowledge) if knowledge is not None else frozenset(),
            whole=True,
            each=again if len(again) > 1 else (),
        )
    whose = PERSON.search(question.text) or (len(last.people) == 1 and THEIR_POST.search(question.text))
    if not question.people and whose and (people := last.people or last.question.people):
        question = with_names(question, people[:1])
        if MORE_OF.search(question.text) and "signatory" in picked(question.text) and not question.subjects:
            asked = replace(question, text=f"which documents did {people[0].shown} sign", wants=(Want.OPEN,), terms=())
            return Filled(asked, (), (f"all that {people[0].shown} signed",), whole=True)
    if question.subjects:
        return Filled(question)
    if number := next_number(question, last):
        question = number
    if question.kinds and bare:
        moved = of_another_kind(question, last.question, knowledge)
        return Filled(moved, (), ("the last question, asked of the kind of document given",), whole=True)
    if among := among_cited(question, last):
        return among
    inherited = _last_names(turns)
    if question.references and not question.kinds:
        return Filled(with_names(question, inherited), last.documents, ("the document of the last answer",))
    if bare and not named and not question.references:
        return Filled(last.question, last.documents, ("the last question again",), whole=True)
    if asks_only_the_form(question) and not named:
        asked = replace(last.question, wants=question.wants, text=f"{question.text.rstrip(' ?')} {last.question.text}")
        return Filled(
            asked, last.documents, ("the last question's topic",), near=frozenset(last.clauses[:2]), whole=True
        )
    pointing = POINTING.search(question.text) is not None or ELLIPTIC.search(question.text) is not None
    if question.people and not pointing:
        return Filled(question)
    question = asked_as_before(question, last)
    if pointing and not question.people and knowledge is not None:
        question = with_topic(question, last, knowledge)
    return Filled(
        with_names(question, inherited),
        last.documents
        if pointing and not question.kinds and (len(set(last.documents)) == 1 or PLURAL.search(question.text))
        else (),
        tuple(f"about {name.shown}, as before" for name in inherited)
        or (("as cited last",) if pointing and last.clauses else ()),
        frozenset(last.clauses),
        pointing=pointing,
    )


def _last_names(turns: tuple[Turn, ...]) -> tuple[Name, ...]:
    for turn in reversed(turns):
        if turn.question.subjects:
            return turn.question.subjects
    return ()

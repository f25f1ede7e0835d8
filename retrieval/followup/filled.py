"""A follow-up made whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from retrieval.question import Question


@dataclass(frozen=True, slots=True)
class Filled:
    """A follow-up made whole: the question, the documents it stays in (empty: no limit), and what was filled."""

    question: Question
    documents: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    near: frozenset[tuple[str, str]] = frozenset()  # clauses cited last, for what is asked about the same thing
    pointing: bool = True  # it points back to them ("it", "these", "and …")
    whole: bool = False  # nothing of the question stands by itself: it is the last one, asked of something else
    joined: bool = False  # to the question before it in one text
    given: str | None = None  # the value which answered that
    each: tuple[Question, ...] = field(default=())  # asked one by one, in the place of `question`

"""The names of a follow-up: set aside, added, given alone."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.names.known import Mention, Name, Reading
from retrieval.question import Question
from retrieval.wants import Want


def without_denied(question: Question) -> Question:
    """ "Not Ambridge, Borchester": a name that is set aside is not asked about where another is."""
    kept = tuple(
        m for m in question.names.mentions if not re.search(r"\bnot $", question.text[: m.start], re.I) or m.end == 0
    )
    if not kept or len(kept) == len(question.names.mentions):
        return question
    return replace(question, names=replace(question.names, mentions=kept))


def naming(name: Name) -> Question:
    """A question with nothing but a name."""
    reading = Reading((Mention(name, 0, 0),))
    return Question(name.shown, (Want.OPEN,), reading, (), (), frozenset(), ())


def with_names(question: Question, names: tuple[Name, ...]) -> Question:
    mentions = tuple(Mention(name, 0, 0) for name in names)
    return replace(question, names=replace(question.names, mentions=(*question.names.mentions, *mentions)))

""" "And 10?" after a clause was asked for by its number."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.conversation import Turn
from retrieval.question import Question
from retrieval.references import ClauseReference

_NUMBER = re.compile(
    r"^(?:and |what about |how about |then )*(?:number |no\.? )?(\d{1,3}(?:\.\d{1,3})*)\s*\(?([a-z])?\)?\s*\??$", re.I
)
_LETTER = re.compile(r"^(?:and |what about |how about |then )*\(?([a-z])\)?\s*\??$", re.I)


def next_number(question: Question, last: Turn) -> Question | None:
    """ "And 10?" after a clause was asked for by its number."""
    found = _NUMBER.match(question.text)
    before = last.question.references
    letter = _LETTER.match(question.text)
    if letter and before and (stem_of := re.match(r"[\w.]+(?=\()", before[-1].label)):
        label = f"{stem_of[0]}({letter[1].lower()})"
        return replace(question, references=(ClauseReference(label, letter[1]),), terms=())
    if found is None or not before or question.references:
        return None
    label = found[1] + (f"({found[2].lower()})" if found[2] else "")
    return replace(question, references=(ClauseReference(label, found[1]),), terms=())

"""What is still to come: "the next inspection" is no inspection that the papers look back on."""

from __future__ import annotations

import re

from retrieval.question import Question

_ASKED = re.compile(
    r"\b(?:next|upcoming|forthcoming)\s+(?!month|week|year|day|quarter|to\b|steps?\b|of kin)[a-z]", re.I
)
_NEXT_DOES = re.compile(r"\b(?:will|does|is|are)\b.{0,40}\bnext\b(?! (?:month|week|year|to)\b)", re.I)
_SAID = re.compile(
    r"\b(?:next|will|shall|planned|forthcoming|upcoming|scheduled|again|future|intends?|return|re-?inspect\w*)\b",
    re.I,
)


def looks_back(question: Question, said: str) -> bool:
    """Whether the question asks for what comes next, and the words say nothing of what is to come."""
    ahead = _ASKED.search(question.text) or _NEXT_DOES.search(question.text)
    return ahead is not None and _SAID.search(said) is None

"""Questions that offer alternatives ("was it new, or had they done it before?"): a sentence answers, not yes or no."""

from __future__ import annotations

import re

from retrieval.question import Question
from retrieval.words import stems
from retrieval.yes_no.polarity import opposed
from retrieval.yes_no.ranges import ranges

_SECOND = re.compile(
    r"\bor (?:(?:is|are|was|were|do|does|did|has|have|had|can|could|may|must|should|will|would)\b|just |only |rather |instead )",
    re.I,
)
_OR_MORE = re.compile(
    r"\bor (?:more|less|fewer|over|under|above|below|longer|later|sooner|earlier|not|no|so|any|other|otherwise|both|similar)\b",
    re.I,
)


def is_either(question: Question) -> bool:
    """Whether the question asks which of two things is so."""
    text = question.text.rstrip(" ?")
    if not re.search(r"\bor\b", text) or _OR_MORE.search(text):
        return False
    if _SECOND.search(text):
        return True
    one, _, other = text.rpartition(" or ")
    near = " ".join(one.split()[-3:])
    if opposed(stems(near), stems(other)):
        return True
    first, second = ranges(near), ranges(other)
    return bool(first and second and {r.kind for r in first} & {r.kind for r in second})

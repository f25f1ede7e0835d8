"""A superlative over the documents cited last."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.collective import FIRST, LAST
from retrieval.conversation import Turn
from retrieval.followup.filled import Filled
from retrieval.question import Question
from retrieval.wants import KINDS

_AMONG = re.compile(
    r"\b(?:of|among|between) (?:them|these|those|the (?:two|three|four|five))\b|^(?:and )?wh(?:ich|o) (?:one )?", re.I
)


def among_cited(question: Question, last: Turn) -> Filled | None:
    """ "Which of them was first?": a superlative over the documents cited last."""
    superlative = FIRST.search(question.text) or LAST.search(question.text)
    if not superlative or not _AMONG.search(question.text) or len(set(last.documents)) < 2:
        return None
    dated = [want for want in last.question.wants if want in KINDS]
    asked = replace(
        question,
        terms=(),
        kinds=question.kinds or last.question.kinds,
        wants=tuple(dict.fromkeys((*dated, *question.wants))),
        text=f"{question.text.rstrip(' ?')}: {last.question.text}" if dated else question.text,
    )
    return Filled(asked, last.documents, ("among the documents of the last answer",), whole=True)

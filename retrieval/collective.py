"""Is a question about the documents taken together?  The words that say so, and how to put the rows together."""

from __future__ import annotations

import re

from retrieval.context import Context

WHICH = re.compile(
    r"(?:\b(?:which|what|how many)|^(?:list|name)) (?:all |every |each )?(?:the |of the (?:[A-Z]{2,6} )?|are the )?(?:(?:two|three|four|five|other|improvement|local|named) )*"
    r"(councils?|authorit(?:y|ies)|notices?|letters?|documents|organisations|boroughs?|schools?|bodies|reprimands?|reports|compan(?:y|ies))\b",
    re.I,
)
_EACH = re.compile(
    r"\b(?:each|every|all(?: (?:of )?(?:the|these|those|them|\d+|two|three|four|five|\w+ (?:notices|councils|letters|documents)))?|all (?:notices|councils|letters|documents|deadlines|signatories)|both|respective(?:ly)?|across|between (?:them|the)|the (?:two|three|four|five|\d+) (?:\w+ )?(?:notices|councils|letters|documents|authorities|reprimands|reports|directions|orders))\b",
    re.I,
)
MOST = re.compile(r"\b(?:the )?most\b(?! (?:recent|urgent|important))|\bmore than one\b|\bmost often\b", re.I)
FIRST = re.compile(r"\b(?:earliest|first|oldest|soonest|shortest|sooner|earlier|shorter|less time)\b", re.I)
LAST = re.compile(r"\b(?:latest|last|newest|most recent(?:ly)?|longest|later|furthest|longer|more time)\b", re.I)
HOW_MANY = re.compile(
    r"\bhow many (?:of )?(?:the |these |those )?(?:\w+ )?(councils?|authorit(?:y|ies)|notices?|letters?|documents?|reprimands?|people|organisations?|boroughs?)\b",
    re.I,
)
_PLURAL = re.compile(
    r"\b(?:deadlines|due dates|signatories|issue dates|dates|addresses|post ?codes|sections|acts|judgements|the notices|the councils)\b",
    re.I,
)
_TERSE = re.compile(
    r"^(?:all |the )*(?:\w+ ){0,1}?(?:councils|authorities|notices|letters|boroughs|documents|reprimands)\b", re.I
)
_AMONG = re.compile(
    r"\bof (?:them|these|those|the (?:two|three|four|five))\b|^(?:and )?which (?:one )?(?:was|is|came|got|had)\b", re.I
)
HOLDERS = frozenset(
    "council authority authorities notice letter document organisation borough school body reprimand report company".split()
)


_SIGNED_WHAT = re.compile(
    r"^(?:and )?what (?:else )?(?:has|have|did|was|were)\b.*\b(?:sign|signed|issue|issued|write|written|send|sent)(?: by .*)?\s*\??$",
    re.I,
)


def is_aggregate(context: Context) -> bool:
    """Whether the question is about documents taken together rather than one subject's."""
    question = context.question
    text = question.text
    if len(question.subjects) == 1 or question.references:
        return False
    if question.people and re.search(r"\bhow many|which\b", text, re.I) and WHICH.search(text):
        return True
    if question.people and _SIGNED_WHAT.search(text):
        return True
    if (
        MOST.search(text)
        and question.says(r"\b(?:who|which|signed|most notices|most letters)\b")
        and not question.dates
    ):
        return bool(re.search(r"\b(?:who|which)\b", text, re.I)) and question.says(
            r"\b(?:sign|issue|wrote|send|sent|name)"
        )
    if (FIRST.search(text) or LAST.search(text)) and _AMONG.search(text):
        return True
    superlative = FIRST.search(text) or LAST.search(text)
    if (
        superlative
        and (question.says(r"\b(?:which|whose|who|what|when|(?:council|authority)(?!'))\b"))
        and not question.says(r"\b(?:first|last) (?:paragraph|clause|para|point|page|sentence)")
    ):
        return (
            _names_holder(text)
            or bool(_EACH.search(text))
            or len(question.subjects) > 1
            or question.says(
                r"\b(?:deadlines?|notices?|due)\b|^(?:and )?(?:whose|which)\b.*\b(?:reports?|plans?|letters?|reprimands?|warnings?)\b"
            )
        )
    if WHICH.search(text) or _TERSE.search(text):
        return True
    return bool(
        (
            _EACH.search(text)
            and (len(question.subjects) != 1)
            and question.says(
                r"\b(?:notices|councils|letters|documents|authorities|deadlines|three|two|both|of them|each)\b"
            )
        )
        or (_PLURAL.search(text) and not question.subjects)
    )


def _names_holder(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:councils?|authorit(?:y|ies)|notices?|letters?|documents?|boroughs?|schools?|organisations?)\b",
            text,
            re.I,
        )
    )

"""The wording of a follow-up: what points back, what is elliptic, what asks of the others."""

from __future__ import annotations

import re

from retrieval.question import Question
from retrieval.wants import Want

PERSON = re.compile(r"\b(?:he|she|him|her|his|hers)\b", re.I)
# Of one person whose he or she is not known: "what is their job title?"
THEIR_POST = re.compile(
    r"\btheir (?:[\w-]+ )?(?:job|role|title|post|position|rank)\b|\b(?:do|did) they (?:hold|do)\b"
    r"|^(?:and )?in what (?:role|capacity|position|post)\b",
    re.I,
)
POINTING = re.compile(
    r"\b(?:it|its|they|them|their|theirs|this|that|those|these|he|she|him|his|her|there|one|same)\b", re.I
)
ELLIPTIC = re.compile(
    r"^(?:ok(?:ay)?,?\s+|so,?\s+|and,?\s+|but,?\s+|no,?\s+|sorry,?\s+|wait,?\s+|actually,?\s+|oops,?\s+)*(?:(?:what|how)"
    r" about|and|what of|same (?:for|question for|in)|also|ditto(?: for)?|now for|for|in|i meant?|i was asking about"
    r"|out of|not)\b",
    re.I,
)
OTHERS = re.compile(
    r"^(?:and |what about |how about |what of |for |in )*(?:(?:all |each )?(?:of )?the )?"
    r"(?:others?|rest|remaining)(?: (?:one|two|three|four|five|\d+|ones|\w+s))?(?: too| as well)?\s*\??$",
    re.I,
)
SAME = re.compile(
    r"^(?:and )?(?:is|was|are|were|does|do|did) (?:it|that|this|they|those|these|the same)\b.*\b(?:same|apply|true"
    r"|different|so)\b",
    re.I,
)
COMPARE = re.compile(
    r"^(?:and )?(?:how (?:does|do|did) (?:it|that|this|they|those|these) compare|compare (?:it|that|this|them))\b", re.I
)
MORE_OF = re.compile(r"\b(?:else|others?|another|any more)\b", re.I)
PLURAL = re.compile(r"\b(?:they|them|their|these|those)\b", re.I)


def is_bare(question: Question) -> bool:
    """Whether the question has nothing but a name, a kind or a pointing word ("and Ambridge?")."""
    plain = question.wants == (Want.OPEN,) or (
        question.wants == (Want.COMPARISON,) and ELLIPTIC.search(question.text) is not None
    )
    return plain and not question.topic and not question.references and not question.dates


def asks_only_the_form(question: Question) -> bool:
    """Whether nothing but what is asked for stands in the question ("why?", "since when?", "by whom?")."""
    return (
        (not question.topic or question.says(r"^(?:and )?since when\s*\??$"))
        and not question.dates
        and question.wants != (Want.OPEN,)
        and len(question.text.split()) <= 3
    )

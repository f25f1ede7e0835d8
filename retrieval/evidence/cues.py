"""What in a sentence's wording answers each kind of question: its cues, its mood, its kinds of fact."""

from __future__ import annotations

import re
from collections.abc import Mapping

from retrieval.wants import KINDS, Kinds, Want

# The kinds of fact that mark a sentence as an answer, also where the answer is not the value itself.
TYPED = {**KINDS, Want.REASON: Kinds((), ("judgement",))}


CUES: Mapping[Want, re.Pattern[str]] = {
    Want.REASON: re.compile(
        r"\b(?:because|given (?:the|that|its|their|to address)|following|due to|owing to|as a result"
        r"|in (?:the )?light of|in order to|so that|reasons?|"
        r"arising from|caused|therefore|which is why|in respect of|based on|resulted|revealed|failed|failure"
        r"|did not|lack of|to enable|"
        r"to ensure|to understand|as part of|taking (?:account|into account))\b",
        re.I,
    ),
    Want.CONSEQUENCE: re.compile(
        r"\b(?:should the|if (?:the|we|services)|fail(?:s|ed|ure)?|unwilling|unable|may choose to"
        r"|could be taken|could take|will take|"
        r"powers? of|may result|consequence|legal action|enforcement|not been|if .* not)\b",
        re.I,
    ),
    Want.DEFINITION: re.compile(
        r"\(\s*[\"'“‘]|\bmeans?\b|\bdefined\b|\bas identified by\b|\brefers? to\b|\bis a\b", re.I
    ),
    Want.QUOTATION: re.compile(r"[“”\"]|\bsaid\b|\btold\b|\badded\b|\basked\b|\bsays\b|\backnowledged\b", re.I),
}


# What may or must be done is said in the same mood as it is asked: (in a question, in a sentence).
MODALS = (
    (re.compile(r"\b(?:may|might|can|could)\b", re.I), re.compile(r"\b(?:may|might|can|could)\b")),
    (
        re.compile(r"\b(?:must|should|shall|has to|have to|needs? to|required|supposed to|expected to)\b", re.I),
        re.compile(r"\b(?:must|should|shall|will|is to|are to|required to)\b"),
    ),
)


# Questions that a list answers.
LISTED = re.compile(
    r"\b(?:list|all|every|each|what are|what were|which (?:\w+s)\b|what (?:\w+ ){0,2}\w+s\b|"
    r"what (?:must|should|may|might|can|could|will|does|do|did|has|have|needs?|is|else)\b|everything)",
    re.I,
)

"""A question that names several subjects, made into the same question of each alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from retrieval.knowledge import Knowledge
from retrieval.names.known import Mention, Name, NameKind
from retrieval.question import Question, understand
from retrieval.wants import Want

MOST = 6  # subjects asked one by one

# What joins one subject to the next; what stands before it belongs to the first ("the A letter and the B letter").
_JOINED = re.compile(
    r"^(?P<kept>(?:['’]s)?(?: [\w'’-]+){0,6}?)"
    r"(?:\s*[,;/&]\s*(?:(?:and|or|&)\s+)?|\s+(?:and|or|with|to|than|versus|vs\.?|v\.?|against|compared (?:with|to))\s+)"
    r"(?:(?:that|those|what it is) )?(?:(?:in|at|of|for|from|by|on|to|the|both) ){0,3}$",
    re.I,
)
_LEAD = re.compile(r"^(?:(?:please|can you|could you) )?(?:compare|contrast) (?:how )?", re.I)
_DIFFER = re.compile(
    r"^(?:and )?how (?:do|does|did|is|are|was|were) (?P<who>.*?) "
    r"(?:differ|compare|contrast)(?: (?:on|in|for|over|as to|when it comes to))?\b",
    re.I,
)
_TAKEN_TOGETHER = re.compile(r"\b(?:both of|both|between|respectively|each)(?=[ ,?.])", re.I)
# Asked of the papers together, or of what one does to another: nothing to ask of each.
_NOT_APART = frozenset({Want.YES_NO, Want.MENTION, Want.CHANGE, Want.DUE})


@dataclass(frozen=True, slots=True)
class Alone:
    """One subject with the question asked of it alone."""

    name: Name
    question: Question


def asked_alone(question: Question, knowledge: Knowledge, shaped: Callable[[str], str] = str) -> tuple[Alone, ...]:
    """The question of each of its subjects; empty unless it names two to `MOST` that are joined.

    `shaped` is told the text of each before it is read.
    """
    mentions = _joined(question)
    if not mentions or question.references or question.want in _NOT_APART or question.names.unknown:
        return ()
    found: list[Alone] = []
    for mention in mentions:
        alone = understand(shaped(_of_one(question.text, mentions, mention)), knowledge.names, knowledge.kinds)
        if alone.subjects != (mention.name,) or alone.names.unknown:
            return ()
        found.append(Alone(mention.name, alone))
    return tuple(found)


def _joined(question: Question) -> tuple[Mention, ...]:
    """The places of the subjects, in order, where each is named once and joined to the next."""
    found = tuple(m for m in question.names.mentions if m.name.kind is NameKind.SUBJECT)
    if not 2 <= len(found) <= MOST or len({m.name for m in found}) < len(found):
        return ()
    if any(m.corrected_from or not question.text[m.start : m.end].strip() for m in found):
        return ()
    gaps = [question.text[a.end : b.start] for a, b in pairwise(found)]
    return found if all(_JOINED.match(gap) for gap in gaps) else ()


def _of_one(text: str, mentions: tuple[Mention, ...], one: Mention) -> str:
    """The text with one subject in the place of all."""
    gap = _JOINED.match(text[mentions[0].end : mentions[1].start])
    kept = gap["kept"] if gap else ""
    after = text[mentions[-1].end :]
    if kept.strip() and re.match(rf"\s*{re.escape(kept.strip())}", after, re.I):
        kept = ""
    if kept.startswith(("'s", "’s")):
        after = re.sub(r"^['’]s\b", "", after)
    told = f"{text[: mentions[0].start]}{text[one.start : one.end]}{kept}{after}"
    told = _LEAD.sub("", told)
    told = _DIFFER.sub(lambda m: f"{m['who']}:", told)
    return re.sub(r"\s+", " ", _TAKEN_TOGETHER.sub(" ", told)).strip()

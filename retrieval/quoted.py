"""Words that the question quotes: the sentence that has them, whatever else is asked of it."""

from __future__ import annotations

import re

from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, flat, sentence
from retrieval.evidence.units import POINTS_BACK, Unit, facts_in, units
from retrieval.words import fold

MOST_OF_A_NAME = 12  # words of a name with its office
FEWEST = 3  # words that are enough to tell a sentence
_QUOTED = re.compile(r"[\"“]([^\"”]+)[\"”]|(?<!\w)['‘]([^'’]+(?:['’]\w[^'’]*)*)['’](?!\w)")
_SPOKEN = re.compile(
    r"\b(?:said|says|told|added|(?<!is )(?<!are )(?<!was )(?<!were )asked|wrote|writes"
    r"|described|called|warned|argued|claimed|explained|according to)\b",
    re.I,
)


def answer_quoted(context: Context) -> Draft | None:
    """The sentence with the words quoted, and the one beside it that says whose words they are."""
    for match in _QUOTED.finditer(context.question.text):
        words = _plain(match[1] or match[2])
        if len(words.split()) < FEWEST:
            continue
        for document in context.scope.documents:
            everything = units(document)
            for at, unit in enumerate(everything):
                if words in _plain(unit.text):
                    found = _with_speaker(everything, at)
                    lines = [Line(sentence(flat(one.text)), (Quote.of_unit(one),)) for one in found]
                    return answered(lines, confidence=0.9, because=f"words quoted, in {document.id}")
    return None


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w%£$]+", fold(text)))


def _with_speaker(everything: tuple[Unit, ...], at: int) -> tuple[Unit, ...]:
    unit = everything[at]
    if _SPOKEN.search(unit.text):
        return (everything[at - 1], unit) if at and POINTS_BACK.match(unit.text) else (unit,)
    around = [i for i in (at + 1, at - 1, at - 2, at - 3) if 0 <= i < len(everything)]
    speaker = next((i for i in around if _SPOKEN.search(everything[i].text) or _is_signed(everything[i])), None)
    if speaker is None:
        return (unit,)
    return everything[min(at, speaker) : max(at, speaker) + 1]


def _is_signed(unit: Unit) -> bool:
    """Whether it is no more than who speaks: a name with an office."""
    return len(unit.own) <= MOST_OF_A_NAME and bool(facts_in(unit, ("person_role",)))

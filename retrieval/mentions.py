"""Where something is mentioned: every clause that has the name, document by document."""

from __future__ import annotations

import re

from retrieval.context import Context
from retrieval.draft import Draft, Line, Quote, answered, not_found, sentence
from retrieval.evidence.units import Unit, units
from retrieval.pointing import place_of
from retrieval.words import contains, stem, stems

MOST = 60  # clauses listed at most
_ASKING = frozenset(stem(w) for w in "cite quote name contain include invoke rely use speak discuss cover".split())


# What is looked through, by a word that is no kind of paper of its own: "in the Ashby report".
_THROUGH = re.compile(
    r"\b(?:in|of|within|across) (?:the|this|that) (?:[\w'’-]+ ){0,4}?(reports?|reviews?|papers?|texts?)\b", re.I
)


def answer_mentions(context: Context) -> Draft | None:
    """All units that hold the names, or else the topic's words, that the question gives."""
    question = context.question
    sought = [name.shown for name in (*question.people, *question.organisations)]
    topic = [t for t in question.topic if t.stem not in _ASKING]
    if question.kinds:  # "in the report": the paper that is looked through
        topic = [t for t in topic if not any(t.stem in stems(kind) for kind in question.kinds)] or topic
    through = {stem(word) for word in _THROUGH.findall(question.text)}
    topic = [t for t in topic if t.stem not in through] or topic
    number = _PROVISION.search(question.text)
    said = (
        re.compile(rf"(?<![\w.])(?:s\.?|section\s|article\s|regulation\s)\s*{re.escape(number[1])}(?!\w)", re.I)
        if number
        else None
    )
    found: list[Unit] = []
    for document in context.scope.documents:
        for unit in units(document):
            if sought:
                if all(_holds(unit, name) for name in sought):
                    found.append(unit)
            elif said and not topic:
                if said.search(unit.text):
                    found.append(unit)
            elif topic and all(_has(unit, t.stem) for t in topic):
                found.append(unit)
    if not found:
        what = ", ".join(sought) or " ".join(t.word for t in topic)
        return not_found(f"The documents do not mention “{what}”.", because="no clause mentions it") if what else None
    lines = [Line(sentence(u.text), (Quote.of_unit(u),), place_of(u.document, u.clause)) for u in found[:MOST]]
    return answered(lines, confidence=0.9, because=f"{len(found)} clauses mention it")


_PROVISION = re.compile(r"\b(?:section|s|article|regulation)\.?\s*(\d{1,3}[a-z]{0,2})\b", re.I)


def _has(unit: Unit, stemmed: str) -> bool:
    return contains(unit.own, tuple(stemmed.split()))


def _holds(unit: Unit, name: str) -> bool:
    """The full name, or its surname alone when that is all the clause has."""
    words = stems(name)
    return contains(unit.own, words) or (len(words) > 1 and words[-1] in unit.own)

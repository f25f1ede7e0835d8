"""Understanding a question: names, clause references, dates, kinds of document, what is asked for, the topic left."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.facts.dates import find_dates
from retrieval.courtesy import asking_part
from retrieval.names.index import NameIndex
from retrieval.question.papers import dates_of_papers, described_by, kinds_in, mark_papers
from retrieval.question.question import Question
from retrieval.question.terms import terms_of
from retrieval.references import find_references
from retrieval.wants import Want, wants
from retrieval.words import fold, stem

_ASKS_WHY = frozenset(
    map(stem, "lead led cause caused prompt prompted trigger triggered reason reasons ground grounds why".split())
)


_NO_APOSTROPHE = re.compile(r"\b(who|what|where|when)s\b", re.I)  # "whos the chair"


_SAYER = re.compile(
    r"^(?P<asks>(?:what|which|who|how many)\b[\w' -]{0,30}?)"
    r" (?:does|do|did|has|have) (?:the )?(?P<who>[\w']+(?: report)?)"
    r" (?:say|said|think|conclude|believe|consider)s?(?: that)? "
    r"(?=(?:needs?|must|should|is|are|was|were|has|have|had|will|went|goes|works?|could|can)\b)",
    re.I,
)


def _without_sayer(question: str, issuers: frozenset[str]) -> str:
    """ "What does the inspectorate say needs to change": asks what needs to change."""
    said = _SAYER.match(question)
    if said is None or not (fold(said["who"]).removesuffix(" report") in issuers or _OFFICIAL.match(said["who"])):
        return question
    return f"{said['asks']} {question[said.end() :]}"


_OFFICIAL = re.compile(r"(?:inspectors?|report|inspectorate|regulator|commissioner|auditors?|notice|letter)\b", re.I)


def understand(text: str, index: NameIndex, kinds: frozenset[str]) -> Question:
    """Read a question against the names of an index; `kinds` are the kinds of document it holds."""
    question = _NO_APOSTROPHE.sub(r"\1's", re.sub(r"\s+", " ", text).strip())
    question = _without_sayer(question, index.issuer_words | index.issuers)
    reading = index.read(question)
    spelt = question
    for typed, meant in reading.respelt:
        spelt = re.sub(rf"\b{re.escape(typed)}\b", meant, spelt)
    if reading.respelt:  # the places of its names have moved
        reading = replace(index.read(spelt), respelt=reading.respelt)
    references = find_references(spelt)
    dates = find_dates(spelt)
    described = described_by(spelt, reading, kinds)
    part = asking_part(spelt)
    asked = wants(part)
    paper_dates = dates_of_papers(spelt, dates, kinds, only_before=asked[0] is Want.YES_NO)
    terms = tuple(
        t
        for t in terms_of(spelt, reading, references, dates, index.issuers)
        if t not in described and (part == spelt or t.word in fold(part))
    )
    if asked[0] is Want.REASON:
        terms = tuple(t for t in terms if t.stem not in _ASKS_WHY)
    return Question(
        text=spelt,
        wants=asked,
        names=reading,
        references=references,
        dates=dates,
        kinds=kinds_in(spelt, kinds),
        terms=mark_papers(terms, spelt, kinds, index.issuer_words),
        described=described,
        paper_dates=paper_dates,
    )

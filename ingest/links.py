"""Mentions of other documents: refers to, varies, revokes, supersedes."""

from __future__ import annotations

import re

from ingest.notice import Link, Span
from ingest.sentences import sentences

_KIND = r"(?:notice|letter|direction|report|order|reprimand|decision|agreement|guidance|policy|plan)"
_NAMED = r"(?:[A-Z][\w’'-]*\s+){0,5}"
_MENTION = re.compile(
    rf"(?<!\w)(?P<what>{_NAMED}(?:[a-z]+\s+)?(?i:{_KIND})(?:\s+[a-z]+){{0,6}}?\s+(?:dated|of|published(?:\s+on)?|issued(?:\s+on)?)\s+"
    r"(?:the\s+)?(?P<date>\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+\s+\d{4}|\d{1,2}/\d{1,2}/\d{2,4}))"
)
_ISSUED = re.compile(
    r"\b(?P<what>(?:[A-Z][\w’'-]*\s+){1,4}(?:Notice|Letter|Direction|Order|Reprimand))\s+(?:issued|served|given|sent)\s+to\s+(?P<who>[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)"
)
_RELATIONS = (
    ("supersedes", re.compile(r"\b(?:supersed\w+|replac(?:es|ed|ing)|in place of)\b", re.IGNORECASE)),
    ("revokes", re.compile(r"\b(?:revok\w+|withdraw\w*|cancel\w*|rescind\w*)\b", re.IGNORECASE)),
    (
        "varies",
        re.compile(
            r"\b(?:var(?:y|ies|ied|ying|iation)|amend\w*|modif\w+|flexibilit\w+|relax\w*|temporary measures)\b",
            re.IGNORECASE,
        ),
    ),
)


def find_links(text: str, *, title: str = "") -> tuple[Link, ...]:
    """Every mention of another dated or addressed document, in order; `target` holds the words of the mention."""
    found: dict[tuple[str, str], Link] = {}
    for pattern in (_MENTION, _ISSUED):
        for match in pattern.finditer(text):
            span = Span(match.start("what"), match.end())
            words = " ".join(span.of(text).split())
            relation = _relation(text, span)
            if (relation, words.casefold()) not in found:
                found[(relation, words.casefold())] = Link(relation, words, span)
    return tuple(sorted(found.values(), key=lambda link: link.span))


def _relation(text: str, span: Span) -> str:
    around = Span(max(0, span.start - 300), min(len(text), span.end + 300))
    for sentence in sentences(text, around):
        if sentence.overlaps(span):
            for name, pattern in _RELATIONS:
                if pattern.search(sentence.of(text)):
                    return name
    return "refers to"

"""The shortest stretch of a document's own words that gives a value with its qualification."""

from __future__ import annotations

import re

from ingest.notice import Document, Fact, Span
from retrieval.draft import flat, sentence

_PLAIN_LEAD = re.compile(
    r"(?:\b(?:by|before|until|within|on|no later than|not later than|at least|up to|every|the|of|from|in)\s+)+$", re.I
)
SHORT = 34  # words: a sentence no longer than this is given whole


def of_value(document: Document, fact: Fact) -> str:
    """The value with its preposition and its qualification: "By the end of March 2031 (within ...) or sooner"."""
    text = document.text
    lead = _PLAIN_LEAD.search(text[fact.span.start : fact.value_span.start])
    start = fact.span.start + lead.start() if lead else fact.value_span.start
    end = fact.value_span.end
    if fact.qualifier:
        at = text.find(fact.qualifier, fact.value_span.end, fact.span.end)
        if at < 0:
            match = re.search(
                r"\s+".join(map(re.escape, fact.qualifier.split())), text[fact.value_span.end : fact.span.end]
            )
            at, length = (fact.value_span.end + match.start(), match.end() - match.start()) if match else (-1, 0)
        else:
            length = len(fact.qualifier)
        if 0 <= at - end <= 3 or (at >= 0 and len(text[start : at + length].split()) <= 25):
            end = at + length
    return sentence(text[start:end])


def of_person(document: Document, fact: Fact) -> str:
    """ "Name, role", from the page when they stand together, else the sentence."""
    text = document.text
    if fact.topic:
        pattern = r"[\s,]+".join(re.escape(word.strip(",")) for word in fact.topic.split())
        match = re.search(pattern, text[fact.value_span.end : fact.value_span.end + 240])
        if match and len(text[fact.value_span.end : fact.value_span.end + match.start()].split()) <= 4:
            between = flat(text[fact.value_span.end : fact.value_span.end + match.start()]).lstrip(", ")
            role = flat(f"{between} {match.group()}")
            if role[:2] in ("A ", "An", "Th") and role.split()[0] in ("A", "An", "The"):
                role = role[0].lower() + role[1:]
            return sentence(f"{fact.value}, {role}")
        before = re.search(pattern + r"\s*$", text[max(0, fact.value_span.start - 200) : fact.value_span.start])
        if before:
            return sentence(f"{before.group()} {fact.value}")
    return sentence(fact.value)


def of_sentence(document: Document, span: Span, around: Span | None = None) -> str:
    """The sentence whole when short; else the part of it round the value, cut at its own punctuation."""
    words = flat(span.of(document.text))
    if len(words.split()) <= SHORT or around is None:
        return sentence(words)
    text = document.text
    cuts = [
        span.start,
        *(
            span.start + m.end()
            for m in re.finditer(
                r"[;:]\s|,\s(?=(?:and|but|which|who|with|at|as|where|while)\b)|\s[–—-]\s", span.of(text)
            )
        ),
        span.end,
    ]
    start = max(cut for cut in cuts if cut <= around.start)
    end = min(cut for cut in cuts if cut >= around.end)
    part = flat(text[start:end])
    if len(part.split()) < 6:
        return sentence(words)
    return sentence(part)

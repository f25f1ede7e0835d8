"""Abbreviations that a document defines: a word met in the one form is met in the other too."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.notice import Document
from retrieval.words import contains, stem, stems


@lru_cache(maxsize=1_024)
def abbreviations(document: Document) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(stem of the short form, stems of the long one), for short forms in capitals."""
    found: dict[str, tuple[str, ...]] = {}
    for fact in document.facts:
        if fact.kind == "definition" and fact.normalised and re.fullmatch(r"[A-Z][A-Za-z&-]*[A-Z]s?", fact.value):
            found.setdefault(stem(fact.value), stems(fact.normalised))
    return tuple(found.items())


def other_forms(document: Document, words: tuple[str, ...]) -> tuple[str, ...]:
    """The stems that `words` stand for, or that stand for them."""
    here = frozenset(words)
    found: list[str] = []
    for short, long in abbreviations(document):
        if short in here:
            found += long
        elif contains(words, long):
            found.append(short)
    return tuple(found)

"""Is a word common English?  Tells an unknown name ("knowsley") from an unknown word ("finish")."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from english_words import get_english_words_set

from retrieval.words import STOP

# Everyday words younger than the word list (Webster's Second, 1934), and how people shorten.
_MODERN = frozenset(
    """
    email online website webpage internet url homepage phone smartphone app video covid pandemic laptop login password username
    admin dept govt info mtg asap update feedback workflow timeframe timescale webinar inbox download upload faq
    dataset database spreadsheet pdf html www ok okay yeah teams zoom healthcare childcare safeguarding caseload caseworker
    stakeholder redacted whistleblower cybersecurity metadata gdpr foi sar max min lockdown rollout upto exec
    """.split()
)
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("iest", "y"), ("ier", "y"), ("ily", "y"), ("s", ""), ("es", ""), ("es", "e"), ("ed", ""), ("ed", "e"), ("d", ""),
    ("ing", ""), ("ing", "e"), ("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("ly", ""), ("ness", ""),
)  # fmt: skip


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """Dictionary words that are written in lower case, so no names."""
    return frozenset(word for word in get_english_words_set(["web2"], lower=False) if word.islower()) | _MODERN


def _roots(word: str) -> Iterator[str]:
    yield word
    yield from (
        word.replace(a, b)
        for a, b in (("is", "iz"), ("ys", "yz"), ("our", "or"), ("ll", "l"), ("tre", "ter"))
        if a in word
    )
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and not (ending == "s" and word.endswith("ss")) and len(word) - len(ending) >= 3:
            root = word[: -len(ending)] + instead
            yield root
            if len(root) > 3 and root[-1] == root[-2]:
                yield root[:-1]


@lru_cache(maxsize=8_192)
def is_common(word: str) -> bool:
    """Whether `word`, in lower case and in any inflection, stands in an English dictionary."""
    lower = word.casefold()
    if lower in STOP or len(lower) < 2 or lower.isdigit():
        return True
    known = _words()
    return any(root in known or any(deeper in known for deeper in _roots(root)) for root in _roots(lower))


def is_written(word: str) -> bool:
    """Whether `word`, in lower case, stands in an English dictionary just as it is."""
    return word.casefold() in _words()

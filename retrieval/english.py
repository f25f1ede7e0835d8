"""Is a word common English?  Tells an unknown name ("knowsley") from an unknown word ("finish")."""

from __future__ import annotations

from functools import lru_cache

from english_words import get_english_words_set

from retrieval.words import STOP, stem

# Everyday words younger than the word list (Webster's Second, 1934), and how people shorten.
_MODERN = """
email online website webpage internet url homepage phone smartphone app video covid pandemic laptop login password username
admin dept govt info mtg asap update updates feedback workflow timeframe timescale webinar inbox download upload faq
dataset database spreadsheet pdf html www ok okay yeah teams zoom healthcare childcare safeguarding caseload caseworker
stakeholder stakeholders redacted whistleblower cybersecurity metadata gdpr foi sar sars
"""


@lru_cache(maxsize=1)
def _common_stems() -> frozenset[str]:
    words = get_english_words_set(["web2"], lower=False)
    return frozenset(stem(word) for word in words if word.islower()) | frozenset(stem(w) for w in _MODERN.split())


@lru_cache(maxsize=8_192)
def is_common(word: str) -> bool:
    """Whether `word`, in lower case and in any inflection, stands in an English dictionary."""
    lower = word.casefold()
    if lower in STOP or len(lower) < 2 or lower.isdigit():
        return True
    for ending in ("iest", "est", "er", "ly", "ness"):
        plain = lower.removesuffix(ending)
        if (
            plain != lower
            and len(plain) > 2
            and any(stem(form) in _common_stems() for form in (plain, plain + "e", plain + "y", plain[:-1]))
        ):
            return True
    forms = {
        lower,
        lower.replace("ise", "ize"),
        lower.replace("isa", "iza"),
        lower.replace("our", "or"),
        lower.replace("ll", "l"),
    }
    return any(stem(form) in _common_stems() for form in forms)

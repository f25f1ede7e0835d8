"""The words of a sentence that say what a value is the value of."""

from __future__ import annotations

import re

from ingest.facts.scope import Statement
from ingest.notice import Span

_LEADING = re.compile(
    r"^(?:[\s,;:.)\]”’\"–—-]+|(?:and|or|but|then|also|which|that|to|of|in|at|for|on|from)\b\s*)+", re.IGNORECASE
)
_TRAILING = re.compile(
    r"(?:[\s,;:(\[“\"–—-]+|\b(?:and|or|but|by|no|not|later|than|before|on|at|in|within|until|from|of|the|an?|is|are|was|were|be|to|for|as|about|around"
    r"|approximately|least|up|since|over|during|between|dated|published)\b\s*)+$",
    re.IGNORECASE,
)
_CLAUSE_BREAK = re.compile(
    r"[;:]\s+|\s–\s|,\s+(?=(?:the|it|they|we|you|he|she|this|these|that)\s)|,?\s+(?:while|whereas|although)\s+"
)
_STOP_AFTER = re.compile(r"[;]|[.!?](?=\s|$)|,\s+(?:which|who|and\s+the|but|while|whereas|despite|although)\b|\s[–—]\s")


def strip_edges(words: str) -> str:
    """Words without the function words and stops that only join them to their neighbours."""
    return _TRAILING.sub("", _LEADING.sub("", words)).strip()


def words_before(statement: Statement, value: Span, limit: int = 200) -> str:
    """What leads up to the value, from the last break of the sentence or from the value before it."""
    text = statement.before(value)
    start = 0
    for m in _CLAUSE_BREAK.finditer(text):
        if len(text[m.end() :].split()) >= 3:
            start = m.end()
    for other in (*(d.span for d in statement.dates), *(q.span for q in statement.quantities)):
        end = other.end - statement.span.start
        if start < end <= len(text) and _goes_on(text[end:]):
            start = end
    words = strip_edges(text[start:])
    return words if len(words) <= limit else "…" + words[-limit:].split(" ", 1)[-1]


def _goes_on(rest: str) -> bool:
    return re.match(r"[\s,;]+and\s", rest) is not None and len(strip_edges(rest).split()) >= 3


def words_after(statement: Statement, value: Span, limit: int = 160) -> str:
    """What follows the value up to the next break of the sentence."""
    text = statement.after(value)
    stop = _STOP_AFTER.search(text)
    words = text[: stop.start()] if stop else text
    words = strip_edges(words)
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + "…"


def topic_around(statement: Statement, value: Span) -> str:
    """The words before the value, or those after it where it opens the sentence."""
    before = words_before(statement, value)
    if len(before.split()) >= 3:
        return before
    after = words_after(statement, value)
    return f"{before} {after}".strip()

"""The words of a sentence that say what a value is the value of."""

from __future__ import annotations

import re

from ingest.facts.scope import Statement
from ingest.notice import Span

_EDGE = ' \t\n\r\xa0\x0c,;:.()[]“”‘’"–—-'
_LEADING = frozenset("and or but then also which that to of".split(" "))
_TRAILING = frozenset(
    "and or but by no not later than before on at in within until from of the a an is are was were be to for as about"
    " around approximately least up since over during between dated published".split(" ")
)
_CLAUSE_BREAK = re.compile(
    r"[;:]\s+|,\s+(?=(?:the|it|they|we|you|he|she|this|these|that)\s)|,?\s+(?:while|whereas|although)\s+"
)
_STOP_AFTER = re.compile(
    r"[;]|[.!?](?=\s|$)|,\s+(?:which|who|and\s+the|but|while|whereas|despite|although)\b|\s[–—]\s"
    r"|,\s+(?:\S+\s+)?of\s+(?:which|whom)\b"
)


def strip_edges(words: str) -> str:
    """Words, white space collapsed, without the function words and stops that only join them to their neighbours."""
    kept = words.split()
    while kept and (not kept[0].strip(_EDGE) or kept[0].strip(_EDGE).lower() in _LEADING):
        kept.pop(0)
    while kept and (not kept[-1].strip(_EDGE) or kept[-1].strip(_EDGE).lower() in _TRAILING):
        kept.pop()
    text = " ".join(kept).rstrip(" ,;:–—-“‘(").lstrip(" ,;:.–—-”’)")
    return text[:-1].rstrip() if text.endswith(".") and not re.search(r"\.[A-Za-z]\.$", text) else text


def words_before(statement: Statement, value: Span, limit: int = 200) -> str:
    """What leads up to the value, from the last break of the sentence or from the value before it."""
    text = statement.before(value)
    start, subject = 0, ""
    for m in _CLAUSE_BREAK.finditer(text):
        if len(text[m.end() :].split()) >= 3:
            start = m.end()
    for other in (*(d.span for d in statement.dates), *(q.span for q in statement.quantities)):
        end = other.end - statement.span.start
        if start < end <= len(text) and _goes_on(text[end:]):
            subject = _subject(text[start:])
            start = end
    words = " ".join(part for part in (subject, strip_edges(text[start:])) if part)
    return cut_before(words, limit)


def cut_before(words: str, limit: int) -> str:
    """The last words within `limit` characters, whole."""
    return words if len(words) <= limit else "…" + words[-limit:].split(" ", 1)[-1]


def cut_after(words: str, limit: int) -> str:
    """The first words within `limit` characters, whole."""
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + "…"


def _subject(words: str) -> str:
    """Who or what the sentence speaks of: its words before the first verb that shows itself as one."""
    m = re.match(r"\s*(\S.{0,80}?)\s+(?:will|must|should|shall|can|may|has|have|is|are|was|were)\b", words, re.DOTALL)
    return strip_edges(m[1]) if m else ""


def _goes_on(rest: str) -> bool:
    return re.match(r"[\s,;]+and\s", rest) is not None and len(strip_edges(rest).split()) >= 3


def words_after(statement: Statement, value: Span, limit: int = 160) -> str:
    """What follows the value up to the next break of the sentence."""
    text = statement.after(value)
    stop = _STOP_AFTER.search(text)
    words = text[: stop.start()] if stop else text
    words = strip_edges(words)
    return cut_after(words, limit)


def topic_around(statement: Statement, value: Span) -> str:
    """The words before the value, or those after it where it opens the sentence."""
    before = words_before(statement, value)
    if len(before.split()) >= 3:
        return before
    after = words_after(statement, value)
    # `within six months, that is, by 3 November`: what is due stands before the break
    return f"{before} {after}".strip() or cut_before(strip_edges(statement.before(value)), 200)

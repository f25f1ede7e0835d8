"""Counts, rates, percentages and amounts with what they count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.names import collapse
from ingest.facts.quantities import Quantity
from ingest.facts.scope import Scope, Statement
from ingest.facts.topics import words_after, words_before
from ingest.notice import Fact, Span

_LABEL_BEFORE = re.compile(
    r"(?:\b(?:section|sections|clause|article|articles|para|paragraph|paragraphs|page|pages|part|parts|no|nos"
    r"|number|case|step|steps"
    r"|recommendations?|tables?|figures?|annex|version|level|form|room|floor|unit|box|regulation|schedule"
    r"|principle|outcome|enabler|objective|priority"
    r"|grade|phase|stage|tier|band|fei|ref|reference|covid|key|year|chapter|appendix|standard|option|group"
    r"|category|class|lot|the\s+age\s+of|aged?"
    r"|rule|question|item|note|point|requirement|condition|title|division|#)\s*[-–.:#]?\s*#?|[–-]\s"
    r"|\band\s+)$", re.IGNORECASE
)  # fmt: skip
_LABEL_LIST = re.compile(_LABEL_BEFORE.pattern[:-1] + r"[0-9]+\S*\s*(?:and\s+|,\s*|[–-]\s)$", re.IGNORECASE)
_NOUN = re.compile(r"^(?:\s+|-)(?P<words>(?:[A-Za-z][\w’'/-]*\s+){0,3}?[A-Za-z][\w’'/-]*)")
_PLURAL = re.compile(
    r"(?:[a-z]{2,}s|[A-Z]{2,}s|children|people|men|women|staff|persons?|police|criteria|pupils|FTE|households)$"
)
_STOP = frozenset(
    "of the a an to in on at by for from with and or but as is are was were be been has have had that which who were"
    " may must should will per than this these those its their his her our your not out up down times".split(" ")
)
_APPROXIMATE = re.compile(
    r"\b(at\s+least|at\s+most|up\s+to|around|about|approximately|nearly|almost|over|more\s+than"
    r"|fewer\s+than|less\s+than"
    r"|under|only|a\s+total\s+of|some)\s+$",
    re.IGNORECASE,
)
_ADVERB_AFTER = re.compile(
    r"^\s+(?P<words>annually|monthly|weekly|daily|in\s+total"
    r"|(?:a|per|each|every|for\s+(?:each|every))\s+(?:full\s+|working\s+)?(?:year|annum|month|week|day|hour)(?:\s+worked)?)\b",
    re.IGNORECASE,
)
_OF_WHICH = r"of\s+(?:which|whom|these|those|them)\b"
_IN_FIGURES = re.compile(r"^\s*\([0-9]+\)")  # "nine (9) of these"
_PART_OF = re.compile(rf"\s+{_OF_WHICH}", re.IGNORECASE)
_OF_PART = re.compile(rf"\b{_OF_WHICH},?\s+(?:\w+\s+)?$", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:increas|reduc|decreas|ris|rose|fall|fell|drop|grew|grow|declin|compared"
    r"|average)\w*\b[^.;]{0,40}\b(?:from|to|with|of)\s+$",
    re.IGNORECASE,
)


_NUMBER_OF = re.compile(
    r"\b(?:number|total|count)s?\s+of\s+(?P<noun>[^.;:,]{3,60}?)\s+(?:is|was|are|were|has\s+been|stands\s+at|stood\s+at|remains?|reached)\b"
    r"[^.;:]{0,40}?$",
    re.IGNORECASE,
)


def count_facts(scope: Scope) -> Iterator[Fact]:
    """`count` (a number with its noun), `amount`, `percentage` and `rate`."""
    before: Statement | None = None
    for statement in scope.statements:
        if statement.is_block:
            continue
        earlier, before = before, statement
        for q in statement.quantities:
            if any(q.span.overlaps(r.span) for r in statement.law):
                continue
            if q.kind == "number":
                fact = _count(statement, q, earlier)
                if fact is not None:
                    yield fact
            elif q.kind in {"amount", "percentage", "rate"}:
                yield _measure(statement, q)


def _measure(statement: Statement, q: Quantity) -> Fact:
    adverb = _ADVERB_AFTER.match(statement.after(q.span))
    after = words_after(statement, q.span)
    before = words_before(statement, q.span)
    if q.kind == "rate":
        topic = " … ".join(part for part in (after, before) if part)
    else:
        topic = f"{before} … {after}" if before and after else before or after
    qualifier = " ".join(x for x in (_approximate(statement, q), adverb["words"] if adverb else "") if x)
    return statement.fact(q.kind, q.span, q.normalised, topic, qualifier)


def _approximate(statement: Statement, q: Quantity) -> str:
    m = _APPROXIMATE.search(statement.before(q.span))
    return m[1] if m else ""


def _count(statement: Statement, q: Quantity, earlier: Statement | None) -> Fact | None:
    before = statement.before(q.span)
    label = _LABEL_BEFORE.search(before)
    if label and not re.fullmatch(r"(?:and\s+|[–-]\s)", label.group()):
        return None
    if label and _LABEL_LIST.search(before):
        return None
    after = _IN_FIGURES.sub("", statement.after(q.span))
    noun = counted_noun(after)
    if noun is None and (_PART_OF.match(after) or _OF_PART.search(before)):
        return _part(statement, q, earlier)
    if noun is None and (counted := _NUMBER_OF.search(before)):
        return statement.fact(
            "count", q.span, f"{q.normalised} {collapse(counted['noun'])}", collapse(before), _approximate(statement, q)
        )
    if noun is None and (
        _CHANGE.search(before)
        or (not before.strip() and re.match(r"\s[a-z]{3,}\s", after) and len(statement.text.split()) > 3)
    ):
        topic = f"{words_before(statement, q.span)} {words_after(statement, q.span)}".strip()
        return statement.fact("count", q.span, q.normalised, topic, _approximate(statement, q))
    if noun is None or re.match(r"[^\S\n]{3}", after):  # a page number before a page's first word
        return None
    if q.value.lower() in {"one", "1", "zero"} and " of " not in q.normalised:
        return None
    rest = words_after(statement, q.span)
    before = words_before(statement, q.span)
    if len(before.split()) >= 2:
        rest = f"{rest} … {before}"
    return statement.fact("count", q.span, f"{q.normalised} {noun}", rest, _approximate(statement, q))


def _part(statement: Statement, q: Quantity, earlier: Statement | None) -> Fact | None:
    """`nine of which object`, `of whom two left`: so many of what the sentence, or the one before, counted before."""
    counted = [(other, _noun_after(statement, other)) for other in statement.quantities]
    nouns = [noun for other, noun in counted if noun is not None and other.span.end <= q.span.start]
    if not nouns and earlier is not None and earlier.clause.label == statement.clause.label:
        nouns = [noun for other in earlier.quantities if (noun := _noun_after(earlier, other))]
    if not nouns:
        return None
    after = statement.after(q.span)
    figures = _IN_FIGURES.match(after)
    start = q.span.end + (figures.end() if figures else 0)
    joint = _PART_OF.match(after[start - q.span.end :])
    start += joint.end() if joint else 0
    does = words_after(statement, Span(q.span.start, start))
    topic = " … ".join(part for part in (does, words_before(statement, q.span)) if part)
    return statement.fact("count", q.span, f"{q.normalised} {nouns[-1]}", topic, _approximate(statement, q))


def _noun_after(statement: Statement, q: Quantity) -> str | None:
    return counted_noun(_IN_FIGURES.sub("", statement.after(q.span)))


def counted_noun(after: str) -> str | None:
    """The noun right after a number, up to its plural: `data subjects`, `SARs`, `children`."""
    words: list[str] = []
    for m in re.finditer(r"\S+", after[:100]):
        token = m.group()
        if words and re.fullmatch(r"\([A-Z][\w&-]*\)", token):
            continue  # the short form of what is counted
        word = token.rstrip(".,;:)”\"’'")
        if not word or not re.fullmatch(r"[A-Za-z][\w’'/-]*", word) or word.lower() in _STOP:
            return None
        if not words and word[0].isupper() and word[1:].islower():
            return None  # a name, as in an address
        words.append(word)
        if _PLURAL.search(word) and not word.endswith(("ss", "us", "’s", "'s")):
            return collapse(" ".join(words))
        if token != word or len(words) == 6:
            return None
    return None

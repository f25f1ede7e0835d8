"""Deadlines, durations and intervals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.clock import with_clock, without_clock
from ingest.facts.dates import DateMatch
from ingest.facts.quantities import Quantity
from ingest.facts.scope import Scope, Statement
from ingest.facts.topics import topic_around, words_after
from ingest.notice import Fact, Span

_DUTY = re.compile(
    r"\b(?:must|shall|should|will|would|may|can|need(?:s|ed)?\s+to|ha(?:s|ve)\s+to|(?:is|are|be"
    r"|been)\s+(?:required|expected|due|asked|obliged|invited"
    r"|requested|to)|to\s+be\b|requires?|expects?|invites?|asks?|requests?|aims?|please|ensure|deadline|due"
    r"|submit|respond|provide|complete"
    r"|deliver|pay|reply|report|return|confirm|send|agree(?:s|d)?\s+to|undertakes?|failure\s+to)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:\b(?:(?:by\s+)?(?:no|not)\s+later\s+than|by(?:\s+(?:close\s+of\s+business|noon|midday|midnight|5\s?pm"
    r"|[0-9:.]+\s?[ap]m))?(?:\s+on)?"
    r"|on\s+or\s+before|due\s+(?:on|by|for\s+(?:\w+\s+){0,2}(?:on|by))|deadline\s+(?:\w+\s+){0,4}(?:is|of|for"
    r"|was)|not\s+after|expires?\s+on|at\s+latest)\b"
    r"|\b(?:deadline|due(?:\s+date)?|respond\s+by|reply\s+by|complete\s+by|target\s+date"
    r"|completion\s+date)\s*:)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:must|shall|should|will|required|to\s+be|due|deadline|please|need|aims?|requires?|expects?|expected|invited?|by\s+no"
    r"|no\s+later|may\s+not|cannot)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:before|until|till|prior\s+to|up\s+to)\s+(?:the\s+)?$", re.IGNORECASE)
_ON_CONDITION = re.compile(
    r"\b(?:provided(?:\s+that)?|providing|as\s+long\s+as|on\s+condition\s+that|only\s+if)\b", re.IGNORECASE
)
# `the date by which … is changed from … to`: the second date is now the one to meet
_MOVED = re.compile(
    r"\b(?:date|deadline|due|time|by\s+which|expir\w+|timetable)\b.*"
    r"\b(?:changed|moved|extended|postponed|put\s+back|pushed\s+back|deferred|revised|brought\s+forward|varied"
    r"|amended)\s+(?:from\s+(?:the\s+)?)?(?P<to>to\s+(?:the\s+)?)?$",
    re.IGNORECASE | re.DOTALL,
)
_PAST = re.compile(
    r"\b(?:was|were|had|received|published|completed|issued|took|found)\b(?!\s+(?:required|expected|to\b))",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"^(?:within|no\s+later\s+than|not\s+later\s+than|no\s+more\s+than|not\s+more\s+than|in(?=\s))\b", re.IGNORECASE
)
_TAIL = re.compile(
    r"(?:\s+(?:of|from|after|following|before|prior\s+to)|,?\s+(?:beginning|starting)\s+(?:on|from|with))\s+"
    r"(?:(?!\s(?:and|or|but|to|unless|that|whichever|together|with|provide|submit)\b|(?<!\s(?:on|in))\swhich\b)"
    r"[^,;.()“”\"])+",
    re.IGNORECASE,
)
# `up to 30 days of support` is not counted from an event
_OF_A_THING = re.compile(
    r"\s+of\s+(?!(?:the|this|that|these|those|an?|its|your|our|their|his|her|it|being|receipt|receiving|service"
    r"|issue|publication|delivery|appointment|notice|notification|request|[0-9]|[A-Z])(?:\b|(?<=[0-9A-Z])))"
)
_QUALIFIER = re.compile(
    r"^\s*,?\s*(?P<words>(?:\([^)]*\)\s*)?(?:,?\s*(?:or|and)\s+(?:sooner|earlier|later|more\s+\w+|less\s+\w+"
    r"|as\s+soon|such)\b[^.;]*"
    r"|,?\s*(?:at\s+the\s+(?:very\s+)?(?:latest|least)|unless|subject\s+to|where|if|whichever|provided)\b[^.;]*)?)",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    r"\b(?:without\s+(?:undue\s+|further\s+)?delay|immediately|forthwith|as\s+soon\s+as\s+(?:is\s+)?(?:reasonably\s+)?(?:possible|practicable)"
    r"|at\s+the\s+earliest\s+opportunity|with\s+immediate\s+effect"
    r"|(?:by|before|no\s+later\s+than)\s+the\s+(?:next|end\s+of|start\s+of|beginning\s+of|close\s+of|time\s+of|first)\s+(?:(?!\b(?:and|or|to|is|are|was|were|has|have)\b)[^,.;()]){3,60})",
    re.IGNORECASE,
)
_OBLIGES = re.compile(
    r"\b(?:must|shall|should|will|(?:is|are|be)\s+(?:required|to)|required\s+to|please|requires?|need(?:s|ed)?\s+to|ha(?:s|ve)\s+to)\b",
    re.IGNORECASE,
)
_DAY_OF_EACH = re.compile(r"(?:the\s+)?\S.*\b(?:day|[a-z]+day|week)\s+(?:of|in)\s+(?:each|every)\b", re.IGNORECASE)
_UNTIL = re.compile(
    r"\buntil\s+(?:some\s+such\s+time|such\s+time|further\s+notice|the\b|it\b|they\b|we\b|you\b|all\b|this\b|ministers\b)(?:(?!,\s+(?:but|whereupon)\b)[^;.])*",
    re.IGNORECASE,
)
_FOR_THE_DURATION = re.compile(
    r"\b(?:for|during|throughout)\s+the\s+(?:duration|length|remainder|life)\s+of\s+"
    r"[^,;.]*?(?=\s+and\s+(?:there|the|it)\b|[,;.]|$)",
    re.IGNORECASE,
)


def is_deadline_date(statement: Statement, date: DateMatch) -> bool:
    """Whether the words before a date make it one to be met."""
    if was_moved_to(statement, date):
        return True
    before = without_clock(statement.before(date.span))
    if _BY.search(before):
        due = _DUTY.search(statement.text) or _OBLIGES.search(statement.lead)
        return due is not None and not _done(statement, before)
    bound = f"{statement.lead} {before}"
    return _BEFORE.search(before) is not None and (_MODAL.search(bound) or _ON_CONDITION.search(bound)) is not None


def was_moved_to(statement: Statement, date: DateMatch) -> bool:
    """Whether a deadline was moved to this date: `changed from 1 May to 3 June`, `extended to 3 June`."""
    start = (date.whole or date.span).start
    m = _MOVED.search(statement.text[: start - statement.span.start])
    if m is None:
        return False
    return m["to"] is not None or (date.whole is not None and date.span.end == date.whole.end)


def _done(statement: Statement, before: str) -> bool:
    """`was completed by 5 May` tells what happened; with a duty in the sentence it is a deadline all the same."""
    return _MODAL.search(f"{statement.lead} {statement.text}") is None and _PAST.search(before) is not None


def deadline_facts(scope: Scope) -> Iterator[Fact]:
    """`deadline`: dates and periods to be met, with what is due and who owes it as topic."""
    for statement in scope.statements:
        for date in statement.dates:
            if is_deadline_date(statement, date):
                span = with_clock(statement, date.span)
                topic = topic_around(statement, date.whole if was_moved_to(statement, date) and date.whole else span)
                yield statement.fact("deadline", span, date.iso, topic, _qualifier(statement, span))
        for quantity in statement.quantities:
            if quantity.kind == "duration" and _relative_deadline(statement, quantity):
                span = with_tail(statement, quantity.span)
                topic = topic_around(statement, span)
                yield statement.fact("deadline", span, quantity.normalised, topic, _qualifier(statement, span))
            elif quantity.kind == "interval" and _recurring(statement, quantity):
                topic = topic_around(statement, quantity.span)
                yield statement.fact("deadline", quantity.span, quantity.normalised, topic)
        yield from _deadlines_in_words(statement)


def _recurring(statement: Statement, quantity: Quantity) -> bool:
    """`by the tenth working day of each month`, `no later than the last Friday of every quarter`."""
    if not _DAY_OF_EACH.match(quantity.value) or not _OBLIGES.search(f"{statement.lead} {statement.text}"):
        return False
    return _BY.search(statement.before(quantity.span)) is not None


def _deadlines_in_words(statement: Statement) -> Iterator[Fact]:
    for m in _IN_WORDS.finditer(statement.text):
        value = statement.place(m.start(), m.start() + len(m.group().rstrip()))
        dated = any(value.overlaps(d.span) for d in statement.dates) or any(
            value.overlaps(q.span) for q in statement.quantities
        )
        if not dated and _OBLIGES.search(statement.text):
            yield statement.fact("deadline", value, None, topic_around(statement, value))


def _relative_deadline(statement: Statement, quantity: Quantity) -> bool:
    if not _WITHIN.match(quantity.value) and not _due_from(statement, quantity):
        return False
    if quantity.value.lower().startswith("in") and not re.match(
        r"\s+(?:of|from|after)\s", statement.after(quantity.span)
    ):
        return False
    if re.search(r"\b(?:last|past|previous)\b", quantity.value, re.IGNORECASE):
        return False
    if _in_brackets(statement, quantity.span):
        return False
    return _DUTY.search(statement.text) is not None


def _due_from(statement: Statement, quantity: Quantity) -> bool:
    """`you have 28 days from …`, `by no later than 10 days after …`."""
    return (
        re.match(
            r"\s+(?:of|from|after)\s+(?:the\s+)?(?:date|day|receipt|receiving|service|this|issue)",
            statement.after(quantity.span),
        )
        is not None
    )


def _in_brackets(statement: Statement, span: Span) -> bool:
    before = statement.before(span)
    return before.rfind("(") > before.rfind(")")


def with_tail(statement: Statement, span: Span) -> Span:
    """The period with the event that it counts from: `within six months of receipt of this letter`."""
    m = _TAIL.match(statement.after(span))
    if m is None or (not _WITHIN.match(span.of(statement.source)) and _OF_A_THING.match(statement.after(span))):
        return span
    return Span(span.start, span.end + len(m.group().rstrip(" \n:–-'’”\"")))


def _qualifier(statement: Statement, span: Span) -> str:
    m = _QUALIFIER.match(statement.after(span))
    words = m["words"].strip() if m else ""
    if not words:
        opening = re.match(
            r"\s*((?:after|upon|on|if|where|unless|following)\s[^,]{3,80}),", statement.before(span), re.IGNORECASE
        )
        words = opening[1] if opening else ""
    return words.rstrip(" .;")


def interval_facts(scope: Scope) -> Iterator[Fact]:
    """`interval`: how often something is to happen; `qualifier` what loosens or tightens it."""
    for statement in scope.statements:
        for q in statement.quantities:
            if q.kind == "interval" and not _per_amount(statement, q):
                yield statement.fact(
                    "interval", q.span, q.normalised, topic_around(statement, q.span), _qualifier(statement, q.span)
                )


def _per_amount(statement: Statement, interval: Quantity) -> bool:
    """`£5m annually`: the interval belongs to the amount."""
    return any(q.kind == "amount" and 0 <= interval.span.start - q.span.end <= 2 for q in statement.quantities)


def duration_facts(scope: Scope) -> Iterator[Fact]:
    """`duration`: each length of time, with the event that it counts from."""
    for statement in scope.statements:
        for q in statement.quantities:
            if q.kind == "duration":
                span = with_tail(statement, _without_lead(statement, q))
                hyphened = re.search(r"\w-\w+$", q.value) is not None
                topic = words_after(statement, span) if hyphened else topic_around(statement, span)
                yield statement.fact("duration", span, q.normalised, topic, _qualifier(statement, span))
        for m in (*_FOR_THE_DURATION.finditer(statement.text), *_UNTIL.finditer(statement.text)):
            span = statement.place(m.start(), m.start() + len(m.group().rstrip()))
            if any(span.overlaps(d.span) for d in statement.dates):
                continue
            yield statement.fact("duration", span, None, topic_around(statement, span))


def _without_lead(statement: Statement, quantity: Quantity) -> Span:
    """`in the last 18 months` is of the length `last 18 months`; `within`, `up to` and their like stay."""
    words = quantity.value
    if re.search(r"\w-\w+$", words):  # `next two-day`
        lead = re.match(r"(?:[a-z]+\s+)*", words, re.IGNORECASE)
    else:
        lead = re.match(
            r"(?:(?:in|for|over|after|during|the|under|following)\s+)+|within\s+(?:the\s+)?(?=(?:last|past"
            r"|previous)\b)",
            words,
            re.IGNORECASE,
        )
    start = lead.end() if lead else 0
    return Span(quantity.span.start + start, quantity.span.end)

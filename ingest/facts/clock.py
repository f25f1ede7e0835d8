"""Times of day beside a date: `noon on Friday 28 June 2024`, `3 May 2024 at 5pm`."""

from __future__ import annotations

import re

from ingest.facts.scope import Statement
from ingest.notice import Span

_CLOCK = (
    r"(?:(?:12\s+)?noon|midday|midnight|close\s+of\s+(?:business|play)"
    r"|[0-9]{1,2}(?:[.:][0-9]{2}\s?(?:[ap]\.?m\b\.?|hours)?|\s?[ap]\.?m\b\.?))"
)
_BEFORE = re.compile(rf"\b(?P<time>{_CLOCK}),?\s+(?:on\s+)?(?:the\s+)?$", re.IGNORECASE)
_AFTER = re.compile(
    r"\s*,?\s*(?:at|by)\s+(?:(?:12\s+)?noon|midday|midnight|[0-9]{1,2}(?:[.:][0-9]{2})?\s?[ap]\.?m\b|[0-9]{1,2}[.:][0-9]{2})",
    re.IGNORECASE,
)


def without_clock(before: str) -> str:
    """The words before a date less a time of day that ends them: `by ` of `by noon on`."""
    m = _BEFORE.search(before)
    return before[: m.start("time")] if m else before


def with_clock(statement: Statement, date: Span) -> Span:
    """The date with the time of day beside it."""
    before, after = _BEFORE.search(statement.before(date)), _AFTER.match(statement.after(date))
    start = date.start - len(before.group()) if before else date.start
    return Span(start, date.end + (after.end() if after else 0))

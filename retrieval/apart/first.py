""" "Which has more, A or B?": what to ask of each alone, and what their figures say of the two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.apart.figure import comparable
from retrieval.draft import Draft, Line
from retrieval.names.known import Name
from retrieval.question import Question
from retrieval.verify import read_tokens
from retrieval.words import fold

_WHICH = re.compile(r"^(?:(?:and|so|but|then),? )?(?:out )?(?:of|between)? ?.{0,80}?\b(?:which|who|whose)\b", re.I)
_MORE = (
    r"more|most|higher|highest|larger|largest|bigger|biggest|greater|greatest|later|latest|last|longer|longest"
    r"|more recent|most recent|newer|newest"
)
_LESS = (
    r"fewer|fewest|less|least|lower|lowest|smaller|smallest|earlier|earliest|first|sooner|soonest|shorter|shortest"
    r"|older|oldest"
)
_MEASURE = re.compile(rf"\b(?:the )?(?:(?P<more>{_MORE})|(?P<less>{_LESS}))\b(?: (?:one|of))?(?: the)?", re.I)
_DAY = re.compile(r"later|latest|last|earlier|earliest|first|soon|recent|newe|olde", re.I)
_TIME = re.compile(r"longer|longest|shorter|shortest", re.I)
_MONEY = re.compile(
    r"\b(?:pa(?:y|ys|id)|cost|costs|sum|money|grant|grants|spen[dt]|fine[ds]?|fees?|budget|allowance)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A question by what its subjects are measured: the form to ask of each, and which end is wanted."""

    lead: str  # what opens the question of one alone: "how many", "when" …
    unit: str  # the only unit that will do; empty for any
    most: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The line that says which comes first, and its name; no name where none is alone in that."""

    line: Line
    value: str | None


def measured(question: Question) -> Measured | None:
    """How the subjects are measured against one another; None where the question does not ask which comes first."""
    found = _MEASURE.search(question.text)
    if found is None or not _WHICH.match(question.text):
        return None
    word = fold(found["more"] or found["less"])
    most = found["more"] is not None
    if _DAY.search(word):
        return Measured("When", "day", most)
    if _TIME.search(word):
        return Measured("How long", "days", most)
    return Measured("How much" if _MONEY.search(question.text) else "How many", "", most)


def without_measure(how: Measured, text: str) -> str:
    """The question of one alone: "which pays the higher fee, A?" as "How much pays fee, A?"."""
    bare = re.sub(r"\b(?:which|who|whose)\b(?: (?:one )?of\b)?", " ", _MEASURE.sub(" ", text, count=1), flags=re.I)
    return re.sub(r"\s+", " ", f"{how.lead} {bare}").strip()


def verdict(how: Measured, told: Sequence[tuple[Name, Draft]]) -> Verdict | None:
    """Which comes first by the figures that each answer gives; None where these cannot be compared."""
    figures = comparable([draft for _, draft in told], how.unit)
    if len(figures) < 2:
        return None
    quotes = tuple(dict.fromkeys(quote for _, draft in told for quote in draft.lines[0].quotes))
    best = (max if how.most else min)(figures)
    winners = [name.shown for (name, _), figure in zip(told, figures, strict=True) if figure == best]
    said = f"{winners[0] if len(winners) == 1 else 'The same'} (compared)."
    line = Line(said, quotes, derived=frozenset(read_tokens(said)))
    return Verdict(line, winners[0] if len(winners) == 1 else None)

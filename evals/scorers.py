"""Small scorers, one for each type of expected answer; each says why.

A scorer looks at `value` where the reply has one (a wrong value is wrong, whatever the text says) and at the
answer's text otherwise.  Status, content and citations are judged apart and joined by `judge`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from evals import values
from evals.case import Case, ExpectedList, ExpectedText, ExpectedValue, ExpectedYesNo
from evals.dates import Found, find_dates, last_day
from evals.reply import Reply


@dataclass(frozen=True, slots=True)
class Score:
    right: bool
    why: str


Scorer = Callable[[Case, Reply], Score]
SCORERS: dict[str, Scorer] = {}
T = TypeVar("T")
E = TypeVar("E", ExpectedValue, ExpectedText, ExpectedList, ExpectedYesNo)

# An answer without a bare value that names more candidates than this has not answered but listed.
_MOST_CANDIDATES = 4


def scorer(*types: str) -> Callable[[Scorer], Scorer]:
    """Register a scorer for these types of expected answer."""

    def register(function: Scorer) -> Scorer:
        SCORERS.update(dict.fromkeys(types, function))
        return function

    return register


def score_status(case: Case, reply: Reply) -> Score:
    """The right kind of reply; a refusal cites nothing, since its citations could be read as an answer."""
    if reply.status not in case.status:
        return Score(False, f"status {reply.status}, expected {' or '.join(case.status)}")
    if not case.answerable and reply.citations:
        return Score(False, f"{reply.status} with citations: nearest clauses belong under `related`")
    return Score(True, f"status {reply.status}")


def score_content(case: Case, reply: Reply) -> Score:
    """The expected value, text, list or yes/no, and nothing that the answer must not contain."""
    said = values.folded(_said(reply))
    for words in case.not_contains:
        if values.folded(words) in said:
            return Score(False, f"the answer contains {words!r}")
    if case.expect is None:
        return Score(True, "judged by its citations alone" if case.answerable else "no content expected")
    return SCORERS[case.expect.type](case, reply)


@scorer("date", "month")
def score_date(case: Case, reply: Reply) -> Score:
    expected = _values(case)
    wanted = [w for value in expected if (w := values.expected_date(value)) is not None]
    month = isinstance(case.expect, ExpectedValue) and case.expect.type == "month"
    return _choose(
        reply,
        " or ".join(expected),
        lambda text: find_dates(values.without_markers(text)),
        lambda found: any(_same_date(found, w, month) for w in wanted),
        lambda found: found.match[0],
    )


def _same_date(found: Found, wanted: tuple[int | None, int | None, int | None], month: bool) -> bool:
    """Equal by value.  "End of May 2022" meets 2022-05-31 and a month is met by its last day, said as such."""
    year, mon, day = wanted
    if year is not None and found.year is not None and found.year != year:
        return False
    if mon is None:
        return found.year == year
    if found.month != mon:
        return False
    if found.day == day:
        return True
    before = found.match.string[max(0, found.start - 12) : found.start].casefold()
    if day is not None and found.day is None and found.year and mon:
        return "end of" in before and day == last_day(found.year, mon).day
    return month and day is None and found.day is not None and found.year is not None


@scorer("number")
def score_number(case: Case, reply: Reply) -> Score:
    expected = _values(case)
    wanted = {values.expected_number(value) for value in expected}
    return _choose(reply, " or ".join(expected), values.numbers_in, wanted.__contains__, lambda n: f"{n:g}")


@scorer("amount")
def score_amount(case: Case, reply: Reply) -> Score:
    expected = _values(case)
    wanted = [w for value in expected if (w := values.expected_amount(value)) is not None]
    return _choose(
        reply,
        " or ".join(expected),
        values.amounts_in,
        lambda found: any(found.same(w) for w in wanted),
        lambda found: f"{found.currency} {found.number:g}",
    )


@scorer("duration")
def score_duration(case: Case, reply: Reply) -> Score:
    expected = _values(case)
    wanted = {values.expected_duration(value) for value in expected}
    return _choose(
        reply,
        " or ".join(expected),
        values.durations_in,
        wanted.__contains__,
        lambda found: f"{found[0]}{found[1]}",
    )


def _choose(
    reply: Reply,
    expected: str,
    find: Callable[[str], tuple[T, ...]],
    right: Callable[[T], bool],
    show: Callable[[T], str],
) -> Score:
    """Candidates in the bare value decide; without any there, those in the text, when they are few."""
    where = "value"
    found = find(reply.value) if reply.value else ()
    if not found:
        where, found = "answer", find(reply.text)
    shown = ", ".join(dict.fromkeys(show(item) for item in found)) or "nothing of that type"
    if not any(right(item) for item in found):
        return Score(False, f"{where} has {shown}, expected {expected}")
    if where == "answer" and len({show(item) for item in found}) > _MOST_CANDIDATES:
        return Score(False, f"no bare value, and the answer has many candidates ({shown}); expected {expected}")
    return Score(True, f"{where} has {expected}")


@scorer("name")
def score_name(case: Case, reply: Reply) -> Score:
    expected = _values(case)
    where, text = ("value", reply.value) if reply.value else ("answer", values.without_markers(reply.text))
    if any(values.contains_name(text, name) for name in expected):
        return Score(True, f"{where} names {' or '.join(expected)}")
    return Score(False, f"{where} is {_short(text)!r}, expected {' or '.join(expected)}")


@scorer("text")
def score_text(case: Case, reply: Reply) -> Score:
    expect = _expected(case, ExpectedText)
    said = values.folded(_said(reply))
    missing = [words for words in expect.contains if values.folded(words) not in said]
    if missing:
        return Score(False, "the answer lacks " + ", ".join(repr(words) for words in missing))
    return Score(True, "the answer has all the words expected")


@scorer("list")
def score_list(case: Case, reply: Reply) -> Score:
    expect = _expected(case, ExpectedList)
    said = values.folded(_said(reply))
    items = [values.folded(item) for item in expect.items]
    missing = [item for item, words in zip(expect.items, items, strict=True) if words not in said]
    if missing:
        found = len(items) - len(missing)
        return Score(False, f"{found} of {len(items)} items; missing " + ", ".join(repr(i) for i in missing))
    one_document = len({c.document for c in case.citations}) == 1
    if expect.ordered or (expect.ordered is None and one_document):
        at = 0
        for item, words in zip(expect.items, items, strict=True):
            place = said.find(words, at)
            if place < 0:
                return Score(False, f"all items, but {item!r} is out of order")
            at = place
    return Score(True, f"all {len(items)} items")


@scorer("yes_no")
def score_yes_no(case: Case, reply: Reply) -> Score:
    expect = _expected(case, ExpectedYesNo)
    for text in (reply.value or "", reply.text):
        first = values.folded(text).split(" ")[0].strip(".,;:!-'\"")
        if first in {"yes", "no"}:
            right = first == expect.value
            return Score(right, f"said {first}" + ("" if right else f", expected {expect.value}"))
    return Score(False, f"the answer opens with neither yes nor no, expected {expect.value}")


def _said(reply: Reply) -> str:
    """The words of the answer, with the suggestions of a refusal (which it is judged by too)."""
    text = values.without_markers(reply.text)
    return text if reply.status == "answered" else " ".join((text, *reply.suggestions))


def _values(case: Case) -> tuple[str, ...]:
    return _expected(case, ExpectedValue).value


def _expected(case: Case, kind: type[E]) -> E:
    if not isinstance(case.expect, kind):
        raise TypeError(f"case {case.id}: {kind.__name__} is scored here")
    return case.expect


def _short(text: str, length: int = 90) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"

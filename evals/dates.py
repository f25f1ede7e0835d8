"""Dates as written: found in any text with their form, so that they can be compared by value or moved.

Kept apart from the product's own date finder on purpose: the judge does not share the eyes of the judged.
Day before month (12/11/19 is 12 November 2019), as British documents write.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NUMBER_OF = {name[:length].casefold(): n for n, name in enumerate(MONTHS, 1) for length in (3, len(name))}
_NUMBER_OF["sept"] = 9

_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_ORDINAL = r"(?P<ordinal>\s?(?:st|nd|rd|th))?"
_MM = r"(?P<month>0?[1-9]|1[0-2])"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?:(?P<weekday>Mon|Tues?|Wednes|Thurs?|Fri|Satur|Sun)day,?\s+(?:the\s+)?)?"
_ACT = "".join(
    rf"(?<!\b{word} )"
    for word in ("Act", "Act,", "Regulations", "Regulation", "Order", "Rules", "Measure", "Bill", "DPA")
)

# Tried in this order at each place; the first that fits wins.
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("iso", rf"(?<!\d)(?<!\d-){_YEAR}-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
        ("slashed", rf"(?<![\d./]){_DAY}(?P<sep>[/.]){_MM}(?P=sep)(?P<year>(?:19|20)?\d\d)(?![\d/]|\.\d)"),
        ("day-month-year", rf"\b{_WEEKDAY}{_DAY}{_ORDINAL}(?P<of>\s+(?:day\s+)?of)?\s+{_MONTH},?\s+{_YEAR}\b"),
        ("month-day-year", rf"\b{_WEEKDAY}{_MONTH}\s+(?:the\s+)?{_DAY}{_ORDINAL}\b,?\s+{_YEAR}\b"),
        ("month-year", rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b"),
        ("iso-month", rf"(?<![\d-]){_YEAR}-(?P<month>0[1-9]|1[0-2])(?![\d-])"),
        ("day-month", rf"\b{_WEEKDAY}{_DAY}{_ORDINAL}(?P<of>\s+(?:day\s+)?of)?\s+{_MONTH}(?!\w)"),
        ("month-day", rf"\b{_WEEKDAY}{_MONTH}\s+(?:the\s+)?{_DAY}{_ORDINAL}(?![\w:]|[.,]\d)"),
        ("year", rf"(?<![\w£$€/.,-]){_ACT}{_YEAR}(?![\w%/-]|[.,]\d)"),
    )
)  # fmt: skip
_DAY_BEFORE = re.compile(rf"(?<![\w£.]){_DAY}(?:st|nd|rd|th)?(?:\s+(?:and|to|or|until)\s+|\s?[&–-]\s?)$")
_DAY_AFTER = re.compile(
    rf"(?:\s+(?:and|to|or|until)\s+|\s?[&–-]\s?){_DAY}(?:st|nd|rd|th)?(?![\w:]|[.,]\d|\s+[A-Za-z]+ \d)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: `text[start:end]` reads `form`; what is not said (day, month, year) is None."""

    start: int
    end: int
    form: str
    year: int | None
    month: int | None
    day: int | None
    match: re.Match[str]

    @property
    def month_only(self) -> bool:
        return self.month is not None and self.day is None

    def same(self, other: Found) -> bool:
        return (self.year, self.month, self.day) == (other.year, other.month, other.day)


def find_dates(text: str) -> tuple[Found, ...]:
    """Every date in the text, in order, none overlapping.  Years inside the name of an Act are no dates."""
    return tuple(sorted(_scan(text), key=lambda found: found.start))


def _scan(text: str) -> Iterator[Found]:
    taken: list[tuple[int, int]] = []
    for form, pattern in _FORMS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            found = _read(form, match)
            if found is not None:
                taken.append(match.span())
                yield found
                beside = _beside(text, found)
                if beside is not None:
                    taken.append((beside.start, beside.end))
                    yield beside


def _beside(text: str, found: Found) -> Found | None:
    """The other day of "6 and 7 May 2020" or "May 6-7", which shares the month and year of `found`."""
    if found.day is None or found.form in {"iso", "slashed"}:
        return None
    if found.form.startswith("day"):
        match = _DAY_BEFORE.search(text, 0, found.start)
    else:
        match = _DAY_AFTER.match(text, found.end)
    if match is None:
        return None
    return Found(match.start("day"), match.end("day"), "day", found.year, found.month, int(match["day"]), match)


def _read(form: str, match: re.Match[str]) -> Found | None:
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    if year is not None and year < 100:
        year += 2000
    raw = parts.get("month")
    month = None if raw is None else int(raw) if raw.isdigit() else _NUMBER_OF[raw.rstrip(".").casefold()]
    day = int(parts["day"]) if parts.get("day") else None
    if day is not None and month is not None:
        # A day without a year is read in a leap year, so that 29 February stays a date.
        if day > calendar.monthrange(year or 2024, month)[1]:
            return None
        if year is None and raw is not None and raw == "may" and form == "month-day":
            return None  # "he may 2 times": too often the verb
    return Found(match.start(), match.end(), form, year, month, day, match)


def last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])

"""Dates moved: every date of a text to another real one, each in its own form, the distances in months kept.

All dates move by the same number of months and days, so "within 12 months of" stays true, an order stays an
order, and the last day of a month stays the last.  Years inside the names of Acts stay.
"""

from __future__ import annotations

import calendar
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from evals.dates import MONTHS, Found, find_dates

_SLUG_YEAR = re.compile(r"(?<=-)((?:19|20)\d\d)(?=-|$)")
_NAMES = "|".join(MONTHS)
# A month alone: capitalised inside a sentence, or any but May and March (which are words too) anywhere.
_BARE_MONTH = re.compile(
    rf"(?<=[a-z,;’'] )(?P<inside>{_NAMES})\b|\b(?P<any>{_NAMES.replace('March|', '').replace('May|', '')})\b",
)
_BARE_LOWER = re.compile(rf"\b(?:{_NAMES.replace('March|', '').replace('May|', '').lower()})\b")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class DateShift:
    """Moves dates by `years` and `months`, and by `days` those not at the end of a month."""

    years: int
    months: int
    days: int

    @classmethod
    def for_texts(cls, texts: Iterable[str], seed: int) -> DateShift:
        """One that no date of these texts would carry over a year's or a month's end."""
        pick = random.Random(seed)
        found = [date for text in texts for date in find_dates(text)]
        dated = {d.month for d in found if d.month and d.year}
        days = [d.day for d in found if d.day and d.day < 28]
        months = [m for m in (1, -1, 2, -2) if all(1 <= month + m <= 12 for month in dated)]
        room = [n for n in range(-9, 28) if n and all(1 <= day + n <= 27 for day in days)]
        return cls(pick.choice((-6, -5, -4, 3, 4)), months[0] if months else 0, pick.choice(room) if room else 0)

    def text(self, text: str) -> str:
        """The text with every date moved and nothing else changed."""
        out, at = [], 0
        for found in find_dates(text):
            out += [self._bare(text[at : found.start]), self._written(found)]
            at = found.end
        return "".join([*out, self._bare(text[at:])])

    def slug(self, slug: str) -> str:
        """The same for a document id, whose words are joined by hyphens."""
        out, at = [], 0
        for found in find_dates(slug):
            if found.form == "iso":
                out += [self._years(slug[at : found.start]), self._written(found)]
                at = found.end
        return "".join([*out, self._years(slug[at:])])

    def day(self, day: date) -> date:
        year, month, number = self._moved(day.year, day.month, day.day)
        return date(year or day.year, month or day.month, number or day.day)

    def _years(self, slug: str) -> str:
        return _SLUG_YEAR.sub(lambda m: str(int(m[1]) + self.years), slug)

    def _bare(self, text: str) -> str:
        text = _BARE_MONTH.sub(lambda m: self._month_name(m[0]), text)
        return _BARE_LOWER.sub(lambda m: self._month_name(m[0]), text)

    def _month_name(self, name: str, month: int | None = None) -> str:
        """The name of a month (of the month after `name`, by default), long, short and cased as `name` is."""
        bare = name.rstrip(".")
        if month is None:
            month = [m[:3].casefold() for m in MONTHS].index(bare[:3].casefold()) + 1
            month = (month - 1 + self.months) % 12 + 1
        full = MONTHS[month - 1]
        new = full if len(bare) > 4 or bare.casefold() in {"may", "june", "july"} else full[:3]
        new = new.lower() if bare.islower() else new.upper() if bare.isupper() else new
        return new + name[len(bare) :]

    def _moved(self, year: int | None, month: int | None, day: int | None) -> tuple[int | None, int | None, int | None]:
        new_year = None if year is None else year + self.years
        if month is None:
            return new_year, None, None
        steps = month - 1 + self.months
        if new_year is not None:
            new_year += steps // 12
        new_month = steps % 12 + 1
        if day is None:
            return new_year, new_month, None
        last = calendar.monthrange(new_year or 2024, new_month)[1]
        at_end = day >= 28 and day == calendar.monthrange(year or 2024, month)[1]
        return new_year, new_month, last if at_end else min(max(1, day + (self.days if day < 28 else 0)), last)

    def _written(self, found: Found) -> str:
        """The moved date in the form of the old one."""
        year, month, day = self._moved(found.year, found.month, found.day)
        new: dict[str, str] = {}
        parts = found.match.groupdict()
        if year is not None and parts.get("year"):
            new["year"] = str(year)[-len(parts["year"]) :]
        raw = parts.get("month")
        if raw and month is not None:
            new["month"] = str(month).zfill(len(raw)) if raw.isdigit() else self._month_name(raw, month)
        if day is not None and parts.get("day"):
            new["day"] = str(day).zfill(2) if parts["day"].startswith("0") or found.form == "iso" else str(day)
            if parts.get("ordinal"):
                space = parts["ordinal"][: -len(parts["ordinal"].lstrip())]
                new["ordinal"] = space + _ordinal(day)
            if parts.get("weekday") and year and month:
                new["weekday"] = _WEEKDAYS[date(year, month, day).weekday()].removesuffix("day")
        return _put(found, new)


def _ordinal(day: int) -> str:
    return "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _put(found: Found, new: dict[str, str]) -> str:
    """The matched words with these groups replaced."""
    match, text = found.match, found.match.string
    spans = sorted((match.span(name), words) for name, words in new.items())
    out, at = [], found.start
    for (start, end), words in spans:
        out += [text[at:start], words]
        at = end
    return "".join([*out, text[at : found.end]])

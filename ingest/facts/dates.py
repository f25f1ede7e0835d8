"""Dates in running text: exact words, ISO value and how precise they are.

`iso` is `2021-06-07`, `2022-05`, `2016`, or without a year `--05-06` and `--12` (ISO 8601's own way).
Spans of years (`2021/22`) give the first year and keep both in `value`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from ingest.notice import Span

Precision = Literal["day", "month", "year"]

MONTH_NAMES = "january|february|march|april|may|june|july|august|september|october|november|december"
_MONTHS = f"{MONTH_NAMES}|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
_SHORT = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER_OF = {name: 1 + i for i, name in enumerate(_SHORT)}
_FLAGS = re.IGNORECASE
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|satur|sat|sun)(?:day)?\.?,?\s+(?:the\s+)?)?"
_M = rf"(?P<month>{_MONTHS})\b\.?"
_D = r"(?P<day>0?[1-9]|[12][0-9]|3[01])(?:\s?(?:st|nd|rd|th)\b)?"
_D2 = r"(?:0?[1-9]|[12][0-9]|3[01])(?:\s?(?:st|nd|rd|th)\b)?"
_Y = r"(?P<year>(?:19|20)[0-9]{2})(?![0-9])"
_START = r"(?<![\w£$€.,/:#])(?<![A-Za-z]-)"
_TO = r"\s*,?\s*(?:-|–|—|\bto\b|\buntil\b|\btill\b|\bthrough\b|\band\b|&|\bor\b)\s*"
_NO_MORE = r"(?![\w%]|/[0-9]|-(?![0-9]{1,2}(?:,\s|\s|\.(?![0-9])|$))[0-9]|[.,][0-9])"  # but `April 8-19, 2024`

_DAY_MONTH = re.compile(
    rf"{_START}{_WEEKDAY}{_D}(?:\s+(?:day\s+)?of)?\s*(?:\s|-)\s*{_M}(?:\s*,?(?:\s|-)\s*{_Y})?", _FLAGS
)
_MONTH_DAY = re.compile(rf"{_START}{_WEEKDAY}{_M}\s+(?:the\s+)?{_D}{_NO_MORE}(?:\s*,?\s+{_Y})?", _FLAGS)
_ISO = re.compile(r"(?<![\w/.-])(?P<year>(?:19|20)[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9-])")
_NUMERIC = re.compile(
    r"(?<![\w/.£$€-])(?P<a>[0-9]{1,2})(?P<sep>[/.-])(?P<b>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4}|[0-9]{2})(?![\w/-]"
    r"|\.[0-9])"
)
_MONTH_YEAR = re.compile(rf"{_START}{_M}\s*,?\s*(?:of\s+)?{_Y}", _FLAGS)
_IMPOSSIBLE_DAY = re.compile(r"(?<![\w./-])(?:30|31)(?:st|th)?\s(?:of\s)?$")
_MONTH_ONLY = re.compile(
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)\b(?!\s+[A-Z0-9])"
)
_MONTH_CUE = re.compile(r"\b(?:in|by|of|since|until|during|from|before|after|last|next|this|early|late|to|between)\s$")
_ANY = re.compile(rf"[0-9]|\b(?:{_MONTHS})", _FLAGS)
_YEARS = re.compile(
    r"(?<![\w/.,£$€#-])(?P<year>(?:19|20)[0-9]{2})(?:/|-|–)(?P<other>(?:19|20)?[0-9]{2})(?![\w/-]|[.,][0-9])"
)
_YEAR = re.compile(rf"(?<![\w/,£$€#:-])(?<![0-9]\.){_Y}(?![\w/-]|[.,][0-9])")
_YEAR_CUE = re.compile(
    r"(?:\b(?:in|since|from|of|by|until|till|during|before|after|the|year|to|and|or|early|late|mid|for|between"
    r"|through"
    r"|its|their|our|this|that|last|next|january|spring|summer|autumn|winter|©|copyright)[\s-]+|[(\[–—/-]\s*|^)$",
    _FLAGS,
)
_LAW = re.compile(
    r"(?:\b(?:Acts?|Regulations?|Order|Rules|Directive|Measure|Bill|Code|Convention|Ordinance"
    r"|Regs)\b\s*(?:\([^)\n]*\)\s*)*"
    r"|\b(?:No|Nr)\.?\s*|[#№]\s*)$",
    _FLAGS,
)
_LAW_AFTER = re.compile(r"\s+(?:Act|Regulations|Order|Rules)\b")
_END_OF = re.compile(r"\b(?P<words>(?:end|close)\s+of(?:\s+the\s+month\s+of)?)\s+$", _FLAGS)
_PLURAL_NEXT = re.compile(r"\s+[a-z]+s\b")


@dataclass(frozen=True, slots=True)
class DateMatch:
    """One date: `value` is `span.of(text)`; `whole` is the range or the list that it is a part of."""

    span: Span
    value: str
    iso: str
    precision: Precision
    end_of: bool = False
    whole: Span | None = None

    @property
    def has_year(self) -> bool:
        return not self.iso.startswith("--")


def find_dates(text: str, *, us: bool | None = None) -> tuple[DateMatch, ...]:
    """Every date of `text` in order; `us` says how 05/06/2021 reads (None: judged from the text itself)."""
    if not _ANY.search(text):
        return ()
    month_first = writes_us_dates(text) if us is None else us
    taken: list[Span] = []
    found: list[DateMatch] = []
    for finder in _FINDERS:
        for match in finder(text, month_first):
            if not any(match.span.overlaps(other) for other in taken):
                found.append(match)
                taken.append(match.span)
    found.sort(key=lambda m: m.span)
    return tuple(_end_of(text, match) for match in _ranges(text, found))


def writes_us_dates(text: str) -> bool:
    """Whether the text puts the month first, so that 05/06/2021 is 6 May there."""
    for match in _NUMERIC.finditer(text):
        first, second = int(match["a"]), int(match["b"])
        if first > 12 >= second:
            return False
        if second > 12 >= first:
            return True
    if "£" in text:
        return False
    month_first = sum(1 for m in _MONTH_DAY.finditer(text) if m["year"])
    day_first = sum(1 for m in _DAY_MONTH.finditer(text) if m["year"])
    return month_first > day_first


def _month(name: str) -> int:
    return _NUMBER_OF[name[:3].lower()]


def _valid(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _day(text: str, start: int, end: int, year: int | None, month: int, day: int) -> DateMatch | None:
    if not _valid(2000 if year is None else year, month, day):
        return None
    head = "-" if year is None else f"{year:04d}"
    return _make(text, start, end, f"{head}-{month:02d}-{day:02d}", "day")


def _make(text: str, start: int, end: int, iso: str, precision: Precision) -> DateMatch:
    return DateMatch(Span(start, end), text[start:end], iso, precision)


def _plain_word(match: re.Match[str]) -> bool:
    """May and March without capital or year are most often verbs."""
    return not match["year"] and match["month"] in {"may", "march", "mar"}


def _worded(pattern: re.Pattern[str]) -> Callable[[str, bool], Iterator[DateMatch]]:
    def find(text: str, us: bool) -> Iterator[DateMatch]:
        for match in pattern.finditer(text):
            if _plain_word(match):
                continue
            year = int(match["year"]) if match["year"] else None
            end = match.end() if text[match.end() - 1] != "." else match.end() - 1
            made = _day(text, match.start(), end, year, _month(match["month"]), int(match["day"]))
            if made:
                yield made

    return find


def _iso(text: str, us: bool) -> Iterator[DateMatch]:
    for m in _ISO.finditer(text):
        made = _day(text, m.start(), m.end(), int(m["year"]), int(m["month"]), int(m["day"]))
        if made:
            yield made


def _numeric(text: str, us: bool) -> Iterator[DateMatch]:
    for m in _NUMERIC.finditer(text):
        if len(m["year"]) == 2:
            if m["sep"] != "/":
                continue  # 1.2.19 is a clause number as often as a date
            year = int(m["year"]) + (1900 if int(m["year"]) >= 70 else 2000)
        else:
            year = int(m["year"])
        if not 1900 <= year <= 2100:
            continue
        a, b = int(m["a"]), int(m["b"])
        day, month = (b, a) if (us and a <= 12) or b > 12 else (a, b)
        made = _day(text, m.start(), m.end(), year, month, day)
        if made:
            yield made


def _month_year(text: str, us: bool) -> Iterator[DateMatch]:
    for m in _MONTH_YEAR.finditer(text):
        if _IMPOSSIBLE_DAY.search(text[max(0, m.start() - 8) : m.start()]):
            continue
        yield _make(text, m.start(), m.end(), f"{int(m['year']):04d}-{_month(m['month']):02d}", "month")


def _month_only(text: str, us: bool) -> Iterator[DateMatch]:
    for m in _MONTH_ONLY.finditer(text):
        if not _MONTH_CUE.search(text[max(0, m.start() - 9) : m.start()]):
            continue
        yield _make(text, m.start(), m.end(), f"--{_month(m['month']):02d}", "month")


def _years(text: str, us: bool) -> Iterator[DateMatch]:
    for m in _YEARS.finditer(text):
        first, other = int(m["year"]), int(m["other"])
        second = other if other > 99 else first // 100 * 100 + other
        if 0 < second - first <= 10 and not _law(text, m.start()):
            yield _make(text, m.start(), m.end(), f"{first:04d}", "year")


def _law(text: str, position: int) -> bool:
    return _LAW.search(text[max(0, position - 80) : position]) is not None


def _year(text: str, us: bool) -> Iterator[DateMatch]:
    for m in _YEAR.finditer(text):
        before = text[max(0, m.start() - 24) : m.start()]
        if _law(text, m.start()) or _LAW_AFTER.match(text, m.end()):
            continue
        cued = _YEAR_CUE.search(before) is not None
        if not cued and (_PLURAL_NEXT.match(text, m.end()) or text[m.end() : m.end() + 1].isalnum()):
            continue
        yield _make(text, m.start(), m.end(), m["year"], "year")


_FINDERS: tuple[Callable[[str, bool], Iterator[DateMatch]], ...] = (
    _iso,
    _numeric,
    _worded(_DAY_MONTH),
    _worded(_MONTH_DAY),
    _month_year,
    _years,
    _month_only,
    _year,
)

_OPEN_DAY = re.compile(rf"{_START}{_WEEKDAY}(?P<day>{_D2}){_TO}$", _FLAGS)
_CLOSING_DAY = re.compile(
    rf"\s*(?:-|–|—|\bto\b|\bthrough\b)\s*(?P<day>{_D2})(?![\w/:.]|\s+(?:{_MONTHS})\b)(?:,\s+{_Y})?", _FLAGS
)
_OPEN_MONTH = re.compile(rf"{_START}(?P<month>{_MONTHS}){_TO}$", _FLAGS)
_BETWEEN = re.compile(rf"^{_TO}(?:the\s+)?$", _FLAGS)


def _ranges(text: str, found: list[DateMatch]) -> list[DateMatch]:
    """Lend the year (and the month) of a range's end to its beginning, and mark both with the whole range."""
    out = list(found)
    out = _month_first_ranges(text, out)
    for i, match in enumerate(list(out)):
        if match.whole is not None:
            continue
        before = text[max(0, match.span.start - 40) : match.span.start]
        if match.precision == "day":
            opened = _OPEN_DAY.search(before)
            if opened and not any(d.span.end > match.span.start - len(opened.group()) for d in out[:i]):
                start = match.span.start - len(opened.group())
                end = start + len(re.split(_TO, opened.group(), maxsplit=1, flags=_FLAGS)[0].rstrip())
                iso = f"{match.iso[:-2]}{int(re.sub('[^0-9]', '', opened['day'])):02d}"
                whole = Span(start, match.span.end)
                if iso < match.iso:
                    out[out.index(match)] = replace(match, whole=whole)
                    out.append(DateMatch(Span(start, end), text[start:end], iso, "day", whole=whole))
        elif match.precision == "month" and match.has_year:
            opened = _OPEN_MONTH.search(before)
            if opened and opened["month"][0].isupper():
                start = match.span.start - len(opened.group())
                end = start + len(opened["month"])
                whole = Span(start, match.span.end)
                out = [m for m in out if not m.span.overlaps(Span(start, end))]
                out[out.index(match)] = replace(match, whole=whole)
                iso = f"{match.iso[:4]}-{_month(opened['month']):02d}"
                out.append(DateMatch(Span(start, end), text[start:end], iso, "month", whole=whole))
    out.sort(key=lambda m: m.span)
    for i in range(len(out) - 1):
        a, b = out[i], out[i + 1]
        gap = text[a.span.end : b.span.start]
        if a.whole or b.whole or a.precision != b.precision or len(gap) > 30 or not _BETWEEN.match(gap):
            continue
        iso = f"{b.iso[:4]}-{a.iso[2:]}" if b.has_year and not a.has_year else a.iso
        whole = Span(a.span.start, b.span.end)
        out[i], out[i + 1] = replace(a, iso=iso, whole=whole), replace(b, whole=whole)
    return out


def _month_first_ranges(text: str, found: list[DateMatch]) -> list[DateMatch]:
    """`October 2 through 6, 2023`, `April 8-19 and May 2, 2024`: the second day, and the year of both."""
    out = list(found)
    for match in found:
        closing = _CLOSING_DAY.match(text, match.span.end) if match.value[:1].isalpha() else None
        if match.precision != "day" or closing is None or match.has_year:
            continue
        end = Span(closing.start("day"), closing.end("day"))
        clash = [d for d in out if d is not match and d.span.overlaps(Span(match.span.end, closing.end()))]
        later = next((d.iso[:4] for d in found if d.span.start >= closing.end() and d.has_year), None)
        year = closing["year"] or later or ""
        month, first, last = match.iso[-5:-3], match.iso[-2:], f"{int(re.sub('[^0-9]', '', closing['day'])):02d}"
        if not last > first or not _valid(int(year or 2000), int(month), int(last)):
            continue
        head = f"{year}-" if year else "--"
        whole = Span(match.span.start, closing.end())
        out = [d for d in out if d is not match and d not in clash]
        out.append(replace(match, iso=f"{head}{month}-{first}", whole=whole))
        out.append(DateMatch(end, text[end.start : end.end], f"{head}{month}-{last}", "day", whole=whole))
    out.sort(key=lambda m: m.span)
    return out


def _end_of(text: str, match: DateMatch) -> DateMatch:
    words = _END_OF.search(text[max(0, match.span.start - 40) : match.span.start])
    if words is None:
        return match
    if match.precision == "day":
        return replace(match, end_of=True)
    start = match.span.start - len(words.group())
    return replace(match, span=Span(start, match.span.end), value=text[start : match.span.end], end_of=True)

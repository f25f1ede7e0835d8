"""Numbers, amounts of money, percentages, rates, durations and intervals in running text.

Every value carries the exact words and a normalised form that compares by value:
`5500000 GBP`, `45%`, `127 per 10000`, `P6M`, `P15BD` (B: working days), `R6/P1Y` (six times a year).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.facts.dates import find_dates
from ingest.facts.numbers import DIGITS, NUMBER, SCALE_WORD, SCALES, WORD_NUMBER, number_of, plain_number
from ingest.notice import Span

QuantityKind = Literal["number", "amount", "percentage", "rate", "duration", "interval"]

_SHORT_SCALES = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000, "b": 1_000_000_000} | SCALES
_CURRENCIES = {"£": "GBP", "$": "USD", "€": "EUR", "us$": "USD"}
_CURRENCY_WORDS = {"pounds": "GBP", "dollars": "USD", "euros": "EUR", "gbp": "GBP", "usd": "USD", "eur": "EUR"}
_FLAGS = re.IGNORECASE

_AMOUNT = re.compile(
    rf"(?P<sign>£|US\$|\$|€)\s?(?P<n>{DIGITS})(?P<scale>\s?(?:k|m|mn|bn|b)\b|\s(?:{SCALE_WORD})\b)?"
    rf"|\b(?P<n2>{DIGITS})(?P<scale2>\s(?:{SCALE_WORD}))?\s(?P<word>pounds|dollars|euros|GBP|USD|EUR)\b",
    _FLAGS,
)
_PERCENT = re.compile(
    rf"(?<![\w.,£$€])(?:(?:(?:between|from)\s+(?P<low>{DIGITS})\s?%?\s(?:and|to)\s|(?P<low2>{DIGITS})\s?(?:to|-"
    rf"|–)\s?))?"
    rf"(?P<n>{NUMBER})(?:\s?%|\s+per\s?cent\b|\s+percent\b)",
    _FLAGS,
)
_FRACTION = re.compile(
    r"\b(?:(?:just|well)\s+(?:under|over)\s+|(?:almost|nearly|about|around|over|under|(?:more|less)\s+than)\s+)?"
    r"(?P<part>half|(?:one|a)[\s-]third|two[\s-]thirds|(?:one|a)[\s-]quarter|three[\s-]quarters|(?:one|a)[\s-]fifth)"
    r"(?=\s+of\s+(?!an?\b|days?\b|weeks?\b|months?\b|years?\b|hours?\b))",
    _FLAGS,
)
_PARTS = {"half": 50, "third": 33, "thirds": 67, "quarter": 25, "quarters": 75, "fifth": 20}
_RATE = re.compile(
    rf"(?<![\w.,-])(?P<n>{NUMBER})\s+(?:in(?:\s+every)?|per|for\s+every"
    rf"|out\s+of\s+every)\s+(?P<per>{DIGITS})\b(?![\w%]|[.,:/-][0-9])",
    _FLAGS,
)
_PLAIN = re.compile(
    rf"(?<![\w.,/£$€:()#-])(?P<n>{DIGITS}|{WORD_NUMBER})(?![\w%]|[.,:/-][0-9])(?:\s+(?P<scale>million|billion"
    rf"|thousand)\b)?",
    _FLAGS,
)

_RATIO = re.compile(
    rf"(?<![\w.,£$€-])(?P<n>{NUMBER})(?:\s*\(\s*[0-9]+\s*\))?\s+(?:out\s+)?of\s+(?:the\s+|a\s+total\s+of\s+)?(?P<all>{NUMBER})(?![\w%]"
    rf"|[.,:/-][0-9])",
    _FLAGS,
)
AGED = re.compile(
    rf"\baged?\s+(?:between\s+)?{NUMBER}(?:\s+(?:to|and)\s+{NUMBER})?|\b{NUMBER}(?:-?\s+(?:and|to)\s+{NUMBER})?[-\s]years?[-\s]olds?\b"
    rf"|\b{NUMBER}\s+years\s+of\s+age\b|\bage\s+of\s+{NUMBER}(?:\s+years)?\b"
    rf"|\bunder\s+(?:the\s+age\s+of\s+)?[0-9]{{1,2}}s?\b(?!\s*%)",
    _FLAGS,
)

_TIME_UNIT = (
    r"(?:(?P<working>working|business|school|clear|calendar|consecutive)[\s-]+)?"
    r"(?P<unit>hour|day|week|fortnight|month|quarter|year)s?"
)
_VAGUE = r"a\s+couple\s+of|couple\s+of|an?|half\s+an?|the\s+next|few"
_LENGTH = (
    rf"(?P<n>{NUMBER}|{_VAGUE})(?:\s*\(\s*[0-9]+\s*\))?(?:\s+or\s+(?P<or>{NUMBER}))?[\s-]+"
    rf"(?:full\s+|further\s+|more\s+|successive\s+)?{_TIME_UNIT}\b"
)
_DURATION = re.compile(
    rf"(?<![\w.,£$€-])(?P<lead>(?:within|in|for|over|after|during|at\s+least|no\s+(?:later|more|longer)\s+than"
    rf"|not\s+(?:later|more)\s+than"
    rf"|up\s+to|less\s+than|more\s+than|the|under|every|last|past|previous|next|further|following"
    rf"|first)\s+)*(?:approximately\s+|about\s+|around\s+)?"
    rf"(?P<core>{_LENGTH})(?:\s+old\b)?",
    _FLAGS,
)
_ADVERBS = {
    "hourly": "PT1H", "daily": "P1D", "weekly": "P1W", "fortnightly": "P2W", "monthly": "P1M", "bimonthly": "P2M",
    "bi-monthly": "P2M", "quarterly": "P3M", "half-yearly": "P6M", "six-monthly": "P6M", "biannually": "P6M",
    "bi-annually": "P6M", "yearly": "P1Y", "annually": "P1Y", "bi-weekly": "P2W", "biweekly": "P2W", "termly": "P1T",
}  # fmt: skip
_ADJECTIVES = {"annual": "P1Y"} | {
    k: v for k, v in _ADVERBS.items() if k not in {"annually", "biannually", "bi-annually"}
}
_BOUND_BEFORE = (
    r"(?:(?:at\s+(?:least|most|a\s+minimum)|no\s+(?:less|more)\s+(?:often|frequently)\s+than"
    r"|not\s+less\s+(?:often\s+)?than|approximately|about|roughly)\s+)?"
)
_BOUND_AFTER = r"(?:,?\s+(?:at\s+the\s+very\s+least|at\s+the\s+least|at\s+least|at\s+a\s+minimum|as\s+a\s+minimum))?"
_EVERY = re.compile(
    rf"\b{_BOUND_BEFORE}(?:once\s+)?(?P<every>every|each)\s+(?:(?P<n>{NUMBER}|other|second"
    rf"|third)\s+)?{_TIME_UNIT}\b{_BOUND_AFTER}",
    _FLAGS,
)
_TIMES = re.compile(
    rf"\b(?:(?:up\s+to|at\s+least|at\s+most|no\s+more\s+than|not\s+more\s+than|a\s+maximum\s+of|a\s+minimum\s+of"
    rf"|no\s+(?:less|fewer)\s+than)\s+)?"
    rf"(?:(?P<n>{NUMBER})\s+times|(?P<word>once|twice|thrice))\s+(?:a|an|per|every|each|in\s+(?:a|each|every"
    rf"|any))\s+{_TIME_UNIT}\b{_BOUND_AFTER}",
    _FLAGS,
)
_REGULAR = re.compile(
    rf"\b{_BOUND_BEFORE}(?:on\s+an?\s+(?P<basis>{'|'.join(_ADJECTIVES)})\s+basis"
    rf"|(?P<adverb>{'|'.join(_ADVERBS)}))\b{_BOUND_AFTER}",
    _FLAGS,
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final|penultimate"
    r"|[0-9]{1,2}(?:st|nd|rd|th))"
)
_DAY_OF_EACH = re.compile(
    rf"\b(?:the\s+)?(?:{_ORDINAL}(?:\s+(?:and|or)\s+{_ORDINAL})?(?:\s+(?:working|business|school))?"
    rf"(?:\s+(?:{_WEEKDAY}|day|week|month))?|end|start|beginning|close|middle)"
    rf"\s+(?:of|in)\s+(?:each|every)\s+(?:(?P<n>{NUMBER}|other|second|third)\s+)?{_TIME_UNIT}\b",
    _FLAGS,
)
_EACH_WEEKDAY = re.compile(rf"\b(?:every|each)\s+(?:(?P<n>other|second|third)\s+)?{_WEEKDAY}\b", _FLAGS)
_NTH = {"other": 2.0, "second": 2.0, "third": 3.0}
_N_LY = re.compile(rf"(?<![\w.,-])(?P<n>{NUMBER})[\s-](?P<unit>hour|week|month|year)ly\b", _FLAGS)
_AGE = re.compile(r"\bage|year|under", _FLAGS)
_TIME = re.compile(r"hour|day|daily|week|fortnight|month|quarter|year|annual|term", _FLAGS)
_LETTER = {"hour": "H", "day": "D", "week": "W", "fortnight": "W", "month": "M", "quarter": "M", "year": "Y"}
_FACTOR = {"fortnight": 2, "quarter": 3}


@dataclass(frozen=True, slots=True)
class Quantity:
    """One value: `value` is `span.of(text)`; `number` as a number where there is one."""

    kind: QuantityKind
    span: Span
    value: str
    normalised: str
    number: float | None = None


def find_quantities(text: str, *, dates: Sequence[Span] | None = None) -> tuple[Quantity, ...]:
    """Every quantity of `text` in order, no two overlapping; `dates` are its dates, where they are known already."""
    known = [m.span for m in find_dates(text)] if dates is None else dates
    taken = [*known] + ([Span(*m.span()) for m in AGED.finditer(text)] if _AGE.search(text) else [])
    found: list[Quantity] = []
    for finder in (_amounts, _ratios, _rates, _percentages, _intervals, _durations, _numbers):
        for quantity in finder(text):
            if not any(quantity.span.overlaps(other) for other in taken):
                found.append(quantity)
                taken.append(quantity.span)
    return tuple(sorted(found, key=lambda q: q.span))


def iso_duration(number: float, unit: str, working: str | None = None) -> str:
    """`P6M`, `P15BD`, `PT48H` of 6 month, 15 working day, 48 hour."""
    name = unit.lower()
    letter = _LETTER[name]
    amount = plain_number(number * _FACTOR.get(name, 1))
    if working and working.lower() in {"working", "business", "school"} and letter == "D":
        return f"P{amount}BD"
    return f"PT{amount}H" if letter == "H" else f"P{amount}{letter}"


def _make(kind: QuantityKind, text: str, start: int, end: int, normalised: str, number: float | None) -> Quantity:
    return Quantity(kind, Span(start, end), text[start:end], normalised, number)


def _amounts(text: str) -> Iterator[Quantity]:
    for m in _AMOUNT.finditer(text):
        number = number_of(m["n"] or m["n2"])
        if number is None:
            continue
        scale = (m["scale"] or m["scale2"] or "").strip().lower()
        number *= _SHORT_SCALES.get(scale, 1)
        currency = _CURRENCIES[m["sign"].lower()] if m["sign"] else _CURRENCY_WORDS[m["word"].lower()]
        yield _make("amount", text, m.start(), m.end(), f"{plain_number(number)} {currency}", number)


def _rates(text: str) -> Iterator[Quantity]:
    for m in _RATE.finditer(text):
        number, per = number_of(m["n"]), number_of(m["per"])
        if number is not None and per is not None:
            yield _make("rate", text, m.start(), m.end(), f"{plain_number(number)} per {plain_number(per)}", number)


def _ratios(text: str) -> Iterator[Quantity]:
    for m in _RATIO.finditer(text):
        part, whole = number_of(m["n"]), number_of(m["all"])
        if part is not None and whole is not None and part <= whole:
            normalised = f"{plain_number(part)} of {plain_number(whole)}"
            yield _make("number", text, m.start(), m.end(), normalised, part)


def _percentages(text: str) -> Iterator[Quantity]:
    for m in _PERCENT.finditer(text):
        number = number_of(m["n"])
        low = number_of(m["low"] or m["low2"] or "")
        if number is None:
            continue
        normalised = f"{plain_number(number)}%" if low is None else f"{plain_number(low)}%/{plain_number(number)}%"
        yield _make("percentage", text, m.start(), m.end(), normalised, number)
    for m in _FRACTION.finditer(text):
        share = _PARTS[re.split(r"[\s-]", m["part"].lower())[-1]]
        yield _make("percentage", text, m.start(), m.end(), f"{share}%", float(share))


def _intervals(text: str) -> Iterator[Quantity]:
    if not _TIME.search(text):
        return
    for m in _TIMES.finditer(text):
        words = m["word"].lower() if m["word"] else ""
        times = {"once": 1.0, "twice": 2.0, "thrice": 3.0}.get(words) or number_of(m["n"] or "")
        if times is not None:
            iso = iso_duration(1, m["unit"], m["working"])
            normalised = iso if times == 1 else f"R{plain_number(times)}/{iso}"
            yield _make("interval", text, m.start(), m.end(), normalised, times)
    for m in _DAY_OF_EACH.finditer(text):
        number = _nth(m["n"])
        if number is not None:
            yield _make("interval", text, m.start(), m.end(), iso_duration(number, m["unit"]), number)
    for m in _EACH_WEEKDAY.finditer(text):
        number = _nth(m["n"]) or 1.0
        yield _make("interval", text, m.start(), m.end(), iso_duration(number, "week"), number)
    for m in _EVERY.finditer(text):
        number = _nth(m["n"])
        if number is None or (
            m["every"].lower() == "each" and m["n"] is None and not _frequency_words(text, m.start())
        ):
            continue
        yield _make("interval", text, m.start(), m.end(), iso_duration(number, m["unit"], m["working"]), number)
    for m in _N_LY.finditer(text):
        number = number_of(m["n"])
        if number:
            yield _make("interval", text, m.start(), m.end(), iso_duration(number, m["unit"]), number)
    for m in _REGULAR.finditer(text):
        word = (m["basis"] or m["adverb"]).lower()
        if m["adverb"] and _qualifies_noun(text, m):
            continue
        yield _make("interval", text, m.start(), m.end(), _ADVERBS.get(word, "P1Y"), None)


def _nth(word: str | None) -> float | None:
    """1 of nothing, 2 of `other`, 3 of `three` or `third`."""
    name = (word or "one").lower()
    return _NTH.get(name) or number_of(name)


def _frequency_words(text: str, start: int) -> bool:
    return True if start == 0 else text[max(0, start - 4) : start].strip().lower() not in {"of", "for"}


def _qualifies_noun(text: str, match: re.Match[str]) -> bool:
    """`monthly newsletter` names a thing; `meet monthly` says how often."""
    return bool(
        re.match(r"\s+(?:newsletter|magazine|salary|wage|bulletin|newspaper)\b", text[match.end() : match.end() + 20])
    )


def _durations(text: str) -> Iterator[Quantity]:
    if not _TIME.search(text):
        return
    for m in _DURATION.finditer(text):
        if re.search(r"\bevery\s*$", m["lead"] or "", _FLAGS):
            continue
        words = re.sub(r"\s+", " ", m["n"].lower())
        number = {"a couple of": 2.0, "couple of": 2.0, "a": 1.0, "an": 1.0, "half a": 0.5, "half an": 0.5}.get(words)
        if number is None:
            number = number_of(words)
        if number is None:
            continue
        lead = (m["lead"] or "").lower()
        if words in {"a", "an"} and not re.search(r"\b(?:within|for|after|than|over|to)\s+$", lead):
            continue  # "a day" alone says nothing
        normalised = iso_duration(number, m["unit"], m["working"])
        second = number_of(m["or"]) if m["or"] else None
        if second is not None:
            normalised += "/" + iso_duration(second, m["unit"], m["working"])
        yield _make("duration", text, m.start(), m.end(), normalised, number)


def _numbers(text: str) -> Iterator[Quantity]:
    for m in _PLAIN.finditer(text):
        number = number_of(m["n"])
        if number is None:
            continue
        number *= SCALES.get((m["scale"] or "").lower(), 1)
        yield _make("number", text, m.start(), m.end(), plain_number(number), number)

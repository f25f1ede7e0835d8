"""Values read from words, so that answers are compared by what they mean: numbers, amounts, durations, names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from evals.dates import find_dates

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_OTHER = {"once": 1, "twice": 2, "thrice": 3, "both": 2}
_TIMES = re.compile(rf"\b(?:{'|'.join(_OTHER)})\b", re.IGNORECASE)

_WORD_NUMBER = "|".join((*_UNITS, *_TENS, *_SCALES))
_WORDS = re.compile(rf"\b(?:{_WORD_NUMBER})(?:(?:\s+and\s+|[\s-]+)(?:{_WORD_NUMBER}))*\b", re.IGNORECASE)
_DIGITS = re.compile(
    r"(?<![\w.])(?P<sign>-)?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:\s?(?P<scale>k|mn?|bn|thousand|million|billion)\b)?(?=\D|$)",
    re.IGNORECASE,
)
_CURRENCIES = {"£": "GBP", "gbp": "GBP", "pounds": "GBP", "$": "USD", "usd": "USD", "€": "EUR", "eur": "EUR"}
_AMOUNT = re.compile(
    r"(?P<before>£|\$|€|\b(?:GBP|USD|EUR)\s?)\s?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s?(?P<scale>k|mn?|bn|thousand|million|billion)?\b"
    r"|\b(?P<number2>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(?P<scale2>k|mn?|bn|thousand|million|billion)?"
    r"\s?(?P<after>pounds|GBP|USD|EUR)\b",
    re.IGNORECASE,
)
_UNIT = r"(?P<unit>(?:working|business)\s+days?|days?|weeks?|months?|years?|hours?|minutes?)"
_COUNT = rf"(?P<count>\d+|(?:{_WORD_NUMBER})(?:[\s-]+(?:{_WORD_NUMBER}))*|an?|each|every|per)"
_DURATION = re.compile(rf"\b{_COUNT}[\s-]+(?:calendar\s+|full\s+|further\s+)?{_UNIT}\b", re.IGNORECASE)
_ADVERBS = {
    "daily": "P1D", "weekly": "P1W", "fortnightly": "P2W", "monthly": "P1M", "quarterly": "P3M",
    "six-monthly": "P6M", "half-yearly": "P6M", "biannually": "P6M", "annually": "P1Y", "yearly": "P1Y",
    "fortnight": "P2W", "termly": "P1T", "annual": "P1Y",
}  # fmt: skip
_ISO_DURATION = re.compile(
    r"^R?/?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)(B?)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$", re.IGNORECASE
)
_MARKER = re.compile(r"\s?\[\d+\]")
_HONORIFICS = frozenset(
    {
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "cllr", "councillor", "sir", "dame", "lady", "rev",
        "reverend", "hon", "honourable", "the",
    }
)  # fmt: skip


def without_markers(text: str) -> str:
    """The answer without its `[1]` marks."""
    return _MARKER.sub("", text)


def folded(text: str) -> str:
    """Case, the shape of quotes and dashes, and white space evened out; nothing else."""
    text = unicodedata.normalize("NFKC", text).translate(_SHAPES)
    return re.sub(r"\s+", " ", text).strip().casefold()


_SHAPES = str.maketrans({**dict.fromkeys("‘’‛`´", "'"), **dict.fromkeys("“”„", '"'), **dict.fromkeys("‐‑‒–—−", "-")})


def name_words(text: str) -> tuple[str, ...]:
    """A name as bare words: no honorifics, apostrophes, stops or accents, lower case."""
    text = unicodedata.normalize("NFKD", text.translate(_SHAPES)).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c)).replace("'", "")
    return tuple(word for word in re.findall(r"\w+", text) if word not in _HONORIFICS)


def contains_name(text: str, name: str) -> bool:
    """True when the words of the name stand together, whole, in the text."""
    words, wanted = name_words(text), name_words(name)
    return bool(wanted) and any(
        words[i : i + len(wanted)] == wanted or words[i : i + len(wanted)] == (*wanted[:-1], wanted[-1] + "s")
        for i in range(len(words) - len(wanted) + 1)
    )


def numbers_in(text: str) -> tuple[float, ...]:
    """Numbers in digits or words, in order, those inside dates left out."""
    text = without_markers(text)
    for found in reversed(find_dates(text)):
        text = text[: found.start] + " " * (found.end - found.start) + text[found.end :]
    seen = [(m.start(), _scaled(m["number"], m["scale"])) for m in _DIGITS.finditer(text)]
    seen += [(m.start(), float(_in_words(m[0]))) for m in _WORDS.finditer(text)]
    seen += [(m.start(), float(_OTHER[m[0].casefold()])) for m in _TIMES.finditer(text)]
    return tuple(number for _, number in sorted(seen))


def _scaled(number: str, scale: str | None) -> float:
    return round(float(number.replace(",", "")) * _SHORT.get((scale or "").casefold(), 1), 6)


def _in_words(words: str) -> int:
    total = current = 0
    for word in re.findall(r"[a-z]+", words.casefold()):
        if word in _UNITS:
            current += _UNITS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _SCALES:
            total += max(current, 1) * _SCALES[word]
            current = 0
    return total + current


@dataclass(frozen=True, slots=True)
class Amount:
    number: float
    currency: str | None

    def same(self, other: Amount) -> bool:
        return self.number == other.number and (
            self.currency == other.currency or self.currency is None or other.currency is None
        )


def amounts_in(text: str) -> tuple[Amount, ...]:
    """Sums of money in the text (a currency must be said)."""
    found = []
    for match in _AMOUNT.finditer(text):
        sign = (match["before"] or match["after"]).strip().casefold()
        number = match["number"] or match["number2"]
        found.append(Amount(_scaled(number, match["scale"] or match["scale2"]), _CURRENCIES[sign]))
    return tuple(found)


def durations_in(text: str) -> tuple[tuple[int, str], ...]:
    """Durations and intervals as (count, unit): D (weeks too), B (working days), M (years too), H, N (minutes)."""
    found: list[tuple[int, tuple[int, str]]] = []
    for match in _DURATION.finditer(text):
        raw = match["count"].casefold()
        count = int(raw) if raw.isdigit() else 1 if raw in {"a", "an", "each", "every", "per"} else _in_words(raw)
        found.append((match.start(), _in_smallest(count, match["unit"])))
    for match in re.finditer(r"\b[a-z]+(?:-[a-z]+)?\b", text, re.IGNORECASE):
        iso = _ADVERBS.get(match[0].casefold())
        value = expected_duration(iso) if iso and iso != "P1T" else None
        if value:
            found.append((match.start(), value))
    return tuple(value for _, value in sorted(found, key=lambda pair: pair[0]))


def _in_smallest(count: int, unit: str) -> tuple[int, str]:
    unit = unit.casefold()
    if unit.startswith(("working", "business")):
        return count, "B"
    return {
        "d": (count, "D"), "w": (count * 7, "D"), "y": (count * 12, "M"), "h": (count, "H"),
        "m": (count, "N") if unit.startswith("minute") else (count, "M"),
    }[unit[0]]  # fmt: skip


def expected_date(value: str) -> tuple[int | None, int | None, int | None] | None:
    """`2022-05-31`, `2022-05`, `2018`, `--05-06` (no year) or any written form, as (year, month, day)."""
    value = value.strip()
    yearless = re.fullmatch(r"--(\d\d)-?(\d\d)", value)
    if yearless:
        return None, int(yearless[1]), int(yearless[2])
    found = find_dates(value)
    return (found[0].year, found[0].month, found[0].day) if len(found) == 1 else None


def expected_number(value: str) -> float | None:
    found = numbers_in(value) or tuple(
        float(word) for word in [value.strip()] if re.fullmatch(r"-?\d+(?:\.\d+)?", word)
    )
    return found[0] if found else None


def expected_amount(value: str) -> Amount | None:
    found = amounts_in(value)
    if found:
        return found[0]
    number = expected_number(value)
    return None if number is None else Amount(number, None)


def expected_duration(value: str) -> tuple[int, str] | None:
    """`P6M`, `P15BD` (working days), `six months`, `monthly`."""
    match = _ISO_DURATION.match(value.strip())
    if match and any(match.groups()):
        years, months, weeks, days, working, hours, minutes = match.groups()
        if days or weeks:
            return int(weeks or 0) * 7 + int(days or 0), "B" if working else "D"
        if hours or minutes:
            return (int(hours), "H") if hours else (int(minutes), "N")
        return int(years or 0) * 12 + int(months or 0), "M"
    found = durations_in(value)
    return found[0] if found else None

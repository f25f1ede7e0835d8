"""Quantities as ranges ("at least every six months", "no more than £18,500"), and how those of two texts agree."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest.facts.quantities import Quantity, find_quantities
from retrieval.words import stem, stems, thesaurus, tokens
from retrieval.yes_no import range_patterns as says

SAME = {
    "days": 0.03,
    "days long": 0.03,
    "a year": 0.03,
}  # share by which values may differ and be one: 12 months and 365 days
EXACT = 1e-6


@dataclass(frozen=True, slots=True)
class Range:
    """A quantity as it is meant: of one `kind` ("a year", "days", "%", "GBP", "number"), from `low` to `high`.

    open_low/open_high  the end itself is left out ("more than 5")
    only                the question narrows it ("just once a year")
    noun                the stem of what is counted, for plain numbers
    """

    kind: str
    low: float
    high: float
    open_low: bool = False
    open_high: bool = False
    only: bool = False
    noun: str = ""
    words: str = ""

    @property
    def exact(self) -> bool:
        return self.low == self.high

    @property
    def bound(self) -> float | None:
        """The one end that is given, of a floor or a ceiling."""
        if math.isinf(self.high) or self.low == 0.0:
            return self.low if math.isinf(self.high) else self.high
        return None

    @property
    def slack(self) -> float:
        return SAME.get(self.kind, EXACT)

    def holds(self, value: float) -> bool:
        low = value > self.low * (1 + self.slack) if self.open_low else value >= self.low * (1 - self.slack)
        high = value < self.high * (1 - self.slack) if self.open_high else value <= self.high * (1 + self.slack)
        return low and high


def ranges(text: str) -> tuple[Range, ...]:
    """Every quantity of a text as a range, in order; labels such as "tank 3" are no quantities."""
    plain = re.sub(r"\s+", " ", text.replace("’", "'"))
    plain = re.sub(r"\b(?:a|one) year and a half\b", "18 months", plain, flags=re.I)
    found = [r for q in find_quantities(plain) for r in _of(plain, q)]
    covered = [r.words for r in found]
    found += [
        _bounded(plain, m.start(), m.end(), Range("a year", 0, 0, words=m.group()), says.YEARLY[m.group().casefold()])
        for m in says.ADJECTIVE.finditer(plain)
        if not any(m.group().casefold() in words.casefold() for words in covered)
    ]
    return (*found, *(_share(plain, m) for m in says.SHARE.finditer(plain)))


def as_rate(asked: Range) -> Range:
    """A length of time as a frequency: "six months" of an interval is twice a year."""
    if asked.kind != "days" or not asked.exact or not asked.low:
        return asked
    return replace(asked, kind="a year", low=365.25 / asked.low, high=365.25 / asked.low)


def _share(text: str, m: re.Match[str]) -> Range:
    words = re.sub(r"^(?:a|one|the)\s+|\bvast\s+", "", m["share"].casefold())
    if words in ("most", "majority"):
        return Range("%", 50.0, 100.0, open_low=True, words=m.group())
    if words == "minority":
        return Range("%", 0.0, 50.0, open_high=True, words=m.group())
    return _bounded(text, m.start(), m.end(), Range("%", 0, 0, words=m.group()), says.SHARES[words])


def _of(text: str, q: Quantity) -> list[Range]:
    start, end = q.span.start, q.span.end
    if says.ONE.match(q.value) and not says.COUNTED_ONE.search(text[:start]):
        return []
    if q.kind == "number" and (says.LABEL.search(text[:start]) or not re.match(r"[\s-]*(?:\w|\()", text[end:])):
        if not (ratio := re.match(r"([\d.]+) of ([\d.]+)$", q.normalised)):
            return []
    whole = says.LEAD.match(q.value)
    core = start + (whole.end() if whole else 0)
    tail = says.TAIL.search(q.value)
    close = end - (len(tail.group()) if tail else 0)
    base = Range("number", 0, 0, words=text[start:end])
    if ratio := re.match(r"([\d.]+) of ([\d.]+)$", q.normalised):
        part, total = float(ratio[1]), float(ratio[2])
        share = [_bounded(text, core, close, replace(base, kind="%"), 100 * part / total)] if total else []
        return [*share, _bounded(text, core, close, replace(base, noun=_noun(text, end)), part)]
    if q.kind in ("interval", "duration"):
        m = says.ISO.match(q.normalised)
        if m is None or m["unit"] == "T":
            return []
        number = float(m["n"])
        if m["unit"] == "BD":
            return [_bounded(text, core, close, replace(base, kind="working days"), number)]
        days = number * (1 / 24 if m["time"] else says.DAYS[m["unit"]])
        if says.LONG.search(text[:core]) or re.search(r"\w-(?:hour|day|week|month|year)\b", q.value):
            return [_bounded(text, core, close, replace(base, kind="days long"), days)]
        if q.kind == "duration" and not says.APART.match(text[end:]):
            return [_bounded(text, core, close, replace(base, kind="days"), days)]
        rate = 365.25 * float(m["times"] or 1) / days if days else 0.0
        return [_bounded(text, core, close, replace(base, kind="a year"), rate)]
    if q.kind == "percentage":
        ends = [float(n) for n in re.findall(r"[\d.]+(?=%)", q.normalised)]
        if len(ends) == 2:
            return [Range("%", min(ends), max(ends), words=q.value)]
        return [_bounded(text, core, close, replace(base, kind="%"), ends[0])] if ends else []
    if q.number is None:
        return []
    if q.kind == "amount":
        return [_bounded(text, core, close, replace(base, kind=q.normalised.split()[-1]), q.number)]
    if q.kind == "number":
        return [_bounded(text, core, close, replace(base, noun=_noun(text, end)), q.number)]
    return []


def _noun(text: str, end: int) -> str:
    after = [
        t
        for t in tokens(text[end : end + 60])
        if t not in {"of", "the", "more", "or", "further", "new", "different", "other"}
    ]
    return stem(after[0]) if after else ""


def _bounded(text: str, start: int, end: int, base: Range, value: float) -> Range:
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    only = bool(says.ONLY.search(before))
    if says.CEILING.search(before) or says.CEILING_AFTER.match(after):
        return replace(base, low=0.0, high=value, only=only)
    if says.FLOOR.search(before) or says.FLOOR_AFTER.match(after):
        return replace(base, low=value, high=math.inf)
    if says.ABOVE.search(before):
        return replace(base, low=value, high=math.inf, open_low=True)
    if says.BELOW.search(before):
        return replace(base, low=0.0, high=value, open_high=True)
    return replace(base, low=value, high=value, only=only)


def agree(
    asked: Iterable[Range], said: Iterable[Range], *, possible: bool = False, enough: bool = False
) -> bool | None:
    """Whether the sentence's quantities bear out the question's; None when it has none to compare.

    possible  the question asks what may be ("could they inspect eight times a year")
    enough    the question asks whether a value would do ("is once a month enough")
    """
    there = list(said)
    verdicts: list[bool] = []
    for one in asked:
        alike = [s for s in there if s.kind == one.kind]
        same = [s for s in alike if _same_noun(one, s, alike)]
        judged = [_one(one, s, possible, enough) for s in same or alike]
        if not judged or None in judged or (not same and len(set(judged)) > 1):
            return True if True in judged and same else None
        verdicts.append(any(judged))
    return all(verdicts) if verdicts else None


def _same_noun(one: Range, other: Range, there: list[Range]) -> bool:
    if one.kind != "number" or not one.noun or not other.noun or one.noun == other.noun:
        return True
    close = {r[0] for r in thesaurus().of(one.noun) if len(r) == 1}
    return other.noun in close or (sum(s.kind == "number" for s in there) == 1 and one.noun not in stems(other.words))


def _one(asked: Range, said: Range, possible: bool, enough: bool) -> bool | None:
    slack = asked.slack

    def near(one: float, other: float) -> bool:
        if math.isinf(one) or math.isinf(other):
            return one == other
        return abs(one - other) <= slack * max(abs(one), abs(other))

    if asked.exact:
        value = asked.low
        if said.exact:
            return near(value, said.low)
        if enough or possible:
            return said.holds(value)
        if asked.only:
            return False
        if said.bound is not None:
            return near(value, said.bound)
        return None if said.holds(value) else False
    if possible and not said.exact:
        touching = (near(asked.low, said.high) and (asked.open_low or said.open_high)) or (
            near(said.low, asked.high) and (said.open_low or asked.open_high)
        )
        return said.low <= asked.high and asked.low <= said.high and not touching
    if math.isinf(asked.high):
        if said.low > asked.low * (1 + slack) or (near(said.low, asked.low) and (not asked.open_low or said.open_low)):
            return True
        if math.isinf(said.high) or said.exact:
            return False
        below = said.high < asked.low * (1 - slack) or (near(said.high, asked.low) and asked.open_low)
        return False if below else None
    if said.high < asked.high * (1 - slack) or (
        near(said.high, asked.high) and (not asked.open_high or said.open_high)
    ):
        return True
    if said.low == 0.0 or said.exact or math.isinf(said.high):
        return False
    return False if said.low > asked.high * (1 + slack) else None

"""Printed list markers: `11.`, `1.2`, `(b)`, `iv.`, `A.`, bullets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How a list counts."""

    NUMBER = "number"  # 1 2 3
    DOTTED = "dotted"  # 1.1 1.2, A6.3
    LOWER = "lower"  # a b c
    UPPER = "upper"  # A B C
    ROMAN = "roman"  # i ii iii
    UPPER_ROMAN = "upper roman"  # I II III
    BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a marker: `value` counts from 1; `path` is all parts of a dotted number."""

    style: Style
    value: int
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at the start of a line.

    printed   without brackets and final dot: `11`, `1.2`, `b`, `iv`
    close     what follows it: `.`, `)`, `()` when in brackets, `:` or nothing
    start     offset of the marker in the line (a bullet before a number is skipped)
    end       offset of the first word after it
    readings  the likeliest first; `i` may be a letter or a roman number
    """

    printed: str
    close: str
    start: int
    end: int
    readings: tuple[Reading, ...]

    @property
    def bullet(self) -> bool:
        return self.readings[0].style is Style.BULLET


_BULLETS = "•‣▪●○◦■□▶►➢➤✓✔·∙⁃◼◾▸❖✦★\uf001-\uf0ff"  # the last are those of symbol fonts
_LEAD = rf"(?P<lead>(?:[-–—*+{_BULLETS}](?:\s+|(?=\())){{0,2}})"
_MARK = re.compile(
    _LEAD
    + r"(?:"
    + r"(?P<dotted>[A-Z]?\d{1,3}(?:\.\d{1,3}){1,4})(?P<dotted_close>[.):]?)(?=\s|$|[A-Z][a-z])"
    + r"|(?P<open>[(\[])(?P<inside>\d{1,3}|[A-Za-z]|[ivxl]{1,6}|[IVXL]{1,6})[)\]](?P<inside_close>\.?)"
    + r"(?=\s|$|(?<=[)\]])[A-Z‘“\"'])"
    + r"|(?P<plain>\d{1,3}(?=:)|(?:\d{1,3}|[A-Za-z]|[ivxl]{2,6}|[IVXL]{2,6})(?=[.)]))(?P<close>\.\)|[.):])"
    + r"(?=\s|$|(?<=\d[.)])[A-Z‘“\"'](?=[\w ’]{2})|(?<=[a-z]\))[A-Z][a-z])"
    + r")[ \t\xa0]*"
)
_BULLET = re.compile(rf"(?:[{_BULLETS}]|[-–—*+](?=\s)|o(?=\s{{2,}}))[ \t\xa0]*(?=\S)")
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")
_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50}
_WORDED = re.compile(
    r"(?P<word>Recommendation|Requirement|Action|Finding|Condition|Step|Paragraph|Clause|Breach|Ground|Question|Violation"
    r"|Observation|Priority|Allegation|Charge|Deviation|Deficiency|Contravention|Objective|Standard)\s+"
    r"(?P<number>\d{1,3})(?:[.:)]+(?=\s|$)|\s*[-–—](?=\s)|$)[ \t\xa0]*",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"(?P<letters>R|Rec|AFI|AP)(?P<number>\d{1,2})(?:[.:)](?=\s)|(?=\s))[ \t\xa0]*(?=\S)")
_PLAIN_WORDS = frozenset({"paragraph", "clause"})


def find_marker(line: str) -> Marker | None:
    """The marker that begins `line` (no leading white space), or None."""
    worded = _WORDED.match(line)
    if worded is not None:
        number, word = worded["number"], worded["word"].lower()
        printed = number if word in _PLAIN_WORDS else f"{word.capitalize()} {number}"
        return Marker(printed, word, 0, worded.end(), (Reading(Style.NUMBER, int(number), (number,)),))
    lettered = _LETTERED.match(line)
    if lettered is not None:
        printed = lettered["letters"] + lettered["number"]
        reading = Reading(Style.NUMBER, int(lettered["number"]), (printed,))
        return Marker(printed, lettered["letters"].lower(), 0, lettered.end(), (reading,))
    match = _MARK.match(line)
    if match is None:
        bullet = _BULLET.match(line)
        if bullet is None:
            return None
        return Marker(line[0], "", 0, bullet.end(), (Reading(Style.BULLET, 0),))
    start = match.end("lead")
    if match["dotted"]:
        parts = tuple(match["dotted"].split("."))
        return Marker(
            match["dotted"], match["dotted_close"], start, match.end(), (Reading(Style.DOTTED, int(parts[-1]), parts),)
        )
    if match["inside"]:
        return Marker(match["inside"], "()", start, match.end(), _readings(match["inside"]))
    return Marker(match["plain"], match["close"], start, match.end(), _readings(match["plain"]))


def _readings(printed: str) -> tuple[Reading, ...]:
    if printed.isdigit():
        return (Reading(Style.NUMBER, int(printed), (printed,)),)
    lower = printed.lower()
    is_lower = printed == lower
    readings = []
    if len(printed) == 1:
        value = ord(lower) - ord("a") + 1
        readings.append(Reading(Style.LOWER if is_lower else Style.UPPER, value))
    value = roman(lower)
    if value:
        readings.append(Reading(Style.ROMAN if is_lower else Style.UPPER_ROMAN, value))
    return tuple(readings) or (Reading(Style.BULLET, 0),)


def roman(text: str) -> int:
    """The value of a lower-case roman number up to 39; 0 when it is none."""
    if not text or not _ROMAN.fullmatch(text):
        return 0
    total = 0
    for this, following in zip(text, [*text[1:], ""], strict=True):
        value = _DIGITS[this]
        total += -value if following and _DIGITS[following] > value else value
    return total

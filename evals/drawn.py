"""What one invented document says: its facts, drawn at random, and the labels of the clauses that say them."""

from __future__ import annotations

import calendar
import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from evals.dates import MONTHS
from evals.invented import Council

COUNT_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class Address:
    building: str
    street: str
    town: str
    postcode: str

    @property
    def lines(self) -> list[str]:
        return [self.building, self.street, self.town, self.postcode]


@dataclass(slots=True)
class Draft:
    """A document in the making: lines of text, and the label of every clause worth asking about."""

    council: Council
    lines: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)  # what is said -> label of its clause
    facts: dict[str, str] = field(default_factory=dict)  # what is said -> expected value
    words: dict[str, str] = field(default_factory=dict)  # what is said, under no number -> words of its clause
    items: dict[str, str] = field(default_factory=dict)  # label -> the words of that clause
    number: int = 0
    dashed: bool = False  # " - 6. ", as scanned notices print some paragraphs
    letter: str = " - {}. "  # how an item's letter is printed

    def line(self, text: str = "") -> None:
        self.lines.append(text)

    def heading(self, text: str) -> None:
        self.lines += ["", text, ""]

    def paragraph(self, text: str, name: str | None = None) -> str:
        """The next numbered paragraph; its label."""
        self.number += 1
        label = str(self.number)
        self.lines.append(f"{' - ' if self.dashed else ''}{label}. {text}")
        return self._note(label, text, name)

    def item(self, position: int, text: str, name: str | None = None) -> str:
        """A lettered item of the last paragraph; its label."""
        letter = "abcdefgh"[position]
        self.lines.append(self.letter.format(letter) + text)
        return self._note(f"{self.number}({letter})" if self.number else f"{letter})", text, name)

    def _note(self, label: str, text: str, name: str | None) -> str:
        self.items[label] = text
        if name:
            self.labels[name] = label
        return label

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


def a_day(pick: random.Random, first: date = date(2016, 2, 1), days: int = 3200) -> date:
    return first + timedelta(days=pick.randrange(days))


def months_later(day: date, months: int) -> date:
    steps = day.month - 1 + months
    year, month = day.year + steps // 12, steps % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def spelled(day: date, pick: random.Random) -> str:
    """A date as documents write it: 7 June 2021, 7th June 2021."""
    ordinal = "th" if 10 <= day.day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day.day}{pick.choice(('', '', ordinal))} {MONTHS[day.month - 1]} {day.year}"


def signed(day: date, pick: random.Random) -> str:
    """A date as it stands beside a signature, in figures now and then."""
    if pick.random() < 0.2:
        return f"{day.day}/{day.month}/{day.year % 100:02d}"
    return spelled(day, pick)


def month_of(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"

"""Answers made wrong on purpose, in small ways: what the verifier has to refuse."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from ingest.facts.dates import find_dates
from ingest.names import same
from retrieval.answer import Answer
from tests.retrieval.asking import MARKS

T = TypeVar("T")
WORDS = "one two three four five six seven eight nine ten eleven twelve eighteen".split()
MONTHS = "January February March April May June July August September October November December".split()
MODALS = ("must", "may", "should", "will", "can")
UNITS = ("days", "weeks", "months", "years")
NEGATIONS = ("not", "never", "no longer")


@dataclass(frozen=True, slots=True)
class Mutant:
    how: str
    answer: Answer


def mutants(answer: Answer, names: tuple[str, ...], pick: random.Random) -> Iterator[Mutant]:
    """Every kind of mutation of an answer; `names` are those of the documents."""
    for at, line in enumerate(answer.lines):
        marks = MARKS.search(line)
        assert marks is not None
        body, tail = line[: marks.start()], line[marks.start() :]
        quoted = " ".join(c.quote for c in answer.citations)
        near = tuple(name for name in names if name in quoted)
        for how, new in (*_bodies(body, names, pick), *_names(body, near, pick)):
            if new != body:
                yield Mutant(how, _with_line(answer, at, new + tail))
        yield Mutant("citation dropped", _with_line(answer, at, body.rstrip()))
        yield Mutant("citation out of range", _with_line(answer, at, f"{body}[{len(answer.citations) + 1}]"))
    for at, citation in enumerate(answer.citations):
        where = pick.randrange(len(citation.quote))
        letter = "x" if citation.quote[where] != "x" else "y"
        changed = citation.quote[:where] + letter + citation.quote[where + 1 :]
        for how, new_citation in (
            ("quote changed", replace(citation, quote=changed)),
            ("quote moved", replace(citation, start=citation.start + 1, end=citation.end + 1)),
            ("quote cut", replace(citation, quote=citation.quote[:-1])),
            ("unknown document", replace(citation, document_id="no-such-document")),
        ):
            yield Mutant(how, replace(answer, citations=_put(answer.citations, at, new_citation)))
    yield Mutant("no citations", replace(answer, citations=()))
    yield Mutant("text apart from lines", replace(answer, text=answer.text + " It was withdrawn."))
    if answer.value:
        for how, new in _values(answer.value, names):
            if new.casefold() not in answer.text.casefold():
                yield Mutant(f"value: {how}", replace(answer, value=new))


def _bodies(body: str, names: tuple[str, ...], pick: random.Random) -> Iterator[tuple[str, str]]:
    yield from _dates(body)
    yield from _numbers(body)
    yield from _names(body, names, pick)
    yield from _amounts(body)
    gaps = [m.start() for m in re.finditer(r"(?<=[a-z]) (?=[a-z])", body)]
    for gap in pick.sample(gaps, min(6, len(gaps))):
        yield "negation inserted", f"{body[:gap]} {pick.choice(NEGATIONS)}{body[gap:]}"
    for match in re.finditer(r"\b(?:no|not|cannot|never|without|neither|nor)\b ", body):
        yield "negation dropped", body[: match.start()] + body[match.end() :]
    for match in re.finditer(r"\b(?:must|should|may|will|can)\b", body):
        yield "duty", body[: match.start()] + _other(match[0], MODALS) + body[match.end() :]
    for match in re.finditer(r"\b(?:days|weeks|months|years)\b", body):
        yield "unit", body[: match.start()] + _other(match[0], UNITS) + body[match.end() :]
    held = [name for name in names if name in body]
    for one, two in itertools.pairwise(held):
        if one not in two and two not in one and not same(one, two):
            yield "names exchanged", body.replace(one, "\0").replace(two, one).replace("\0", two)
    if found := re.match(r"(Yes|No)\b", body):
        yield "yes for no", ("No" if found[1] == "Yes" else "Yes") + body[found.end() :]


def _dates(text: str) -> Iterator[tuple[str, str]]:
    for match in find_dates(text):
        words = match.span.of(text)
        for how, new in (
            (
                "day",
                re.sub(r"\b(\d{1,2})(?=(?:st|nd|rd|th)?\b)(?!\d)", lambda m: str(int(m[1]) % 27 + 1), words, count=1),
            ),
            ("year", re.sub(r"\b(19|20)(\d\d)\b", lambda m: f"{m[1]}{(int(m[2]) + 1) % 100:02}", words, count=1)),
            ("month", re.sub("|".join(MONTHS), lambda m: MONTHS[(MONTHS.index(m[0]) + 5) % 12], words, count=1)),
        ):
            if new != words:
                yield f"date: {how}", text[: match.span.start] + new + text[match.span.end :]


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    for match in re.finditer(r"\d+", text):
        for by in (1, 10):
            yield "number", f"{text[: match.start()]}{int(match[0]) + by}{text[match.end() :]}"
    for match in re.finditer(rf"\b(?:{'|'.join(WORDS)})\b", text):
        new = WORDS[(WORDS.index(match[0]) + 1) % len(WORDS)]
        yield "number word", text[: match.start()] + new + text[match.end() :]


def _amounts(text: str) -> Iterator[tuple[str, str]]:
    for match in re.finditer(r"£[\d.,]+\d(?P<unit>m|k|bn)?", text):
        yield "currency", f"{text[: match.start()]}${text[match.start() + 1 :]}"
        if match["unit"]:
            yield (
                "unit",
                text[: match.start("unit")] + {"m": "bn", "k": "m", "bn": "m"}[match["unit"]] + text[match.end() :],
            )


def _names(text: str, names: tuple[str, ...], pick: random.Random) -> Iterator[tuple[str, str]]:
    for name in names:
        if name in text:
            others = [other for other in names if other not in text and name not in other and not same(name, other)]
            for other in pick.sample(others, min(3, len(others))):
                yield f"name: {name} to {other}", text.replace(name, other, 1)


def _values(value: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield from _dates(value)
    yield from _numbers(value)
    yield from _amounts(value)
    for name in names:
        if value in names and name not in value and value not in name and not same(name, value):
            yield "name", name
    if value in ("yes", "no"):
        yield "yes for no", "no" if value == "yes" else "yes"
    yield "negated", f"not {value}"


def _other(word: str, words: tuple[str, ...]) -> str:
    return words[(words.index(word) + 1) % len(words)]


def _with_line(answer: Answer, at: int, line: str) -> Answer:
    lines = _put(answer.lines, at, line)
    return replace(answer, lines=lines, text=" ".join(lines))


def _put(items: tuple[T, ...], at: int, item: T) -> tuple[T, ...]:
    return (*items[:at], item, *items[at + 1 :])

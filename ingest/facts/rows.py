"""What a table's row says under the names of its columns: what is due when, and who answers for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.facts.names import FULL_NAME, HONORIFIC, ROLE, plausible
from ingest.facts.scope import Scope, Statement
from ingest.notice import ClauseKind, Fact, Span

_BETWEEN = re.compile(r"\s*\|\s*|\t+|[ \xa0]{3,}")
_ROW = re.compile(r"(?P<table>.*\brow )(?P<number>\d+)$")
_DUE = re.compile(
    r"\b(?:deadlines?|due|by\s+when|when\s+by|target|timescales?|time\s?frame|complet(?:e|ion)(?:\s+(?:by|date))?"
    r"|(?:to\s+be\s+)?(?:done|met|achieved|delivered|implemented)\s+by)\b|^by$",
    re.IGNORECASE,
)
_DATE = re.compile(r"^(?:(?:end|target|agreed|required|latest)\s+)?dates?$|^when\??$", re.IGNORECASE)
_TASK = re.compile(
    r"\b(?:actions?|requirements?|steps?|milestones?|tasks?|recommendations?|deliverables?|conditions?|objectives?"
    r"|what|activit(?:y|ies)|measures?|outputs?)\b",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"\b(?:owners?|responsib(?:le|ility)|leads?|officers?|who|accountable|sponsors?|contacts?|action\s+by|assigned"
    r"|managers?|inspectors?|chair|named?\s+person)\b",
    re.IGNORECASE,
)
_NAME = re.compile(rf"(?:{HONORIFIC}\s+)*(?P<name>{FULL_NAME})(?:\s*[,(].*)?$")
_WHEN = re.compile(
    r"\b(?:immediate(?:ly)?|ongoing|end\s+of|start\s+of|term|spring|summer|autumn|winter|quarter|q[1-4]|asap|within)\b",
    re.IGNORECASE,
)
_HEADER_WORDS = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row and the name of its column."""

    column: str
    span: Span
    text: str


def row_facts(scope: Scope) -> Iterator[Fact]:
    """`deadline`, `responsible` (a person, post or body) and, for a named person, `person_role`.

    The topic of the first two is what is due, the qualifier the column's name.
    """
    headers = _headers(scope)
    for statement in scope.statements:
        place = _ROW.match(statement.clause.label) if statement.clause.kind is ClauseKind.ROW else None
        columns = headers.get(place["table"]) if place and place["number"] != "1" else None
        if columns is not None:
            yield from _of_row(statement, cells_of(statement, columns))


def _headers(scope: Scope) -> Mapping[str, tuple[str, ...]]:
    """The column names of each table whose first row has nothing but names."""
    found: dict[str, tuple[str, ...]] = {}
    for statement in scope.statements:
        place = _ROW.match(statement.clause.label) if statement.clause.kind is ClauseKind.ROW else None
        if place is None or place["number"] != "1" or statement.dates:
            continue
        names = tuple(cell.text for cell in cells_of(statement, ()))
        if len(names) > 1 and all(len(name.split()) <= _HEADER_WORDS and not name.endswith(".") for name in names):
            found[place["table"]] = names
    return found


def cells_of(statement: Statement, columns: tuple[str, ...]) -> tuple[Cell, ...]:
    """The cells of a row in order, empty ones too."""
    text = statement.text
    start = len(text) - len(text.lstrip("| \t"))
    cells: list[Cell] = []
    end = len(text.rstrip("| \t"))
    for m in [*_BETWEEN.finditer(text, start, end), None]:
        stop = m.start() if m is not None else end
        column = columns[len(cells)] if len(cells) < len(columns) else ""
        cells.append(Cell(column, statement.place(start, max(start, stop)), text[start:stop].strip()))
        start = m.end() if m is not None else end
    return tuple(cells)


def _of_row(statement: Statement, cells: tuple[Cell, ...]) -> Iterator[Fact]:
    task = _task(cells)
    if task is None:
        return
    owned = any(_TASK.search(cell.column) or _WHO.search(cell.column) for cell in cells)
    for cell in cells:
        if cell is task or not cell.text:
            continue
        if _DUE.search(cell.column) or (owned and _DATE.search(cell.column)):
            yield from _due(statement, cell, task)
        elif _WHO.search(cell.column):
            yield statement.fact("responsible", cell.span, cell.text, task.text, cell.column)
            named = _NAME.match(cell.text)
            if named is not None and plausible(named["name"].split()) and not ROLE.search(named["name"]):
                start = cell.span.start + statement.source[cell.span.start : cell.span.end].index(named["name"])
                span = Span(start, start + len(named["name"]))
                yield statement.fact("person_role", span, named["name"], f"{cell.column}: {task.text}")


def _task(cells: tuple[Cell, ...]) -> Cell | None:
    """What the row is about: the cell under a name for it, else the first with words that is no date and nobody."""
    worded = [cell for cell in cells if re.search(r"[A-Za-z]{3}", cell.text)]
    told = [cell for cell in worded if _TASK.search(cell.column) and not _WHO.search(cell.column)]
    plain = [c for c in worded if not (_DUE.search(c.column) or _DATE.search(c.column) or _WHO.search(c.column))]
    return next(iter(told or plain), None)


def _due(statement: Statement, cell: Cell, task: Cell) -> Iterator[Fact]:
    dates = [date for date in statement.dates if cell.span.covers(date.span)]
    spans = [q for q in statement.quantities if q.kind == "duration" and cell.span.covers(q.span)]
    if len(dates) == 1:
        yield statement.fact("deadline", dates[0].span, dates[0].iso, task.text, cell.column)
    elif dates or spans or _WHEN.search(cell.text):
        normalised = spans[0].normalised if len(spans) == 1 and not dates else None
        yield statement.fact("deadline", cell.span, normalised, task.text, cell.column)

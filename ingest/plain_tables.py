"""Tables in plain text and Markdown: rows parted by bars, tabs or wide gaps; and lines that are only drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.lines import Line

_GAP = re.compile(r"[ \xa0]{3,}|\t+")
_MARKED = re.compile(r"(?:[-–—*•]|\(?\w{1,3}[.)])\s")
_OPENS = re.compile(r"[A-Z0-9£$€(]")
_CELL = 60  # characters of a cell that is no wrapped text
_FEW = 3  # rows and cells that wide gaps alone must make to be a table


@dataclass(frozen=True, slots=True)
class Row:
    """The running number of a line's table, and whether the line heads it."""

    table: int
    header: bool


def worded_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with letters or digits; a drawn line sets off what is below it, and may underline what is above."""
    kept: list[Line] = []
    gap = False
    for line in lines:
        if not any(c.isalnum() for c in line.text):
            drawn = set(line.text)
            if kept and not line.gap and len(line.text) >= 3 and drawn in ({"="}, {"-"}) and not kept[-1].underlined:
                kept[-1] = replace(kept[-1], underlined=1 if drawn == {"="} else 2)
            gap = gap or not line.text.startswith("|")
            continue
        kept.append(replace(line, gap=True) if gap else line)
        gap = False
    return tuple(kept)


def table_rows(lines: Sequence[Line]) -> Mapping[int, Row]:
    """The lines that are rows of a table, by the offset at which they begin."""
    rows: dict[int, Row] = {}
    tables = 0
    start = 0
    while start < len(lines):
        pairs = _pairs(lines, start)
        if pairs >= _FEW:
            tables += 1
            rows |= {lines[n].span.start: Row(tables, n == start) for n in range(start, start + pairs)}
            start += pairs
            continue
        shape = _cells(lines[start])
        end = start + 1
        while end < len(lines) and shape and not lines[end].gap and _alike(shape, _cells(lines[end])):
            end += 1
        needed = _FEW if shape and shape[0] == "gap" else 2
        if shape and end - start >= needed:
            tables += 1
            rows |= {lines[n].span.start: Row(tables, n == start) for n in range(start, end)}
        start = end if shape and end - start >= needed else start + 1
    return rows


def _pairs(lines: Sequence[Line], start: int) -> int:
    """How many lines from `start` are rows of two cells whose second cells stand at one column, and no wrapped text."""
    column = 0
    count = 0
    for line in lines[start:]:
        cells = _GAP.split(line.text)
        if len(cells) != 2 or _MARKED.match(line.text) or (count and line.gap):
            break
        first, second = cells
        at = line.indent + len(line.text) - len(second)
        if not (first[0].isupper() and _OPENS.match(second)) or first.endswith(":") or len(second) > _CELL:
            break
        if column and abs(at - column) > 1:
            break
        column, count = at, count + 1
    return count


def _alike(one: tuple[str, int], other: tuple[str, int] | None) -> bool:
    return other is not None and one[0] == other[0] and (one[1] == other[1] or one[0] == "bar")


def _cells(line: Line) -> tuple[str, int] | None:
    """What parts the line into cells, and into how many; None when it has just one."""
    text = line.text
    if text.startswith("|") and text.count("|") >= 2:
        return "bar", text.count("|")
    if _MARKED.match(text):
        return None
    if "\t" in text:
        return "tab", len([cell for cell in re.split(r"\t+", text) if cell.strip()])
    count = len(_GAP.split(text))
    return ("gap", count) if count >= _FEW else None

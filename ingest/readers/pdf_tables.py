"""Ruled tables of a PDF page: rules that cross make a grid, and runs of text fall into its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.pdf_glyphs import Rule, Run

_NEAR = 4.0
_MAX_RULES = 1_500
_PROSE = 250


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled grid; `rows` holds the words of each cell, `runs` the runs that it took."""

    top: float
    bottom: float
    rows: tuple[tuple[str, ...], ...]
    runs: frozenset[int]
    size: float
    bold: bool


def find_grids(runs: Sequence[Run], rules: Sequence[Rule]) -> list[Grid]:
    """The grids of a page, from the top, that have two columns or more; `Grid.runs` are positions in `runs`."""
    grids = []
    taken: set[int] = set()
    for group in _connected(rules[:_MAX_RULES]):
        columns = _cuts([r.at for r in group if not r.across])
        lines = _cuts([r.at for r in group if r.across])
        if len(columns) < 3 or len(lines) < 2:
            continue
        grid = _fill(runs, columns, lines, taken)
        if grid is not None:
            grids.append(grid)
            taken |= grid.runs
    return sorted(grids, key=lambda grid: grid.top)


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules that touch one another, group by group."""
    groups: list[list[Rule]] = []
    for rule in rules:
        touching = [group for group in groups if any(_touch(rule, other) for other in group)]
        merged = [rule, *(r for group in touching for r in group)]
        groups = [group for group in groups if group not in touching]
        groups.append(merged)
    return groups


def _touch(a: Rule, b: Rule) -> bool:
    if a.across == b.across:
        return abs(a.at - b.at) <= _NEAR and a.start <= b.end + _NEAR and b.start <= a.end + _NEAR
    return a.start - _NEAR <= b.at <= a.end + _NEAR and b.start - _NEAR <= a.at <= b.end + _NEAR


def _cuts(places: Sequence[float]) -> list[float]:
    cuts: list[float] = []
    for place in sorted(places):
        if not cuts or place - cuts[-1] > _NEAR:
            cuts.append(place)
    return cuts


def _fill(runs: Sequence[Run], columns: Sequence[float], lines: Sequence[float], taken: set[int]) -> Grid | None:
    cells: dict[tuple[int, int], list[int]] = {}
    for i, run in enumerate(runs):
        middle = run.base - 0.3 * run.size
        if i in taken or not lines[0] <= middle <= lines[-1] or not columns[0] - _NEAR <= run.x0 <= columns[-1]:
            continue
        column = max(0, sum(1 for c in columns if c <= run.x0 + _NEAR) - 1)
        row = max(0, sum(1 for line in lines if line <= middle) - 1)
        cells.setdefault((row, min(column, len(columns) - 2)), []).append(i)
    used = {column for _, column in cells}
    rows_used = {row for row, _ in cells}
    if len(used) < 2 or not any(sum(1 for c in used if (row, c) in cells) >= 2 for row in rows_used):
        return None
    rows = []
    for row in sorted(rows_used):
        words = [_cell(runs, cells.get((row, column), [])) for column in sorted(used)]
        rows.append(tuple(words))
    while rows_used and _prose_row(runs, cells, last := max(rows_used)):
        rows_used.discard(last)
        cells = {key: members for key, members in cells.items() if key[0] != last}
        rows.pop()
    members = [i for cell in cells.values() for i in cell]
    letters = sum(len(runs[i].text) for i in members) or 1
    return Grid(
        lines[0],
        lines[max(rows_used) + 1],
        tuple(rows),
        frozenset(members),
        sum(runs[i].size * len(runs[i].text) for i in members) / letters,
        sum(len(runs[i].text) for i in members if runs[i].bold) > 0.9 * letters,
    )


def _prose_row(runs: Sequence[Run], cells: dict[tuple[int, int], list[int]], row: int) -> bool:
    """Whether a row is one box of running text, as a framed summary is."""
    filled = [members for (at, _), members in cells.items() if at == row]
    return len(filled) == 1 and sum(len(runs[i].text) for i in filled[0]) > _PROSE


def _cell(runs: Sequence[Run], members: Sequence[int]) -> str:
    ordered = sorted(members, key=lambda i: (round(runs[i].base / 3), runs[i].x0))
    return " ".join(runs[i].text for i in ordered)

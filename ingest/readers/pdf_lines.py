"""Lines of a PDF page in reading order: columns told apart, running heads and page numbers set aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.markers import find_marker
from ingest.readers.pdf_dots import with_bullets
from ingest.readers.pdf_glyphs import PageParts, Run
from ingest.readers.pdf_tables import Grid, find_grids

EDGE = 0.13  # running heads stand in this share of the page, at its top and bottom
_RUNNING_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one column.

    left, right  edges of the column that it stands in
    text_x       where the words after its list marker begin (else `x0`)
    cells        its parts and where they begin, when wide gaps part it
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    left: float = 0.0
    right: float = 0.0
    text_x: float = 0.0
    page: int = 0
    footnote: bool = False
    cells: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page as lines and tables in reading order.  `pictured` is the share of it that images cover, at most 1."""

    number: int
    width: float
    height: float
    items: tuple[Line | Grid, ...]
    images: int
    pictured: float = 0.0


def read_page(parts: PageParts, number: int) -> Page:
    """The lines and tables of one page, in reading order."""
    printed = with_bullets(parts.runs, parts.dots)
    grids = find_grids(printed, parts.rules)
    taken = frozenset().union(*(grid.runs for grid in grids)) if grids else frozenset()
    runs = [run for i, run in enumerate(printed) if i not in taken]
    runs = _without_raised(runs)
    items: list[Line | Grid] = []
    above = float("-inf")
    for grid in [*grids, None]:
        limit = grid.top if grid is not None else float("inf")
        band = [run for run in runs if above <= run.base - 0.3 * run.size < limit]
        items += [replace(line, page=number) for line in _lines(band, parts.width)]
        if grid is not None:
            items.append(grid)
            above = limit
    return Page(number, parts.width, parts.height, tuple(items), parts.images, parts.pictured)


def _without_raised(runs: Sequence[Run]) -> list[Run]:
    """Leave out footnote marks: small raised digits right after a word."""
    kept = []
    by_row: dict[int, list[Run]] = {}
    for run in runs:
        by_row.setdefault(int(run.base // 20), []).append(run)
    for run in runs:
        if len(run.text) <= 3 and re.fullmatch(r"[\d*†‡,]+", run.text):
            row = int(run.base // 20)
            near = [r for k in (row - 1, row, row + 1) for r in by_row.get(k, ())]
            if any(
                other.size > run.size * 1.25
                and 0.15 * other.size < other.base - run.base < 0.7 * other.size
                and -1 <= run.x0 - other.x1 <= 0.4 * other.size
                and not re.search(r"\b(?:c|k|m)?m$", other.text)
                for other in near
            ):
                continue
        kept.append(run)
    return kept


def _lines(runs: Sequence[Run], width: float) -> list[Line]:
    """Lines of a band, column by column."""
    if not runs:
        return []
    lines: list[Line] = []
    for block in _columns(runs, width):
        edges: dict[int, float] = {}
        for run in block:
            edges[round(run.size)] = max(run.x1, edges.get(round(run.size), 0.0))
        lines += _rows(block, min(r.x0 for r in block), edges)
    return lines


def _columns(runs: Sequence[Run], width: float) -> list[list[Run]]:
    """The runs of each column in reading order; headings across all columns part the page in bands."""
    gutter = _gutter(runs, width)
    if gutter is None:
        return [list(runs)]
    blocks: list[list[Run]] = []
    left: list[Run] = []
    right: list[Run] = []
    for run in sorted(runs, key=lambda r: (r.base, r.x0)):
        if run.x0 < gutter < run.x1:
            blocks += [side for side in (left, right) if side]
            left, right = [], []
            blocks.append([run])
        elif run.x1 <= gutter:
            left.append(run)
        else:
            right.append(run)
    blocks += [side for side in (left, right) if side]
    return blocks


def _gutter(runs: Sequence[Run], width: float) -> float | None:
    """The x of an empty strip between two columns of running text, if the page has two."""
    rows = _row_groups(runs)
    if len(rows) < 8:
        return None
    pieces: list[tuple[float, float, float]] = []
    for row in rows:
        start, end = row[0].x0, row[0].x1
        for run in row[1:]:
            if run.x0 - end > 0.9 * run.size and not find_marker(row[0].text + " "):
                pieces.append((start, end, row[0].base))
                start = run.x0
            end = max(end, run.x1)
        pieces.append((start, end, row[0].base))
    best: tuple[int, float] | None = None
    for x in range(int(width * 0.3), int(width * 0.7), 3):
        across = sum(1 for a, b, _ in pieces if a < x < b)
        left = [(a, b) for a, b, _ in pieces if b <= x]
        right = [(a, b) for a, b, _ in pieces if a >= x]
        if min(len(left), len(right)) < 6 or across > 0.25 * len(pieces):
            continue
        score = len(left) + len(right) - 4 * across
        if _running_text(left) and _running_text(right):
            clear = min(x - max(b for _, b in left), min(a for a, _ in right) - x)
            if best is None or (score, clear) > best:
                best = (score, clear)
                chosen = x
    return float(chosen) if best is not None else None


def _running_text(pieces: Sequence[tuple[float, float]]) -> bool:
    """Whether most lines fill their column, as prose does and table cells do not."""
    width = max(b for _, b in pieces) - min(a for a, _ in pieces)
    full = sum(1 for a, b in pieces if b - a > 0.7 * width)
    return full > 0.5 * len(pieces)


def _row_groups(runs: Sequence[Run]) -> list[list[Run]]:
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: (r.base, r.x0)):
        if (rows and abs(run.base - rows[-1][0].base) <= 0.35 * min(run.size, rows[-1][0].size)) or (
            rows and any(_raised(run, other) for other in rows[-1])
        ):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda r: r.x0) for row in rows]


def _raised(a: Run, b: Run) -> bool:
    """Whether one is a small raised or lowered piece beside the other."""
    big, small = (a, b) if a.size >= b.size else (b, a)
    return small.size < 0.8 * big.size and -0.55 * big.size <= small.base - big.base <= 0.3 * big.size


def _rows(runs: Sequence[Run], left: float, edges: Mapping[int, float]) -> list[Line]:
    lines = []
    for row in _row_groups(runs):
        text = row[0].text
        for before, run in pairwise(row):
            gap = run.x0 - before.x1
            text += ("  " if gap > 2.5 * run.size else " " if gap > 0.18 * run.size else "") + run.text
        letters = sum(len(run.text) for run in row)
        main = max(row, key=lambda run: len(run.text))
        marker = find_marker(text)
        text_x = row[0].x0
        if marker is not None:
            text_x = (
                row[1].x0
                if len(row) > 1 and len(row[0].text) <= marker.end
                else row[0].x0 + marker.end * 0.5 * main.size
            )
        footnote = (
            len(row) > 1 and row[0].text.isdigit() and row[0].size < 0.8 * row[1].size and row[0].base < row[1].base
        )
        if footnote:
            text = f"{row[0].text} {text[len(row[0].text) :]}"
        lines.append(
            Line(
                " ".join(text.split()),
                row[0].x0,
                max(run.x1 for run in row),
                main.base,
                main.size,
                sum(len(run.text) for run in row if run.bold) > 0.85 * letters,
                left,
                edges[round(main.size)],
                text_x,
                footnote=footnote,
                cells=_cells(row),
            )
        )
    return lines


def _cells(row: Sequence[Run]) -> tuple[tuple[float, str], ...]:
    """The parts of a row that wide gaps set apart; none when it is one piece, or a list marker and its words."""
    parts: list[tuple[float, str]] = [(row[0].x0, row[0].text)]
    for before, run in pairwise(row):
        if run.x0 - before.x1 > 1.6 * run.size:
            parts.append((run.x0, run.text))
        else:
            parts[-1] = (parts[-1][0], f"{parts[-1][1]} {run.text}")
    if len(parts) > 1:
        marker = find_marker(parts[0][1] + " ")
        if marker is not None and marker.end >= len(parts[0][1]):
            parts = parts[1:]
    return tuple(parts) if len(parts) > 1 else ()


def without_running(pages: Sequence[Page]) -> list[Page]:
    """The pages without running heads and feet and page numbers."""
    counts: Counter[tuple[str, str]] = Counter()
    for page in pages:
        counts.update(
            {
                (zone, _pattern(line.text))
                for line in page.items
                if isinstance(line, Line) and (zone := _zone(line, page))
            }
        )
    needed = max(2, int(_RUNNING_SHARE * len(pages)))
    running = {key for key, count in counts.items() if count >= needed}
    return [replace(page, items=_trimmed(page, running)) for page in pages]


def _zone(item: Line | Grid, page: Page) -> str:
    if isinstance(item, Grid):
        return ""
    if item.base < EDGE * page.height:
        return "head"
    return "foot" if item.base > (1 - EDGE) * page.height else ""


def _pattern(text: str) -> str:
    """The text with its numbers struck out; a page number at either end does not count."""
    text = re.sub(
        r"^(?:page\s+)?\d+(?:\s+of\s+\d+)?\s*(?=\D|$)|(?:\s*\|)?\s*(?:page\s+)?\d+(?:\s+of\s+\d+)?$",
        "",
        text,
        flags=re.IGNORECASE,
    )
    return re.sub(r"\d+", "#", text).casefold().strip()


def _is_running(line: Line, page: Page, running: set[tuple[str, str]]) -> bool:
    zone, pattern = _zone(line, page), _pattern(line.text)
    if (zone, pattern) in running:
        return True
    # on the first page it is often broken otherwise
    return len(pattern) > 20 and any(where == zone and other.startswith(pattern) for where, other in running)


def _trimmed(page: Page, running: set[tuple[str, str]]) -> tuple[Line | Grid, ...]:
    marked = [line for line in page.items if isinstance(line, Line) and _is_running(line, page, running)]
    if not marked:
        return page.items
    heads = [line.base for line in marked if _zone(line, page) == "head"]
    feet = [line.base for line in marked if _zone(line, page) == "foot"]
    kept = []
    for item in page.items:
        if isinstance(item, Line):
            if item in marked:
                continue
            # what stands beyond a running line is part of the same frame
            if feet and item.base > min(feet) and _zone(item, page) == "foot":
                continue
            if heads and item.base < max(heads) - 1 and _zone(item, page) == "head" and len(item.text) < 60:
                continue
        kept.append(item)
    return tuple(kept)

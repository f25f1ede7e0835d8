"""How a PDF is printed: sizes, margins and leading; and the paragraphs and tables that its lines make."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import quantiles

from ingest.readers.pdf_lines import Line, Page

TERMINAL = re.compile(r"[.!?:;][\"'”’)\]]*$")
CONTENTS = re.compile(r"[^\d\s]\D*\s\d{1,3}$")  # a line of a table of contents: words, then a page number
LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d{1,3}$|…+\s*\d{1,3}$")
_DATA = re.compile(
    r"(?:[A-Z][\w’'-]*\s+){0,4}?(?i:dates?(?:\s+of[\w ]{1,30})?|published|inspectors?|authors?|reference|ref|number"
    r"|urn|team|manager|analyst|officer|contact|address|telephone|tel|e-?mail|type|period|status|version|provider|to"
    r"|from|cc|subject|issued(?:\s+(?:by|to|on))?)\s*:\s+\S"
)

_COLUMN = 40  # points that part the left edges of two columns
_MANY = 8  # steps that show how far apart the lines of a size stand


@dataclass(slots=True)
class Group:
    """Lines of one paragraph."""

    lines: list[Line]

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]


@dataclass(slots=True)
class Table:
    """Rows of one table, and the page that each begins on."""

    rows: list[tuple[int, tuple[str, ...]]]
    bold: bool
    size: float


@dataclass(frozen=True, slots=True)
class Print:
    """How the document is printed.

    body     size of its running text
    left     where that begins
    leading  step from line to line, for a size
    spaced   whether white space parts its paragraphs
    hyphens  whether it breaks words at line ends
    """

    body: float
    left: float
    leading: Mapping[int, float]
    spaced: bool
    hyphens: bool

    def step(self, line: Line) -> float:
        return self.leading.get(round(line.size), 1.25 * line.size)


def measure(pages: Sequence[Page]) -> Print:
    sizes: Counter[float] = Counter()
    steps: dict[int, list[float]] = {}
    ends = hyphens = 0
    for page in pages:
        lines = _lines(page)
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
        for a, b in pairwise(lines):
            if abs(a.size - b.size) < 0.6 and 0 < b.base - a.base < 2.2 * a.size:
                steps.setdefault(round(a.size), []).append(b.base - a.base)
            ends += 1
            hyphens += bool(re.search(r"[a-z]-$", a.text))
    leading = {
        size: min(quantiles([*found, found[0]], n=4)[0], (2.2 if len(found) >= _MANY else 1.3) * max(size, 1))
        for size, found in steps.items()
    }
    body = sizes.most_common(1)[0][0] if sizes else 12.0
    own = [step for size, found in steps.items() if abs(size - body) < 1 for step in found]
    wide = sum(1 for step in own if step > 1.3 * leading.get(round(body), 1.25 * body))
    lefts = Counter(
        round(line.x0) for page in pages for line in page.items if isinstance(line, Line) and abs(line.size - body) < 1
    )
    common = [x for x, count in lefts.items() if count > 0.05 * sum(lefts.values())]
    return Print(body, float(min(common, default=0)), leading, wide > 0.06 * len(own), hyphens > 0.03 * ends)


def widened(pages: Sequence[Page]) -> list[Page]:
    """The pages with their one column as wide as the document prints it: short lines alone do not fill it."""
    rights: dict[tuple[int, int], float] = {}
    for page in pages:
        for line in _lines(page):
            rights[_column_of(line)] = max(line.right, rights.get(_column_of(line), 0.0))
    out = []
    for page in pages:
        lefts = [line.left for line in _lines(page)]
        if lefts and max(lefts) - min(lefts) < _COLUMN:
            items = [replace(x, right=rights[_column_of(x)]) if isinstance(x, Line) else x for x in page.items]
            page = replace(page, items=tuple(items))
        out.append(page)
    return out


def _lines(page: Page) -> list[Line]:
    return [item for item in page.items if isinstance(item, Line)]


def _column_of(line: Line) -> tuple[int, int]:
    return round(line.left / 6), round(line.size)


def title_size_of(pages: Sequence[Page], shape: Print) -> float:
    if not pages:
        return 0.0
    top = [i for i in pages[0].items if isinstance(i, Line) and i.base < 0.6 * pages[0].height and len(i.text) > 3]
    largest = max((line.size for line in top), default=0.0)
    return largest if largest > 1.15 * shape.body else 0.0


def is_data(text: str) -> bool:
    """`Inspection dates: 10 to 21 July 2023` is a line of data, however bold."""
    return text[:1].isupper() and _DATA.match(text) is not None

"""Lines of a PDF joined to paragraphs, with headings and list items told, and composed to one text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles

from ingest.markers import Style, find_marker
from ingest.raw import BlockKind, RawDocument
from ingest.readers.compose import Composer
from ingest.readers.pdf_lines import Line, Page
from ingest.readers.pdf_tables import Grid

_SENTENCE = 45  # a shorter line may be one of an address
_TERMINAL = re.compile(r"[.!?:;][\"'”’)\]]*$")
_REFERS = re.compile(
    r"\b(?:Articles?|[Ss]ections?|paragraphs?|[Rr]egulations?|of|and|or|to|the|by|in|on|at|than|under)$"
)
_DATA = re.compile(
    r"(?:[A-Z][\w’'-]*\s+){0,4}?(?i:dates?(?:\s+of[\w ]{1,30})?|published|inspectors?|authors?|reference|ref|number|urn|team|manager|analyst"
    r"|officer|contact|address|telephone|tel|e-?mail|type|period|status|version|provider|to|from|cc|subject|issued(?:\s+(?:by|to|on))?)\s*:\s+\S"
)
_CONTENTS = re.compile(r"[^\d\s]\D*\s\d{1,3}$")
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d{1,3}$|…+\s*\d{1,3}$")
_COMPOUND = frozenset(
    "multi pre non re co self well long short post over under decision early cross inter anti sub semi high low full part".split()
)


@dataclass(slots=True)
class _Group:
    """Lines of one paragraph."""

    lines: list[Line]

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]


@dataclass(slots=True)
class _Table:
    """Rows of one table, and the page that each begins on."""

    rows: list[tuple[int, tuple[str, ...]]]
    bold: bool
    size: float


@dataclass(frozen=True, slots=True)
class _Print:
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


def compose(pages: Sequence[Page], metadata: Mapping[str, str]) -> RawDocument:
    """The document of these pages: one line a paragraph, pages where they begin in it."""
    shape = _measure(pages)
    words = Counter(
        word.casefold()
        for page in pages
        for item in page.items
        if isinstance(item, Line)
        for word in re.findall(r"[\w’'-]+", item.text)
    )
    writer = _Writer(shape, words, _title_size(pages, shape))
    for item in _flow(pages, shape):
        if isinstance(item, _Table):
            writer.table(item)
        else:
            writer.paragraph(item)
    return writer.finish(len(pages), metadata)


class _Writer:
    """Paragraphs and tables in, the composed document out."""

    def __init__(self, shape: _Print, words: Counter[str], title_size: float) -> None:
        self.shape, self.words, self.title_size = shape, words, title_size
        self.out = Composer()
        self.pages = 0
        self.tables = 0
        self.before: Line | None = None

    def finish(self, pages: int, metadata: Mapping[str, str]) -> RawDocument:
        self._turn(pages, None)
        return self.out.finish("pdf", metadata)

    def table(self, table: _Table) -> None:
        self.before = None
        self._turn(table.rows[0][0], None)
        if len(table.rows) == 1:
            headed = table.bold or table.size > self.shape.body * 1.08
            cells = ": ".join(_whole(cell) for cell in table.rows[0][1] if cell)
            self.out.add(BlockKind.HEADING if headed else BlockKind.PARAGRAPH, cells, level=2)
            return
        self.tables += 1
        for n, (page, row) in enumerate(table.rows):
            self._turn(page, None, gap=1)
            cells = " | ".join(_whole(cell) for cell in row)
            self.out.add(BlockKind.ROW, cells, table=self.tables, header=n == 0, gap=n == 0)

    def paragraph(self, group: _Group) -> None:
        first = group.first
        text, places = _join(group.lines, self.words, self.shape.hyphens)
        kind, level = _kind(group, self.shape, self.title_size)
        gap = not self._stands_close(first, kind)
        self._turn(first.page, None, gap=2 if gap else 1)
        span = self.out.add(kind, text, level=level, gap=gap)
        for page, place in places:
            self._turn(page, (span.start if span else self.out.length) + place)
        self.before = group.last

    def _stands_close(self, line: Line, kind: BlockKind) -> bool:
        before = self.before
        if before is None or before.page != line.page or kind is BlockKind.HEADING or not self.out.blocks:
            return False
        close = 0 < line.base - before.base <= 1.3 * self.shape.step(line) and abs(line.size - before.size) < 0.6
        return close and self.out.blocks[-1].kind is not BlockKind.HEADING

    def _turn(self, page: int, offset: int | None, *, gap: int = 2) -> None:
        """Mark the beginnings of all pages up to `page`; an empty page begins where the next one does."""
        while self.pages < page:
            self.pages += 1
            self.out.page((self.out.length + gap if self.out.length else 0) if offset is None else offset)


def _kind(group: _Group, shape: _Print, title_size: float) -> tuple[BlockKind, int]:
    first = group.first
    text = first.text
    if first.footnote:
        return BlockKind.NOTE, 0
    if all((_CONTENTS.search(line.text) and line.cells) or _LEADERS.search(line.text) for line in group.lines):
        return BlockKind.CONTENTS, 0
    if title_size and first.size >= title_size * 0.97 and first.page == 1:
        return BlockKind.TITLE, 1
    marker = find_marker(text)
    long = sum(len(line.text) for line in group.lines) > 200
    if marker is None or not marker.bullet:
        if (
            not long
            and first.size > shape.body * 1.08
            and not _labelled(text)
            and (marker is None or not _TERMINAL.search(group.last.text))
        ):
            return BlockKind.HEADING, _level(first.size, shape)
        if (
            not long
            and first.bold
            and all(line.bold for line in group.lines)
            and not re.search(r"[.;,]$", group.last.text)
        ):
            return (BlockKind.HEADING, 4) if not _labelled(text) else (BlockKind.PARAGRAPH, 0)
    left = shape.left if first.left < shape.left + 100 else first.left
    depth = int(max(0.0, first.x0 - left + 4) // 18)
    return (BlockKind.ITEM if marker is not None else BlockKind.PARAGRAPH), depth


def _labelled(text: str) -> bool:
    """`Inspection dates: 10 to 21 July 2023` is a line of data, however bold."""
    return text[:1].isupper() and _DATA.match(text) is not None


def _level(size: float, shape: _Print) -> int:
    ratio = size / shape.body
    return 1 if ratio > 1.6 else 2 if ratio > 1.25 else 3


def _title_size(pages: Sequence[Page], shape: _Print) -> float:
    if not pages:
        return 0.0
    top = [i for i in pages[0].items if isinstance(i, Line) and i.base < 0.6 * pages[0].height and len(i.text) > 3]
    largest = max((line.size for line in top), default=0.0)
    return largest if largest > 1.15 * shape.body else 0.0


def _measure(pages: Sequence[Page]) -> _Print:
    sizes: Counter[float] = Counter()
    steps: dict[int, list[float]] = {}
    ends = hyphens = 0
    for page in pages:
        lines = [item for item in page.items if isinstance(item, Line)]
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
        for a, b in pairwise(lines):
            if abs(a.size - b.size) < 0.6 and 0 < b.base - a.base < 2.2 * a.size:
                steps.setdefault(round(a.size), []).append(b.base - a.base)
            ends += 1
            hyphens += bool(re.search(r"[a-z]-$", a.text))
    leading = {size: min(quantiles([*found, found[0]], n=4)[0], 1.6 * max(size, 1)) for size, found in steps.items()}
    body = sizes.most_common(1)[0][0] if sizes else 12.0
    own = [step for size, found in steps.items() if abs(size - body) < 1 for step in found]
    wide = sum(1 for step in own if step > 1.3 * leading.get(round(body), 1.25 * body))
    lefts = Counter(
        round(line.x0) for page in pages for line in page.items if isinstance(line, Line) and abs(line.size - body) < 1
    )
    common = [x for x, count in lefts.items() if count > 0.05 * sum(lefts.values())]
    return _Print(body, float(min(common, default=0)), leading, wide > 0.06 * len(own), hyphens > 0.03 * ends)


def _flow(pages: Sequence[Page], shape: _Print) -> Iterator[_Group | _Table]:
    """Paragraphs and tables in reading order.  A footnote comes before the paragraph that its page ends in."""
    current: _Group | None = None
    table: _Table | None = None
    for page in pages:
        notes: list[_Group] = []
        fresh = True
        for item in _with_columns(page.items):
            if isinstance(item, Line) and (
                item.size <= notes[0].first.size * 1.05 if notes else _is_note(item, page, shape)
            ):
                if item.footnote or not notes:
                    notes.append(_Group([item]))
                else:
                    notes[-1].lines.append(item)
                continue
            if isinstance(item, Grid):
                if current is not None:
                    yield current
                    current = None
                table = _grown(table, item, page.number) if fresh and table is not None else table
                if table is None or table.rows[-1][0] != page.number or not fresh:
                    if table is not None:
                        yield table
                    table = _Table([(page.number, row) for row in item.rows], item.bold, item.size)
                fresh = False
                continue
            if table is not None:
                yield table
                table = None
            if current is not None and _joins(current, item, shape, fresh=fresh):
                current.lines.append(item)
            else:
                if current is not None:
                    yield current
                current = _Group([item])
            fresh = False
        if notes and current is not None and current.first.page == page.number and not _open_ended(current):
            yield current
            current = None
        yield from notes
    if table is not None:
        yield table
    if current is not None:
        yield current


def _grown(table: _Table, grid: Grid, page: int) -> _Table:
    """The table with the grid that goes on with it at the head of the next page, if that is what the grid does."""
    before_page, last = table.rows[-1]
    if before_page != page - 1 or len(grid.rows[0]) != len(last):
        return table
    rows = list(grid.rows)
    if rows[0] == table.rows[0][1]:
        rows = rows[1:]  # its head is printed again
    elif not rows[0][0] and any(rows[0]):
        joined = tuple(" ".join(part for part in pair if part) for pair in zip(last, rows[0], strict=True))
        table.rows[-1] = (before_page, joined)
        rows = rows[1:]
    if not rows:
        rows = [tuple("" for _ in last)]
    return _Table(
        [*table.rows, *((page, row) for row in rows if any(row))] if any(map(any, rows)) else table.rows,
        table.bold,
        table.size,
    )


def _with_columns(items: Sequence[Line | Grid]) -> list[Line | Grid]:
    """Lines whose parts stand in columns, two or more in a row, made a grid."""
    out: list[Line | Grid] = []
    run: list[Line] = []

    def close() -> None:
        if len(run) >= 2 and not all(_CONTENTS.search(line.text) for line in run):
            width = max(len(line.cells) for line in run)
            rows = tuple(
                (*(text for _, text in line.cells), *("" for _ in range(width - len(line.cells)))) for line in run
            )
            out.append(Grid(run[0].base, run[-1].base, rows, frozenset(), run[0].size, all(line.bold for line in run)))
        else:
            out.extend(run)
        run.clear()

    for item in items:
        if isinstance(item, Line) and item.cells and (not run or _aligned(run[-1], item)):
            run.append(item)
            continue
        close()
        if isinstance(item, Line) and item.cells:
            run.append(item)
        else:
            out.append(item)
    close()
    return out


def _aligned(above: Line, line: Line) -> bool:
    starts = [x for x, _ in above.cells]
    return line.base - above.base < 3 * line.size and all(any(abs(x - y) < 8 for y in starts) for x, _ in line.cells)


def _joins(group: _Group, line: Line, shape: _Print, *, fresh: bool) -> bool:
    if fresh and group.last.page != line.page:
        return _over_page(group, line, shape)
    return _same_paragraph(group, line, shape)


def _is_note(line: Line, page: Page, shape: _Print) -> bool:
    return line.footnote and line.base > 0.5 * page.height and line.size < 0.95 * shape.body


def _open_ended(group: _Group) -> bool:
    return _TERMINAL.search(group.last.text) is None


def _same_paragraph(group: _Group, line: Line, shape: _Print) -> bool:
    last = group.last
    if line.left != last.left and abs(line.left - last.left) > 40:
        return _over_page(group, line, shape)
    step = line.base - last.base
    if step <= 0:
        return _over_page(group, line, shape)
    if abs(line.size - last.size) > 0.06 * max(line.size, last.size):
        return False
    if step > 1.3 * shape.step(line):
        return False
    if (
        _begins(last, line)
        or _labelled(line.text)
        or _LEADERS.search(last.text)
        or (last.cells and _CONTENTS.search(last.text))
    ):
        return False
    full = _full(last, line)
    if line.bold != last.bold and not (full and not _TERMINAL.search(last.text)):
        return False
    marked = find_marker(group.first.text) is not None
    if marked and len(group.lines) > 1 and line.x0 < group.lines[1].x0 - 6:
        return False
    if marked and len(group.lines) == 1 and line.x0 < group.first.x0 - 6:
        return False
    if full or line.text[:1].islower() or _hangs(group, line):
        return True
    if shape.spaced and not line.bold and len(last.text) > _SENTENCE and step < 1.15 * shape.step(line):
        return True
    if last.x1 - last.left > 0.6 * (last.right - last.left) and not _TERMINAL.search(last.text) and not line.bold:
        return True  # ragged, but running on
    if last.bold and line.bold and line.size > 1.08 * shape.body:
        return True  # a long heading is broken where its author liked
    return line.size > 1.5 * shape.body


def _over_page(group: _Group, line: Line, shape: _Print) -> bool:
    """Whether a line at the head of a page or column goes on with the paragraph that the last one ended in."""
    last = group.last
    if abs(line.size - last.size) > 0.06 * max(line.size, last.size) or line.bold != last.bold or _begins(last, line):
        return False
    if not _TERMINAL.search(last.text):
        return line.text[:1].islower() or _full(last, line)
    if line.text[:1].islower():
        return not re.search(r"[.:]$", last.text)
    # a sentence that ends at the foot of a page: indents tell whether its item goes on
    return _hangs(group, line)


def _hangs(group: _Group, line: Line) -> bool:
    """Whether the line stands where the words of the list item above it stand."""
    if find_marker(group.first.text) is None or line.x0 < group.first.x0 + 6:
        return False
    if len(group.lines) > 1:
        return abs(line.x0 - group.lines[1].x0) < 3
    return abs(line.x0 - group.first.text_x) < 9


def _begins(last: Line, line: Line) -> bool:
    """Whether the line begins with a list marker, and not with a number that wrapped."""
    marker = find_marker(line.text)
    if marker is None:
        return False
    wrapped = marker.readings[0].style in (Style.NUMBER, Style.DOTTED) and _REFERS.search(last.text) is not None
    return not wrapped


def _full(last: Line, line: Line) -> bool:
    """Whether the next line's first word would not have fitted on the last line."""
    first = line.text.split(" ", 1)[0]
    needed = (len(first) + 1) * 0.42 * last.size
    return last.x1 + needed > last.right - 4


def _join(lines: Sequence[Line], words: Counter[str], hyphenates: bool) -> tuple[str, list[tuple[int, int]]]:
    """The lines as one; and for each page that begins among them, its number and the offset."""
    text = lines[0].text.rstrip()
    places: list[tuple[int, int]] = []
    for before, line in pairwise(lines):
        text = _glue(text, line.text, words, hyphenates)
        if line.page != before.page:
            places.append((line.page, len(text)))
        text += line.text
    return text.replace("\xad", ""), [(page, len(text[:place].replace("\xad", ""))) for page, place in places]


def _glue(text: str, following: str, words: Counter[str], hyphenates: bool) -> str:
    """`text` made ready to be followed: a space, or a hyphen resolved."""
    if not text.endswith(("-", "\xad", "‐")) or not re.search(r"\w[-\xad‐]$", text):
        return text + " "
    head = re.search(r"([\w’']+(?:-[\w’']+)*)[-\xad‐]$", text)
    tail = re.match(r"[\w’']+", following)
    if head is None or tail is None:
        return text + " "
    first, second = head[1].casefold(), tail.group().casefold()
    if words[f"{first}-{second}"] or not following[0].islower() or first.split("-")[-1] in _COMPOUND:
        return text[:-1] + "-"
    if words[first + second]:
        return text[:-1]
    return (
        text[:-1] if (hyphenates and not text.endswith("-")) or (hyphenates and text.endswith("-")) else text[:-1] + "-"
    )


def _whole(cell: str) -> str:
    return cell.replace("\xad ", "-").replace("\xad", "")

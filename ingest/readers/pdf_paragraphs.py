"""Paragraphs of a PDF composed to one text, with headings and list items told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ingest.markers import find_marker
from ingest.raw import BlockKind, RawDocument
from ingest.readers.compose import Composer
from ingest.readers.pdf_flow import OTHER_BLOCK, flow
from ingest.readers.pdf_lines import Line, Page
from ingest.readers.pdf_print import (
    CONTENTS,
    LEADERS,
    TERMINAL,
    Group,
    Print,
    Table,
    is_data,
    measure,
    title_size_of,
    widened,
)

_COMPOUND = frozenset(
    "multi pre non re co self well long short post over under decision early cross inter anti sub semi high low"
    " full part".split()
)


def compose(pages: Sequence[Page], metadata: Mapping[str, str]) -> RawDocument:
    """The document of these pages: one line a paragraph, pages where they begin in it."""
    pages = widened(pages)
    shape = measure(pages)
    words = Counter(
        word.casefold()
        for page in pages
        for item in page.items
        if isinstance(item, Line)
        for word in re.findall(r"[\w’'-]+", item.text)
    )
    writer = _Writer(shape, words, title_size_of(pages, shape))
    for item in flow(pages, shape):
        if isinstance(item, Table):
            writer.table(item)
        else:
            writer.paragraph(item)
    return writer.finish(len(pages), metadata)


class _Writer:
    """Paragraphs and tables in, the composed document out."""

    def __init__(self, shape: Print, words: Counter[str], title_size: float) -> None:
        self.shape, self.words, self.title_size = shape, words, title_size
        self.out = Composer()
        self.pages = 0
        self.tables = 0
        self.before: Line | None = None

    def finish(self, pages: int, metadata: Mapping[str, str]) -> RawDocument:
        self._turn(pages, None)
        return self.out.finish("pdf", metadata)

    def table(self, table: Table) -> None:
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

    def paragraph(self, group: Group) -> None:
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
        close = close and before.x0 - line.x0 < OTHER_BLOCK * line.size
        return close and self.out.blocks[-1].kind is not BlockKind.HEADING

    def _turn(self, page: int, offset: int | None, *, gap: int = 2) -> None:
        """Mark the beginnings of all pages up to `page`; an empty page begins where the next one does."""
        while self.pages < page:
            self.pages += 1
            self.out.page((self.out.length + gap if self.out.length else 0) if offset is None else offset)


def _kind(group: Group, shape: Print, title_size: float) -> tuple[BlockKind, int]:
    first = group.first
    text = first.text
    if first.footnote:
        return BlockKind.NOTE, 0
    if all((CONTENTS.search(line.text) and line.cells) or LEADERS.search(line.text) for line in group.lines):
        return BlockKind.CONTENTS, 0
    if title_size and first.size >= title_size * 0.97 and first.page == 1:
        return BlockKind.TITLE, 1
    marker = find_marker(text)
    long = sum(len(line.text) for line in group.lines) > 200
    if marker is None or not marker.bullet:
        if (
            not long
            and first.size > shape.body * 1.08
            and not is_data(text)
            and (marker is None or not TERMINAL.search(group.last.text))
        ):
            return BlockKind.HEADING, _level(first.size, shape)
        if (
            not long
            and first.bold
            and all(line.bold for line in group.lines)
            and not re.search(r"[.;,]$", group.last.text)
        ):
            return (BlockKind.HEADING, 4) if not is_data(text) else (BlockKind.PARAGRAPH, 0)
    left = shape.left if first.left < shape.left + 100 else first.left
    depth = int(max(0.0, first.x0 - left + 4) // 18)
    return (BlockKind.ITEM if marker is not None else BlockKind.PARAGRAPH), depth


def _level(size: float, shape: Print) -> int:
    ratio = size / shape.body
    return 1 if ratio > 1.6 else 2 if ratio > 1.25 else 3


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

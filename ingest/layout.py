"""Paragraphs, list items and headings of a text, guessed from its printed lines.

Two ways of printing are told apart: one paragraph a line, and lines wrapped at a column, where paragraphs must
be made whole again across line ends, stray blank lines and page breaks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.lines import Line, read_lines
from ingest.markers import Marker, Reading, Style, find_marker
from ingest.notice import Span
from ingest.plain_tables import Row, table_rows, worded_lines
from ingest.raw import BlockKind, RawDocument

_TERMINAL = re.compile(r"[.!?:;][\"'”’)\]]*$")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*$")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_BOLD_LINE = re.compile(r"(?:\*\*|__)(?=[^*_]+(?:\*\*|__)\s*:?$)")
_APART = re.compile(r"(?:cc|c\.c\.|enc|encl|bcc)\b\s*[:.]", re.IGNORECASE)
_FIRST_WORD = re.compile(r"\S+")
_LONG_LINE = 90  # characters of a line that, unended, goes on in the next


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, heading, list item or table row, made whole.

    span    in the canonical text, from its first word (or marker) to its last
    words   its text with white space collapsed and page noise left out, marker included
    lines   how many printed lines it takes
    indent  column of its first word; `hang` the column of its second line, where it has one
    gap     whether white space sets it off from the one before
    sure    whether the format itself says what it is
    clause_start  where its clause begins in the canonical text: at a number or letter, but after a bullet
    """

    kind: BlockKind
    span: Span
    words: str
    marker: Marker | None = None
    lines: int = 1
    indent: int = 0
    text_indent: int = 0
    gap: bool = True
    level: int = 0
    table: int = 0
    header: bool = False
    sure: bool = False
    clause_start: int = -1

    @property
    def body(self) -> str:
        """The words after the marker."""
        return self.words[self.marker.end :] if self.marker else self.words


def paragraphs(raw: RawDocument) -> tuple[tuple[Paragraph, ...], tuple[Span, ...]]:
    """The paragraphs of a document in order, disjoint, and its pages."""
    if raw.blocks:
        return _from_blocks(raw), raw.pages
    printed, pages = read_lines(raw.text)
    lines = worded_lines(printed)
    rows = table_rows(lines)
    made = []
    for group in _groups(lines, _wrap_column(lines), rows):
        row = rows.get(group[0].span.start)
        made.append(_paragraph(group) if row is None else _row(group[0], row))
    return tuple(made), raw.pages or pages


def _row(line: Line, row: Row) -> Paragraph:
    return Paragraph(
        BlockKind.ROW, line.span, " ".join(line.text.split()), gap=line.gap, table=row.table, header=row.header
    )


def _from_blocks(raw: RawDocument) -> tuple[Paragraph, ...]:
    made = []
    for block in raw.blocks:
        words = " ".join(block.span.of(raw.text).split())
        if not any(c.isalnum() for c in words):
            continue
        marker = find_marker(words) if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) else None
        if marker is None and block.kind is BlockKind.ITEM and words.startswith("o "):
            marker = Marker("o", "", 0, 2, (Reading(Style.BULLET, 0),))  # a letter for a hollow bullet
        start = block.span.start
        made.append(
            Paragraph(
                block.kind,
                block.span,
                words,
                marker,
                gap=block.gap,
                level=block.level,
                table=block.table,
                header=block.header,
                sure=True,
                indent=4 * block.level,
                clause_start=start + ((marker.end if marker.bullet else marker.start) if marker else 0),
            )
        )
    return tuple(made)


def _wrap_column(lines: Sequence[Line]) -> int:
    """The column at which the text is wrapped, or 0 where a line is a paragraph."""
    if len(lines) < 4:
        return 0
    broken = sum(
        1
        for this, following in pairwise(lines)
        if len(this.text) >= 40
        and not _TERMINAL.search(this.text)
        and following.text[0].islower()
        and not find_marker(following.text)
    )
    widths = sorted(line.width for line in lines)
    column = widths[len(widths) * 95 // 100]
    if column > 140 or broken < 3 or broken * 8 < sum(1 for line in lines if len(line.text) >= 40):
        return 0
    return column


def _groups(lines: Sequence[Line], column: int, rows: Mapping[int, Row]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        alone = line.span.start in rows or (bool(groups) and groups[-1][0].span.start in rows)
        if groups and not alone and _continues(groups[-1], line, column):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _continues(group: Sequence[Line], line: Line, column: int) -> bool:
    """Whether `line` goes on with the paragraph of `group`."""
    before = group[-1]
    if _APART.match(line.text):
        return False
    if _MARKDOWN_HEADING.match(line.text) or before.underlined or _MARKDOWN_HEADING.match(before.text):
        return False
    marker = find_marker(line.text)
    if marker is not None and not _mid_sentence(before, marker):
        return False
    ended = _TERMINAL.search(before.text) is not None
    lower = line.text[0].islower() or line.text[0] in ",;)&"
    if column and line.gap and not line.torn and before.width < 0.5 * column:
        return False
    broken = before.gap is False or len(before.text) >= 24 or len(group) > 1
    if not column:
        wrapped = not line.gap and len(before.text) >= _LONG_LINE and not ended and not _heading_like(line.text, 0)
        return ((line.gap or len(before.text) >= 60) and lower and not ended and broken) or wrapped
    first = _FIRST_WORD.match(line.text)
    full = before.width + 1 + len(first.group() if first else "") > column - 2
    if not line.torn and _hangs_back(group, line):
        return False
    if lower and (not ended or (line.torn and not _SENTENCE_END.search(before.text) and before.text[-1] != ":")):
        return True
    if not line.gap:
        return full or (lower and not _SENTENCE_END.search(before.text))
    return full and not ended and not _heading_like(line.text, column)


def _mid_sentence(before: Line, marker: Marker) -> bool:
    """A number that wrapped to the line's start: `... in line with Article` / `12. The council`."""
    return (
        not marker.bullet
        and marker.readings[0].style is Style.NUMBER
        and re.search(r"\b(?:Articles?|[Ss]ections?|paragraphs?|of|and|or|to|the|by|in|on)$", before.text) is not None
    )


def _hangs_back(group: Sequence[Line], line: Line) -> bool:
    """Whether `line` stands further left than the paragraph before it."""
    head = group[0]
    left = head.indent + _marker_width(head)
    if len(group) > 1:
        left = min(left, *(other.indent for other in group[1:]))
        return left - line.indent >= 3
    return find_marker(head.text) is not None and line.indent < head.indent


def _heading_like(text: str, column: int) -> bool:
    return text[0].isupper() and len(text) < column * 0.6 and not _TERMINAL.search(text)


def _paragraph(group: Sequence[Line]) -> Paragraph:
    head = group[0]
    words = " ".join(" ".join(line.text.split()) for line in group)
    kind, start = BlockKind.PARAGRAPH, head.span.start
    level = 0
    markdown = _MARKDOWN_HEADING.match(head.text) or (_BOLD_LINE.match(head.text) if len(group) == 1 else None)
    if head.underlined and len(group) == 1:
        kind, level = BlockKind.HEADING, head.underlined
    if markdown:
        kind, level = BlockKind.HEADING, markdown.group().count("#") or 4
        start += markdown.end()
        words = words[markdown.end() :].rstrip("*_# ")
    marker = find_marker(words) if kind is not BlockKind.HEADING else None
    return Paragraph(
        kind,
        Span(start, max(start, group[-1].span.end)),
        words,
        marker,
        lines=len(group),
        indent=head.indent,
        text_indent=group[1].indent if len(group) > 1 else head.indent + (_marker_width(head) if marker else 0),
        gap=head.gap,
        level=level,
        sure=kind is BlockKind.HEADING,
        clause_start=start + (_skipped(head.text) if marker else 0),
    )


def _skipped(text: str) -> int:
    """How much of a line stands before its clause: bullets are no part of it, numbers and letters are."""
    marker = find_marker(text)
    if marker is None:
        return 0
    return marker.end if marker.bullet else marker.start


def _marker_width(line: Line) -> int:
    marker = find_marker(line.text)
    return marker.end if marker else 0


def unmarked(paragraph: Paragraph) -> Paragraph:
    """The same paragraph, its marker taken for plain words."""
    return replace(paragraph, marker=None, clause_start=paragraph.span.start)

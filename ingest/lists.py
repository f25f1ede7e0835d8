"""Lists in a run of paragraphs: which marker goes on with which list, and which begins one."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.layout import Paragraph
from ingest.markers import Marker, Reading, Style
from ingest.nodes import Group
from ingest.raw import BlockKind

_AHEAD = 80  # paragraphs looked ahead for the next member of a list
_LOST = 3  # numbers that extraction may have lost in a row


def successor(
    groups: Sequence[Group], marker: Marker, paragraph: Paragraph | None = None
) -> tuple[Group, Reading] | None:
    """The open list (the outermost first in `groups`) that a marker goes on with, and how it is then read."""
    found = [(group, reading) for group in reversed(groups) if (reading := _goes_on(group, marker, paragraph))]
    if found:
        level = [pair for pair in found if paragraph is not None and abs(pair[0].indent - paragraph.indent) <= 1]
        return (level or found)[0]
    # a number that was lost in extraction, or printed twice, does not end the paragraph numbering
    reading = marker.readings[0]
    for group in reversed(groups):
        if reading.style is Style.NUMBER is group.style and marker.close == group.close and group.parent is None:
            if 1 < reading.value - group.last.value <= _LOST:
                return group, reading
    return None


def _goes_on(group: Group, marker: Marker, paragraph: Paragraph | None) -> Reading | None:
    if marker.bullet:
        if group.style is not Style.BULLET:
            return None
        if paragraph is not None:
            alike = group.last.paragraph.words[0] == paragraph.words[0]
            if not alike or abs(group.indent - paragraph.indent) > 1:
                return None
        return Reading(Style.BULLET, len(group.members) + 1)
    if marker.close != group.close:
        return None
    return next((r for r in marker.readings if r.style is group.style and r.value == group.last.value + 1), None)


def opening(paragraphs: Sequence[Paragraph], i: int, marker: Marker, groups: Sequence[Group]) -> Reading | None:
    """How a marker that begins a list is read; None when it begins none and is plain words."""
    if marker.bullet:
        return Reading(Style.BULLET, 1)
    for reading in marker.readings:
        if reading.value == 1 and (reading.style is Style.NUMBER or follows(paragraphs, i, marker, reading)):
            return reading
    first = marker.readings[0]
    if first.style is Style.NUMBER and not any(g.style is Style.NUMBER and g.parent is None for g in groups):
        return first if follows(paragraphs, i, marker, first) else None
    return None


def follows(paragraphs: Sequence[Paragraph], i: int, marker: Marker, reading: Reading) -> bool:
    """Whether the list goes on further down."""
    return any(
        later.marker is not None and _is_next(later.marker, marker.close, reading.style, reading.value + 1)
        for later in paragraphs[i + 1 : i + 1 + _AHEAD]
    )


def unbroken(paragraphs: Sequence[Paragraph], i: int, reading: Reading) -> bool:
    """Whether the members of the list that begins at `i` follow one another, with no prose of the same rank between."""
    first = paragraphs[i]
    close = first.marker.close if first.marker else ""
    expected, prose = reading.value + 1, False
    for later in paragraphs[i + 1 : i + 1 + _AHEAD]:
        if later.marker is None:
            hangs = later.level > first.level if later.sure else later.indent > first.indent
            prose = prose or not (hangs or later.kind in (BlockKind.ROW, BlockKind.NOTE))
        elif _is_next(later.marker, close, reading.style, expected):
            if prose:
                return False
            expected += 1
    return True


def _is_next(marker: Marker, close: str, style: Style, value: int) -> bool:
    return marker.close == close and any(r.style is style and r.value == value for r in marker.readings)

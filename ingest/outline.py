"""The outline of a body: which paragraph is an item of which, and under what heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from ingest.headings import annex_name, is_heading, tidy
from ingest.layout import Paragraph, unmarked
from ingest.markers import Marker, Reading, Style
from ingest.nodes import Group, Node, ancestry, number_order
from ingest.raw import BlockKind

_MAX_DEPTH = 8
_SHORT_LINE = 90
_BARE = re.compile(r"(\d{1,3})\s+(?=[A-Z][a-z]+\s+[a-z])")
_AHEAD = 80  # paragraphs looked ahead for the next member of a list


def build(stretches: Sequence[Sequence[Paragraph]]) -> tuple[Node, ...]:
    """All nodes in document order, parents before their items.

    The body comes in stretches, parted by the blocks of its frame; no clause reaches from one into the next.
    """
    return _Builder(stretches).run()


class _Builder:
    def __init__(self, stretches: Sequence[Sequence[Paragraph]]) -> None:
        self.paragraphs = [paragraph for stretch in stretches for paragraph in stretch]
        lengths = list(accumulate(len(stretch) for stretch in stretches))
        self.walls = frozenset(lengths[:-1])
        self.nodes: list[Node] = []
        self.open: list[Group] = []  # the outermost first
        self.heading: str | None = None
        self.scope = ""
        self.fresh = True  # nothing but a heading stands before: no lead-in
        self.sections: dict[tuple[str, ...], Node] = {}
        self.dotted: tuple[int, ...] | None = None  # the last dotted number

    def run(self) -> tuple[Node, ...]:
        for i, paragraph in enumerate(self.paragraphs):
            if i in self.walls:
                self._wall()
            annex = annex_name(paragraph)
            if annex and annex != self.scope:
                self._enter(annex, paragraph)
            elif is_heading(self.paragraphs, i, self._expects):
                self._head(tidy(paragraph.words))
            elif paragraph.kind in (BlockKind.ROW, BlockKind.NOTE):
                self._aside(paragraph)
            elif paragraph.kind is BlockKind.CONTENTS:
                continue
            elif paragraph.marker is None and (bare := self._bare(paragraph)) is not None:
                self._place(i, bare, bare.marker) if bare.marker else None
            elif paragraph.marker is None or not self._place(i, paragraph, paragraph.marker):
                self._prose(i, unmarked(paragraph))
        return tuple(self.nodes)

    def _wall(self) -> None:
        self.open = [group for group in self.open if group.parent is None and group.style is not Style.BULLET]
        self.sections = {}
        self.fresh = True

    # headings

    def _enter(self, annex: str, paragraph: Paragraph) -> None:
        self.scope, self.open, self.sections, self.dotted = annex, [], {}, None
        self._head(tidy(paragraph.words))

    def _head(self, words: str) -> None:
        self.heading = words
        self.fresh = True
        while self.open and self._ends_at_heading(self.open[-1]):
            self.open.pop()

    @staticmethod
    def _ends_at_heading(group: Group) -> bool:
        return group.style is Style.BULLET or (group.parent is not None and group.style is not Style.DOTTED)

    def _expects(self, paragraph: Paragraph) -> bool:
        """Whether the paragraph goes on with a list that is open."""
        marker = paragraph.marker
        return marker is not None and not marker.bullet and self._successor(marker) is not None

    # marked paragraphs

    def _place(self, i: int, paragraph: Paragraph, marker: Marker) -> bool:
        if marker.readings[0].style is Style.DOTTED:
            return self._place_dotted(paragraph, marker)
        found = self._successor(marker, paragraph)
        if found is not None:
            group, reading = found
            self._close_below(group)
            self._add(paragraph, group, reading.value)
            return True
        opening = self._opening(i, paragraph, marker)
        if opening is None:
            return False
        parent = self._lead_in(i, paragraph, opening)
        self._start(paragraph, opening, marker, parent)
        return True

    def _successor(self, marker: Marker, paragraph: Paragraph | None = None) -> tuple[Group, Reading] | None:
        for group in reversed(self.open):
            for reading in marker.readings:
                if reading.style is not group.style or (marker.close != group.close and not marker.bullet):
                    continue
                if marker.bullet:
                    same = paragraph is None or (
                        group.members[-1].paragraph.words[0] == paragraph.words[0]
                        and abs(group.indent - paragraph.indent) <= 2
                    )
                    if same and not self.fresh:
                        return group, Reading(Style.BULLET, len(group.members) + 1)
                elif reading.value == group.last.value + 1:
                    return group, reading
        # a number that was lost in extraction, or printed twice, does not end the paragraph numbering
        for group in reversed(self.open):
            reading = marker.readings[0]
            if reading.style is Style.NUMBER is group.style and marker.close == group.close and group.parent is None:
                if 1 < reading.value - group.last.value <= 3:
                    return group, reading
        return None

    def _opening(self, i: int, paragraph: Paragraph, marker: Marker) -> Reading | None:
        if marker.bullet:
            return Reading(Style.BULLET, 1)
        for reading in marker.readings:
            if reading.value == 1 and (reading.style is Style.NUMBER or self._follows(i, marker, reading)):
                return reading
        first = marker.readings[0]
        if first.style is Style.NUMBER and not any(g.style is Style.NUMBER and g.parent is None for g in self.open):
            return first if self._follows(i, marker, first) else None
        return None

    def _follows(self, i: int, marker: Marker, reading: Reading) -> bool:
        """Whether the list goes on further down."""
        for later in self.paragraphs[i + 1 : i + 1 + _AHEAD]:
            if later.marker is not None and later.marker.close == marker.close:
                if any(r.style is reading.style and r.value == reading.value + 1 for r in later.marker.readings):
                    return True
        return False

    def _lead_in(self, i: int, paragraph: Paragraph, reading: Reading) -> Node | None:
        """The clause on which a new list hangs."""
        if self.fresh or not self.nodes or len(self.open) >= _MAX_DEPTH:
            return None
        before = self.nodes[-1]
        if before.group is not None and before.group.style is Style.BULLET and reading.style is not Style.BULLET:
            before = before.parent or before
        if reading.style is Style.NUMBER:
            if not self._unbroken(i, paragraph, reading):
                return None
            leads = before.paragraph.words.endswith((":", "—", "–")) or (
                before.group is not None and paragraph.indent > before.paragraph.indent + 1
            )
            return before if leads else None
        return before

    def _unbroken(self, i: int, paragraph: Paragraph, reading: Reading) -> bool:
        """Whether the members of a list follow one another, with no prose of the same rank between them."""
        close = paragraph.marker.close if paragraph.marker else ""
        expected, prose = reading.value + 1, False
        for later in self.paragraphs[i + 1 : i + 1 + _AHEAD]:
            if later.marker is None:
                hangs = later.indent > paragraph.indent if not later.sure else later.level > paragraph.level
                prose = prose or not (hangs or later.kind in (BlockKind.ROW, BlockKind.NOTE))
            elif later.marker.close == close and any(
                r.style is reading.style and r.value == expected for r in later.marker.readings
            ):
                if prose:
                    return False
                expected += 1
        return True

    def _start(self, paragraph: Paragraph, reading: Reading, marker: Marker, parent: Node | None) -> None:
        if parent is None:
            self.open = []
        else:
            self._close_to(parent)
        group = Group(reading.style, marker.close, parent, paragraph.indent)
        self.open.append(group)
        self._add(paragraph, group, reading.value)

    def _place_dotted(self, paragraph: Paragraph, marker: Marker) -> bool:
        path = marker.readings[0].path
        numbers = number_order(path)
        last = max(
            filter(None, (self.dotted, number_order(path[:1]) if path[:1] in self.sections else None)), default=None
        )
        if last is None:
            if numbers[-1] > 1 and numbers[0] > 2:
                return False
        elif numbers <= last or numbers[0] > last[0] + 2:
            return False
        parent = self.sections.get(path[:-1])
        self.open = [g for g in self.open if g.parent is None and g.style is Style.NUMBER]
        if parent is not None:
            for node in ancestry(parent):
                if node.group is not None and node.group not in self.open:
                    self.open.append(node.group)
        group = next(
            (
                n.group
                for p, n in reversed(self.sections.items())
                if p[:-1] == path[:-1] and len(p) == len(path) and n.group
            ),
            None,
        ) or Group(Style.DOTTED, marker.close, parent, paragraph.indent, path=path[:-1])
        if group not in self.open:
            self.open.append(group)
        node = self._add(paragraph, group, numbers[-1])
        self.sections[path] = node
        self.dotted = numbers
        return True

    def _add(self, paragraph: Paragraph, group: Group, value: int) -> Node:
        marker = paragraph.marker
        start = min(paragraph.clause_start, paragraph.span.end)
        node = Node(
            paragraph, start, paragraph.span.end, self.scope, self.heading, group.parent, group=group, value=value
        )
        group.members.append(node)
        if group.style is Style.NUMBER and marker is not None and group.parent is None:
            self.sections[(marker.printed,)] = node
        self._keep(node)
        return node

    # the rest

    def _prose(self, i: int, paragraph: Paragraph) -> None:
        if self._goes_on(i, paragraph):
            self.nodes[-1].extend(paragraph.span.end)
            return
        while self.open and self._ends_at_heading(self.open[-1]):
            self.open.pop()
        if self._same_lines(paragraph):
            self.nodes[-1].extend(paragraph.span.end)
            return
        parent = self.open[-1].parent if self.open else None
        self._keep(Node(paragraph, paragraph.span.start, paragraph.span.end, self.scope, self.heading, parent))

    def _goes_on(self, i: int, paragraph: Paragraph) -> bool:
        """Whether an unmarked paragraph is the rest of the item before it."""
        if self.fresh or not self.open or not self.nodes:
            return False
        item = self.nodes[-1]
        if paragraph.sure and item.paragraph.kind is BlockKind.ITEM and paragraph.level > item.paragraph.level:
            return paragraph.kind is BlockKind.PARAGRAPH  # it hangs under the item
        if self.open[-1].parent is None:
            return False
        if item.group is not self.open[-1] or self.open[-1].style is Style.DOTTED:
            return False
        hanging = item.paragraph.text_indent
        if not paragraph.sure and hanging > item.paragraph.indent and abs(paragraph.indent - hanging) <= 1:
            return True
        if item.group is not None and item.group.style is Style.BULLET:
            return False
        for k in range(i + 1, min(i + 4, len(self.paragraphs))):
            later = self.paragraphs[k]
            if later.marker is not None:
                found = self._successor(later.marker, later)
                return found is not None and found[0].parent is not None
            if is_heading(self.paragraphs, k, self._expects):
                return False
        return False

    def _same_lines(self, paragraph: Paragraph) -> bool:
        """Whether short lines stand together, as in an address: they make one clause."""
        if self.fresh or paragraph.gap or not self.nodes or len(paragraph.words) > _SHORT_LINE:
            return False
        before = self.nodes[-1]
        words = before.paragraph.words
        return before.group is None and len(words) <= _SHORT_LINE and not words.endswith((".", "!", "?", ":"))

    def _aside(self, paragraph: Paragraph) -> None:
        """A table row or a footnote: it stands in the list that it interrupts, and ends none."""
        fresh, before = self.fresh, self.nodes[-1] if self.nodes else None
        if paragraph.kind is BlockKind.ROW and self.open and self.open[-1].style is Style.BULLET:
            self.open.pop()
        parent = before.parent if before is not None and self.open and self.open[-1].parent is before.parent else None
        self._keep(Node(paragraph, paragraph.span.start, paragraph.span.end, self.scope, self.heading, parent))
        self.fresh = fresh

    def _bare(self, paragraph: Paragraph) -> Paragraph | None:
        """The paragraph with its number, when the dot after it was forgotten: `34 Most children …` after 33."""
        match = _BARE.match(paragraph.words)
        if match is None or not self.open or (paragraph.lines == 1 and not paragraph.sure):
            return None
        number = int(match[1])
        for group in reversed(self.open):
            if group.style is Style.NUMBER and group.parent is None and group.last.value + 1 == number:
                reading = Reading(Style.NUMBER, number, (match[1],))
                marker = Marker(match[1], group.close, 0, match.end(), (reading,))
                return replace(paragraph, marker=marker, clause_start=paragraph.span.start)
        return None

    def _keep(self, node: Node) -> None:
        if node.parent is not None:
            node.parent.children.append(node)
            node.parent.extend(node.end)
        self.nodes.append(node)
        self.fresh = False

    def _close_below(self, group: Group) -> None:
        while self.open[-1] is not group:
            self.open.pop()

    def _close_to(self, parent: Node) -> None:
        """Close the lists that do not hold `parent`."""
        keep = [node.group for node in ancestry(parent) if node.group is not None]
        self.open = [
            group for group in self.open if group in keep or (group.parent is None and group.style is not Style.BULLET)
        ]

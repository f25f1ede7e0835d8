"""The outline of a body: which paragraph is an item of which, and under what heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from ingest.headings import annex_name, is_heading, is_section, letters_section, tidy
from ingest.layout import Paragraph, unmarked
from ingest.lists import opening, successor, unbroken
from ingest.markers import Marker, Reading, Style
from ingest.nodes import Group, Node, ancestry, number_order
from ingest.raw import BlockKind

_MAX_DEPTH = 8
_SHORT_LINE = 90
_TOLD = 2  # headings that show that the format marks them
_BARE = re.compile(r"(\d{1,3})\s+(?=[A-Z][a-z]+\s+[a-z])")


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
        self.told = sum(1 for p in self.paragraphs if p.sure and p.kind is BlockKind.HEADING) >= _TOLD
        self.nodes: list[Node] = []
        self.open: list[Group] = []  # the outermost first
        self.heading: str | None = None
        self.scope = ""
        self.fresh = True  # nothing but a heading stands before: no lead-in
        self.sections: dict[tuple[str, ...], Node] = {}
        self.dotted: tuple[int, ...] | None = None  # the last dotted number
        self.ranks: dict[tuple[str, ...], Group] = {}  # the dotted numbers that share their first parts
        self.section: Node | None = None  # the numbered heading that prose belongs to

    def run(self) -> tuple[Node, ...]:
        for i, paragraph in enumerate(self.paragraphs):
            if i in self.walls:
                self._wall()
            annex = annex_name(paragraph)
            if annex and annex != self.scope:
                self._enter(annex, paragraph)
            elif is_heading(self.paragraphs, i, self._expects, told=self.told) or letters_section(self.paragraphs, i):
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
        self.sections, self.ranks = {}, {}
        self.section = None
        self.fresh = True

    # headings

    def _enter(self, annex: str, paragraph: Paragraph) -> None:
        self.scope, self.open, self.sections, self.ranks, self.dotted = annex, [], {}, {}, None
        self._head(tidy(paragraph.words))

    def _head(self, words: str) -> None:
        self.heading = words
        self.section = None
        self.fresh = True
        while self.open and self._ends_at_heading(self.open[-1]):
            self.open.pop()

    @staticmethod
    def _ends_at_heading(group: Group) -> bool:
        return group.style is Style.BULLET or (group.parent is not None and group.style is not Style.DOTTED)

    def _expects(self, paragraph: Paragraph) -> bool:
        """Whether the paragraph goes on with a list that is open."""
        marker = paragraph.marker
        return marker is not None and not marker.bullet and successor(self.open, marker) is not None

    def _reachable(self) -> list[Group]:
        """The lists that a paragraph may go on with: bullets of before a heading are not."""
        return [group for group in self.open if not (self.fresh and group.style is Style.BULLET)]

    # marked paragraphs

    def _place(self, i: int, paragraph: Paragraph, marker: Marker) -> bool:
        if not self._list(i, paragraph, marker):
            return False
        node = self.nodes[-1]
        above = [other for other in ancestry(node) if other.section]
        self.section = above[-1] if above else None
        if (
            is_section(self.paragraphs, i)
            and node.group is not None
            and (node.group.parent is None or node.group.parent.section)
        ):
            node.section = True
            self.section = node
        return True

    def _list(self, i: int, paragraph: Paragraph, marker: Marker) -> bool:
        if marker.readings[0].style is Style.DOTTED:
            return self._place_dotted(paragraph, marker)
        found = successor(self._reachable(), marker, paragraph)
        if found is not None:
            group, reading = found
            self._close_below(group)
            self._add(paragraph, group, reading.value)
            return True
        begun = opening(self.paragraphs, i, marker, self.open)
        if begun is None:
            return False
        parent = self._lead_in(i, paragraph, begun)
        self._start(paragraph, begun, marker, parent)
        return True

    def _lead_in(self, i: int, paragraph: Paragraph, reading: Reading) -> Node | None:
        """The clause on which a new list hangs."""
        if self.fresh or not self.nodes or len(self.open) >= _MAX_DEPTH:
            return None
        before = self.nodes[-1]
        if before.group is not None and before.group.style is Style.BULLET and reading.style is not Style.BULLET:
            before = before.parent or before
        if reading.style is Style.NUMBER:
            if not unbroken(self.paragraphs, i, reading):
                return None
            leads = (before.tail or before.paragraph.words).endswith((":", "—", "–")) or (
                before.group is not None and paragraph.indent > before.paragraph.indent + 1
            )
            return before if leads else None
        return before

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
        parent = self._reached(self.sections.get(path[:-1]))
        self.open = [g for g in self.open if g.parent is None and g.style is Style.NUMBER]
        if parent is not None:
            for node in ancestry(parent):
                if node.group is not None and node.group not in self.open:
                    self.open.append(node.group)
        group = self.ranks.get(path[:-1])
        if group is None or group.parent is not parent:
            group = Group(Style.DOTTED, marker.close, parent, paragraph.indent, path=path[:-1])
        self.ranks[path[:-1]] = group
        if group not in self.open:
            self.open.append(group)
        node = self._add(paragraph, group, numbers[-1])
        self.sections[path] = node
        self.dotted = numbers
        return True

    def _add(self, paragraph: Paragraph, group: Group, value: int) -> Node:
        marker = paragraph.marker
        if group.parent is not None and self._reached(group.parent) is None:
            group = Group(group.style, group.close, None, group.indent, path=group.path)
            self.open = [other for other in self.open if other.parent is None] + [group]
        start = min(paragraph.clause_start, paragraph.span.end)
        node = Node(
            paragraph,
            start,
            paragraph.span.end,
            self.scope,
            self._heading(group.parent),
            group.parent,
            group=group,
            value=value,
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
        while self.open and self._ends_at_heading(self.open[-1]) and not self._holds_section(self.open[-1]):
            self.open.pop()
        if self._same_lines(paragraph):
            self.nodes[-1].extend(paragraph.span.end)
            return
        if self.section is not None and self.section is self.nodes[-1] and not self.section.tail:
            self.section.tail = paragraph.words  # the first paragraph under a numbered heading is of its clause
            self.section.extend(paragraph.span.end)
            return
        parent = self._reached(self.section) or self._reached(self.open[-1].parent if self.open else None)
        self._keep(Node(paragraph, paragraph.span.start, paragraph.span.end, self.scope, self._heading(parent), parent))

    def _reached(self, parent: Node | None) -> Node | None:
        """The parent, if the text so far ends in it: a clause never grows over what stands after it."""
        return parent if parent is not None and self.nodes and parent in ancestry(self.nodes[-1]) else None

    def _holds_section(self, group: Group) -> bool:
        return self.section is not None and self.section.group is group

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
                found = successor(self.open, later.marker, later)
                return found is not None and found[0].parent is not None
            if is_heading(self.paragraphs, k, self._expects, told=self.told):
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
        parent = self._reached(parent)
        self._keep(Node(paragraph, paragraph.span.start, paragraph.span.end, self.scope, self._heading(parent), parent))
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

    def _heading(self, parent: Node | None) -> str | None:
        """The heading over a clause under `parent`: that of a numbered section, where it stands in one."""
        for node in reversed(ancestry(parent) if parent is not None else []):
            if node.section and node.heading == self.heading:
                return tidy(node.paragraph.words)
        return self.heading

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

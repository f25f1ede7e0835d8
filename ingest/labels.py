"""Clause labels: what a person would cite.  The forms are those of the public contract."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.markers import Style
from ingest.nodes import Group, Node
from ingest.notice import ClauseKind
from ingest.raw import BlockKind


def label(nodes: Sequence[Node]) -> list[tuple[str, ClauseKind]]:
    """A label and a kind for each node, in order; no label comes twice."""
    return _Labels(nodes).run()


class _Labels:
    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self.names: dict[int, str] = {}
        self.used: set[str] = set()
        self.numbered = {scope for scope in {n.scope for n in nodes} if _numbers_paragraphs(nodes, scope)}
        self.prose: dict[str, int] = {}
        self.lists: dict[str, int] = {}
        self.prefixes: dict[int, str] = {}
        self.anchor: dict[str, str] = {}  # scope -> label of the last numbered paragraph
        self.rows: dict[int, int] = {}
        self.reserved = {_plain(n) for n in nodes if _top_number(n)}

    def run(self) -> list[tuple[str, ClauseKind]]:
        out = []
        for node in self.nodes:
            name, kind = self._name(node)
            name = self._unique(name)
            self.names[id(node)] = name
            if kind is ClauseKind.NUMBERED and (
                node.parent is None or (node.group and node.group.style is Style.DOTTED)
            ):
                self.anchor[node.scope] = name
            out.append((name, kind))
        return out

    def _unique(self, name: str) -> str:
        unique, n = name, 1
        while unique in self.used:
            n += 1
            unique = f"{name} ({n})"
        self.used.add(unique)
        return unique

    def _name(self, node: Node) -> tuple[str, ClauseKind]:
        if node.paragraph.kind is BlockKind.ROW:
            table = node.paragraph.table
            self.rows[table] = self.rows.get(table, 0) + 1
            return f"table {table} row {self.rows[table]}", ClauseKind.ROW
        if node.paragraph.kind is BlockKind.NOTE:
            return self._note(node), ClauseKind.PROSE
        group = node.group
        if group is None or (group.style is Style.BULLET and group.parent is None):
            return self._prose(node), ClauseKind.PROSE
        if id(group) not in self.prefixes:
            self.prefixes[id(group)] = self._prefix(group, node)
        prefix = self.prefixes[id(group)]
        printed = node.paragraph.marker.printed if node.paragraph.marker else str(node.value)
        if group.style is Style.BULLET:
            return f"{prefix} bullet {node.value}", ClauseKind.ITEM
        if prefix.endswith("("):
            return f"{prefix}{printed})", ClauseKind.ITEM
        if (
            group.style is Style.NUMBER
            and group.parent is not None
            and group.parent.group is None
            and group.close != "."
        ):
            return f"{prefix}{printed})", ClauseKind.ITEM
        if group.style in (Style.NUMBER, Style.DOTTED):
            return prefix + printed, ClauseKind.NUMBERED
        if group.parent is None and group.style in (Style.UPPER, Style.UPPER_ROMAN):
            return prefix + printed, ClauseKind.NUMBERED
        return f"{prefix}{printed})", ClauseKind.ITEM

    @staticmethod
    def _note(node: Node) -> str:
        printed = re.match(r"\W?(\d{1,3}|[*†‡])", node.paragraph.words)
        return f"footnote {printed[1]}" if printed else "footnote"

    def _prefix(self, group: Group, node: Node) -> str:
        """What stands before the printed marker of each member of a list."""
        scope = f"{node.scope} " if node.scope else ""
        parent = self.names.get(id(group.parent)) if group.parent else None
        if group.style is Style.BULLET:
            return parent or "list"
        if group.style is Style.DOTTED:
            return scope
        own = {scope + (m.paragraph.marker.printed if m.paragraph.marker else "") for m in group.members}
        if group.style is Style.NUMBER:
            taken = self.used | (self.reserved if group.parent is not None else set())
            if not own & taken and not (group.close in (")", "()") and group.parent and group.parent.group is None):
                return scope
            if group.parent is not None and self._under_number(group.parent):
                return f"{parent}("
        elif group.parent is not None and group.parent.group is not None and parent is not None:
            if group.parent.group.style is not Style.BULLET:
                return f"{parent}("
        elif group.parent is None and group.style in (Style.UPPER, Style.UPPER_ROMAN) and not own & self.used:
            return scope
        self.lists[node.scope] = self.lists.get(node.scope, 0) + 1
        count = self.lists[node.scope]
        if group.style is Style.NUMBER and own & self.used:
            count = max(count, 2)
            self.lists[node.scope] = count
        return scope if count == 1 else f"{scope}list {count} "

    @staticmethod
    def _under_number(node: Node) -> bool:
        return node.group is not None and node.group.style is not Style.BULLET

    def _prose(self, node: Node) -> str:
        scope = f"{node.scope} " if node.scope else ""
        if node.scope in self.numbered:
            anchor = self.anchor.get(node.scope)
            base = f"after {anchor}" if anchor else f"{scope}opening"
            if anchor and scope:
                base = f"{scope}after {anchor.removeprefix(scope)}"
            self.prose[base] = self.prose.get(base, 0) + 1
            return base if self.prose[base] == 1 else f"{base} {self.prose[base]}"
        self.prose[scope] = self.prose.get(scope, 0) + 1
        return f"{scope}para {self.prose[scope]}"


def _top_number(node: Node) -> bool:
    group = node.group
    if group is None or group.style not in (Style.NUMBER, Style.DOTTED) or group.parent is not None:
        return False
    return group.style is Style.DOTTED or not group.close.isalpha()


def _plain(node: Node) -> str:
    scope = f"{node.scope} " if node.scope else ""
    return scope + (node.paragraph.marker.printed if node.paragraph.marker else "")


def _numbers_paragraphs(nodes: Sequence[Node], scope: str) -> bool:
    """Whether the document (or annex) numbers its paragraphs, and does not only hold a numbered list."""
    here = [n for n in nodes if n.scope == scope]
    numbered = sum(1 for n in here if n.group and (_top_number(n) or n.group.style is Style.DOTTED))
    prose = sum(1 for n in here if n.group is None and n.parent is None and n.paragraph.kind is not BlockKind.ROW)
    return numbered >= 2 and numbered * 3 >= prose

"""Clauses to be: nodes, and the lists that they are members of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.layout import Paragraph
from ingest.markers import Style


@dataclass(slots=True, eq=False)
class Node:
    """A clause to be: one paragraph and what hangs on it.

    end     end of the text that is its own or its items'
    group   the list that it is a member of
    scope   the annex that it stands in, or ""
    section whether it is a numbered heading, and `tail` the paragraph that follows it
    """

    paragraph: Paragraph
    start: int
    end: int
    scope: str
    heading: str | None = None
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    group: Group | None = None
    value: int = 0
    section: bool = False
    tail: str = ""

    def extend(self, end: int) -> None:
        node: Node | None = self
        while node is not None and node.end < end:
            node.end = end
            node = node.parent


@dataclass(slots=True, eq=False)
class Group:
    """One list: its members count in one style."""

    style: Style
    close: str
    parent: Node | None
    indent: int
    members: list[Node] = field(default_factory=list)
    path: tuple[str, ...] = ()

    @property
    def last(self) -> Node:
        return self.members[-1]


def ancestry(node: Node) -> list[Node]:
    """The node and all above it, the outermost first."""
    chain: list[Node] = []
    current: Node | None = node
    while current is not None:
        chain.append(current)
        current = current.parent
    return chain[::-1]


def number_order(path: Sequence[str]) -> tuple[int, ...]:
    head = re.sub(r"\D", "", path[0])
    letter = ord(path[0][0]) * 1000 if path[0][:1].isalpha() else 0
    return (letter + int(head or 0), *(int(p) for p in path[1:]))

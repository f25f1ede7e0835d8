"""What the law referred to is the basis of."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.facts.scope import Scope
from ingest.facts.statutes import find_law
from ingest.facts.topics import cut_before, strip_edges, words_after
from ingest.notice import Fact

__all__ = ["find_law", "legal_facts"]


def legal_facts(scope: Scope) -> Iterator[Fact]:
    """`legal_basis`: each reference, its topic what it is the basis of."""
    for statement in scope.statements:
        for ref in statement.law:
            value = ref.span
            before = strip_edges(statement.before(value))
            topic = before if len(before.split()) >= 2 else f"{before} {words_after(statement, value)}"
            yield statement.fact("legal_basis", value, ref.normalised, cut_before(topic, 240))

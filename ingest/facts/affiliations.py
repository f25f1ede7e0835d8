"""Whose side a person is on: `Labour’s Ann Bell`, `Green group leader Carl Dunn`, `the Labour councillor`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.facts.mentions import Mention
from ingest.facts.scope import Scope
from ingest.notice import Fact

_OFFICE = r"(?:group\s+leader|councillor|MP|MSP|peer|assembly\s+member|politician)"
_PARTY = r"(?P<of>[A-Z][\w-]+(?:\s+[A-Z][\w-]+)?)"
_IN_ROLE = re.compile(rf"{_PARTY}\s+{_OFFICE}\b")
_TAKES_UP = re.compile(rf"\s*The\s+{_PARTY}\s+{_OFFICE}\b(?!\s+[A-Z])")


def affiliation_facts(scope: Scope, mentions: Sequence[Mention]) -> Iterator[Fact]:
    """`affiliation`: the value is the party or body, the topic the person's name."""
    for statement in scope.statements:
        for mention in mentions:
            if not statement.span.covers(mention.span):
                continue
            if mention.affiliation:
                before = statement.text[: mention.span.start - statement.span.start]
                place = before.rfind(mention.affiliation)
                length = len(mention.affiliation)
            else:
                words = statement.text[: mention.span.end - statement.span.start]
                found = _IN_ROLE.match(mention.role)
                place = words.rfind(found["of"]) if found else -1
                length = len(found["of"]) if found else 0
            if place >= 0:
                value = statement.place(place, place + length)
                yield statement.fact("affiliation", value, value.of(scope.text), mention.name)
    for before_it, statement in pairwise(scope.statements):
        opening = _TAKES_UP.match(statement.text)
        named = [m for m in mentions if before_it.span.covers(m.span)]
        if opening is not None and named:
            value = statement.place(opening.start("of"), opening.end("of"))
            yield statement.fact("affiliation", value, opening["of"], named[-1].name)

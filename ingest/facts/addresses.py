"""Addresses outside the blocks of a letter: a cell of a table, lines at the foot of a report, or within a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.blocks import ADDRESS_WORD, POSTCODE
from ingest.facts.names import collapse
from ingest.facts.scope import Scope, Statement
from ingest.facts.topics import words_before
from ingest.notice import ClauseKind, Fact

_CELL = re.compile(r"[^|]+")
_WITHIN = re.compile(
    r"\b(?:at|to|of|is|address(?:es)?|located\s+(?:at|in)|based\s+(?:at|in)|write\s+to|office)\s*:?\s+"
    r"(?P<address>(?:[A-Z0-9][\w’'&./-]*,?(?:\s+|$)){2,16}?)(?=[a-z]|$)"
)
_SMALL = frozenset(["of", "and", "the", "on", "upon", "in", "le", "under"])
_MOST_WORDS = 24  # words of an address that stands alone


def address_facts(scope: Scope) -> Iterator[Fact]:
    """`address`, with whose it is as topic: the heading of the cell's column, or the words before."""
    for statement in scope.statements:
        if statement.is_block or not (POSTCODE.search(statement.text) or ADDRESS_WORD.search(statement.text)):
            continue
        if statement.clause.kind is ClauseKind.ROW:
            yield from _in_cells(scope, statement)
        elif POSTCODE.search(statement.text) and _stands_alone(statement.text):
            yield statement.fact("address", statement.span, collapse(statement.text), scope.document.issuer or "")
        else:
            yield from _within(statement)


def _in_cells(scope: Scope, statement: Statement) -> Iterator[Fact]:
    heads = _headings(scope, statement)
    for at, cell in enumerate(_CELL.finditer(statement.text)):
        if POSTCODE.search(cell.group()) and len(cell.group().split()) <= _MOST_WORDS:
            start = cell.start() + len(cell.group()) - len(cell.group().lstrip())
            value = statement.place(start, cell.start() + len(cell.group().rstrip()))
            whose = heads[at] if at < len(heads) else ""
            yield statement.fact("address", value, collapse(cell.group()), whose)


def _headings(scope: Scope, statement: Statement) -> list[str]:
    """The first row of the table that the statement is a row of."""
    table = statement.clause.label.rsplit(" row ", 1)[0]
    head = scope.document.clause(f"{table} row 1")
    return [collapse(cell) for cell in head.span.of(scope.text).strip("| \n").split("|")] if head is not None else []


def _stands_alone(text: str) -> bool:
    words = text.split()
    return 3 <= len(words) <= _MOST_WORDS and all(not w[0].islower() or w.casefold() in _SMALL for w in words)


def _within(statement: Statement) -> Iterator[Fact]:
    for m in _WITHIN.finditer(statement.text):
        words = m["address"].rstrip(" ,.\n")
        known = POSTCODE.search(words) or (ADDRESS_WORD.search(words) and re.search(r"[0-9]", words) and "," in words)
        if known and len(words.split()) >= 3:
            value = statement.place(m.start("address"), m.start("address") + len(words))
            yield statement.fact("address", value, collapse(words), words_before(statement, value))

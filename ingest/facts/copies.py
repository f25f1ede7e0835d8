"""To whom copies go: people, offices and organisations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.facts.blocks import ORGANISATION, POSTCODE
from ingest.facts.mentions import Mention
from ingest.facts.names import ROLE, collapse
from ingest.facts.scope import Scope, Statement
from ingest.notice import Fact, Span

_COPY = re.compile(r"\b(?:copy(?:ing)?|copied|copies|cc)\b", re.IGNORECASE)
_COPY_VERB = re.compile(
    r"\b(?:copying\s+(?:this|the)\b|(?:am|are|is|be|been|have|has)\s+(?:also\s+)?(?:copying|copied)\b|cop(?:y"
    r"|ies)\s+(?:of\s+this\s+\w+\s+)?"
    r"(?:(?:has|have|is|are|was|will)\b[^.]{0,30}\b)?(?:sent\s+|go(?:es|ing)?\s+)?to\b|^\s*cc\b|^\s*copied\s+to\b"
    r"|^\s*c\.c\.)", re.IGNORECASE | re.MULTILINE
)  # fmt: skip


_COPY_LABEL = re.compile(r"^\s*(?:(?:cc|c\.c\.|copied\s+to|cop(?:y|ies)\s+to)\s*:?|distribution\s*:)\s*", re.IGNORECASE)
_LABEL_ALONE = re.compile(rf"{_COPY_LABEL.pattern}$", re.IGNORECASE)
_NEXT_COPY = re.compile(r"\s*;\s*(?:and\s+)?(?:to\s+)?|,?\s+and\s+(?:to\s+)?(?=the\s)|,\s+(?:to\s+)?(?=the\s)")
_BY_SEMICOLON = re.compile(r"\s*;\s*(?:and\s+)?")
_SENT_TO = re.compile(r"\bto\s+(?=the\s|[A-Z])")
_COPY_WORDS = 12


def copied_facts(scope: Scope, mentions: Sequence[Mention]) -> Iterator[Fact]:
    """`copied_to`: every person, office and organisation that the text or the copy block names, with the role."""
    lines = tuple(entry_lines(scope, mentions))
    below = {line.span for entry in lines for line in entry.below}
    roles = {entry.line.span: entry.role for entry in lines}
    for statement in scope.statements:
        if statement.span in below:
            continue
        block = statement.is_block and statement.clause.label.startswith("copied to")
        verb = None if block or not _COPY.search(statement.text) else _COPY_VERB.search(statement.text)
        if not block and verb is None:
            continue
        named = [m for m in mentions if statement.span.covers(m.span)]
        for m in named:
            role = m.role or roles.get(statement.span) or _stated(mentions, m.name)
            yield statement.fact("copied_to", m.span, m.name, role)
        whole = _copy_list(statement, verb)
        for part in _parts(scope.text, whole, _BY_SEMICOLON if named else _NEXT_COPY) if whole else ():
            words = part.of(scope.text)
            if any(m.quote_span().overlaps(part) for m in named) or len(words.split()) > _COPY_WORDS:
                continue
            if block or ((not named or ";" in statement.text) and (ORGANISATION.search(words) or ROLE.search(words))):
                yield statement.fact("copied_to", part, None)


@dataclass(frozen=True, slots=True)
class Entry:
    """One recipient of a copy block: the line of the name, and those that tell the post, the body and the address."""

    line: Statement
    below: tuple[Statement, ...]

    @property
    def role(self) -> str:
        told = [x.text.strip(" ,") for x in self.below if not _is_address(x.text)]
        return collapse(", ".join(told))


def entry_lines(scope: Scope, mentions: Sequence[Mention]) -> Iterator[Entry]:
    """The recipients of the copy blocks whose names have lines of their own below them."""
    blocks: dict[str, list[Statement]] = {}
    for statement in scope.block("copied to"):
        if not _LABEL_ALONE.match(statement.text):
            blocks.setdefault(statement.clause.label, []).append(statement)
    for lines in blocks.values():
        if any(POSTCODE.search(line.text) for line in lines[1:]):  # the whole block is one address
            yield Entry(lines[0], tuple(lines[1:]))
            continue
        for n, line in enumerate(lines):
            named = [m for m in mentions if line.span.covers(m.span)]
            if len(named) == 1 and not named[0].role:
                below = _below(lines[n + 1 :], mentions)
                if below:
                    yield Entry(line, below)


def _below(lines: Sequence[Statement], mentions: Sequence[Mention]) -> tuple[Statement, ...]:
    """The post on a line of its own under a name, and the body under that."""
    if not lines or any(lines[0].span.covers(m.span) for m in mentions) or not ROLE.search(lines[0].text):
        return ()
    body = len(lines) > 1 and ORGANISATION.search(lines[1].text) is not None and not ROLE.search(lines[1].text)
    return tuple(lines[:2] if body else lines[:1])


def _is_address(line: str) -> bool:
    return POSTCODE.search(line) is not None or re.match(r"\s*[0-9]", line) is not None


def _stated(mentions: Sequence[Mention], name: str) -> str:
    return next((x.role for x in mentions if x.name == name and x.role), "")


def _copy_list(statement: Statement, verb: re.Match[str] | None) -> Span | None:
    """Where a statement lists whom the copies go to: after its label, or after the verb's `to`."""
    if verb is not None:
        to = _SENT_TO.search(statement.text, max(verb.start(), verb.end() - 3))
        start = to.end() if to else len(statement.text)
    else:
        label = _COPY_LABEL.match(statement.text)
        if label is None and len(statement.text.split()) > _COPY_WORDS:
            return None
        start = label.end() if label else 0
    end = len(statement.text.rstrip(" .;,"))
    return statement.place(start, end) if start < end else None


def _parts(text: str, whole: Span, between: re.Pattern[str]) -> Iterator[Span]:
    start = whole.start
    for m in between.finditer(text, whole.start, whole.end):
        if m.start() > start:
            yield Span(start, m.start())
        start = m.end()
    if start < whole.end:
        yield Span(start, whole.end)

"""Who wrote an e-mail, to whom, and who got a copy: the people of its headers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.facts.mentions import Mention
from ingest.facts.names import FULL_NAME, plausible
from ingest.facts.scope import Scope, Statement
from ingest.mailboxes import Mailbox, mailboxes
from ingest.notice import Fact, Span

_HEADER = re.compile(r"\s*(?P<header>From|To|Cc|Bcc)\s*:\s*", re.IGNORECASE)
_FULL = re.compile(FULL_NAME)
_KINDS = {"to": "addressee", "cc": "copied_to", "bcc": "copied_to"}


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody that a header names; `header` in lower case."""

    statement: Statement
    header: str
    box: Mailbox

    @property
    def is_person(self) -> bool:
        return _FULL.fullmatch(self.box.name) is not None and plausible(self.box.name.split())


def mail_parties(scope: Scope) -> tuple[Party, ...]:
    """All parties in the order of the headers; none when the document is no e-mail."""
    if scope.document.kind != "e-mail":
        return ()
    found: list[Party] = []
    for statement in scope.statements:
        m = _HEADER.match(statement.text) if statement.is_block else None
        if m is not None and statement.clause.label in ("letterhead", "addressee", "copied to"):
            within = Span(statement.span.start + m.end(), statement.span.end)
            found += [Party(statement, m["header"].lower(), box) for box in mailboxes(scope.text, within)]
    return tuple(found)


def mail_mentions(scope: Scope) -> Iterator[Mention]:
    """The people among the parties."""
    return (Mention(x.box.span, x.box.name) for x in mail_parties(scope) if x.is_person)


def mail_facts(scope: Scope, roles: Mapping[str, str], *, signed: bool) -> Iterator[Fact]:
    """`addressee` and `copied_to` with the role stated elsewhere; `signatory`, the sender, when nobody `signed`."""
    for party in mail_parties(scope):
        kind = _KINDS.get(party.header, "" if signed else "signatory")
        role = roles.get(party.box.name, "")
        if kind:
            yield party.statement.fact(kind, party.box.span, party.box.name, role)

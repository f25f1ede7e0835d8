"""All facts of a document: each finder in turn, doubles dropped, in document order."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.facts.addresses import address_facts
from ingest.facts.affiliations import affiliation_facts
from ingest.facts.blocks import addressee_facts, letterhead_facts, signature_facts
from ingest.facts.contacts import contact_facts
from ingest.facts.copies import copied_facts
from ingest.facts.counts import count_facts
from ingest.facts.deadlines import deadline_facts, duration_facts, interval_facts
from ingest.facts.duties import definition_facts, duty_facts
from ingest.facts.events import event_facts
from ingest.facts.issue import addressee_in_prose, issue_facts, issuer_facts
from ingest.facts.judgements import judgement_facts
from ingest.facts.law import legal_facts
from ingest.facts.mail import mail_facts
from ingest.facts.mentions import roles_of
from ingest.facts.organisations import organisation_facts
from ingest.facts.references import inspection_facts, report_facts
from ingest.facts.roles import people_facts, people_of
from ingest.facts.rows import row_facts
from ingest.facts.scope import Scope, read_scope
from ingest.notice import Document, Fact, Span

_DATED = frozenset({"issued_on", "signed_on", "report_date", "inspection", "deadline"})


def find_facts(document: Document) -> tuple[Fact, ...]:
    """The facts of a document whose clauses are split, in the order of their values in the text.

    Every span is exact and inside the clause named, but for a signature, an address and the like, whose
    quotation may run over several lines of one block.
    """
    scope = read_scope(document)
    mentions = people_of(scope)
    facts: list[Fact] = []
    facts.extend(issue_facts(scope))
    facts.extend(issuer_facts(scope))
    signed = list(signature_facts(scope, roles_of(mentions)))
    mailed = list(mail_facts(scope, roles_of(mentions), signed=bool(signed)))
    addressed = mailed or list(addressee_facts(scope))
    facts.extend(addressed or addressee_in_prose(scope))
    facts.extend(letterhead_facts(scope))
    facts.extend(address_facts(scope))
    facts.extend(signed)
    facts.extend(() if mailed else copied_facts(scope, mentions))
    facts.extend(people_facts(scope, mentions))
    facts.extend(affiliation_facts(scope, mentions))
    facts.extend(report_facts(scope))
    facts.extend(inspection_facts(scope))
    facts.extend(row_facts(scope))
    facts.extend(deadline_facts(scope))
    facts.extend(interval_facts(scope))
    facts.extend(duration_facts(scope))
    facts.extend(legal_facts(scope))
    facts.extend(judgement_facts(scope))
    facts.extend(duty_facts(scope))
    facts.extend(definition_facts(scope))
    facts.extend(contact_facts(scope, mentions))
    facts.extend(count_facts(scope))
    facts.extend(organisation_facts(scope, [s for m in mentions for s in (m.span, m.role_span) if s is not None]))
    known = frozenset(d for f in facts if f.kind in _DATED for d in _dates_in(scope, f))
    facts.extend(event_facts(scope, known))
    return tuple(sorted(_distinct(facts), key=lambda f: (f.value_span, f.kind, f.topic)))


def _dates_in(scope: Scope, fact: Fact) -> Iterator[Span]:
    for statement in scope.statements:
        if statement.span.overlaps(fact.value_span):
            yield from (d.span for d in statement.dates if fact.value_span.covers(d.span))


def _distinct(facts: list[Fact]) -> Iterator[Fact]:
    seen: set[tuple[str, int, int, str]] = set()
    for fact in facts:
        key = (fact.kind, fact.value_span.start, fact.value_span.end, fact.topic if fact.kind == "person_role" else "")
        if key not in seen:
            seen.add(key)
            yield fact

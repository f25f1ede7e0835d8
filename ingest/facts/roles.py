"""People: each stated role, and each further mention with the full name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.facts.blocks import addressees, each_addressee, signatories
from ingest.facts.mail import mail_mentions
from ingest.facts.mentions import Mention, join_mentions, roles_of
from ingest.facts.names import collapse
from ingest.facts.people import find_people
from ingest.facts.scope import Scope, Statement
from ingest.facts.stated_roles import roles_beside
from ingest.notice import Fact


def people_of(scope: Scope) -> tuple[Mention, ...]:
    """All mentions in the document: those of the prose, and the names that stand in its blocks."""
    passages = [s.span for s in scope.statements]
    in_text = list(find_people(scope.text, passages))
    signed = [Mention(s.span, s.name, s.role, s.role_span) for s in signatories(scope)]
    mailed = list(mail_mentions(scope))
    for to in () if mailed else (who for who in addressees(scope) if who.person):
        signed.extend(Mention(span, name, to.role, to.role_span) for span, name in each_addressee(scope, to))
    signed.extend(mailed)
    kept = [m for m in in_text if not any(m.span.overlaps(s.span) for s in signed)]
    joined = join_mentions(scope.text, passages, [*kept, *signed])
    return tuple(each for mention in joined for each in _with_roles(scope, mention))


def _with_roles(scope: Scope, mention: Mention) -> Iterator[Mention]:
    """The mention with each role that its sentence states, which a short name (`Ann was made chair`) lacks yet."""
    statement = None if mention.role else _statement_of(scope, mention)
    roles = roles_beside(scope.text, statement.span, mention.span) if statement and not statement.is_block else ()
    for role in roles:
        yield replace(mention, role=collapse(role.of(scope.text)), role_span=role)
    if not roles:
        yield mention


def people_facts(scope: Scope, mentions: Sequence[Mention]) -> Iterator[Fact]:
    """`person_role` for a mention with its role, `person` for one without (topic: the role stated elsewhere)."""
    roles = roles_of(mentions)
    for mention in mentions:
        statement = _statement_of(scope, mention)
        if statement is None:
            continue
        whole = mention.quote_span()
        span = statement.span if statement.span.covers(whole) else None
        if mention.role and span is not None:
            yield statement.fact("person_role", mention.span, mention.name, mention.role, mention.affiliation, span)
        elif not mention.role:
            yield statement.fact("person", mention.span, mention.name, roles.get(mention.name, ""))


def _statement_of(scope: Scope, mention: Mention) -> Statement | None:
    return next((s for s in scope.statements if s.span.covers(mention.span)), None)

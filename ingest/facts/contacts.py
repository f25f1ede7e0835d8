"""E-mail addresses, telephone numbers, web addresses and reference numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.facts.mail import mail_parties
from ingest.facts.mentions import Mention, roles_of
from ingest.facts.names import collapse
from ingest.facts.scope import Scope, Statement
from ingest.facts.topics import topic_around, words_before
from ingest.notice import Fact, Span

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>()“”\"]+[^\s<>()“”\".,;:!?’']")
_PHONE = re.compile(
    r"(?<![\w.-])(?:\+?[0-9]{1,3}[\s-])?(?:\(0?[0-9]{2,4}\)|0[0-9]{2,4}|[0-9]{3})[\s-]{1,2}[0-9]{3,4}(?:[\s-]{1,2}[0-9]{3,4}){0,2}(?![\w-])"
)
_CALL = re.compile(
    r"\b(?:tel|telephone|phone|textphone|fax|call|contact|ring|reach(?:ed)?|dial|speak(?:ing)?|mobile|helpline|number|t)\b"
    r"(?:[^.;]|\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Cllr)\.|\b[A-Z]\.){0,70}$",
    re.IGNORECASE,
)
_AREA = re.compile(r"\([0-9]{3}\)")  # a number so printed needs no word for it
_ASKS = re.compile(
    r"(?:\b(?:sent|send|addressed|address|direct(?:ed)?|submit(?:ted)?|go(?:es)?|write|reply|respond|speak|talk|e-?mail(?:ed)?)\b"
    r"[^.;]{0,40}?\b(?:to|with)\b|\b(?:contact|call|ring|phone|telephone|e-?mail|ask\s+for|fao|attn|attention(?:\s+of)?)\b:?)"
    r"\s*(?:(?:our|the|your)\s+)?$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?P<label>(?:case|serial|reference|ref|our\s+ref|your\s+ref|file|complaint|licen[cs]e|permit|notice|order|letter|claim|account|URN|UPRN|FEI"
    r"|registration|company|charity|MARCS-CMS|decision|application|invoice|incident|inspection)\s*(?:number|no\.?|num|id|#|:)*"
    r"(?:\s*(?:is|number))?\s*[:#]?)\s*(?P<number>(?:[A-Z]{1,6}[-/]){0,3}[A-Z]{0,6}[-/]?[0-9][\w/-]{3,})\b",
    re.IGNORECASE,
)


def contact_facts(scope: Scope, mentions: Sequence[Mention]) -> Iterator[Fact]:
    """`email`, `url`, `phone`, `reference_number` with what it numbers as topic, `contact`: whom to write to or ring.

    The topic of an address or number begins with the person that the sentence gives it for, and that of a `contact`
    is the person's role; its qualifier says what for.
    """
    roles = roles_of(mentions)
    owners = {x.box.address: x.box.name for x in mail_parties(scope)}
    for statement in scope.statements:
        people = [m for m in mentions if statement.span.covers(m.span)]
        yield from _contacts(statement, people, roles)
        for kind, pattern in (("email", _EMAIL), ("url", _URL)):
            for m in pattern.finditer(statement.text):
                value = statement.place(*m.span())
                yield statement.fact(
                    kind, value, m.group(), owners.get(m.group()) or _topic(statement, value, people, roles)
                )
        for m in _PHONE.finditer(statement.text):
            value = statement.place(*m.span())
            taken = [d.span for d in statement.dates]
            told = _AREA.match(m.group()) or _CALL.search(statement.text[: m.start()])
            if told and not any(value.overlaps(span) for span in taken):
                yield statement.fact("phone", value, collapse(m.group()), _topic(statement, value, people, roles))
        for m in _NUMBERED.finditer(statement.text):
            value = statement.place(*m.span("number"))
            if not any(value.overlaps(d.span) for d in statement.dates) and not re.fullmatch(
                r"(?:19|20)[0-9]{2}", m["number"]
            ):
                yield statement.fact("reference_number", value, m["number"], m["label"].strip(" :#"))


def _contacts(statement: Statement, people: Sequence[Mention], roles: Mapping[str, str]) -> Iterator[Fact]:
    """Each person that the sentence says to write to, ring or ask."""
    if statement.is_block and not statement.clause.label.startswith("letterhead"):
        return
    for m in people:
        before = statement.before(m.span)
        if _ASKS.search(before):
            yield statement.fact(
                "contact", m.span, m.name, m.role or roles.get(m.name, ""), words_before(statement, m.span)
            )


def _topic(statement: Statement, value: Span, people: Sequence[Mention], roles: Mapping[str, str]) -> str:
    """What an address or number is for, after the name and role of the last person named before it."""
    around = topic_around(statement, value)
    before = [m for m in people if m.span.end <= value.start]
    if not before or statement.is_block:
        return around
    owner = before[-1]
    who = ", ".join(part for part in (owner.name, owner.role or roles.get(owner.name, "")) if part)
    return f"{who} … {around}" if around else who

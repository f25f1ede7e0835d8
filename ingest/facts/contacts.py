"""E-mail addresses, telephone numbers, web addresses and reference numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.mail import mail_parties
from ingest.facts.names import collapse
from ingest.facts.scope import Scope
from ingest.facts.topics import topic_around
from ingest.notice import Fact

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>()“”\"]+[^\s<>()“”\".,;:!?’']")
_PHONE = re.compile(
    r"(?<![\w.-])(?:\+?[0-9]{1,3}[\s-])?(?:\(0?[0-9]{2,4}\)|0[0-9]{2,4}|[0-9]{3})[\s-]{1,2}[0-9]{3,4}(?:[\s-]{1,2}[0-9]{3,4}){0,2}(?![\w-])"
)
_CALL = re.compile(
    r"\b(?:tel|telephone|phone|textphone|fax|call|contact|ring|mobile|helpline|number|t)\b[^.;]{0,30}$", re.IGNORECASE
)
_NUMBERED = re.compile(
    r"\b(?P<label>(?:case|reference|ref|our\s+ref|your\s+ref|file|complaint|licen[cs]e|permit|notice|order|letter|claim|account|URN|UPRN|FEI"
    r"|registration|company|charity|MARCS-CMS|decision|application|invoice|incident|inspection)\s*(?:number|no\.?|num|id|#|:)*"
    r"(?:\s*(?:is|number))?\s*[:#]?)\s*(?P<number>[A-Z]{0,6}[-/]?[0-9][\w/-]{3,})\b",
    re.IGNORECASE,
)


def contact_facts(scope: Scope) -> Iterator[Fact]:
    """`email`, `url`, `phone`, and `reference_number` with what it numbers as topic."""
    owners = {x.box.address: x.box.name for x in mail_parties(scope)}
    for statement in scope.statements:
        for kind, pattern in (("email", _EMAIL), ("url", _URL)):
            for m in pattern.finditer(statement.text):
                value = statement.place(*m.span())
                yield statement.fact(kind, value, m.group(), owners.get(m.group()) or topic_around(statement, value))
        for m in _PHONE.finditer(statement.text):
            value = statement.place(*m.span())
            taken = [d.span for d in statement.dates]
            if _CALL.search(statement.text[: m.start()]) and not any(value.overlaps(span) for span in taken):
                yield statement.fact("phone", value, collapse(m.group()), topic_around(statement, value))
        for m in _NUMBERED.finditer(statement.text):
            value = statement.place(*m.span("number"))
            if not any(value.overlaps(d.span) for d in statement.dates) and not re.fullmatch(
                r"(?:19|20)[0-9]{2}", m["number"]
            ):
                yield statement.fact("reference_number", value, m["number"], m["label"].strip(" :#"))

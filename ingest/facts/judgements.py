"""Judgements, ratings and decisions: what was found, and about what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.scope import Scope, Statement
from ingest.facts.topics import strip_edges
from ingest.notice import Fact, Span

_RATING = (
    r"(?:outstanding|good|excellent|satisfactory|unsatisfactory|inadequate|adequate|poor|weak|failing|exceptional"
    r"|require[sd]?\s+improvement(?:\s+to\s+be\s+good)?|requires?\s+special\s+measures|special\s+measures"
    r"|not\s+met|met|fully\s+met|partly\s+met"
    r"|compliant|non-compliant|effective|ineffective|pass|fail|(?:substantial|reasonable|limited|no)\s+assurance)"
)
_PLAIN_RATING = (
    r"(?:outstanding|good|excellent|satisfactory|unsatisfactory|inadequate|adequate|poor|weak|failing"
    r"|requires\s+improvement(?:\s+to\s+be\s+good)?)"
)
_Q = r"[“”\"‘’']?"
_THAT = re.compile(
    rf"\b(?:judge?ment|finding|conclusion|decision|verdict|opinion|view)s?\s+(?:is\s+"
    rf"|was\s+)?that\s+(?P<topic>[^.;:]{{3,120}}?)\s+"
    rf"(?P<verb>are|is|was|were|have|has|had|remains?|require[sd]?)\s+{_Q}(?P<value>(?:[^.;:,“”\"‘]|[.](?=[0-9])){{3,100}}?){_Q}"
    rf"(?=,|;|[.](?![0-9])|\s+as\s+identified\b|\s+and\b(?!\s+[0-9])|$)",
    re.IGNORECASE,
)
_RATED = re.compile(
    rf"\b(?:rated|judged|graded|deemed|classed|declared|(?:assessed|found|described)(?=[^.;]{0, 80}\b(?:as"
    rf"|to\s+be)\s))\s+(?:that\s+)?(?P<topic>(?:(?!\bto\s+be\b|[.;]).){{0,120}}?)"
    rf"(?:\s*\b(?:to\s+be|as|is|are|was|were)\s+|\s+|(?<=\b))(?P<quote>{_Q})(?P<value>{_RATING}){_Q}(?![\w-])",
    re.IGNORECASE,
)
_REQUIRED = re.compile(
    r"\bjudged\s+that\s+(?P<topic>[^.;,]{3,80}?)\s+(?P<value>require[sd]?\s+improvement)\b", re.IGNORECASE
)
_IS_RATING = re.compile(
    rf"(?P<topic>\b(?:services?|effectiveness|provision|leadership|outcome|school|provider|trust|safeguarding"
    rf"|adoption|performance|care|quality"
    rf"|management|partnership|home)\b(?:[^.;:,]{{0,70}}?))\s+(?:is|are|was|were|remains?|remained)\s+(?:rated\s+"
    rf"|judged\s+)?{_Q}(?P<value>{_PLAIN_RATING}){_Q}(?=\s*(?:[.,;]|because|since|as\b|$))",
    re.IGNORECASE,
)
_LABELLED = re.compile(rf"^(?P<topic>.{{3,160}}?)(?:\s*[:|–—-]\s*|\s{{1,}})(?P<value>(?i:{_RATING}))\s*$", re.DOTALL)
_JUDGED_OF = re.compile(
    rf"\bjudge?ment\s+of\s+{_Q}(?P<value>{_RATING}){_Q}(?:\s+(?:for|in"
    rf"|on)\s+(?P<topic>[^.;,]{{3,80}}?))?(?=\s+(?:at|in|on)\b|[.,;]|$)",
    re.IGNORECASE,
)
_THE_JUDGED = re.compile(
    rf"\b(?:the|an?|its|this)\s+{_Q}(?P<value>{_RATING}){_Q}\s+(?:judge?ment|rating|grade)\b", re.IGNORECASE
)
_MEASURE = (
    r"(?:formal\s+|final\s+|public\s+|written\s+)?(?:reprimand|warning(?:\s+letter|\s+notice)?"
    r"|enforcement\s+notice|(?:monetary\s+)?penalt(?:y|ies)(?:\s+notice)?"
    r"|fine|caution|improvement\s+notice|prohibition\s+notice|direction|suspension|special\s+measures"
    r"|statutory\s+notice|stop\s+notice)"
)
_ISSUES = re.compile(
    rf"\b(?:issues?|issued|issue|imposes?|imposed|impose|serves?|served|give|gives|gave|made"
    rf"|makes?)\s+(?:on\s+\S+\s+)?(?:an?|this|the)\s+(?P<value>{_MEASURE})\b"
    r"(?P<topic>\s+(?:to|on|against)\s+(?:(?!\b(?:in\s+accordance|in\s+respect|in\s+relation|under|pursuant"
    r"|for)\b)[^.;,]){2,120})?", re.IGNORECASE
)  # fmt: skip
# Words without which no pattern here can match.
_SIGNS = tuple(
    "judg finding conclusion decision verdict opinion view rated graded deemed classed declared outstanding good"
    " excellent satisfactory adequate poor weak failing exceptional improvement measures met compliant effective"
    " pass fail assurance reprimand warning enforcement penalt fine caution prohibition direction suspension"
    " statutory notice concerns shortcomings".split(" ")
)
_OUTCOME_HEADING = re.compile(
    r"\b(?:outcome|judge?ment|overall\s+effectiveness|verdict|conclusion|rating)\b", re.IGNORECASE
)
_FAILINGS = re.compile(
    r"\b(?P<value>(?:widespread|systemic|serious|significant)(?:(?:\s+and/or|\s+and|,)\s+(?:widespread|systemic"
    r"|serious|significant))*\s+(?:failings|failures|weaknesses|concerns|shortcomings))\b(?P<topic>[^.;]{0,160})",
    re.IGNORECASE,
)


def judgement_facts(scope: Scope) -> Iterator[Fact]:
    """`judgement`: the value of a rating, finding or measure; topic what it is about."""
    for statement in scope.statements:
        if statement.is_block and statement.clause.label.startswith(
            ("signature", "addressee", "copied to", "letterhead")
        ):
            continue
        taken: list[Span] = []
        for start, end, topic in _matches(statement):
            value = statement.place(start, end)
            if any(value.overlaps(t) for t in taken):
                continue
            taken.append(value)
            if len(topic.split()) < 2 and statement.clause.heading:
                topic = f"{statement.clause.heading} {topic}".strip()
            yield statement.fact("judgement", value, None, topic)


def _matches(statement: Statement) -> Iterator[tuple[int, int, str]]:
    text = statement.text
    lower = text.lower()
    if not any(sign in lower for sign in _SIGNS):
        return
    for pattern in (_THAT, _REQUIRED, _RATED, _IS_RATING, _JUDGED_OF):
        for m in pattern.finditer(text):
            topic = strip_edges(m["topic"] or "") or strip_edges(text[: m.start()])
            if m.re is _RATED and re.search(r"\b(?:not|no|never)\b", m["topic"], re.IGNORECASE):
                continue
            yield m.start("value"), m.end("value"), topic
    for m in _THE_JUDGED.finditer(text):
        yield m.start("value"), m.end("value"), strip_edges(text[m.end() :])[:160]
    for m in _ISSUES.finditer(text):
        yield m.start("value"), m.end("value"), strip_edges(m["topic"] or text[m.end() :])[:200]
    heading = statement.clause.heading or ""
    if _OUTCOME_HEADING.search(heading):
        for m in _FAILINGS.finditer(text):
            yield m.start("value"), m.end("value"), strip_edges(m["topic"])
    m2 = _LABELLED.match(text)
    if (
        m2
        and len(text.split()) <= 24
        and not re.search(r"[.;?!]\s", text)
        and not re.search(
            r"\b(?:is|are|was|were|be|been|a|an|the|very|and|of|for|as|not|so)\s*$", m2["topic"], re.IGNORECASE
        )
    ):
        lone = ":" not in text and "|" not in text
        if not lone or m2["value"][0].isupper():
            yield m2.start("value"), m2.end("value"), strip_edges(m2["topic"])

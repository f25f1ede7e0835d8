"""Organisations: names that end or begin as organisations' names do, short forms in brackets, named agents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts.names import NOT_NAMES, collapse
from ingest.facts.scope import Scope
from ingest.notice import Fact, Span

_W = r"(?:[A-Z][\w’'&.-]*[\w’'])"
_TAIL = (
    r"(?:Council|Authority|Department|Ministry|Office|Agency|Board|Committee|Commission|Trust|Partnership|Service|School|Academy|College"
    r"|University|Hospital|Police|Constabulary|Party|Company|Limited|Ltd|PLC|plc|Inc|LLC|Corporation|Group|Bank|Union|Association|Society"
    r"|Institute|Institution|Foundation|Federation|Administration|Tribunal|Court|Parliament|Inspectorate|Executive|Ombudsman|Regulator"
    r"|Laboratories|Laboratory|Industries|Holdings|Partners|Pharmaceuticals|Products|Centre|Bureau|Division|Directorate|Forum|Network)"
)
_NAMED = re.compile(
    rf"(?<![\w’'&-])(?:{_W}(?:,?[^\S\n]+|[^\S\n]*\n[^\S\n]*)(?:(?:of|and|for|the|&|on)\s+){{0,2}}){{1,6}}{_TAIL}\b(?![’'\w-])(?:\s+(?:Council|Board|Trust)\b)?\.?(?=\W|$)"
)
_OF = re.compile(
    rf"(?<![\w’'-])(?:Department|Ministry|Office|Secretary\s+of\s+State|Minister|Division|Bureau|Board|Council|Bank|University|Commissioner)"
    rf"\s+(?:of|for)\s+(?:the\s+)?{_W}(?:(?:,|\s+and|\s+for|\s+of|\s+in|,\s+and)?\s+{_W}){{0,5}}"
)
_SHORT = re.compile(r"\((?:the\s+)?[“\"‘']?(?P<short>[A-Z][A-Za-z]{0,3}[A-Z][A-Za-z&]*)[”\"’']?\)")
_AGENT_VERB = (
    r"(?:rated|judged|inspected|informed|said|says|found|acknowledged|published|identified|issued|regulates|inspects|will|has|have|requires"
    r"|considers|recommends|decided|noted|notes|told|visited|warned|announced|confirmed|concluded|expects)"
)
_REPORT = (
    r"(?:inspection|report|visit|inspector|judgement|judgment|review|rating|requirements|inspectors|letter|findings)"
)
_AGENT = re.compile(
    rf"(?<![\w’'-])(?P<name>[A-Z][A-Za-z]{{2,}})(?:[’']s)?\s+(?:also\s+|then\s+)?(?:(?:{_W}\s+){{0,2}}(?i:{_REPORT})|{_AGENT_VERB})\b"
)
_LEADING = re.compile(
    r"^(?:The|This|That|To|In|At|By|For|From|Dear|An|A|Our|Your|Its|If|When|Under|As|And|But|Of|On|With|Copy|Cc|Re)\s+"
)
_GENERIC = re.compile(
    r"^(?:the\s+)?(?:Improvement|Scrutiny|Local|Public|Senior|Executive|Management|Formal|Regional|National|Full|Governing|City|County|Borough"
    r"|District|Town|Parish|Human|Data|Quality)?\s*"
    rf"{_TAIL}$"
)


def find_organisations(text: str, spans: Sequence[Span], people: Sequence[Span] = ()) -> tuple[tuple[Span, str], ...]:
    """Each organisation named within the spans, as (span, name); none overlaps a person."""
    found: list[tuple[Span, str]] = []
    agents = _agents(text)
    for span in spans:
        taken = [p for p in people if p.overlaps(span)]
        for m in (*_OF.finditer(text, span.start, span.end), *_NAMED.finditer(text, span.start, span.end)):
            place = _trim(text, Span(*m.span()))
            if place is None or any(place.overlaps(t) for t in taken):
                continue
            taken.append(place)
            found.append((place, collapse(place.of(text))))
        for m in _SHORT.finditer(text, span.start, span.end):
            place = Span(*m.span("short"))
            if not any(place.overlaps(t) for t in taken) and any(s.end < place.start <= s.end + 8 for s, _ in found):
                taken.append(place)
                found.append((place, m["short"]))
        for name in agents:
            for m in re.finditer(rf"(?<![\w’'-]){re.escape(name)}(?![\w-])", text[span.start : span.end]):
                place = Span(span.start + m.start(), span.start + m.end())
                if not any(place.overlaps(t) for t in taken):
                    taken.append(place)
                    found.append((place, name))
    return tuple(sorted(found))


def _agents(text: str) -> tuple[str, ...]:
    """Single capitalised names that act or report, and that the text never writes as common words."""
    names: list[str] = []
    for m in _AGENT.finditer(text):
        name = m["name"]
        if name.lower() in NOT_NAMES or name in names or re.search(rf"(?<!\w){name.lower()}(?!\w)", text):
            continue
        before = text[max(0, m.start() - 2) : m.start()]
        if re.search(r"[A-Z]\w*\s$", text[max(0, m.start() - 20) : m.start()]) or (
            before.strip() and before[-1] == "."
        ):
            continue
        if (
            re.search(r"(?:\b(?:by|the|from|to|of|with|in)\s|[,(]\s?)$", text[max(0, m.start() - 6) : m.start()])
            or name.isupper()
        ):
            names.append(name)
        elif len(re.findall(rf"(?<!\w){name}(?!\w)", text)) >= 3 and re.search(rf"[a-z,]\s+{name}\b", text):
            names.append(name)
    return tuple(names)


def _trim(text: str, span: Span) -> Span | None:
    start = span.start
    while True:
        m = _LEADING.match(text[start : span.end])
        if m is None:
            break
        start += m.end()
    words = text[start : span.end]
    if _GENERIC.match(collapse(words)) or len(words.split()) < 2:
        return None
    return Span(start, span.end)


def organisation_facts(scope: Scope, people: Sequence[Span]) -> Iterator[Fact]:
    """`organisation`: each organisation once a clause."""
    seen: set[tuple[str, str]] = set()
    by_statement = find_organisations(scope.text, [s.span for s in scope.statements], people)
    position = 0
    for statement in scope.statements:
        while position < len(by_statement) and by_statement[position][0].start < statement.span.start:
            position += 1
        i = position
        while i < len(by_statement) and by_statement[i][0].end <= statement.span.end:
            place, name = by_statement[i]
            i += 1
            if (statement.clause.label, name) not in seen:
                seen.add((statement.clause.label, name))
                yield statement.fact("organisation", place, name)

"""Organisations: names that end or begin as organisations' names do, short forms in brackets, named agents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.facts.names import NOT_NAMES
from ingest.facts.scope import Scope
from ingest.names import find_names
from ingest.notice import Fact, Span

_W = r"(?:[A-Z][\w’'&.-]*[\w’'])"
_SHORT = re.compile(r"\((?:the\s+)?[“\"‘']?(?P<short>[A-Z][A-Za-z]{0,3}[A-Z][A-Za-z&]*)[”\"’']?\)")
_AGENT_VERB = (
    r"(?:rated|judged|inspected|informed|said|says|found|acknowledged|published|identified|issued|regulates"
    r"|inspects|will|has|have|requires"
    r"|considers|recommends|decided|noted|notes|told|visited|warned|announced|confirmed|concluded|expects)"
)
_REPORT = (
    r"(?:inspection|report|visit|inspector|judgement|judgment|review|rating|requirements|inspectors|letter"
    r"|findings)"
)
_AGENT = re.compile(
    rf"(?<![\w’'-])(?P<name>[A-Z][A-Za-z]{{2,}})(?:[’']s)?\s+(?:also\s+"
    rf"|then\s+)?(?:(?:{_W}\s+){{0,2}}(?i:{_REPORT})|{_AGENT_VERB})\b"
)


def find_organisations(text: str, spans: Sequence[Span], people: Sequence[Span] = ()) -> tuple[tuple[Span, str], ...]:
    """Each organisation named within the spans, as (span, name); none overlaps a person."""
    found: list[tuple[Span, str]] = []
    agents = _agents(text)
    for span in spans:
        taken = [p for p in people if p.overlaps(span)]
        for named in find_names(span.of(text)):
            place = Span(span.start + named.span.start, span.start + named.span.end)
            if not any(place.overlaps(t) for t in taken):
                taken.append(place)
                found.append((place, named.name))
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
        if m.group().isupper():
            continue  # a title that shouts
        before = text[max(0, m.start() - 2) : m.start()]
        if re.search(r"[A-Z]\w*\s$", text[max(0, m.start() - 20) : m.start()]) or (
            before.strip() and before[-1] == "."
        ):
            continue
        if (
            re.search(r"(?:\b(?:by|the|from|to|of|with|in)\s|[,(]\s?)$", text[max(0, m.start() - 6) : m.start()])
            or name.isupper()
        ) or (len(re.findall(rf"(?<!\w){name}(?!\w)", text)) >= 3 and re.search(rf"[a-z,]\s+{name}\b", text)):
            names.append(name)
    return tuple(names)


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

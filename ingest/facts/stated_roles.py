"""The roles that a sentence states of a person: beside the name, or by a verb between them."""

from __future__ import annotations

import re

from ingest.facts.names import FULL_NAME, HONORIFIC, ROLE, ROLE_HEAD, collapse
from ingest.notice import Span

SPEECH = (
    r"(?:said|says|told|tells|asked|asks|added|adds|wrote|writes|commented|explained|stated|states|replied|warned"
    r"|welcomed|insisted|confirmed|argued|claimed|highlighted|revealed|noted|announced|described|thanked|urged"
    r"|called)"
)
_VERB = rf"(?:{SPEECH}|has|have|had|is|was|will|would|who)"
_SEGMENT_STOP = re.compile(
    rf"^(?:and\s+|also\s+|then\s+)*(?:{_VERB}|which|whose|where|when|but|to|on|in|at|via|with|by|from|[a-z]+ed)\b"
)
_FUNCTION = frozenset(
    "the a an of to in on at by for from with and or but as is are was were be been has have had that which who whose"
    " this these it its will would can could should must may said told asked also then their his her our your my via"
    " contact copy contacted".split(" ")
)
_ENDS = re.compile(r"[.;!?](?=\s|$)|\s\|\s|[”\"]|\s[–—-]\s|\(|\n[^\S\n]*\n|:")


_TITLED = re.compile(rf"{HONORIFIC}\s+{FULL_NAME}")
_APPOINTS = re.compile(
    r"\b(?:appoint(?:s|ed|ing)?|nam(?:es|ed|ing)|nominat(?:es|ed|ing)|engaged|recruited|made"
    r"|keep(?:s|ing)?|kept|retain(?:s|ed|ing)?|designat(?:es|ed|ing)|confirm(?:s|ed|ing)?|install(?:s|ed|ing)?)\s+$",
    re.IGNORECASE,
)
_AS = re.compile(
    r"\s+(?:as|to\s+be|to\s+act\s+as|to\s+serve\s+as)\s+(?:(?:the|an?|its|our|your"
    r"|their)\s+)?(?P<role>[^,.;:()]{3,90}?)"
    r"(?=\s+(?:from|with\s+effect|until|who|which|for\s+(?:an?|the|six|three|\d|up\s+to|at\s+least)|in\s+(?:January|February|March"
    r"|April|May|June|July"
    r"|August|September|October|November|December)|on\s+\d|to\s+(?:provide|help|support|oversee|lead|advise"
    r"|review))\b|[,.;:()]|$)"
)
_IS = re.compile(
    r"\s+(?:(?:has\s+|have\s+)?agreed\s+to\s+(?:act|serve|be)(?:\s+as)?|is|was|has\s+been|will\s+be|became|becomes|remains|acts\s+as|serves\s+as|will\s+act\s+as"
    r"|will\s+serve\s+as)\s+"
    r"(?:(?:appointed|named|made|elected)\s+)?(?:as\s+)?(?:(?:the|an?|our|your|its"
    r"|their)\s+)?(?P<role>[^,.;:()]{3,90}?)(?=[,.;:()]|$|\s+(?:who|and|from|until|for\s+(?:up|at|about|\d+|an?\s+(?:period|term)))\b)"
)
_BY = re.compile(
    r"(?P<role>(?:[\w’'-]+\s+){0,7}(?:chaired|led|headed|overseen|conducted|supported|represented|managed"
    r"|inspected|written|signed|prepared|authored)\s+by)\s+$"
)
_IS_BEFORE = re.compile(
    rf"(?P<role>(?:[A-Za-z][\w’'-]*\s+){{0,6}}?(?P<head>(?i:{ROLE_HEAD}))(?:\s+(?:of|for"
    rf"|to)\s+(?:[\w’'-]+\s*){{1,6}}?)?)\s*(?:\s(?:is|was|will\s+be|has\s+been|remains)|,)\s+$"
)


# `has been filled by an acting …`, `agree it with the council's …`
_LED_TO = re.compile(
    r"\b(?:by|with|from|to|through|under|for|is|was|are|were|been|being|as|and|including)\s+"
    r"(?:the|an?|our|your|its|their|his|her)\s+",
    re.IGNORECASE,
)
_ONE_OF = re.compile(r"^one\s+of\s+(?=\S)", re.IGNORECASE)

# The same ends alone, in the last few letters before a name: most names have none, and the search is saved.
_TAIL = 60
_ENDS_IN_VERB = re.compile(r"(?:\s(?:is|was|be|been|remains)|,)\s+$")
_HEAD_BEFORE = re.compile(rf"(?P<head>\b(?i:{ROLE_HEAD}))(?P<gap>\s*[:–—]\s*|\s+)$")


def roles_beside(text: str, passage: Span, name: Span) -> tuple[Span, ...]:
    """The words of each role that the passage states of the person named at `name`."""
    found = [
        _role_after(text, passage, name.end),
        _role_before(text, passage, name),
        _role_by_verb(text, passage, name),
    ]
    return tuple(dict.fromkeys(r for r in found if r is not None))


def _role_by_verb(text: str, passage: Span, name: Span) -> Span | None:
    """`appointed Name as role`, `Name is the role`, `the role is Name`, `chaired by Name`."""
    before = text[passage.start : name.start]
    tail = max(0, len(before) - _TAIL)
    if _APPOINTS.search(before, tail):
        return _named(_AS.match(text, name.end, passage.end), text)
    after = _named(_IS.match(text, name.end, passage.end), text)
    if after is not None:
        return after
    m = _BY.search(before) if before.rstrip().endswith("by") else None
    if m is not None:
        return Span(passage.start + m.start("role"), passage.start + m.end("role"))
    m = _IS_BEFORE.search(before) if _ENDS_IN_VERB.search(before, tail) else None
    if m is None:
        return None
    if m.group().rstrip().endswith(",") and re.search(r",\s*$", before[: m.start("role")]):
        return None  # a list of people with their roles: this one belongs to the person before
    words = m["role"]
    lead = re.match(r"(?:(?:the|an?|and|our|your|its|their|that|as|by|from|with|of|to)\s+)+", words, re.IGNORECASE)
    start = m.start("role") + (lead.end() if lead else 0)
    for led in _LED_TO.finditer(before, start, m.start("head")):
        start = led.end()
    return Span(passage.start + start, passage.start + m.start("role") + len(words.rstrip()))


def _named(m: re.Match[str] | None, text: str) -> Span | None:
    """The role that the match holds, if its head is one."""
    if m is None:
        return None
    if re.match(r"(?:until|formerly|previously|once|not|no|never|also|now|still)\b", m["role"], re.IGNORECASE):
        return None
    head = re.split(r"\b(?:of|for|at|in|to|with)\b", m["role"])[0]
    return Span(m.start("role"), m.start("role") + len(m["role"].rstrip())) if ROLE.search(head) else None


def _role_after(text: str, passage: Span, position: int) -> Span | None:
    """`Name, role`: the role's words, which may themselves hold commas."""
    opening = re.compile(r"\s*(?:,\s*|\s[–—-]\s|\(\s*)").match(text, position, passage.end)
    if opening is None:
        return None
    start = opening.end()
    stop = _ENDS.search(text, start, passage.end)
    limit = stop.start() if stop else passage.end
    if "(" in opening.group():
        closing = text.find(")", start, passage.end)
        limit = closing if closing >= 0 else limit
    segments = _segments(text, Span(start, limit))
    if not segments:
        return None
    first = _before_next_name(text, segments[0])
    words = first.of(text)
    if not _is_role(words):
        return None
    last = first
    if first == segments[0]:
        last = _portfolio(text, segments) or first
    return Span(start, last.end) if last.end > start else None


def _segments(text: str, span: Span) -> list[Span]:
    parts: list[Span] = []
    start = span.start
    for comma in re.finditer(r",", text[span.start : span.end]):
        parts.append(_strip(text, Span(start, span.start + comma.start())))
        start = span.start + comma.end()
    parts.append(_strip(text, Span(start, span.end)))
    return [p for p in parts if len(p)]


def _strip(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _is_role(words: str) -> bool:
    head = _ONE_OF.sub("", collapse(words))
    if (
        not head
        or len(head) > 140
        or re.search(r"www\.|@|https?:", head)
        or _SEGMENT_STOP.match(head)
        or _TITLED.match(head)
    ):
        return False
    if re.match(r"(?:your|our|its|their|his|her|the\s+council['’]s)\s+\w", head) and len(head.split()) <= 8:
        return True
    opening = re.split(r"\b(?:who|which|whose|that|said|told)\b", head)[0]
    words_before = re.split(r"\b(?:of|for|at|in|to|with)\b", opening)[0]
    return ROLE.search(words_before) is not None and not re.search(rf"\b{_VERB}\b", words_before)


_BREAKS = (
    re.compile(rf"\s+(?:and|or|&)\s+(?:{HONORIFIC}\s+)?{FULL_NAME}\s*$"),
    re.compile(rf"\s+(?:and|or|&)\s+{HONORIFIC}\s"),
    re.compile(rf"\s+(?:{_VERB})\b"),
    re.compile(r"\s+(?:via|on\s+\d|at\s+\S+@)"),
)


def _before_next_name(text: str, segment: Span) -> Span:
    """Cut `Leader of the council and Jo Bloggs` before the next person, and a role before its relative clause."""
    end = segment.end
    for pattern in _BREAKS:
        m = pattern.search(text[segment.start : end])
        if m:
            end = segment.start + m.start()
    return _strip(text, Span(segment.start, end))


def _portfolio(text: str, segments: list[Span]) -> Span | None:
    """The end of a role with commas in it: `member for parks, bins and roads, asked …`, `officer, lead inspector`."""
    if len(segments) == 2:
        second = segments[1].of(text)
        if second[0].islower() and len(second.split()) <= 4 and _is_role(second):
            return segments[1]
    if not re.search(r"\b(?:for|of)\s+\S", segments[0].of(text)):
        return None
    end: Span | None = None
    for segment in segments[1:]:
        words = collapse(segment.of(text))
        if _SEGMENT_STOP.match(words) or not words[0].islower() or len(words.split()) > 6:
            break
        end = segment
    return end if end is not None and re.search(r"\band\b", end.of(text)) else None


def _role_before(text: str, passage: Span, name: Span) -> Span | None:
    """`role Name` or `Role: Name`: the words before the name back to the last function word."""
    before = text[passage.start : name.start]
    m = _HEAD_BEFORE.search(before, max(0, len(before) - _TAIL))
    if m is None or "\n\n" in m["gap"]:
        return None
    start = m.start("head")
    for word in reversed(list(re.finditer(r"[\w’'&/-]+|[^\w\s]", before[:start]))):
        token = word.group()
        gap = before[word.end() : start]
        if not re.match(r"[\w’'&/-]+$", token) or token.lower() in _FUNCTION or gap.strip() or "\n" in gap:
            break
        if re.search(r"['’]s$", token) and token[0].isupper() and not gap:
            break
        start = word.start()
    if re.search(r"www\.|@|https?:", before[start:]):
        return None
    return Span(passage.start + start, passage.start + m.end("head"))

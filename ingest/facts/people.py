"""Personal names with their roles, and later short mentions joined to the full name.

A capitalised pair of words is taken for a person only with evidence: an honorific, a role before or after
it, a place in a signature or an address, or the way that it is spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.facts.blocks import ORGANISATION
from ingest.facts.mentions import Mention, join_mentions
from ingest.facts.names import FULL_NAME, HONORIFIC, SURNAME, collapse, plausible
from ingest.facts.stated_roles import SPEECH, roles_beside
from ingest.notice import Span

_TITLED = re.compile(rf"(?<![\w'’-])(?P<title>{HONORIFIC}(?:\s+(?:{HONORIFIC}))*)\s+(?P<name>{FULL_NAME}|{SURNAME})")
_NAME = re.compile(rf"(?<![\w'’.-])(?P<name>{FULL_NAME})(?![\w-])")
_POSSESSIVE = re.compile(rf"\b(?P<of>[A-Z][\w-]+)['’]s\s+(?P<name>{FULL_NAME})\b")
_SPEAKS = re.compile(rf"\s*,?\s+(?:also\s+|then\s+)?{SPEECH}\b")
_ASK_FOR = re.compile(
    r"\b(?:questions?|quer(?:y|ies)|enquir(?:y|ies)|concerns)\b[^.;]{0,60}\b(?:to|contact|ask(?:\s+for)?|call|ring|with)\s+$"
    r"|\b(?:please|may|can|should|could)\s+(?:contact|call|ring|ask\s+for|speak\s+(?:to|with))\s+$",
    re.IGNORECASE,
)
_ALSO = re.compile(rf"\s*(?:;|,(?:\s*and\b)?|\band\b|&)\s+(?P<name>{FULL_NAME})(?![\w-])")
_NOT_PARTIES = frozenset(["children", "people", "women", "men", "adults", "council", "board", "majesty", "today"])


def find_people(text: str, passages: Sequence[Span]) -> tuple[Mention, ...]:
    """Every mention of a person within the passages (sentences or lines), short ones with the full name."""
    found: list[Mention] = []
    for passage in passages:
        found.extend(_in_passage(text, passage))
    return join_mentions(text, passages, found)


def _in_passage(text: str, passage: Span) -> Iterator[Mention]:
    taken: list[Span] = []
    for m in _TITLED.finditer(text, passage.start, passage.end):
        name = _cut_name(text, Span(*m.span("name")), titled=True)
        if name is None:
            continue
        span = Span(m.start("title"), name.end)
        taken.append(span)
        yield from _with_roles(text, passage, span, collapse(name.of(text)))
    for m in _NAME.finditer(text, passage.start, passage.end):
        cut = _cut_name(text, Span(*m.span("name")))
        if cut is None or any(cut.overlaps(t) for t in taken):
            continue
        roles = roles_beside(text, passage, cut)
        spoken = _SPEAKS.match(text, cut.end, passage.end) is not None
        owner = _POSSESSIVE.search(text, max(passage.start, cut.start - 40), cut.end)
        owned = owner is not None and owner.start("name") <= cut.start
        asked_for = _ASK_FOR.search(text[max(passage.start, cut.start - 120) : cut.start]) is not None
        if not roles and not spoken and not (asked_for and ORGANISATION.search(cut.of(text)) is None):
            continue
        affiliation = owner["of"] if owner is not None and owned and owner["of"].lower() not in _NOT_PARTIES else ""
        taken.append(cut)
        yield from (
            replace(x, affiliation=affiliation) for x in _with_roles(text, passage, cut, collapse(cut.of(text)))
        )
        label = next((r for r in roles if r.end < cut.start and ":" in text[r.end : cut.start]), None)
        if label is not None:
            for other in _listed(text, passage, cut.end):
                taken.append(other)
                yield Mention(other, collapse(other.of(text)), collapse(label.of(text)), label)


def _listed(text: str, passage: Span, position: int) -> Iterator[Span]:
    """Further names of `Inspectors: Ann Bell, Carl Dunn and Eve Frost`."""
    while True:
        m = _ALSO.match(text, position, passage.end)
        cut = _cut_name(text, Span(*m.span("name"))) if m else None
        if cut is None:
            return
        yield cut
        position = cut.end


def _with_roles(text: str, passage: Span, span: Span, name: str) -> Iterator[Mention]:
    roles = roles_beside(text, passage, span)
    for role in roles:
        yield Mention(span, name, collapse(role.of(text)), role)
    if not roles:
        yield Mention(span, name)


def _cut_name(text: str, span: Span, *, titled: bool = False) -> Span | None:
    """The name without what only leans on it (`Labour’s`, a following heading word), or None if it is no name."""
    start, end = span.start, span.end
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    words = list(re.finditer(r"\S+", text[start:end]))
    while words and re.search(r"['’]s$", words[0].group()):
        words.pop(0)
    keep: list[re.Match[str]] = []
    shouting = all(w.group().isupper() for w in words)
    for word in words:
        if not shouting and word.group().isupper() and len(word.group().strip(".")) > 1:
            break
        if not plausible([word.group()]) and not (titled and not keep):
            break
        keep.append(word)
    if titled and keep and not plausible([keep[0].group()]):
        return None
    if len(keep) < (1 if titled else 2) or (not titled and len(keep) < len(words)):
        return None
    return Span(start + keep[0].start(), start + keep[-1].end())

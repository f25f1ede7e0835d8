"""References to law: an act or regulation with its section, in any of the usual orders."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.facts.names import collapse
from ingest.notice import Span

_WORD = r"(?:[A-Z][\w’'&]*(?:-[\w]+)*)"
_JOIN = r"(?:(?:of|and|for|the|to|in|on|at|by|against|etc\.?|with|,)\s+)"
_HEAD = r"(?:Act|Acts|Regulations?|Order|Rules|Directive|Measure|Convention|Constitution|Ordinance|Statute)"
_ACT = (
    rf"(?:(?:{_WORD},?\s+{_JOIN}{{0,2}}(?:\([^()\n]{{1,60}}\)\s+)?){{1,9}}?{_HEAD}\b(?!\s+[a-z]*\s*(?:Plan"
    rf"|Policy))(?:\s+(?:19|20)[0-9]{{2}})?"
    r"|(?:UK\s+|EU\s+)?GDPR\b|(?:[A-Z]{1,5}A|[A-Z]+&[A-Z]+)\s+(?:Act\b(?:\s+(?:19|20)[0-9]{2})?|(?:19"
    r"|20)[0-9]{2}\b(?=[\s.,;)]))"
    r"|the\s+(?:19|20)[0-9]{2}\s+(?:Act|Regulations|Order|Rules))"
)
_KIND = (
    r"(?:[Ss]ect\s?ions?|[Ss]ec\.|[Ss]s?\.?(?=\s?[0-9])|§§?|[Aa]rticles?|[Aa]rt\.|[Ss]chedules?|[Ss]ch\."
    r"|[Rr]egulations?|[Rr]eg\.|[Rr]ules?"
    r"|[Pp]aragraphs?|[Pp]aras?\.?|[Pp]arts?|[Cc]hapters?)"
)
_NUM = r"(?:[0-9]{1,4}[A-Z]{0,3}(?:\.[0-9]+)*|[IVXLC]{1,6}\b|[A-Z]\b)(?:\s?\([0-9A-Za-z]{1,4}\))*"
_NUMS = rf"{_NUM}(?:(?:\s*,\s*|\s+(?:and|or|to|–)\s+|\s?[–-]\s?)(?:\([0-9A-Za-z]{{1,4}}\)|{_NUM}))*"
_PROVISION = rf"{_KIND}\s{{0,8}}{_NUMS}(?:(?:,|\s+and|\s+of)\s+(?:{_KIND}\s{{0,8}}{_NUMS}))*"
_FORMS = (
    re.compile(
        rf"(?<![\w-])(?P<prov>{_PROVISION})(?:\s*,)?\s+(?:(?:of|to|under|in)\s+)?(?:the\s+)?(?P<act>{_ACT}"
        rf"|Act\b)"
    ),
    re.compile(rf"(?<![\w-])(?P<act>{_ACT})\s*(?:\(\s*(?P<prov>{_PROVISION})\s*\)|,?\s+(?P<prov2>{_PROVISION}))"),
    re.compile(
        r"(?<![\w-])(?P<act>(?:[Tt]itle\s+)?[0-9]{1,2}\s+(?:CFR|C\.F\.R\.|U\.?S\.?C\.?"
        r"|USC))(?:,?\s+(?P<prov>(?:[Pp]arts?\s+"
        r"|§+\s*)?[0-9][\w.]*(?:\([0-9A-Za-z]+\))*(?:\s+and\s+[0-9][\w.]*(?:\([0-9A-Za-z]+\))*)?))"
    ),
    re.compile(rf"(?<![\w-])(?P<prov>(?:[Aa]rticles?|[Ss]ect\s?ions?|[Ss]chedules?)\s{{0,8}}{_NUMS})(?![\w])"),
    re.compile(rf"(?<![\w-])(?P<act>{_ACT})"),
)  # fmt: skip
_LABELS = {
    "sect ion": "section", "s": "section", "ss": "sections", "sec": "section", "§": "section", "§§": "sections",
    "article": "Article", "articles": "Articles", "art": "Article", "schedule": "Schedule", "schedules": "Schedules",
    "sch": "Schedule", "reg": "regulation", "para": "paragraph", "paras": "paragraphs", "part": "Part",
    "parts": "Parts",
}  # fmt: skip


_ANY = re.compile(
    r"sect\s?ion|article|\bart\.|\bact|regulation|schedule|\bs{1,2}\.?\s?[0-9]|§|gdpr|cfr|c\.f\.r|u\.?s\.?c|order|rule"
    r"|directive|measure|convention|constitution|ordinance|statute|[A-Z]A\s(?:19|20)[0-9]{2}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LawReference:
    """`span` and the reference in one form: `Education Act 1996, section 497A`; either part may be empty."""

    span: Span
    act: str
    provision: str

    @property
    def normalised(self) -> str:
        return ", ".join(part for part in (self.act, self.provision) if part)


def find_law(text: str) -> tuple[LawReference, ...]:
    """Every reference to law in the text, the fullest reading of each place."""
    found: list[LawReference] = []
    if not _ANY.search(text):
        return ()
    for form in _FORMS:
        for m in form.finditer(text):
            groups = m.groupdict()
            act = collapse(groups.get("act") or "")
            provision = collapse(groups.get("prov") or groups.get("prov2") or "")
            start = m.start()
            act, cut = _trim_act(act)
            if cut and groups.get("act") and m.start("act") == m.start():
                start += _length_of(text[start : m.end()], cut)
            span = Span(start, m.end())
            if (not act and not provision) or any(span.overlaps(other.span) for other in found):
                continue
            found.append(LawReference(span, act, _provision(provision)))
    return tuple(sorted(found, key=lambda r: r.span))


def _trim_act(act: str) -> tuple[str, int]:
    """The act's name without sentence words before it, and how many words were cut."""
    words = act.split()
    cut = 0
    while words and (words[0].lower().strip(",") in _OPENERS):
        words.pop(0)
        cut += 1
    if words == ["Act"]:
        return "the Act", cut
    if words and re.fullmatch(_HEAD, words[0]):
        return "", cut
    return " ".join(words), cut


_OPENERS = frozenset(
    "the this that these those under in by of for a an see our your its any each no and to with if where when".split(
        " "
    )
)


def _length_of(words: str, count: int) -> int:
    m = re.match(rf"(?:\S+\s+){{{count}}}", words)
    return m.end() if m else 0


def _provision(words: str) -> str:
    if not words:
        return ""
    m = re.match(r"([A-Za-z]+(?:\sion)?|§+)\.?\s*(.*)", words, re.DOTALL)
    if m is None:
        return words
    label = _LABELS.get(m[1].lower(), m[1].lower())
    number = re.sub(r"(?<=[0-9)])\s+(?=\()", "", m[2])
    return f"{label} {number}".strip()

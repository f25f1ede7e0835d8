"""Facts of the blocks of a letter or notice: addressee, addresses, signature, copies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.facts.names import FULL_NAME, HONORIFIC, ROLE, SURNAME, collapse, plausible
from ingest.facts.scope import Scope, Statement
from ingest.notice import Fact, Span

POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]?\s?[0-9][A-Z]{2}\b|\b[A-Z]{2},?\s+[0-9]{5}(?:-[0-9]{4})?\b")
_TO = re.compile(
    r"^\s*(?:To|TO|FAO|F\.A\.O\.|Attn|Attention|For the attention of|Recipient(?: Name)?)\s*[:.]?\s+|^\s*(?:To"
    r"|TO)\s*:\s*"
)
_OF = re.compile(r"^\s*(?:Of|OF|Address)\s*:\s*")
_LABEL_LINE = re.compile(
    r"^\s*(?:recipient(?:['’]s)?(?:\s+(?:name|title|address))?|addressee|to|name|title|address|fao|attention)\s*:?\s*$",
    re.IGNORECASE,
)
_DEFINED = re.compile(r"\s*[,]?\s*\((?:the\s+|“|\"|'|‘|hereinafter|referred)[^)]*\)\s*$", re.IGNORECASE)
_PERSON_LINE = re.compile(
    rf"^(?:(?P<title>{HONORIFIC}(?:\s+{HONORIFIC})*)\s+)?(?P<name>{FULL_NAME})(?P<after>(?:,?\s+(?:[A-Z]{{2,5}}"
    rf"|PhD|KC|QC|[A-Z][a-z]?(?:\.[A-Z])+\.?|Esq\.?))*)\s*,?$"
)
_LETTERS_AFTER = re.compile(r"(?:,?\s+(?:[A-Z]{2,5}|PhD))+$")
_TITLED_LINE = re.compile(rf"^(?P<title>{HONORIFIC}(?:\s+{HONORIFIC})*)\s+(?P<name>{FULL_NAME}|{SURNAME})\s*,?$")
_ROLE_LINE = re.compile(
    rf"^(?:the\s+)?(?P<role>[^,]{{3,70}}),\s+(?P<title>{HONORIFIC}(?:\s+{HONORIFIC})*)\s+(?P<name>{FULL_NAME}|{SURNAME})$"
)
_TWO = re.compile(rf"(?P<title>{HONORIFIC})\s+(?P<name>{FULL_NAME})")
_PAIR_LINE = re.compile(
    rf"^(?P<title>{HONORIFIC})\s+(?P<name>{FULL_NAME}(?:(?:,|\s+and|\s+&|,\s+and)\s+{HONORIFIC}\s+{FULL_NAME})+)$"
)
_INLINE = re.compile(
    rf"^(?:(?P<title>{HONORIFIC})\s+)?(?P<name>{FULL_NAME})(?:\s*,\s*|\s+[–—-]\s+|\s*\(\s*)(?P<role>[^()\n]+?)\)?$"
)
_LABELLED = re.compile(
    r"^\s*(?:(?:Signed|Signature|Name|Signatory|Signed by|By)\s*(?:by)?\s*:?\s+|(?:Signed|Signature|Name"
    r"|By)\s*:\s*)",
    re.IGNORECASE,
)
_ROLE_LABEL = re.compile(r"^\s*(?:Title|Role|Position|Job title|Designation)\s*:\s*", re.IGNORECASE)
_SKIP = re.compile(
    r"^\s*(?:yours\s+(?:sincerely|faithfully|truly)|sincerely|regards|kind\s+regards|best\s+wishes"
    r"|signed\b\s*:?\s*$|/s/|\[?signature\]?\s*:?\s*$"
    r"|(?:date|dated)\b|e(?:-?mail)?\s*:|t(?:el(?:ephone)?)?\s*:|www\.|https?:|for\s+and\s+on\s+behalf\s+of\b"
    r"|\S+@\S+$|\W*$)",
    re.IGNORECASE,
)
_STRAY = " ,;-–—_|~"  # at the end of a line: stops, and specks that a scanner took for letters
ADDRESS_WORD = re.compile(
    r"\b(?:street|road|lane|avenue|drive|place|square|close|court|gardens|house|building|buildings|floor|suite"
    r"|ste\.?|way|row|terrace|crescent"
    r"|quay|park|hill|po\s+box|p\.o\.|box|room|unit|hall|centre|center|gate|wharf|queensway|parade|mews|walk"
    r"|broadway|circus|yard)\b",
    re.IGNORECASE,
)
ORGANISATION = re.compile(
    r"\b(?:council|authority|department|ministry|office|agency|board|commission|trust|partnership|school|academy"
    r"|college|university|hospital"
    r"|police|constabulary|company|limited|ltd|plc|inc|llc|corp|corporation|group|bank|association|society"
    r"|institute|foundation|federation"
    r"|service|services|products|laboratories|industries|holdings|partners|gmbh|b\.?v|s\.?a"
    r"|llp)\b\.?", re.IGNORECASE
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed: `span` the name, `whole` the name and the lines of the role."""

    statement: Statement
    span: Span
    name: str
    role: str
    role_span: Span | None

    @property
    def whole(self) -> Span:
        return Span(self.span.start, self.role_span.end if self.role_span else self.span.end)


def signatories(scope: Scope) -> tuple[Signatory, ...]:
    """Each name of a signature block with the lines that say what its bearer is."""
    lines = scope.block("signature")
    found: list[Signatory] = []
    i = 0
    while i < len(lines):
        line = lines[i]
        i += 1
        opening = _LABELLED.match(line.text)
        start = opening.end() if opening else 0
        body = re.split(r"\s{2,}|\s+(?=Date[d]?\s*:)", line.text[start:])[0]
        if not body.strip() or (opening is None and _SKIP.match(line.text)):
            continue
        inline = _INLINE.match(body)
        if inline and ROLE.search(inline["role"]) and plausible(inline["name"].split()):
            span = line.place(start + inline.start(), start + inline.end("name"))
            role = line.place(start + inline.start("role"), start + inline.end("role"))
            found.append(Signatory(line, span, collapse(inline["name"]), collapse(inline["role"]), role))
            continue
        person = _PERSON_LINE.match(body) or _TITLED_LINE.match(body)
        if (
            person is None
            or (not person["title"] and not plausible(person["name"].split()))
            or ORGANISATION.search(body)
        ):
            continue
        role_lines: list[Statement] = []
        while i < len(lines) and not _SKIP.match(lines[i].text) and not lines[i].dates:
            if POSTCODE.search(lines[i].text):
                role_lines = _before_street(role_lines)
                break
            if _is_name(lines[i].text):
                break
            role_lines.append(lines[i])
            i += 1
        while role_lines and ADDRESS_WORD.search(role_lines[-1].text) and not ROLE.search(role_lines[-1].text):
            role_lines.pop()
        span = _without_letters(scope, line.place(start + person.start(), start + person.end("name")))
        role_span = Span(role_lines[0].span.start, role_lines[-1].span.end) if role_lines else None
        if role_span and (label := _ROLE_LABEL.match(role_span.of(scope.text))):
            role_span = Span(role_span.start + label.end(), role_span.end)
        words = ", ".join(_ROLE_LABEL.sub("", x.text).strip(" ,") for x in role_lines)
        name = collapse(span.of(scope.text)[person.start("name") - person.start() :])
        found.append(Signatory(line, span, name, collapse(words), role_span))
    return tuple(
        who
        for n, who in enumerate(found)
        if who.role or not any(_written_for(who.name, other.name) for other in found[n + 1 :])
    )


def _before_street(lines: list[Statement]) -> list[Statement]:
    """The lines above an address that a postcode ends."""
    for n, line in enumerate(lines):
        if n and ADDRESS_WORD.search(line.text) and not (ROLE.search(line.text) or ORGANISATION.search(line.text)):
            return lines[:n]
    return lines


def _written_for(mark: str, name: str) -> bool:
    """Whether `D Moriarty` is the mark of the Declan Moriarty whose name is printed below it."""
    short, full = mark.replace(".", " ").split(), name.split()
    if mark.casefold() == name.casefold():
        return True
    if len(short) < 2 or len(full) < 2 or short[-1].casefold() != full[-1].casefold():
        return False
    return len(short[0]) == 1 and short[0] == full[0][0]


def _without_letters(scope: Scope, span: Span) -> Span:
    """The name without the letters after it (`OBE`, `PhD`)."""
    m = _LETTERS_AFTER.search(span.of(scope.text))
    return Span(span.start, span.end - len(m.group())) if m and not span.of(scope.text).isupper() else span


def _is_name(line: str) -> bool:
    m = _PERSON_LINE.match(line)
    name = m["name"] if m is not None else ""
    bare = name if name.isupper() else _LETTERS_AFTER.sub("", name)
    named = m is not None and plausible(name.split()) and not ROLE.search(bare)
    return named and not ORGANISATION.search(line)


def signature_facts(scope: Scope, roles: Mapping[str, str]) -> Iterator[Fact]:
    """`signatory` and `person_role` of the signature, quoted with the role; `roles` are those stated elsewhere."""
    for who in signatories(scope):
        whole = _join(who.statement.span, who.whole)
        yield who.statement.fact("signatory", who.span, who.name, who.role or roles.get(who.name, ""), span=whole)
        if who.role:
            yield who.statement.fact("person_role", who.span, who.name, who.role, span=whole)


def _join(a: Span, b: Span) -> Span:
    return Span(min(a.start, b.start), max(a.end, b.end))


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom the document is addressed to: `span` the name, `lines` the block's lines after name and role."""

    statement: Statement
    span: Span
    name: str
    person: bool
    role: str
    role_span: Span | None
    lines: tuple[Statement, ...]


def addressees(scope: Scope) -> tuple[Addressee, ...]:
    """Those whom the addressee block names, one under the other; the last has the block's remaining lines."""
    lines = [x for x in scope.block("addressee") if not _LABEL_LINE.match(x.text)]
    found: list[Addressee] = []
    while lines and (one := _addressee(lines)) is not None:
        found.append(one)
        another = _PERSON_LINE.match(one.lines[0].text.strip()) if one.person and one.lines else None
        lines = list(one.lines) if another and another["title"] else []
    return tuple(found)


def _addressee(lines: Sequence[Statement]) -> Addressee | None:
    """The first of the block's lines, with the role below."""
    first, rest = lines[0], list(lines[1:])
    opening = _TO.match(first.text)
    start = opening.end() if opening else 0
    defined = _DEFINED.search(first.text)
    body = first.text[: defined.start() if defined else len(first.text)].rstrip(_STRAY)
    words = collapse(body[start:])
    if not words:
        return None
    span = first.place(start, len(body))
    found = _PERSON_LINE.match(words) or _TITLED_LINE.match(words) or _PAIR_LINE.match(words)
    ahead = ""
    if found is None and (headed := _ROLE_LINE.match(words)) and ROLE.search(headed["role"]):
        found, ahead = headed, headed["role"]
        comma = body.index(",", start) + 1
        span = first.place(comma + len(body[comma:]) - len(body[comma:].lstrip()), len(body))
    roles: list[Statement] = []
    if found is not None and (
        found["title"] or (plausible(found["name"].split()) and rest and ROLE.search(rest[0].text))
    ):
        while rest and not _OF.match(rest[0].text) and _describes(rest[0].text, first=not roles):
            roles.append(rest.pop(0))
    person = found is not None and bool(found["title"] or roles)
    name = collapse(found["name"]) if found is not None and person else words
    role = ", ".join(part for part in (ahead, *(x.text.strip(" ,") for x in roles)) if part)
    role_span = Span(roles[0].span.start, roles[-1].span.end) if roles else None
    return Addressee(first, span, name, person, role, role_span, tuple(rest))


def addressee_facts(scope: Scope) -> Iterator[Fact]:
    """`addressee`, `address` and `postcode` of the addressee block, and `person_role` where it names a person."""
    named = addressees(scope)
    for who in named:
        whole = Span(who.statement.span.start, who.role_span.end if who.role_span else who.statement.span.end)
        for span, name in each_addressee(scope, who):
            yield who.statement.fact("addressee", span, name, who.role, span=whole)
            if who.person and who.role:
                yield who.statement.fact("person_role", span, name, who.role, span=whole)
    if not named:
        return
    who = named[-1]
    whose = ", ".join(part for part in (collapse(who.span.of(scope.text)), who.role) if part)
    yield from _address(scope, who.lines, whose)


def each_addressee(scope: Scope, who: Addressee) -> tuple[tuple[Span, str], ...]:
    """The people of `Ms A. Bell and Mr C. Dunn` one by one, else the addressee as it stands."""
    if not who.person:
        return ((who.span, who.name),)
    parts = [(Span(*m.span()), collapse(m["name"])) for m in _TWO.finditer(scope.text, who.span.start, who.span.end)]
    return tuple(parts) if len(parts) > 1 else ((who.span, who.name),)


def _describes(line: str, *, first: bool) -> bool:
    """Whether a line under a name tells a role or an organisation rather than a street."""
    if POSTCODE.search(line) or re.match(r"\s*[0-9]", line):
        return False
    if ROLE.search(line):
        return True
    return ORGANISATION.search(line) is not None and not (ADDRESS_WORD.search(line) and not first)


def _address(scope: Scope, lines: Sequence[Statement], whose: str) -> Iterator[Fact]:
    kept = [x for x in lines if not x.dates and not re.match(r"\s*(?:dear|date|e-?mail|tel)\b", x.text, re.IGNORECASE)]
    if not kept:
        return
    lead = _OF.match(kept[0].text)
    start = kept[0].span.start + (lead.end() if lead else 0)
    span = Span(start, kept[-1].span.end)
    if not (POSTCODE.search(span.of(scope.text)) or ADDRESS_WORD.search(span.of(scope.text)) or len(kept) > 1):
        return
    normalised = ", ".join(_OF.sub("", x.text).strip(" ,") for x in kept)
    yield kept[0].fact("address", span, collapse(normalised), whose, span=Span(kept[0].span.start, span.end))
    yield from _postcodes(scope, kept, whose)


def _postcodes(scope: Scope, lines: Sequence[Statement], whose: str) -> Iterator[Fact]:
    for line in lines:
        for m in POSTCODE.finditer(line.text):
            yield line.fact("postcode", line.place(*m.span()), collapse(m.group()), whose)


def letterhead_facts(scope: Scope) -> Iterator[Fact]:
    """`address` of the sender in the letterhead."""
    whose = ", ".join(part for part in ("sender's letterhead", scope.document.issuer or "") if part)
    lines = [
        x for x in scope.block("letterhead") if not x.dates and (POSTCODE.search(x.text) or ADDRESS_WORD.search(x.text))
    ]
    if lines:
        span = Span(lines[0].span.start, lines[-1].span.end)
        joined = ", ".join(x.text.strip(" ,") for x in lines)
        yield lines[0].fact("address", span, collapse(joined), whose, span=span)
        yield from _postcodes(scope, lines, whose)

"""When the document itself was issued and signed, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.blocks import signatories
from ingest.facts.names import places
from ingest.facts.scope import Scope, Statement
from ingest.facts.topics import strip_edges
from ingest.notice import ClauseKind, Fact, Span

_PAPER = (
    r"(?:notice|letter|reprimand|warning|order|direction|report|decision|statement|memorandum|memo|circular"
    r"|certificate|licence|permit|policy"
    r"|agreement|document|bulletin|summons|instruction|determination|requirement|penalty|publication|e-?mail"
    r"|article)"
)
_THIS = re.compile(
    rf"\b(?:this|the\s+present)\s+(?:[\w'’-]+\s+){{0,4}}?{_PAPER}\b[^.;]{{0,160}}?\b(?:is|was|has\s+been|are)?\s*"
    r"(?:hereby\s+)?(?:re-?issued|issued|dated|served|given|made|sent|published|signed)\b",
    re.IGNORECASE,
)
_ACTS = re.compile(
    rf"\b(?:varies|amends|modifies|revokes|withdraws|cancels|supersedes|replaces|rescinds|follows|refers\s+to)\b.*\b{_PAPER}\b",
    re.IGNORECASE | re.DOTALL,
)
_LABEL = re.compile(
    r"^\s*(?:(?:date(?:d)?|issued?|issue\s+date|published|date\s+(?:of\s+)?(?:this\s+|the\s+)?(?:issued?|issue|publication|letter"
    r"|notice|report|reprimand|decision|order|direction)|report\s+published|sent"
    r"|first\s+published|publication\s+date|letter\s+dated?|this\s+day)(?:\s+on)?)\s*[:–-]?\s*$", re.IGNORECASE
)  # fmt: skip
_DATE_PREPOSITION = re.compile(r"(?:\b(?:on|in|of|dated|date|at)\b|[:,(])\s*(?:the\s+)?$", re.IGNORECASE)
_SIGNED = re.compile(r"\b(?:signed|signature|dated?)\b", re.IGNORECASE)


def issue_facts(scope: Scope) -> Iterator[Fact]:
    """`issued_on`: what the text says of its own date; `signed_on`: the date in the signature."""
    issued = list(_issued(scope))
    signed = list(_signed(scope))
    yield from issued
    yield from signed
    if not issued:
        for fact in signed:
            yield Fact("issued_on", fact.value, fact.normalised, fact.clause, fact.span, fact.value_span, "signed")


def _issued(scope: Scope) -> Iterator[Fact]:
    prose_begun = False
    for statement in scope.statements:
        if statement.is_block and statement.clause.label.startswith(("signature", "copied to")):
            continue
        prose_begun = prose_begun or _is_prose(statement)
        for date in statement.dates:
            before = statement.before(date.span)
            says = [
                m for m in _THIS.finditer(before) if not _another(before[m.end() :]) and not _ACTS.search(m.group())
            ]
            if says and _DATE_PREPOSITION.search(before):
                yield statement.fact("issued_on", date.span, date.iso, strip_edges(before))
            elif _LABEL.match(before) or (not prose_begun and not before.strip() and _alone(statement, date.span)):
                if date.whole is None and date.precision != "year" and not re.search(r"inspect", before, re.IGNORECASE):
                    yield statement.fact("issued_on", date.span, date.iso, strip_edges(before.strip(" :")))


def _another(rest: str) -> bool:
    """Whether another event stands between `issued` and the date: `issued … following the report published on`."""
    return (
        re.search(
            r"\b(?:following|report|published|dated|after|identified|inspection|visit|receipt|received)\b",
            rest,
            re.IGNORECASE,
        )
        is not None
    )


def _is_prose(statement: Statement) -> bool:
    return not statement.is_block and len(statement.text.split()) > 12


def _alone(statement: Statement, date: Span) -> bool:
    """Whether the line is the date and nothing else, as letters have it."""
    return not statement.after(date).strip(" .,") and not statement.before(date).strip()


def _signed(scope: Scope) -> Iterator[Fact]:
    signature = scope.block("signature")
    names = ", ".join(x.name for x in signatories(scope))
    for statement in signature:
        for date in statement.dates:
            if date.precision == "day" or _SIGNED.search(statement.before(date.span)):
                yield statement.fact("signed_on", date.span, date.iso, f"signed by {names}" if names else "signed")


def issuer_facts(scope: Scope) -> Iterator[Fact]:
    """`issuer` and `subject` of the document's metadata, at the words that name them best."""
    document = scope.document
    for kind, name in (("issuer", document.issuer), ("subject", document.subject)):
        if not name:
            continue
        best: tuple[int, Statement, Span] | None = None
        for statement in scope.statements:
            found = next((x for x in places(name, statement.text, fold=True) if _apart(statement.text, x)), None)
            if found is None:
                continue
            rank = _rank(kind, statement, statement.text[: found.start])
            if best is None or rank < best[0]:
                best = (rank, statement, statement.place(found.start, found.end))
        if best is not None:
            yield best[1].fact(kind, best[2], name)


def _apart(text: str, place: Span) -> bool:
    """Whether the words are no part of a mail or web address."""
    return (
        re.search(r"[\w@./-]$", text[: place.start]) is None and re.match(r"[\w@]|[./-]\w", text[place.end :]) is None
    )


_ISSUED_TO = re.compile(
    r"\b(?:issues?|issued|issue|given|gives?|served|serves?|sent|sends?|addressed)\s+(?:(?:an?|this"
    r"|the)\s+(?:\w+\s+){1,3})?(?:to|on|upon)\s+(?:the\s+)?"
)


def addressee_in_prose(scope: Scope) -> Iterator[Fact]:
    """`addressee` of a document without an addressee block: whom its first sentences say that it is issued to."""
    names = [n for n in (scope.document.subject, *scope.document.subject_names) if n]
    for statement in list(scope.prose())[:6]:
        for m in _ISSUED_TO.finditer(statement.text):
            for name in names:
                pattern = r"\s+".join(re.escape(w) for w in name.split())
                found = re.compile(pattern).match(statement.text, m.end())
                if found is not None:
                    yield statement.fact("addressee", statement.place(*found.span()), name)
                    return


def _rank(kind: str, statement: Statement, before: str) -> int:
    """Lower is better: a sentence that says who issues, then the signature; for the subject, to whom."""
    label = statement.clause.label
    if kind == "issuer":
        if (
            statement.clause.kind is not ClauseKind.BLOCK
            and re.match(r"\s*(?:the\s+)?$", before, re.IGNORECASE)
            and re.search(r"\bissues?\b", statement.text)
        ):
            return 0
        return 1 if label.startswith("signature") else 2 if label in {"letterhead", "title"} else 3
    if re.search(r"\b(?:issued|issues|given|sent|served)\b[^.]*\bto\s+(?:the\s+)?$", before):
        return 0
    return 1 if label.startswith("addressee") else 2

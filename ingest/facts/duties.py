"""Duties with who owes them, and terms with what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.names import collapse
from ingest.facts.scope import Scope, Statement
from ingest.facts.topics import strip_edges
from ingest.notice import ClauseKind, Fact

_DUTY = re.compile(
    r"\b(?P<modal>must(?:\s+not)?|shall(?:\s+not)?|should(?:\s+not)?|(?:is|are)\s+(?:required|obliged|expected"
    r"|asked|requested|invited)\s+to|(?:is|are)\s+to"
    r"|ha(?:s|ve)\s+to|needs?\s+to|requires?\s+(?P<object>[^.;]{3,60}?)\s+to"
    r"|invites?\s+(?P<object2>[^.;]{3,60}?)\s+to"
    r"|asks?\s+(?P<object3>[^.;]{3,60}?)\s+to|recommends?\s+that\s+(?P<object4>[^.;]{3,60}?)\s+should)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"^\s*(?:if|should|where|when|unless)\b", re.IGNORECASE)
_WHO = re.compile(
    r"(?:^|[,;:]\s+|\b(?:and|that|but|then|so|therefore|with)\s+)(?P<who>(?:(?!\b(?:and\s+the|that|which"
    r"|but)\b)[^,;:.]){1,70})$",
    re.IGNORECASE,
)
_TO_BE_DONE = re.compile(
    r"(?P<who>[A-Z][\w’'-]*(?:\s+(?!(?:to|can|may|will|has|have|had|is|are|was|were|be"
    r"|been)\b)[\w’'-]+){0,6}?)\s+to\s+(?P<what>be\s+\w+ed\b)"
    r"|(?P<who2>[A-Z][\w’'-]*(?:\s+[\w’'-]+)?)\s+to\s+(?P<what2>[a-z]{2,}\s+\S)"
)
_DEFINED = re.compile(
    r"\((?:hereinafter\s+)?(?:referred\s+to\s+as\s+)?(?:the\s+)?[“”\"‘’'](?:the\s+)?(?P<quoted>[^“”\"‘’'()]{2,40})[“”\"‘’']\)"
    r"|\((?:the\s+)?(?P<plain>[A-Z][A-Za-z&.]*(?:\s[A-Z][A-Za-z&.]*){0,2}|the\s+[a-z]+)\)"
)  # fmt: skip
_SPELT_OUT = re.compile(
    r"\b(?P<short>[A-Z][A-Za-z&]*[A-Z])s?\s+\((?P<long>[A-Za-z][\w’'&,/-]*(?:\s+[\w’'&,/-]+){1,10})\)"
)
_NAME_FOR = re.compile(r"(?:(?:[A-Z][\w’'&.-]*,?|of|and|for|the|in)\s+){0,9}[A-Z][\w’'&.,-]*\s*$")
_PHRASE_FOR = re.compile(r"(?:[\w’'-]+\s+){0,3}[\w’'-]+\s*$")
_LED = re.compile(r"(?:[\w’'-]+\s+){0,3}?(?:as|the|an?|by|of|be|our|its|their)\s+(?=[a-z])")
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|must|should|shall|may|can|do|does|did)\b", re.IGNORECASE)


def duty_facts(scope: Scope) -> Iterator[Fact]:
    """`duty`: what is owed (value) and by whom (topic); `qualifier` is the word that binds (`must`, `should` …)."""
    for statement in scope.prose():
        if _CONDITION.match(statement.text) and "," not in statement.text:
            continue
        for m in _DUTY.finditer(statement.text):
            found = next((name for name in ("object", "object2", "object3", "object4") if m[name]), None)
            who = m[found] if found else _bearer(statement.text[: m.start()])
            rest = statement.text[m.end() :]
            if found == "object" and m["object"].strip().casefold() == "improvement":
                continue  # a grade
            if not who or len(rest.split()) < 2 or re.match(r"\s*(?:not\s+intended|,)", rest):
                continue
            if re.fullmatch(r"(?:is|are)\s+to", m["modal"], re.IGNORECASE) and re.match(
                r"(?:this|that|it|there)\b", who, re.IGNORECASE
            ):
                continue  # a purpose, not a duty
            start = m.end() + len(rest) - len(rest.lstrip())
            value = statement.place(start, len(statement.text.rstrip(" .;,:")))
            if len(value):
                binding = (
                    "should"
                    if found == "object4"
                    else collapse(re.split(r"\s", m["modal"])[0] if found else m["modal"])
                )
                yield statement.fact("duty", value, None, collapse(who), binding)
            break
        else:
            item = _TO_BE_DONE.match(statement.text) if statement.clause.kind is ClauseKind.ITEM else None
            if item is not None:
                value = statement.place(
                    item.start("what" if item["what"] else "what2"), len(statement.text.rstrip(" .;,:"))
                )
                yield statement.fact("duty", value, None, collapse(item["who"] or item["who2"]), "to")


def _bearer(before: str) -> str:
    """Who or what the duty falls on: the words back to the last break, or to the last `and` that joins sentences."""
    part = re.split(r"[,;:]\s+", before.rstrip())[-1]
    if not _FINITE.search(part) and len(part) <= 120 and not re.search(r"\bthat\b", part):
        return strip_edges(part)
    m = _WHO.search(before.rstrip())
    return strip_edges(m["who"]) if m else ""


def definition_facts(scope: Scope) -> Iterator[Fact]:
    """`definition`: a term that brackets introduce; topic and normalised are what it stands for."""
    for statement in scope.statements:
        for m in _DEFINED.finditer(statement.text):
            name = "quoted" if m["quoted"] else "plain"
            if m["quoted"] and m["quoted"].islower() and len(m["quoted"].split()) > 2:
                continue  # a gloss, not a name
            if re.match(r"\s+[A-Z]", statement.text[m.end() :]):
                continue  # brackets inside a title
            stands_for = _stands_for(statement, m.start(), m[name])
            if stands_for:
                yield statement.fact("definition", statement.place(*m.span(name)), stands_for, stands_for)
        for m in _SPELT_OUT.finditer(statement.text):
            letters = [c.casefold() for c in m["short"] if c.isupper()]
            initials = [word[0].casefold() for word in re.findall(r"[\w’'-]+", m["long"])]
            if initials[0] == letters[0] and len(initials) <= len(letters) + 3 and _subsequence(letters, initials):
                long = collapse(m["long"])
                yield statement.fact("definition", statement.place(*m.span("short")), long, long)


def _stands_for(statement: Statement, position: int, term: str) -> str:
    before = statement.text[:position].rstrip()
    letters = [c.lower() for c in term if c.isupper()]
    if len(letters) > 1 and " " not in term:
        words = list(re.finditer(r"[\w’'&-]+", before))
        for small in (0, 1, 2, 3):  # small words that the letters leave out
            tail = words[-(len(letters) + small) :]
            initials = [w.group()[0].lower() for w in tail]
            if len(initials) >= len(letters) and initials[0] == letters[0] and _subsequence(letters, initials):
                return collapse(_without_lead(before[tail[0].start() :]))
        return ""
    m = _NAME_FOR.search(before) or _PHRASE_FOR.search(before)
    own = re.search(
        rf"(?:[\w’'-]+\s+){{0,3}}?\b{re.escape(term)}\b(?:\s+(?:of|for|in|to|at)\s+[^,;:()]{{2,60}})?$",
        before,
        re.IGNORECASE,
    )
    if m and own and term.casefold() not in m.group().casefold():
        return _after_function_word(own.group())  # `as commissioner in Northby (“the Commissioner”)`
    return _without_lead(strip_edges(m.group())) if m else ""


def _after_function_word(words: str) -> str:
    """A noun phrase less what leads to it: `appoints Ann Bell as roads commissioner` is `roads commissioner`."""
    return collapse(
        re.sub(r"^.*?\b(?:as|the|an?|by|of|be|our|its|their)\s+", "", words, count=1) if _LED.match(words) else words
    )


def _subsequence(letters: list[str], initials: list[str]) -> bool:
    rest = iter(initials)
    return all(letter in rest for letter in letters)


def _without_lead(words: str) -> str:
    return re.sub(
        r"^(?:(?:with|by|from|for|in|on|to|of|the|its|their|our|a|an|and|or)\s+)+", "", words, flags=re.IGNORECASE
    )

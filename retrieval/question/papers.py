"""The papers that a question speaks of: their kinds, and the words and dates that tell which is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.facts.dates import DateMatch
from retrieval.names.known import Reading
from retrieval.question.question import Term
from retrieval.references import NUMBER_WORDS
from retrieval.words import PAPER, STOP, fold, stem, tokens

# How people call the kinds of document; a kind that is not listed is called by its own name.
_KIND_WORDS = {
    "notice": r"notices?",
    "letter": r"letters?",
    "news": (
        r"news(?:paper)?(?: (?:report|article|story|item|piece|paper))?|articles?|press(?: report| article)?"
        r"|story|paper|journalists?|reporters?"
    ),
    "report": r"inspection reports?",
    "reprimand": r"reprimands?",
    "warning letter": r"warning letters?",
    "e-mail": r"e-?mails?",
}


def _kind_pattern(kinds: frozenset[str]) -> str:
    return "|".join(f"(?:{_KIND_WORDS.get(kind, re.escape(kind) + 's?')})" for kind in sorted(kinds)) or r"(?!)"


def described_by(question: str, reading: Reading, kinds: frozenset[str]) -> tuple[Term, ...]:
    """The words that stand before the word for a paper and tell which is meant."""
    names = {stem(word) for m in reading.mentions for word in (*tokens(m.name.shown), *tokens(m.corrected_from or ""))}
    found: list[Term] = []
    pattern = (
        rf"(?:^|\b(?:the|this|that|a|an|their|its|our|[\w’']+['’]s?)\s+|\b(?:of|in|on|by|to|from|signed|wrote"
        rf"|sent)\s+)((?:[\w'’-]+\s+){{1,3}}?)(?:{_kind_pattern(kinds)})\b"
    )
    for match in re.finditer(pattern, fold(question)):
        for word in tokens(match[1]):
            bare = word.removesuffix("'s")
            if (
                bare not in STOP
                and bare not in PAPER
                and stem(bare) not in _ACTS
                and stem(bare) not in names
                and not bare.isdigit()
                and bare not in NUMBER_WORDS
            ):
                found.append(Term(bare, stem(bare)))
    return tuple(dict.fromkeys((*found, *_told_by(question, names, kinds))))


# What follows the word for a paper and tells what it is about: "the letter about parking permits".
_ABOUT = r"(?:about|concerning|regarding|relating to|in relation to|on the subject of|dealing with)"
_ABOUT_ENDS = (
    r"(?=[,.;:?!]|$|\b(?:is|are|was|were|did|does|do|has|have|had|must|should|will|say|says|said|who|what|when|which"
    r"|to|for|sent|signed|issued)\b)"
)

# "The sentence in the letter about …" tells what the sentence is about, not the letter.
_PART_OF = re.compile(
    r"\b(?:sentence|clause|para(?:graph)?|part|bit|section|line|passage|words?|wording|point|say\w*)s?\b", re.I
)


def _told_by(question: str, names: set[str], kinds: frozenset[str]) -> Iterator[Term]:
    """The words after the one for a paper that tell what it is about."""
    to_whom = r"(?:\s+(?:to|from|by|for)(?:\s+[\w'’]+){1,4}?)?"
    for match in re.finditer(
        rf"\b(?:{_kind_pattern(kinds)}){to_whom}\s+{_ABOUT}\s+(.{{3,80}}?){_ABOUT_ENDS}", fold(question)
    ):
        if _PART_OF.search(question[: match.start()]):
            continue
        for word in tokens(match[1]):
            bare = word.removesuffix("'s")
            if bare not in STOP and bare not in PAPER and stem(bare) not in names and not bare.isdigit():
                yield Term(bare, stem(bare))


# Verbs that stand before the word for a paper without telling which is meant.
_ACTS = frozenset(
    stem(word)
    for word in (
        "date serve serving day month year time name copy content tell "
        "sign signed signs issue issued issues send sent sends write wrote written writes receive received "
        "receives publish published read reads get gave got list compare summarise summarize explain "
        "describe many served both two three four five six seven eight nine ten"
    ).split()
)


def dates_of_papers(
    question: str, dates: tuple[DateMatch, ...], kinds: frozenset[str], *, only_before: bool = False
) -> tuple[DateMatch, ...]:
    """The dates that tell which paper is meant; `only_before`: only those that stand before its word."""
    paper = _kind_pattern(kinds)
    found = []
    for match in dates:
        before, after = question[: match.span.start], question[match.span.end :]
        if re.match(rf"\s+(?:[\w-]+\s+){{0,3}}(?:{paper})\b", after, re.I) or (
            not only_before
            and re.search(rf"\b(?:{paper})\s+(?:of|from|dated|issued (?:on|in)|issued)\s+(?:the\s+)?$", before, re.I)
        ):
            found.append(match)
    return tuple(found)


def mark_papers(
    terms: tuple[Term, ...], question: str, kinds: frozenset[str], issuer: frozenset[str]
) -> tuple[Term, ...]:
    """Words that call a kind of document ("newspaper") or its issuer weigh as little as the kind's own name."""
    called = {
        stem(word)
        for match in re.finditer(rf"\b(?:{_kind_pattern(kinds)})\b", fold(question))
        for word in tokens(match.group())
    }
    return tuple(replace(t, paper=True) if t.stem in called or t.word in issuer else t for t in terms)


def kinds_in(question: str, known: frozenset[str]) -> frozenset[str]:
    folded = fold(question)
    found = {kind for kind in known if re.search(rf"\b(?:{_KIND_WORDS.get(kind, re.escape(kind) + 's?')})\b", folded)}
    if "warning letter" in found and "letter" in found:
        found.discard("letter")
    if "warning letter" in known and "letter" not in known and re.search(r"\bletters\b", folded):
        found.add("warning letter")
    return frozenset(found)

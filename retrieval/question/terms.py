"""The words of the topic: what is left of a question without its names, references and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts.dates import DateMatch
from ingest.names import core
from retrieval.names.honorifics import HONORIFICS
from retrieval.names.known import NameKind, Reading
from retrieval.question.question import Term
from retrieval.references import ClauseReference
from retrieval.words import PAPER, STOP, fold, stem, stems, thesaurus, tokens

_OF_COUNCILS = frozenset({"local", "metropolitan"})
_SAYERS = (
    r"inspectors?|inspection|inspectorate|auditors?|investigators?|commissioner|regulator|report|agency|ombudsman|office"
    r"|they|it"
)
_ASKING = re.compile(
    r"\bhow (?:well|good|effective(?:ly)?|bad(?:ly)?)\b|\bbefore (?:this|that|it)\b"
    r"|\b(?:take|takes|took|taken|taking) place\b"
    rf"|\bwhat (?:did|do|does|have|has) (?:the )?(?:{_SAYERS}) "
    r"(?=(?:say|said|find|found|conclude[ds]?|report(?:ed)?|think|note[ds]?|tell|told|see)\b)",
    re.I,
)

_YEAR_OLD = re.compile(r"(?<=\d)[-\s]years?[-\s]olds?\b", re.I)

# "When the letter was written" tells the time by a paper.
_WHEN_PAPER = re.compile(
    r"\bwhen (?:the|that|this) (?:[\w'’-]+ ){1,4}?(?P<deed>(?:was|were|went|came) (?:being )?\w+)\b", re.I
)
_AT_THE_TIME = re.compile(r"\bat (?:the|that) time\b|\bas (?:of|at)\b", re.I)


def terms_of(
    question: str,
    reading: Reading,
    references: tuple[ClauseReference, ...],
    dates: tuple[DateMatch, ...],
    issuers: frozenset[str],
) -> tuple[Term, ...]:
    """The content words left when names, references and dates are taken out."""
    rest = list(question)
    original = fold(question)
    for mention in reading.mentions:
        if mention.name.kind is not NameKind.ORGANISATION or core(mention.name.shown) in issuers:
            shown = mention.corrected_from
            at = original.find(fold(shown)) if shown else mention.start
            end = at + len(shown) if shown else mention.end
            rest[at:end] = " " * (end - at)
    for reference in references:
        at = question.find(reference.words)
        if at >= 0:
            rest[at : at + len(reference.words)] = " " * len(reference.words)
    for match in dates:
        rest[match.span.start : match.span.end] = " " * len(match.span)
    for told in _WHEN_PAPER.finditer("".join(rest)):
        rest[told.start("deed") : told.end("deed")] = " " * (told.end("deed") - told.start("deed"))
    left = re.sub(r"(?<=[a-z]{3})-\d{1,2}\b", "", _AT_THE_TIME.sub(" ", "".join(rest)))
    terms: dict[str, Term] = {}
    left = _ASKING.sub(" ", _YEAR_OLD.sub(" ", left))
    plain = tokens(left)
    ordinary = frozenset(
        word for at, word in enumerate(plain) if word in _OF_COUNCILS and not PAPER & set(plain[at + 1 : at + 2])
    )  # "local offer" is no "local authority"
    for words in _with_phrases(plain):
        bare = words.removesuffix("'s")
        if reading.of(NameKind.PERSON) and bare in HONORIFICS:
            continue
        if words in STOP or bare in STOP or not bare or (len(bare) == 1 and not bare.isdigit()):
            continue
        stemmed = " ".join(stems(bare))
        terms.setdefault(stemmed, Term(bare, stemmed, bare in PAPER and bare not in ordinary))
    return tuple(terms.values())


def _with_phrases(words: tuple[str, ...]) -> Iterator[str]:
    """The words one by one, with those that the thesaurus knows as a phrase ("looked after") together."""
    known = thesaurus().phrases
    at = 0
    while at < len(words):
        width = next(
            (w for w in (4, 3, 2) if tuple(map(stem, words[at : at + w])) in known and at + w <= len(words)), 1
        )
        yield " ".join(words[at : at + width])
        at += width

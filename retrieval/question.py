"""Understanding a question: names, clause references, dates, kinds of document, what is asked for, the topic left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.facts.dates import DateMatch, find_dates
from ingest.names import core, family
from retrieval.courtesy import asking_part
from retrieval.names.honorifics import HONORIFICS
from retrieval.names.index import NameIndex
from retrieval.names.known import Name, NameKind, Reading
from retrieval.references import NUMBER_WORDS, ClauseReference, find_references
from retrieval.wants import Want, wants
from retrieval.words import PAPER, STOP, fold, stem, stems, thesaurus, tokens

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


# Who said it tells nothing of the matter: "What did Ofsted say about …".
_SAID_BY = re.compile(
    r"^what (?:did|do|does|has|have) (?:the )?\S+(?: \S+){0,5}? "
    r"(?:say|said|find|found|make|made|conclude|report|think) (?:about|of|on) ",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the topic: as typed (or respelt) and its stem.  `paper` words name the document and weigh little."""

    word: str
    stem: str
    paper: bool = False
    borrowed: bool = False  # from the question before, where a pronoun stands for it


@dataclass(frozen=True, slots=True)
class Question:
    """One question, understood."""

    text: str
    wants: tuple[Want, ...]
    names: Reading
    references: tuple[ClauseReference, ...]
    dates: tuple[DateMatch, ...]
    kinds: frozenset[str]
    terms: tuple[Term, ...]
    described: tuple[Term, ...] = ()  # words that tell which paper is meant: "covid" in "the Covid letter"
    paper_dates: tuple[DateMatch, ...] = ()  # dates that do so: "the 2019 notice", "the letter of 18 June 2020"
    behind: str = ""  # what its pronouns stand for, in words of the question before

    @property
    def want(self) -> Want:
        return self.wants[0]

    @property
    def subjects(self) -> tuple[Name, ...]:
        return self.names.of(NameKind.SUBJECT)

    @property
    def people(self) -> tuple[Name, ...]:
        return self.names.of(NameKind.PERSON)

    @property
    def organisations(self) -> tuple[Name, ...]:
        return self.names.of(NameKind.ORGANISATION)

    @property
    def topic(self) -> tuple[Term, ...]:
        """The question's own words of the topic, without those that name the paper."""
        return tuple(term for term in self.terms if not term.paper and not term.borrowed)

    @property
    def bare(self) -> str:
        """The question with each subject's name made common ("the council"), which is how its own documents speak."""
        text = f"{self.text} ({self.behind})" if self.behind else self.text
        if (part := asking_part(text)) != text:
            return part
        if (said := _SAID_BY.match(text)) and self.organisations:
            return f"What about {text[said.end() :]}"
        for mention in sorted(self.names.mentions, key=lambda m: -m.start):
            if mention.name.kind is NameKind.SUBJECT and mention.end > mention.start and not mention.corrected_from:
                text = f"{text[: mention.start]}the {family(mention.name.shown) or 'organisation'}{text[mention.end :]}"
        return text

    def says(self, pattern: str) -> bool:
        return re.search(pattern, fold(self.text)) is not None

    def wanting(self, *wanted: Want) -> Question:
        return replace(self, wants=wanted)


def understand(text: str, index: NameIndex, kinds: frozenset[str]) -> Question:
    """Read a question against the names of an index; `kinds` are the kinds of document it holds."""
    question = re.sub(r"\s+", " ", text).strip()
    reading = index.read(question)
    spelt = question
    for typed, meant in reading.respelt:
        spelt = re.sub(rf"\b{re.escape(typed)}\b", meant, spelt)
    if reading.respelt:  # the places of its names have moved
        reading = replace(index.read(spelt), respelt=reading.respelt)
    references = find_references(spelt)
    dates = find_dates(spelt)
    described = _described(spelt, reading, kinds)
    part = asking_part(spelt)
    asked = wants(part)
    paper_dates = _paper_dates(spelt, dates, kinds, only_before=asked[0] is Want.YES_NO)
    terms = tuple(
        t
        for t in _terms(spelt, reading, references, dates, index.issuers)
        if t not in described and (part == spelt or t.word in fold(part))
    )
    if asked[0] is Want.REASON:
        terms = tuple(t for t in terms if t.stem not in _ASKS_WHY)
    return Question(
        text=spelt,
        wants=asked,
        names=reading,
        references=references,
        dates=dates,
        kinds=_kinds(spelt, kinds),
        terms=_mark_papers(terms, spelt, kinds, index.issuer_words),
        described=described,
        paper_dates=paper_dates,
    )


def _kind_pattern(kinds: frozenset[str]) -> str:
    return "|".join(f"(?:{_KIND_WORDS.get(kind, re.escape(kind) + 's?')})" for kind in sorted(kinds)) or r"(?!)"


def _described(question: str, reading: Reading, kinds: frozenset[str]) -> tuple[Term, ...]:
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


def _paper_dates(
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


def _mark_papers(
    terms: tuple[Term, ...], question: str, kinds: frozenset[str], issuer: frozenset[str]
) -> tuple[Term, ...]:
    """Words that call a kind of document ("newspaper") or its issuer weigh as little as the kind's own name."""
    called = {
        stem(word)
        for match in re.finditer(rf"\b(?:{_kind_pattern(kinds)})\b", fold(question))
        for word in tokens(match.group())
    }
    return tuple(replace(t, paper=True) if t.stem in called or t.word in issuer else t for t in terms)


def _kinds(question: str, known: frozenset[str]) -> frozenset[str]:
    folded = fold(question)
    found = {kind for kind in known if re.search(rf"\b(?:{_KIND_WORDS.get(kind, re.escape(kind) + 's?')})\b", folded)}
    if "warning letter" in found and "letter" in found:
        found.discard("letter")
    if "warning letter" in known and "letter" not in known and re.search(r"\bletters\b", folded):
        found.add("warning letter")
    return frozenset(found)


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


def _terms(
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
    left = re.sub(r"(?<=[A-Za-z])-\d+\b", "", _AT_THE_TIME.sub(" ", "".join(rest)))
    terms: dict[str, Term] = {}
    left = _ASKING.sub(" ", left)
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


# "When the letter was written" tells the time by a paper.
_WHEN_PAPER = re.compile(
    r"\bwhen (?:the|that|this) (?:[\w'’-]+ ){1,4}?(?P<deed>(?:was|were|went|came) (?:being )?\w+)\b", re.I
)
_ASKS_WHY = frozenset(
    map(stem, "lead led cause caused prompt prompted trigger triggered reason reasons ground grounds why".split())
)
_AT_THE_TIME = re.compile(r"\bat (?:the|that) time\b|\bas (?:of|at)\b", re.I)


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

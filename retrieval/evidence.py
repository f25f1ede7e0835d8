"""Evidence: the sentences of the documents in scope, scored against the question by a few honest features."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from types import MappingProxyType

from ingest.facts.dates import DateMatch, find_dates
from ingest.notice import Clause, ClauseKind, Document, Fact, Span
from ingest.sentences import sentences
from retrieval.abbreviations import abbreviations, other_forms
from retrieval.anaphora import Antecedents
from retrieval.features import Features, ranking_weights
from retrieval.known import initials
from retrieval.question import Question, Term
from retrieval.soft import USUAL, SoftMatch, SoftMatcher, least
from retrieval.wants import KINDS, Kinds, Want
from retrieval.words import contains, opposites, stems, thesaurus

# The kinds of fact that mark a sentence as an answer, also where the answer is not the value itself.
TYPED = {**KINDS, Want.REASON: Kinds((), ("judgement",))}


@dataclass(frozen=True, slots=True)
class Unit:
    """The finest quotation: a sentence, item, line or block, with the words around it that give it sense."""

    document: Document
    clause: Clause
    span: Span
    own: tuple[str, ...]  # stems of its words
    context: tuple[str, ...]  # stems of its heading and of the lead-in it stands under
    about: tuple[str, ...]  # stems of the document's title, kind, subject and issuer
    meant: tuple[str, ...] = ()  # stems that its pointing nouns stand for ("the panel"); part of the context too

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", self.span.of(self.document.text)).strip()

    @property
    def key(self) -> tuple[str, int, int]:
        return (self.document.id, self.span.start, self.span.end)


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit with its features; `score` is what ranks it, comparable within one question."""

    unit: Unit
    features: Features
    score: float
    missing: tuple[str, ...]  # words of the topic that nothing here covers
    asked: int  # words of the topic
    far: float  # what these weigh, 0..1, those near to a word of the unit in meaning counting less

    @property
    def coverage(self) -> float:
        """Share of the question's weighted words that the unit and its surroundings have, 0..1."""
        f = self.features
        return f.exact + COVERS[Where.CLOSE] * f.close + COVERS[Where.AROUND] * f.around + COVERS[Where.ABOUT] * f.about

    @property
    def dense(self) -> float:
        return self.features.dense


_CUES: Mapping[Want, re.Pattern[str]] = {
    Want.REASON: re.compile(
        r"\b(?:because|given (?:the|that|its|their|to address)|following|due to|owing to|as a result"
        r"|in (?:the )?light of|in order to|so that|reasons?|"
        r"arising from|caused|therefore|which is why|in respect of|based on|resulted|revealed|failed|failure"
        r"|did not|lack of|to enable|"
        r"to ensure|to understand|as part of|taking (?:account|into account))\b",
        re.I,
    ),
    Want.CONSEQUENCE: re.compile(
        r"\b(?:should the|if (?:the|we|services)|fail(?:s|ed|ure)?|unwilling|unable|may choose to"
        r"|could be taken|could take|will take|"
        r"powers? of|may result|consequence|legal action|enforcement|not been|if .* not)\b",
        re.I,
    ),
    Want.DEFINITION: re.compile(
        r"\(\s*[\"'“‘]|\bmeans?\b|\bdefined\b|\bas identified by\b|\brefers? to\b|\bis a\b", re.I
    ),
    Want.QUOTATION: re.compile(r"[“”\"]|\bsaid\b|\btold\b|\badded\b|\basked\b|\bsays\b|\backnowledged\b", re.I),
}


# What may or must be done is said in the same mood as it is asked: (in a question, in a sentence).
_MODALS = (
    (re.compile(r"\b(?:may|might|can|could)\b", re.I), re.compile(r"\b(?:may|might|can|could)\b")),
    (
        re.compile(r"\b(?:must|should|shall|has to|have to|needs? to|required|supposed to|expected to)\b", re.I),
        re.compile(r"\b(?:must|should|shall|will|is to|are to|required to)\b"),
    ),
)

# Questions that a list answers.
LISTED = re.compile(
    r"\b(?:list|all|every|each|what are|what were|which (?:\w+s)\b|what (?:\w+ ){0,2}\w+s\b|"
    r"what (?:must|should|may|might|can|could|will|does|do|did|has|have|needs?|is|else)\b|everything)",
    re.I,
)
# A sentence that opens so speaks of something in the one before.
POINTS_BACK = re.compile(r"^[\"'“‘]?(?:It|They|This|These|That|Those|He|She|Such)\b(?! (?:Notice|notice|is given))")


COMPARED = 10  # units that are compared with the question token by token


@lru_cache(maxsize=4_096)
def units(document: Document) -> tuple[Unit, ...]:
    """Every unit of a document, in order.  A parent clause gives its lead-in only: its items speak for themselves."""
    about = stems(f"{document.title} {document.kind} {document.subject or ''} {called(document.issuer)}")
    by_label = {clause.label: clause for clause in document.clauses}
    first_item: dict[str, int] = {}
    for clause in document.clauses:
        if clause.parent:
            first_item.setdefault(clause.parent, clause.span.start)
    found: list[Unit] = []
    antecedents = Antecedents()
    for clause in document.clauses:
        own_end = first_item.get(clause.label, clause.span.end)
        own = Span(clause.span.start, max(clause.span.start, own_end))
        context = stems(_context(document, clause, by_label, first_item))
        spans = (_trim(document.text, own),) if clause.kind is ClauseKind.BLOCK else sentences(document.text, own)
        for span in spans:
            words = stems(span.of(document.text))
            if words:
                before = found[-1].own if found and POINTS_BACK.match(span.of(document.text).lstrip()) else ()
                meant = antecedents.read(span.of(document.text))
                around = (*context, *before, *meant, *other_forms(document, words))
                found.append(Unit(document, clause, span, words, around, about, meant))
    return tuple(found)


def called(body: str | None) -> str:
    """A body's name with its initials, as it is called for short ("Department for Trade", "DfT")."""
    if not body:
        return ""
    every, capitals = initials(body)
    return f"{body} {capitals} {every}" if len(capitals) > 1 else body


def _context(document: Document, clause: Clause, by_label: Mapping[str, Clause], first_item: Mapping[str, int]) -> str:
    parts = [clause.heading or ""]
    parent = by_label.get(clause.parent or "")
    while parent is not None:
        parts.append(
            document.text[parent.span.start : max(first_item.get(parent.label, parent.span.end), parent.span.start)][
                -300:
            ]
        )
        parent = by_label.get(parent.parent or "")
    if clause.kind is ClauseKind.ROW and (head := by_label.get(f"{clause.label.rsplit(' ', 1)[0]} 1")) is not None:
        parts.append(head.span.of(document.text) if head is not clause else "")
    return " ".join(parts)


def _trim(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


LEADING = 8  # words at the head of a sentence that tell what it is about


class Rarity:
    """How much a word weighs: rare words tell documents apart, common ones do not."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._having: Counter[str] = Counter()
        self._units = 0
        for document in documents:
            for unit in units(document):
                self._units += 1
                self._having.update(set(unit.own))

    def is_absent(self, stemmed: str) -> bool:
        """Whether no document has the word."""
        return all(self._having[word] == 0 for word in stemmed.split())

    def weight(self, stemmed: str) -> float:
        """Inverse document frequency over units, 1..~7; a phrase weighs what its rarest word does."""
        if " " in stemmed:
            return max(self.weight(word) for word in stemmed.split())
        return 1.0 + math.log((self._units + 1) / (self._having[stemmed] + 1)) if self._units else 1.0


class Where(Enum):
    """Where a question word is met."""

    OWN = "in the unit"
    CLOSE = "in the unit, as a close word"
    AROUND = "in the heading or the lead-in"
    ABOUT = "in the document's title"
    NOWHERE = "nowhere"


# What each place counts for when coverage is summed up in one figure.
COVERS = {Where.OWN: 1.0, Where.CLOSE: 0.65, Where.AROUND: 0.85, Where.ABOUT: 0.5, Where.NOWHERE: 0.0}


def light(term: Term) -> float:
    """What a term weighs beside a word of the topic: little where it names the paper or is borrowed."""
    return 0.15 if term.paper else 0.25 if term.borrowed else 1.0


def match(term: Term, own: tuple[str, ...], context: tuple[str, ...], about: tuple[str, ...]) -> Where:
    """Where a question word is covered, the best place first."""
    if term.stem in own or (" " in term.stem and contains(own, tuple(term.stem.split()))):
        return Where.OWN
    relatives = thesaurus().of(term.stem)
    if any((len(r) == 1 and r[0] in own) or (len(r) > 1 and contains(own, r)) for r in relatives):
        return Where.CLOSE
    if len(term.stem) >= 6 and any(_kin(term.stem, word) for word in own):
        return Where.CLOSE
    phrase = tuple(term.stem.split())
    if contains(context, phrase):
        return Where.AROUND
    return Where.ABOUT if contains(about, phrase) else Where.NOWHERE


def does(term: Term, role: tuple[str, ...]) -> bool:
    """Whether a verb of the question is what a role is named for ("led", "leader"; "edits", "editor")."""
    return any(f"{term.stem}{ending}" in role for ending in ("er", "or", "r", "man", "woman", "person"))


def _kin(one: str, other: str) -> bool:
    """Whether two stems are of one family ("commission", "commissioner")."""
    shorter, longer = sorted((one, other), key=len)
    return (
        len(shorter) >= 6 and longer.startswith(shorter[: max(6, len(shorter) - 1)]) and len(longer) - len(shorter) <= 4
    )


class Ranking:
    """Scores units against one question, given each clause's cosine to it."""

    def __init__(
        self,
        question: Question,
        rarity: Rarity,
        dense: Mapping[tuple[str, str], float],
        near: Mapping[tuple[str, str], float] = MappingProxyType({}),
        soft: SoftMatcher | None = None,
    ) -> None:
        self._question = question
        self._near = near
        self._soft = soft
        self._matches: dict[tuple[str, int, int], SoftMatch] = {}
        self._rest = USUAL  # of units that are not compared softly
        self._weights = {t.stem: rarity.weight(t.stem) * light(t) for t in question.terms}
        self._pairs = [(a.stem, b.stem) for a, b in zip(question.terms, question.terms[1:], strict=False)]
        self._topic = {t.stem for t in question.topic}
        self._names = [
            stems(name.shown)[-1] for name in (*question.people, *question.organisations) if stems(name.shown)
        ]
        self._dense = dense
        self._rarity = rarity
        self._listing = LISTED.search(question.text) is not None
        self._cues = [_CUES[want] for want in question.wants if want in _CUES]
        self._modals = [said for asked, said in _MODALS if asked.search(question.text)]
        self._kinds = next((TYPED[want] for want in question.wants if want in TYPED), None)

    def features(self, unit: Unit) -> tuple[Features, tuple[str, ...]]:
        """What speaks for a unit, and the words of the topic that nothing in or round it covers."""
        total = sum(self._weights.values()) or 1.0
        soft = self._matches.get(unit.key, self._rest)
        exact = close = around = about = leads = 0.0
        missing: list[str] = []
        opening = unit.own[:LEADING]
        for term in self._question.terms:
            weight = self._weights[term.stem] / total
            where = match(term, unit.own, unit.context, unit.about)
            if where is Where.NOWHERE and self._question.want is Want.YES_NO and denies(unit, term):
                where = Where.CLOSE
            exact += weight * (where is Where.OWN)
            close += weight * (where is Where.CLOSE)
            around += weight * (where is Where.AROUND)
            about += weight * (where is Where.ABOUT)
            leads += weight * (term.stem in opening)
            if where is Where.NOWHERE and not term.paper and not term.borrowed:
                missing.append(term.word)
        return (
            Features(
                exact=exact,
                close=close,
                around=around,
                about=about,
                dense=self._dense.get((unit.document.id, unit.clause.label), 0.0),
                compact=_compactness(unit.own, self._topic),
                adjacent=min(2, sum(1 for pair in self._pairs if contains(unit.own, pair))) / 2,
                cue=float(any(cue.search(unit.text) for cue in self._cues)),
                typed=self._typed(unit),
                date=date_fit(self._question, unit.document, unit.span),
                kind=float(unit.document.kind in self._question.kinds) if self._question.kinds else 0.0,
                named=self._named(unit),
                block=float(unit.clause.kind is ClauseKind.BLOCK),
                short=float(len(unit.own) < 6),
                listing=float(
                    (self._listing and ":" in unit.text and unit.text.count(";") > 1)
                    or (self._listing and unit.text.rstrip().endswith(":"))
                ),
                absent=sum(
                    self._weights[t.stem] / total
                    for t in self._question.topic
                    if t.word in missing and self._rarity.is_absent(t.stem)
                ),
                modal=float(any(m.search(unit.text) for m in self._modals)),
                leads=leads,
                **_over_usual(soft),
            ),
            tuple(missing),
        )

    def _named(self, unit: Unit) -> float:
        """The share of the people and bodies named that stand in the unit, the document's own issuer aside."""
        issuer = stems(unit.document.issuer or "")
        initials = {short for short, long in abbreviations(unit.document) if contains(issuer, long)}
        names = [name for name in self._names if name not in issuer and name not in initials]
        return sum(name in unit.own for name in names) / len(names) if names else 0.0

    def _typed(self, unit: Unit) -> float:
        """1 when the unit holds a fact of the kinds wanted, a half for the second-best kinds."""
        if self._kinds is None:
            return 0.0
        if facts_in(unit, self._kinds.first):
            return 1.0
        return 0.5 if facts_in(unit, self._kinds.also) else 0.0

    def score(self, unit: Unit) -> Scored:
        return self._scored(unit, *self.features(unit))

    def _scored(self, unit: Unit, features: Features, missing: tuple[str, ...]) -> Scored:
        weights = ranking_weights()
        near = self._near.get((unit.document.id, unit.clause.label), 0.0)
        return Scored(
            unit,
            features,
            weights.constant + weights.dot(features) + near,
            missing,
            len(self._question.topic),
            self._far(unit, missing),
        )

    def _far(self, unit: Unit, missing: Sequence[str]) -> float:
        """What the words that nothing covers weigh, each by its distance from the nearest word of the unit."""
        match = self._matches.get(unit.key, self._rest)
        total = sum(self._weights.values()) or 1.0
        return sum(
            self._weights[term.stem] / total * match.distance(term.stem)
            for term in self._question.terms
            if term.word in missing
        )

    def rank(self, candidates: Iterable[Unit]) -> list[Scored]:
        """Best first; of equals the one that covers most, then in document order.

        The best by the other features are ranked anew with soft matching.
        """
        first = sorted((self.score(unit) for unit in candidates), key=_best_first)
        best = first[:COMPARED]
        if self._soft is None or not best:
            return first
        matches = self._soft.of([scored.unit.text for scored in best])
        self._matches = {scored.unit.key: match for scored, match in zip(best, matches, strict=True)}
        # The others count as the worst of these in each respect, so that none overtakes the last of them.
        self._rest = least(matches)
        return sorted((self._softly(scored) for scored in first), key=_best_first)

    def _softly(self, scored: Scored) -> Scored:
        soft = self._matches.get(scored.unit.key, self._rest)
        features = scored.features._replace(**_over_usual(soft))
        return self._scored(scored.unit, features, scored.missing)


def _over_usual(soft: SoftMatch) -> dict[str, float]:
    """The three features, 0 for what is usual, so that scores are alike with and without them."""
    return {"soft": soft.soft - USUAL.soft, "even": soft.even - USUAL.even, "whole": soft.whole - USUAL.whole}


def _best_first(scored: Scored) -> tuple[float, float, tuple[str, int, int]]:
    return (-round(scored.score, 2), -scored.coverage, scored.unit.key)


def denies(unit: Unit, term: Term) -> bool:
    """Whether the unit has the opposite of a word, and not the word itself ("permanent", "temporary")."""
    return term.stem not in unit.own and any(contains(unit.own, words) for words in opposites().get(term.stem, ()))


def date_fit(question: Question, document: Document, span: Span) -> float:
    """Whether the words hold the date that the question names: a bonus when they do, a malus when they hold others."""
    if not question.dates:
        return 0.0
    here = [m.iso for m in dates_of(span.of(document.text))]
    if not here:
        return 0.0
    if any(iso.startswith(m.iso) for m in question.dates for iso in here):
        return 0.15
    return 0.0 if any(m.iso.startswith(iso) for m in question.dates for iso in here) else -0.12


@lru_cache(maxsize=8_192)
def dates_of(text: str) -> tuple[DateMatch, ...]:
    return find_dates(text)


def _compactness(words: tuple[str, ...], wanted: set[str]) -> float:
    """How near to one another the wanted words stand, 0..1: their number over the shortest stretch with them all."""
    places = [(at, word) for at, word in enumerate(words) if word in wanted]
    present = {word for _, word in places}
    if len(present) < 2:
        return 0.0
    best = len(words)
    last: dict[str, int] = {}
    for at, word in places:
        last[word] = at
        if len(last) == len(present):
            best = min(best, at - min(last.values()) + 1)
    return len(present) / best


def facts_in(unit: Unit, kinds: Iterable[str]) -> tuple[Fact, ...]:
    """The facts of these kinds whose value stands in the unit."""
    wanted = set(kinds)
    return tuple(f for f in unit.document.facts if f.kind in wanted and unit.span.covers(f.value_span))

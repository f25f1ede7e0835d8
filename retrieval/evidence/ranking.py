"""Scoring units against a question by a few honest features, best first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from ingest.notice import ClauseKind
from retrieval.abbreviations import abbreviations
from retrieval.evidence.covering import Where, denies, light, match
from retrieval.evidence.cues import CUES, LISTED, MODALS, TYPED
from retrieval.evidence.dates import date_fit
from retrieval.evidence.rarity import Rarity
from retrieval.evidence.scored import Scored
from retrieval.evidence.units import Unit, facts_in
from retrieval.features import Features, ranking_weights
from retrieval.question import Question
from retrieval.soft import MEASURES, USUAL, SoftMatch, SoftMatcher, least
from retrieval.wants import Want
from retrieval.words import contains, stems

COMPARED = 12  # units that are compared with the question token by token


LEADING = 8  # words at the head of a sentence that tell what it is about


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
        self._cues = [CUES[want] for want in question.wants if want in CUES]
        self._modals = [said for asked, said in MODALS if asked.search(question.text)]
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
        matches = self._soft.of([scored.unit.in_place for scored in best])
        self._matches = {scored.unit.key: match for scored, match in zip(best, matches, strict=True)}
        # The others count as the worst of these in each respect, so that none overtakes the last of them.
        self._rest = least(matches)
        return sorted((self._softly(scored) for scored in first), key=_best_first)

    def _softly(self, scored: Scored) -> Scored:
        soft = self._matches.get(scored.unit.key, self._rest)
        features = scored.features._replace(**_over_usual(soft))
        return self._scored(scored.unit, features, scored.missing)


def _over_usual(soft: SoftMatch) -> dict[str, float]:
    """Their features, 0 for what is usual, so that scores are alike with and without them."""
    return {name: getattr(soft, name) - getattr(USUAL, name) for name in MEASURES}


def _best_first(scored: Scored) -> tuple[float, float, tuple[str, int, int]]:
    return (-round(scored.score, 2), -scored.coverage, scored.unit.key)


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

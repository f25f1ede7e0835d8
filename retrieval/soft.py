"""Soft matching: each word of the question by the token of a sentence that is nearest to it in meaning.

It sees what no list of close words knows ("impartial" and "independent"), at the price of encoding the sentence;
so it looks at a few sentences only, which the other features have chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ingest.adapter import Adapter
from ingest.arrays import Vectors
from ingest.tokens import Tokens
from retrieval.words import STOP, spans, stem

TokenSource = Callable[[Sequence[str]], tuple[Tokens, ...] | None]


@dataclass(frozen=True, slots=True)
class SoftMatch:
    """How near a sentence is to the question, by the vectors of their tokens; cosines."""

    soft: float  # the question's words, weighted by their rarity
    even: float  # all tokens of the question alike, the small words too
    whole: float  # the question's own vector with the sentence's
    learned: float = 0.0  # over the usual, the question's tokens weighted by what each counts (ingest/adapter.py)
    weakest: float = 0.0  # of the question's words that tell most, the one that is met least
    words: Mapping[str, float] = field(default_factory=dict)  # each word of the question, by its stem

    def distance(self, stemmed: str) -> float:
        """How far a word is from the nearest here: 0 as near as close words are, 1 as far as any two are."""
        near = [self.words.get(word, HALFWAY) for word in stemmed.split()]  # a phrase has several words
        return max(0.0, min(1.0, (NEAR - sum(near) / max(1, len(near))) / (NEAR - FAR)))


TELLING = 0.5  # share of the heaviest word's weight from which a word tells much
SMALL = 0.02  # what every token of a question counts beside the share of its word
NEAR, HALFWAY, FAR = 0.52, 0.46, 0.39  # cosines of close words, of words of which nothing is known, of any two
USUAL = SoftMatch(0.54, 0.43, 0.3, weakest=0.35)  # of an ordinary candidate, where the encoder has no tokens


MEASURES = ("soft", "even", "whole", "learned", "weakest")


def least(matches: Sequence[SoftMatch]) -> SoftMatch:
    """The worst of several (not none) in each respect."""
    return SoftMatch(*(min(getattr(match, name) for match in matches) for name in MEASURES))


class SoftMatcher:
    """Compares sentences with one question."""

    def __init__(
        self,
        question: str,
        weight: Callable[[str], float],
        tokens: TokenSource,
        adapter: Adapter | None = None,
    ) -> None:
        """`weight` of a stem: how much it tells.  The adapter must be that of the encoder that gives the tokens."""
        self._question = question
        self._weight = weight
        self._tokens = tokens
        self._adapter = adapter

    def of(self, sentences: Sequence[str]) -> tuple[SoftMatch, ...]:
        """One for each sentence."""
        own = self._own
        read = self._tokens(sentences) if own is not None else None
        if own is None or read is None:
            return (USUAL,) * len(sentences)
        counts = own.counts(self._adapter.importance) if self._adapter and len(own.tokens) else None
        usual = self._adapter.usual if self._adapter else 0.0
        return tuple(own.match(tokens, counts, usual) for tokens in read)

    @cached_property
    def _own(self) -> _Question | None:
        read = self._tokens([self._question])
        return None if read is None else _Question(read[0], tuple(self._words(read[0])))

    def _words(self, tokens: Tokens) -> Iterator[_Word]:
        """The words that say something, with the tokens of each."""
        starts = tokens.offsets[:, 0]
        for start, end, word in spans(self._question):
            bare = word.removesuffix("'s")
            inside = np.flatnonzero((starts >= start) & (starts < end))
            if bare not in STOP and len(inside):
                stemmed = stem(bare)
                yield _Word(stemmed, self._weight(stemmed), inside)


@dataclass(frozen=True, slots=True)
class _Word:
    stem: str
    weight: float
    tokens: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Question:
    tokens: Tokens
    words: tuple[_Word, ...]

    @property
    def shares(self) -> NDArray[np.float32]:
        """Of each token in what is asked, by the weight of its word; `[n]`, the sum is 1, or all are 0."""
        shares = np.zeros(len(self.tokens), dtype=np.float32)
        for word in self.words:
            shares[word.tokens] = word.weight / len(word.tokens)
        return shares / (shares.sum() or 1.0)

    @property
    def vectors(self) -> NDArray[np.float32]:
        return self.tokens.vectors.astype(np.float32)

    def counts(self, importance: Vectors) -> Vectors:
        """What each token counts, `[n]`, by its word's share in what is asked and its importance; the sum is 1."""
        weight = (self.shares + SMALL) * np.exp(self.vectors @ importance)
        return np.asarray(weight / weight.sum(), dtype=np.float32)

    def match(self, sentence: Tokens, counts: Vectors | None = None, usual: float = 0.0) -> SoftMatch:
        if not len(self.tokens) or not len(sentence):
            return SoftMatch(0.0, 0.0, 0.0, -0.5, 0.0)
        other = sentence.vectors.astype(np.float32)
        cosines = self.vectors @ other.T
        nearest = cosines.max(axis=1)
        near = [float(nearest[word.tokens].mean()) for word in self.words]
        total = sum(word.weight for word in self.words)
        even = float(nearest.mean())
        heaviest = max((word.weight for word in self.words), default=0.0)
        telling = [by for word, by in zip(self.words, near, strict=True) if word.weight >= TELLING * heaviest]
        return SoftMatch(
            soft=sum(word.weight * by for word, by in zip(self.words, near, strict=True)) / total if total else even,
            even=even,
            whole=float(self.tokens.whole @ sentence.whole),
            learned=float(counts @ nearest) - usual if counts is not None else 0.0,
            weakest=min(telling, default=even),
            words={word.stem: by for word, by in zip(self.words, near, strict=True)},
        )

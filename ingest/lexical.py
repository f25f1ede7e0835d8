"""BM25 over chunk texts: the one tokeniser, the index, and its copy on disk."""

from __future__ import annotations

import hashlib
import json
import logging
import math
import os
import re
import shutil
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)

Scores = NDArray[np.float32]
FORMAT = 2  # raise it when the terms change, so that saved indexes are built again

FUNCTION_WORDS = frozenset(
    "a an and are as at be been being but by did do does for from had has have having he her his i if in into is it "
    "its me my of on or our she so than that the their them then there these they this those to was we were what when "
    "where which who whom whose why will with you your".split()
)
# Words that questions are put in: rare in documents, so they would weigh much, and they say nothing of what is asked.
QUESTION_WORDS = frozenset(
    "about any can clarification clarify concerning could describe detail details elaborate example examples explain "
    "give how me might outline please provide regarding should specific tell us would".split()
)
WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*(?:\([0-9a-z]{1,4}\))*")
NUMBER = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*")
REFERENCE = re.compile(r"(?:ss?\.?)?([a-z]?\d+(?:\.\d+)*[a-z]*)((?:\([0-9a-z]{1,4}\))*)")
ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
CONTEXT = "^"  # before a term of a chunk's context: no term of a text holds one


@dataclass(frozen=True, slots=True)
class LexicalOptions:
    """How texts are scored.  k1 and b are BM25's; `stem` is the Snowball English stemmer.

    pairs    what two words count that stand side by side in text and question, a single word counting 1
    context  what a word counts that only the context of a clause has: its document's title, its heading, its lead-in
    """

    k1: float = 0.6
    b: float = 0.7
    stem: bool = True
    stopwords: frozenset[str] = FUNCTION_WORDS
    asking: frozenset[str] = QUESTION_WORDS
    pairs: float = 0.4
    context: float = 0.2

    def digest(self) -> str:
        """Names what the index on disk depends on; `asking` and the weights only matter to a query."""
        parts = [FORMAT, self.k1, self.b, self.stem, sorted(self.stopwords)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


DEFAULT_OPTIONS = LexicalOptions()


def tokens(text: str, options: LexicalOptions = DEFAULT_OPTIONS) -> list[str]:
    """The terms of a text, in order; the same for chunks and questions.

    Numbers and references stay whole: `5(b)` gives `5(b)` and `5`; `s497A(4B)` gives `497a(4b)` and `497a`;
    `1,200` gives `1200`; `10th` gives `10`; `council's` gives the stem of `council`.
    """
    return _singles(_words(text), options)


def word_pairs(text: str, options: LexicalOptions = DEFAULT_OPTIONS) -> list[str]:
    """Neighbouring terms joined by a space, stopwords counted as terms; no pair is of two stopwords."""
    return _pairs(_words(text), options)


def _singles(words: Sequence[str], options: LexicalOptions) -> list[str]:
    return [_stem(word) if options.stem else word for word in words if word not in options.stopwords]


def _pairs(words: Sequence[str], options: LexicalOptions) -> list[str]:
    terms = [_stem(word) if options.stem else word for word in words]
    common = [word in options.stopwords for word in words]
    return [f"{terms[i]} {terms[i + 1]}" for i in range(len(terms) - 1) if not (common[i] and common[i + 1])]


def _terms(text: str, own: int, options: LexicalOptions) -> list[str]:
    """All that is indexed of a text whose own words start at `own`."""
    words = _words(text[own:])
    context = (_context_terms(line, options) for line in text[:own].splitlines())
    return [*_singles(words, options), *_pairs(words, options), *(term for terms in context for term in terms)]


@lru_cache(maxsize=4_096)
def _context_terms(line: str, options: LexicalOptions) -> tuple[str, ...]:
    """The terms of one line of context, which many clauses share."""
    return tuple(CONTEXT + term for term in _singles(_words(line), options))


def _digest(texts: Sequence[str], options: LexicalOptions, own: Sequence[int] | None) -> str:
    """Names the index of exactly these texts, split like this, under these options."""
    digest = hashlib.sha256(options.digest().encode())
    for text in texts:
        content = text.encode("utf-8", "surrogatepass")
        digest.update(len(content).to_bytes(8, "big") + content)
    digest.update(json.dumps(list(own) if own is not None else None).encode())
    return digest.hexdigest()[:32]


def _words(text: str) -> list[str]:
    """The words of a text, folded but not stemmed, stopwords among them."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return [part for word in WORD.findall(folded) for part in _parts(word)]


@lru_cache(maxsize=65_536)
def _parts(word: str) -> tuple[str, ...]:
    if NUMBER.fullmatch(word):
        return (word.replace(",", ""),)
    if ordinal := ORDINAL.fullmatch(word):
        return (ordinal[1],)
    if reference := REFERENCE.fullmatch(word):
        return (reference[1] + reference[2], reference[1]) if reference[2] else (reference[1],)
    return tuple(part for part in re.split(r"[’'](?:s\b)?|[.,()]", word) if part)


class _Stemmers(threading.local):
    """One stemmer a thread: a Snowball stemmer is not thread-safe."""

    def __init__(self) -> None:
        import Stemmer

        self.english = Stemmer.Stemmer("english")


@lru_cache(maxsize=1)
def _stemmers() -> _Stemmers:
    return _Stemmers()


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    return str(_stemmers().english.stemWord(word))


def _bm25s() -> Any:
    """The library, told to be quiet: it logs every step as an event of its own."""
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)
    return bm25s


@dataclass(frozen=True, slots=True)
class Match:
    """How each text matches a query; every field `[number of texts]` float32.

    score    BM25 over its own words, pairs of words and context, weighed as the options say
    covered  share of the query's different words, 0..1, that its own words have
    rare     the same, each word counting by the square of its inverse document frequency
    """

    score: Scores
    covered: Scores
    rare: Scores

    def at(self, places: NDArray[np.int64]) -> Match:
        """The same for these texts alone."""
        return Match(self.score[places], self.covered[places], self.rare[places])


class LexicalIndex:
    """BM25 scores of every text for a query.  Immutable and thread-safe once built."""

    def __init__(self, index: Any, size: int, options: LexicalOptions) -> None:
        self._index = index
        self._size = size
        self._options = options

    @classmethod
    def build(
        cls, texts: Sequence[str], options: LexicalOptions = DEFAULT_OPTIONS, *, own: Sequence[int] | None = None
    ) -> LexicalIndex:
        """`own[i]` is where the own words of `texts[i]` start, its context standing before them; None: all are own."""
        starts = own if own is not None else [0] * len(texts)
        terms = [_terms(text, start, options) for text, start in zip(texts, starts, strict=True)]
        if not any(terms):
            return cls(None, len(texts), options)
        bm25s = _bm25s()
        index = bm25s.BM25(k1=options.k1, b=options.b, method="lucene", backend="numpy", csc_backend="numpy")
        index.index(terms, show_progress=False)
        return cls(index, len(texts), options)

    @classmethod
    def open(
        cls,
        folder: Path,
        texts: Sequence[str],
        options: LexicalOptions = DEFAULT_OPTIONS,
        *,
        own: Sequence[int] | None = None,
    ) -> LexicalIndex:
        """The index saved in `folder` for exactly these texts, else a new one, saved there where that is possible."""
        digest = _digest(texts, options, own)
        saved = folder / digest
        if saved.is_dir():
            index = cls._load(saved, len(texts), options)
            if index is not None:
                return index
        built = cls.build(texts, options, own=own)
        built._save(folder, digest)
        return built

    def scores(self, query: str) -> Scores:
        """`[number of texts]` float32; 0 where no term of the query occurs."""
        return self.match(query).score

    def match(self, query: str) -> Match:
        """How every text matches the query."""
        score, covered, rare = (np.zeros(self._size, dtype=np.float32) for _ in range(3))
        if self._index is None:
            return Match(score, covered, rare)
        words = self._asked(query)
        for terms, weight in (
            (words, 1.0),
            (word_pairs(query, self._options), self._options.pairs),
            ([CONTEXT + word for word in words], self._options.context),
        ):
            ids = self._index.get_tokens_ids(terms)
            if ids:
                score += np.float32(weight) * np.asarray(self._index.get_scores_from_ids(ids), dtype=np.float32)
        self._cover(list(dict.fromkeys(words)), covered, rare)
        return Match(score, covered, rare)

    def _asked(self, query: str) -> list[str]:
        """The terms of a query that ask for something; all of them when they only ask."""
        kept = replace(self._options, stopwords=self._options.stopwords | self._options.asking)
        return tokens(query, kept) or tokens(query, self._options)

    def _cover(self, words: list[str], covered: Scores, rare: Scores) -> None:
        """Fill in the shares of `words` (each once) that the texts have.  A word that no text has counts as rarest."""
        starts, texts = self._index.scores["indptr"], self._index.scores["indices"]
        weights: list[float] = []
        for word in words:
            known = self._index.get_tokens_ids([word])
            having = texts[starts[known[0]] : starts[known[0] + 1]] if known else texts[:0]
            weight = math.log(1 + (self._size - len(having) + 0.5) / (len(having) + 0.5)) ** 2
            weights.append(weight)
            covered[having] += 1
            rare[having] += weight
        if words:
            covered /= len(words)
            rare /= sum(weights)

    @classmethod
    def _load(cls, saved: Path, size: int, options: LexicalOptions) -> LexicalIndex | None:
        bm25s = _bm25s()
        try:
            index = bm25s.BM25.load(str(saved))
            if index.scores["num_docs"] != size:
                return None
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            log.warning("the saved BM25 index is damaged and is built again: %s", error)
            return None
        return cls(index, size, options)

    def _save(self, folder: Path, digest: str) -> None:
        """Save beside the old one, then remove the old: it is only a cache, so a failure is no error."""
        if self._index is None:
            return
        new = folder / f"{digest}.{os.getpid()}.{threading.get_ident()}.new"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._index.save(str(new), show_progress=False)
            shutil.rmtree(folder / digest, ignore_errors=True)
            new.replace(folder / digest)
            for other in folder.iterdir():
                if other.name != digest:
                    shutil.rmtree(other, ignore_errors=True)
        except OSError as error:
            log.warning("the BM25 index is not saved (it is built again at the next start): %s", error)
            shutil.rmtree(new, ignore_errors=True)

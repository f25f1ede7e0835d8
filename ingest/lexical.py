"""BM25 over chunk texts: the one tokeniser, the index, and its copy on disk.

An index is made from how often each text has each term.  Those counts are kept with it, so that the next index, of
mostly the same texts, tokenises only what is new; it is the very index that would be built from nothing.
"""

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

from ingest.terms import Counts, count

log = logging.getLogger(__name__)

Scores = NDArray[np.float32]
FORMAT = 3  # raise it when the terms change, so that saved indexes are built again

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


@dataclass(frozen=True, slots=True)
class LexicalOptions:
    """How texts are scored.  k1 and b are BM25's; `stem` is the Snowball English stemmer.

    asking  words left out of a question, unless it has no others
    pairs   what two words count that stand side by side in text and question, a single word counting 1
    """

    k1: float = 0.6
    b: float = 0.6
    stem: bool = True
    stopwords: frozenset[str] = FUNCTION_WORDS
    asking: frozenset[str] = QUESTION_WORDS
    pairs: float = 0.4

    def digest(self) -> str:
        """Names what the index on disk depends on; `asking` and `pairs` only matter to a query."""
        parts = [FORMAT, self.k1, self.b, self.stem, sorted(self.stopwords)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


DEFAULT_OPTIONS = LexicalOptions()
COUNTS = "counts.npz"


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


def _digest(texts: Sequence[str], options: LexicalOptions) -> str:
    """Names the index of exactly these texts under these options."""
    digest = hashlib.sha256(options.digest().encode())
    for text in texts:
        content = text.encode("utf-8", "surrogatepass")
        digest.update(len(content).to_bytes(8, "big") + content)
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


def _weighed(counts: Counts, options: LexicalOptions) -> Any:
    """The library's index of these counts, as it makes it itself, but of whole arrays: that takes a tenth of the time.

    Lucene's BM25: log(1 + (N - df + 0.5) / (df + 0.5)) * tf / (k1 * (1 - b + b * length / mean length) + tf).
    """
    texts, size = counts.texts, len(counts.digests)
    lengths = np.bincount(texts, weights=counts.times, minlength=size)
    norms = options.k1 * ((1 - options.b) + options.b * lengths / lengths.mean())
    holding, which = np.unique(np.bincount(counts.numbers), return_inverse=True)
    rarity = np.array([math.log(1 + (size - df + 0.5) / (df + 0.5)) for df in holding.tolist()], dtype=np.float32)
    times = counts.times.astype(np.float32)
    scores = (rarity[which][counts.numbers] * (times / (norms[texts] + times))).astype(np.float32)
    by_term = np.argsort(counts.numbers, kind="stable")
    index = _bm25s().BM25(k1=options.k1, b=options.b, method="lucene", backend="numpy", csc_backend="numpy")
    index.scores = {
        "data": scores[by_term],
        "indices": texts[by_term].astype(np.int32),
        "indptr": np.concatenate([[0], np.cumsum(np.bincount(counts.numbers))]),
        "num_docs": size,
    }
    index.vocab_dict = {term: n for n, term in enumerate(counts.vocabulary)}
    index.unique_token_ids_set = set(range(len(counts.vocabulary)))
    index.nonoccurrence_array = None
    return index


class LexicalIndex:
    """BM25 scores of every text for a query.  Immutable and thread-safe once built."""

    def __init__(self, index: Any, counts: Counts, options: LexicalOptions) -> None:
        self._index = index
        self._counts = counts
        self._options = options

    @classmethod
    def build(
        cls, texts: Sequence[str], options: LexicalOptions = DEFAULT_OPTIONS, before: LexicalIndex | None = None
    ) -> LexicalIndex:
        """The index of these texts; those that `before` holds are not tokenised again."""

        def terms(text: str) -> list[str]:
            words = _words(text)
            return _singles(words, options) + _pairs(words, options)

        known = before._counts if before is not None and before._options.digest() == options.digest() else None
        counts = count(texts, terms, known)
        return cls(_weighed(counts, options) if counts.vocabulary else None, counts, options)

    @classmethod
    def open(
        cls,
        folder: Path,
        texts: Sequence[str],
        options: LexicalOptions = DEFAULT_OPTIONS,
        before: LexicalIndex | None = None,
    ) -> LexicalIndex:
        """The index saved in `folder` for exactly these texts, else a new one, saved there where that is possible.

        before  an index of mostly the same texts; None: what is saved there of other texts
        """
        digest = _digest(texts, options)
        saved = cls._load(folder / digest, options)
        if saved is not None and len(saved._counts.digests) == len(texts):
            return saved
        if before is None and folder.is_dir():
            others = (cls._load(other, options) for other in sorted(folder.iterdir()) if other.name != digest)
            before = next((other for other in others if other is not None), None)
        built = cls.build(texts, options, before)
        built._save(folder, digest)
        return built

    def scores(self, query: str) -> Scores:
        """`[number of texts]` float32; 0 where no term of the query occurs."""
        total = np.zeros(len(self._counts.digests), dtype=np.float32)
        if self._index is None:
            return total
        for terms, weight in ((self._asked(query), 1.0), (word_pairs(query, self._options), self._options.pairs)):
            if ids := self._index.get_tokens_ids(terms):
                total += np.float32(weight) * np.asarray(self._index.get_scores_from_ids(ids), dtype=np.float32)
        return total

    def _asked(self, query: str) -> list[str]:
        """The terms of a query that ask for something; all of them when they only ask."""
        kept = replace(self._options, stopwords=self._options.stopwords | self._options.asking)
        return tokens(query, kept) or tokens(query, self._options)

    @classmethod
    def _load(cls, saved: Path, options: LexicalOptions) -> LexicalIndex | None:
        """What is saved in a folder; None when there is none such, or it is damaged or made otherwise."""
        if not saved.is_dir():
            return None
        bm25s = _bm25s()
        try:
            index = bm25s.BM25.load(str(saved))
            vocabulary = [term for term in index.vocab_dict if term]
            counts = Counts.load(saved / COUNTS, options.digest(), vocabulary)
            if counts is None or index.scores["num_docs"] != len(counts.digests):
                return None
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            log.warning("the saved BM25 index is damaged and is built again: %s", error)
            return None
        return cls(index, counts, options)

    def _save(self, folder: Path, digest: str) -> None:
        """Save beside the old one, then remove the old: it is only a cache, so a failure is no error."""
        if self._index is None:
            return
        new = folder / f"{digest}.{os.getpid()}.{threading.get_ident()}.new"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._index.save(str(new), show_progress=False)
            self._counts.save(new / COUNTS, self._options.digest())
            shutil.rmtree(folder / digest, ignore_errors=True)
            new.replace(folder / digest)
            for other in folder.iterdir():
                if other.name != digest:
                    shutil.rmtree(other, ignore_errors=True)
        except OSError as error:
            log.warning("the BM25 index is not saved (it is built again at the next start): %s", error)
            shutil.rmtree(new, ignore_errors=True)

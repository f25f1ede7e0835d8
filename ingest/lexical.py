"""BM25 over chunk texts: the one tokeniser, the index, and its copy on disk."""

from __future__ import annotations

import hashlib
import json
import logging
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


class LexicalIndex:
    """BM25 scores of every text for a query.  Immutable and thread-safe once built."""

    def __init__(self, index: Any, size: int, options: LexicalOptions) -> None:
        self._index = index
        self._size = size
        self._options = options

    @classmethod
    def build(cls, texts: Sequence[str], options: LexicalOptions = DEFAULT_OPTIONS) -> LexicalIndex:
        terms = [_singles(words, options) + _pairs(words, options) for words in map(_words, texts)]
        if not any(terms):
            return cls(None, len(texts), options)
        bm25s = _bm25s()
        index = bm25s.BM25(k1=options.k1, b=options.b, method="lucene", backend="numpy", csc_backend="numpy")
        index.index(terms, show_progress=False)
        return cls(index, len(texts), options)

    @classmethod
    def open(cls, folder: Path, texts: Sequence[str], options: LexicalOptions = DEFAULT_OPTIONS) -> LexicalIndex:
        """The index saved in `folder` for exactly these texts, else a new one, saved there where that is possible."""
        digest = _digest(texts, options)
        saved = folder / digest
        if saved.is_dir():
            index = cls._load(saved, len(texts), options)
            if index is not None:
                return index
        built = cls.build(texts, options)
        built._save(folder, digest)
        return built

    def scores(self, query: str) -> Scores:
        """`[number of texts]` float32; 0 where no term of the query occurs."""
        total = np.zeros(self._size, dtype=np.float32)
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

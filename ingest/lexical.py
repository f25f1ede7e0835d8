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
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)

Scores = NDArray[np.float32]
FORMAT = 1  # raise it when the tokeniser changes, so that saved indexes are built again

FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be been being but by did do does for from had has have having he her his i if in "
        "into is it its me my of on or our she so than that the their them then there these they this those "
        "to was we were what when where which who whom whose why will with you your ",
    )
)
WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*(?:\([0-9a-z]{1,4}\))*")
NUMBER = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*")
REFERENCE = re.compile(r"(?:ss?\.?)?([a-z]?\d+(?:\.\d+)*[a-z]*)((?:\([0-9a-z]{1,4}\))*)")
ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")


@dataclass(frozen=True, slots=True)
class LexicalOptions:
    """How texts are scored.  k1 and b are BM25's; `stem` is the Snowball English stemmer."""

    k1: float = 1.2
    b: float = 0.75
    stem: bool = True
    stopwords: frozenset[str] = FUNCTION_WORDS

    def digest(self) -> str:
        parts = [FORMAT, self.k1, self.b, self.stem, sorted(self.stopwords)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


DEFAULT_OPTIONS = LexicalOptions()


def tokens(text: str, options: LexicalOptions = DEFAULT_OPTIONS) -> list[str]:
    """The terms of a text, in order; the same for chunks and questions.

    Numbers and references stay whole: `5(b)` gives `5(b)` and `5`; `s497A(4B)` gives `497a(4b)` and `497a`;
    `1,200` gives `1200`; `10th` gives `10`; `council's` gives the stem of `council`.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    found: list[str] = []
    for match in WORD.finditer(folded):
        _terms(match[0], options, found)
    return found


def _terms(word: str, options: LexicalOptions, found: list[str]) -> None:
    if NUMBER.fullmatch(word):
        found.append(word.replace(",", ""))
    elif ordinal := ORDINAL.fullmatch(word):
        found.append(ordinal[1])
    elif reference := REFERENCE.fullmatch(word):
        if reference[2]:
            found.append(reference[1] + reference[2])
        found.append(reference[1])
    else:
        parts = [part for part in re.split(r"[’'](?:s\b)?|[.,()]", word) if part and part not in options.stopwords]
        found.extend(map(_stem, parts) if options.stem else parts)


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
        terms = [tokens(text, options) for text in texts]
        if not any(terms):
            return cls(None, len(texts), options)
        bm25s = _bm25s()
        index = bm25s.BM25(k1=options.k1, b=options.b, method="lucene", backend="numpy", csc_backend="numpy")
        index.index(terms, show_progress=False)
        return cls(index, len(texts), options)

    @classmethod
    def open(
        cls, folder: Path, keys: Sequence[str], texts: Sequence[str], options: LexicalOptions = DEFAULT_OPTIONS
    ) -> LexicalIndex:
        """The index saved in `folder` for exactly these texts, else a new one, saved there where that is possible."""
        digest = hashlib.sha256("\n".join((options.digest(), *keys)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
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
        if self._index is None:
            return np.zeros(self._size, dtype=np.float32)
        ids = self._index.get_tokens_ids(tokens(query, self._options))
        return np.asarray(self._index.get_scores_from_ids(ids), dtype=np.float32)

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

"""The features that rank a sentence against a question, and their weights, fitted on the tuning cases.

`python -m evals.fit` fits the weights anew and writes retrieval/weights.toml.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple


class Features(NamedTuple):
    """What speaks for a unit as the answer; shares are of the question's weighted words."""

    exact: float  # words met in the unit itself
    close: float  # words met there as close words
    around: float  # words met in its heading or lead-in
    about: float  # words met in the document's title only
    dense: float  # cosine of question and clause
    compact: float  # how near to one another the words stand
    adjacent: float  # neighbours in the question that are neighbours here
    cue: float  # words that mark a reason, a consequence, a definition, a quotation
    typed: float  # a fact of the kind wanted stands in it
    date: float  # it holds the date that the question names
    kind: float  # the document is of the kind named
    named: float  # the people and bodies that the question names stand in it
    block: float  # an address, a signature
    short: float  # fewer than six words
    listing: float  # it is a list, and a list is asked for
    absent: float  # words that no document has
    modal: float  # "may" is asked and "may" is said, or "must" and "should"
    leads: float  # words met where the sentence opens, so that it is about them
    soft: float  # words met by tokens of like meaning, over the usual (retrieval/soft.py)
    even: float  # the same, all tokens of the question counting alike
    whole: float  # cosine of question and sentence, over the usual
    learned: float  # likeness by what questions with their answers teach, over the usual (ingest/adapter.py)
    weakest: float  # of the words that tell most, the likeness of the one that is met least, over the usual


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each feature, and the constant that brings their sum to the scale of a score or a probability."""

    by_name: Mapping[str, float]
    constant: float = 0.0

    def dot(self, features: NamedTuple) -> float:
        return float(sum(self.by_name.get(name, 0.0) * value for name, value in features._asdict().items()))

    def probability(self, features: NamedTuple) -> float:
        """Logistic of the weighted sum, 0..1."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.constant + self.dot(features)))))


def weights_path() -> Path:
    return Path(__file__).with_name("weights.toml")


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, Mapping[str, float]]:
    return tomllib.loads(weights_path().read_text(encoding="utf-8"))


def ranking_weights() -> Weights:
    """How units are ranked."""
    return _weights("ranking")


def acceptance_weights() -> Weights:
    """How likely the best unit is to be the answer."""
    return _weights("acceptance")


@lru_cache(maxsize=4)
def _weights(table: str) -> Weights:
    found = dict(_shipped()[table])
    return Weights(found, found.pop("constant", 0.0))

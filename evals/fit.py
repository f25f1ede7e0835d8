"""Fit the ranking and acceptance weights on the tuning cases: `python -m evals.fit`.

Ranking: the weights that make the expected clause's sentences likeliest among all in scope (softmax, L2).
Acceptance: the probability that the best sentence is the answer, from its features and its lead over the next
clause (logistic regression, L2); refusals and wrongly ranked questions are the negatives.  Only `part: tuning` is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logsumexp

from evals.askers import library_over
from evals.case import Case, default_paths, load_cases
from ingest.encode import Encoder
from ingest.snapshot import Snapshot
from retrieval.acceptance import Evidence, evidence_of
from retrieval.answer import Ask
from retrieval.context import Context
from retrieval.courtesy import without_courtesy
from retrieval.draft import Draft
from retrieval.features import Features, weights_path
from retrieval.fitting import as_role
from retrieval.followup import fill
from retrieval.knowledge import KnowledgeCache
from retrieval.pipeline import readable
from retrieval.question import understand
from retrieval.scope import choose

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """One question: the features of every sentence in scope, and which of them are the expected clauses'."""

    case: Case
    context: Context
    features: Floats  # [units, features]
    gold: NDArray[np.bool_]  # [units]; all false for a refusal


def samples(cases: Iterable[Case], snapshot: Snapshot) -> list[Sample]:
    """The single questions among the cases that reach the ranking at all."""
    found = []
    known = KnowledgeCache()
    for case in cases:
        if case.after or len(case.citations) > 1 or any(c.document not in snapshot.documents for c in case.citations):
            continue
        knowledge = known.of(readable(Ask(case.question, as_at=case.as_at, documents=case.documents), snapshot))
        question = fill(understand(without_courtesy(case.question), knowledge.names, knowledge.kinds), ()).question
        scope = choose(question, knowledge)
        if isinstance(scope, Draft) or question.references:
            continue
        context = Context(as_role(scope.question), knowledge, scope)
        gold = np.array(
            [_is_gold(case, s.unit.document.id, s.unit.clause.label, s.unit.clause.parent) for s in context.ranked]
        )
        if len(gold) and (gold.any() or not case.answerable):
            found.append(Sample(case, context, np.array([s.features for s in context.ranked]), gold))
    return found


def _is_gold(case: Case, document: str, label: str, parent: str | None) -> bool:
    return any(
        c.document == document and c.clause and (label in c.clause or parent in c.clause) for c in case.citations
    )


def fit_ranking(found: Sequence[Sample], strength: float = 1.0) -> Floats:
    """[features] weights of the listwise softmax."""
    answered = [s for s in found if s.gold.any()]

    def loss(weights: Floats) -> float:
        total = 0.0
        for sample in answered:
            scores = sample.features @ weights
            total += float(logsumexp(scores) - logsumexp(scores[sample.gold]))
        return total + strength * float(weights @ weights) / 2

    size = len(Features._fields)
    return np.asarray(
        minimize(
            loss,
            np.ones(size),
            method="L-BFGS-B",
            bounds=[(-1 if n in ("block", "short") else 0, 0 if n == "absent" else 12) for n in Features._fields],
        ).x
    )


def fit_acceptance(found: Sequence[Sample], strength: float = 1.0) -> tuple[Floats, float]:
    """Weights and constant of the logistic regression."""
    rows, right = [], []
    for sample in found:
        ranked = sample.context.ranked
        best = ranked[0]
        rows.append(evidence_of(ranked))
        right.append(_is_gold(sample.case, best.unit.document.id, best.unit.clause.label, best.unit.clause.parent))
    x, y = np.array(rows), np.array(right, dtype=float)

    def loss(parameters: Floats) -> float:
        p = np.clip(expit(x @ parameters[:-1] + parameters[-1]), 1e-9, 1 - 1e-9)
        weights = parameters[:-1]
        return float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).sum() + strength * (weights @ weights) / 2)

    fitted = minimize(loss, np.zeros(x.shape[1] + 1), method="L-BFGS-B").x
    return np.asarray(fitted[:-1]), float(fitted[-1])


def write(ranking: Floats, acceptance: Floats, constant: float, path: Path) -> None:
    lines = [
        "# Fitted by `python -m evals.fit` on the tuning cases; see retrieval/features.py for what each feature is.",
        "",
        "[ranking]",
    ]
    scale = float(np.abs(ranking).sum()) / 3 or 1.0
    lines += [f"{name} = {value / scale:.4f}" for name, value in zip(Features._fields, ranking, strict=True)]
    lines += ["", "[acceptance]", f"constant = {constant:.4f}"]
    lines += [f"{name} = {value:.4f}" for name, value in zip(Evidence._fields, acceptance, strict=True)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(corpora: Sequence[Path], cases: Sequence[Path], encoder: Encoder, data: Path) -> str:
    """Fit on the tuning cases over the corpora, write the weights, and tell the ranking's hit rate."""
    tuning = [case for case in load_cases(cases or default_paths()) if case.part == "tuning"]
    found: list[Sample] = []
    for number, corpus in enumerate(corpora):
        with library_over(corpus, data / str(number), encoder) as library:
            found += samples(tuning, library.snapshot())
    ranking = fit_ranking(found)
    answered = [s for s in found if s.gold.any()]
    hits = sum(bool(s.gold[np.argmax(s.features @ ranking)]) for s in answered)
    before = sum(bool(s.gold[0]) for s in answered)
    acceptance, constant = fit_acceptance(found)
    write(ranking, acceptance, constant, weights_path())
    return (
        f"{date.today()}: {len(found)} questions; first sentence right {before}/{len(answered)} before, "
        f"{hits}/{len(answered)} after"
    )

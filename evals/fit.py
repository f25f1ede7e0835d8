"""Fit the ranking and acceptance weights on the tuning cases: `python -m evals.fit`.

Ranking: the weights that make the expected clause's sentences likeliest among all in scope (softmax, L2).
Acceptance: the probability that the best sentence is the answer, from its features and its lead over the next
clause (logistic regression on standardised evidence, L2, no weight against its evidence's sense); the negatives
are refusals, wrongly ranked questions, and answerable ones with their answers taken out.
Only `part: tuning` is read, and of it only what the adapter did not learn from (`is_kept`), with the lessons kept
from it and those that no sentence answers.  What is told of the fit is by cross-validation.
"""

from __future__ import annotations

import argparse
import tempfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from evals.askers import library_over
from evals.case import Case, default_paths, load_cases
from evals.generate import generate
from evals.lessons import DOCUMENTS, KEPT, UNANSWERABLE, lessons
from evals.run import about
from ingest.encode import Encoder, make_encoder
from ingest.snapshot import Snapshot
from retrieval.acceptance import Evidence, evidence_of
from retrieval.answer import Ask
from retrieval.context import Context
from retrieval.courtesy import without_courtesy
from retrieval.draft import Draft
from retrieval.evidence.scored import Scored
from retrieval.evidence.units import Unit
from retrieval.features import Features, weights_path
from retrieval.fitting import as_role
from retrieval.followup import fill
from retrieval.knowledge import KnowledgeCache
from retrieval.question import understand
from retrieval.readable import readable
from retrieval.scope import choose
from retrieval.words import fold

Floats = NDArray[np.float64]

USUAL_BEST = 0.95  # the score to which the thresholds of retrieval/ are set
TAKEN_OUT = 0.2  # of a question whose expected clauses are taken out, so that the best of the others is wrong
AGAINST = frozenset({"absent", "lost", "untyped", "words", "far", "elsewhere"})  # never speak for an answer
LEAST_SPREAD = 0.2  # of a piece of evidence: what seldom varies gets no great weight
KEPT_SHARE = 0.35  # of the tuning cases, which the adapter does not learn from
KEPT_WEIGHT = 0.15  # of a lesson beside 1 for a case
UNANSWERABLE_WEIGHT = 0.3
GENERATED, SEED = 30, 7
GENERATED_WEIGHT = 0.3  # of a question about generated notices, which are all alike, beside 1


@dataclass(frozen=True, slots=True)
class Sample:
    """One question: the features of every sentence in scope, and which of them are the expected clauses'."""

    case: Case
    context: Context
    features: Floats  # [units, features]
    gold: NDArray[np.bool_]  # [units]; all false for a refusal
    weight: float = 1.0


def samples(cases: Iterable[Case], snapshot: Snapshot, weight: float = 1.0) -> list[Sample]:
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
        gold = np.array([_is_gold(case, s.unit) for s in context.ranked])
        if len(gold) and (gold.any() or not case.answerable):
            found.append(Sample(case, context, np.array([s.features for s in context.ranked]), gold, weight))
    return found


def _is_gold(case: Case, unit: Unit) -> bool:
    """Whether a unit is of an expected clause, or holds the expected words where no clause is named."""
    return any(
        c.document == unit.document.id
        and (
            unit.clause.label in c.clause or unit.clause.parent in c.clause
            if c.clause
            else c.quote is not None and (_plain(c.quote) in _plain(unit.text) or _plain(unit.text) in _plain(c.quote))
        )
        for c in case.citations
    )


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def is_kept(case: Case) -> bool:
    """Whether a case is kept from the adapter, for fitting the weights: by its id, so that it stays so."""
    return zlib.crc32(case.id.encode()) % 20 < 20 * KEPT_SHARE


def fit_ranking(found: Sequence[Sample], strength: float = 1.0) -> Floats:
    """[features] weights of the listwise softmax, scaled to sum to 3."""
    answered = [s for s in found if s.gold.any()]
    x = np.vstack([s.features for s in answered])
    gold = np.concatenate([s.gold for s in answered])
    sizes = np.array([len(s.gold) for s in answered])
    starts = np.cumsum(sizes) - sizes
    weight = np.array([s.weight for s in answered])
    of_unit = np.repeat(weight, sizes)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = x @ weights
        likely = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        everything, right = np.add.reduceat(likely, starts), np.add.reduceat(likely * gold, starts) + 1e-300
        pull = likely / np.repeat(everything, sizes) - likely * gold / np.repeat(right, sizes)
        value = weight @ (np.log(everything) - np.log(right)) + strength * (weights @ weights) / 2
        return float(value), (pull * of_unit) @ x + strength * weights

    bounds = [(-1 if n in ("block", "short") else 0, 0 if n == "absent" else 12) for n in Features._fields]
    fitted = minimize(loss, np.ones(x.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x
    return np.asarray(fitted * 3 / (np.abs(fitted).sum() or 1.0))


def level(found: Sequence[Sample], ranking: Floats) -> float:
    """The constant that gives the best sentences of answered questions the usual score."""
    return USUAL_BEST - float(np.mean([(s.features @ ranking).max() for s in found if s.gold.any()]))


def ranked_by(sample: Sample, ranking: Floats, constant: float) -> tuple[list[Scored], NDArray[np.bool_]]:
    """The sample's sentences by other weights, best first, and which of them are expected."""
    scores = sample.features @ ranking + constant
    order = np.argsort(-scores, kind="stable")
    ranked = sample.context.ranked
    return [replace(ranked[at], score=float(scores[at])) for at in order], sample.gold[order]


def fit_acceptance(
    found: Sequence[Sample], ranking: Floats, constant: float, strength: float = 3.0
) -> tuple[Floats, float]:
    """Weights and constant of the logistic regression, for sentences ranked by these weights."""
    rows: list[tuple[Evidence, bool, float]] = []
    for sample in found:
        ranked, gold = ranked_by(sample, ranking, constant)
        rows.append((evidence_of(ranked), bool(gold[0]), sample.weight))
        others = [scored for scored, expected in zip(ranked, gold, strict=True) if not expected]
        if others and gold.any():
            rows.append((evidence_of(others), False, sample.weight * TAKEN_OUT))
    x = np.array([evidence for evidence, _, _ in rows])
    y = np.array([right for _, right, _ in rows], dtype=float)
    weight = np.array([w for _, _, w in rows])
    mean, spread = x.mean(axis=0), np.maximum(x.std(axis=0), LEAST_SPREAD)
    z = (x - mean) / spread

    def loss(parameters: Floats) -> tuple[float, Floats]:
        weights = parameters[:-1]
        p = np.clip(expit(z @ weights + parameters[-1]), 1e-9, 1 - 1e-9)
        off = weight * (p - y)
        value = -(weight * (y * np.log(p) + (1 - y) * np.log(1 - p))).sum() + strength * (weights @ weights) / 2
        return float(value), np.append(off @ z + strength * weights, off.sum())

    bounds = [(None, 0) if n in AGAINST else (0, None) for n in Evidence._fields] + [(None, None)]
    fitted = minimize(loss, np.zeros(z.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    weights = fitted[:-1] / spread
    return np.asarray(weights), float(fitted[-1] - weights @ mean)


@dataclass(frozen=True, slots=True)
class Judged:
    """A question under weights that were fitted on others."""

    sample: Sample
    rank: int | None  # of the first expected sentence, from 0
    probability: float


def cross_validate(found: Sequence[Sample], folds: int = 5) -> list[Judged]:
    """Each sample judged by the weights that the other folds give."""
    order = np.random.default_rng(0).permutation(len(found))
    judged = []
    for part in range(folds):
        here = set(order[part::folds].tolist())
        others = [s for at, s in enumerate(found) if at not in here]
        ranking = fit_ranking(others)
        constant = level(others, ranking)
        weights, bias = fit_acceptance(others, ranking, constant)
        for at in sorted(here):
            ranked, gold = ranked_by(found[at], ranking, constant)
            probability = float(expit(np.array(evidence_of(ranked)) @ weights + bias))
            judged.append(Judged(found[at], int(np.argmax(gold)) if gold.any() else None, probability))
    return judged


def told(judged: Sequence[Judged]) -> str:
    """Hits, mean reciprocal rank, and how well the probability tells right from wrong."""
    ranks = [j.rank for j in judged if j.rank is not None]
    surest = sorted(judged, key=lambda j: -j.probability)
    right = np.array([j.probability for j in judged if j.rank == 0])
    wrong = np.array([j.probability for j in judged if j.rank != 0])
    area = float((right[:, None] > wrong[None]).mean()) if len(right) and len(wrong) else 1.0
    shares = []
    for share in (0.25, 0.5, 0.75):
        most = surest[: max(1, int(len(surest) * share))]
        shares.append(f"{sum(j.rank == 0 for j in most) / len(most):.3f} of the surest {share:.0%}")
    return (
        f"first right {ranks.count(0)}/{len(ranks)}, mean reciprocal rank "
        f"{np.mean([1 / (1 + rank) for rank in ranks]):.3f}, area under the curve {area:.3f}, right {', '.join(shares)}"
    )


def write(ranking: Floats, constant: float, acceptance: Floats, bias: float, path: Path) -> None:
    lines = [
        "# Fitted by `python -m evals.fit` on the tuning cases; see retrieval/features.py for what each feature is.",
        "",
        "[ranking]",
        f"constant = {constant:.4f}",
    ]
    lines += [f"{name} = {value:.4f}" for name, value in zip(Features._fields, ranking, strict=True)]
    lines += ["", "[acceptance]", f"constant = {bias:.4f}"]
    lines += [f"{name} = {value:.4f}" for name, value in zip(Evidence._fields, acceptance, strict=True)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def gather(
    corpora: Sequence[Path], encoder: Encoder, data: Path, *, cases: Sequence[Path] = (), generated: int = GENERATED
) -> list[Sample]:
    """The tuning cases over the corpora, lessons, and cases of generated notices, of which each counts less."""
    tuning = [case for case in load_cases(tuple(cases) or default_paths()) if case.part == "tuning" and is_kept(case)]
    made = generate(generated, SEED)
    made.write(data / "generated")
    asked = [(corpus, tuning, 1.0) for corpus in corpora]
    asked.append((data / "generated", [c for c in made.cases if c.part == "tuning"], GENERATED_WEIGHT))
    taught = [one for one in lessons(DOCUMENTS.with_suffix(".jsonl")) if KEPT & {*(one.documents or ())}]
    asked += [(DOCUMENTS, taught, KEPT_WEIGHT), (DOCUMENTS, list(lessons(UNANSWERABLE)), UNANSWERABLE_WEIGHT)]
    found: list[Sample] = []
    for number, (corpus, own, weight) in enumerate(asked):
        with library_over(corpus, data / str(number), encoder) as library:
            snapshot = library.snapshot()
            found += samples(about(own, frozenset(snapshot.documents)), snapshot, weight)
    return found


def fit(found: Sequence[Sample]) -> str:
    """Fit the weights, write them, and tell the figures by cross-validation."""
    judged = cross_validate(found)
    ranking = fit_ranking(found)
    constant = level(found, ranking)
    write(ranking, constant, *fit_acceptance(found, ranking, constant), weights_path())
    suites = sorted({sample.case.suite for sample in found})
    lines = [f"{date.today()}: {len(found)} questions; by cross-validation:"]
    lines += [f"{suite}: {told([j for j in judged if j.sample.case.suite == suite])}" for suite in suites]
    return "\n".join([*lines, f"all: {told(judged)}"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m evals.fit", description="Fit the weights on the tuning cases.")
    parser.add_argument("corpora", nargs="*", type=Path, default=[Path("corpus")], help="folders of documents")
    parser.add_argument("--cases", nargs="*", type=Path, default=[], help="case files (default: all)")
    parser.add_argument("--data", type=Path, help="where the indexes are kept (default: thrown away)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="clausewise-fit-") as folder:
        print(fit(gather(options.corpora, make_encoder(), options.data or Path(folder), cases=options.cases)))

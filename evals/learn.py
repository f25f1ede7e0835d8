"""Learn how tokens are compared from questions with their answers: `python -m evals.learn CORPUS...`.

Learned from are the lessons and the tuning cases over the corpora named; then the weights of `evals.fit` are fitted,
for which each tuning case is judged by a projection that was learned without it.  Writes retrieval/projection.npz and
retrieval/weights.toml.  Listwise softmax over the first twenty candidates of each question; AdamW, with decay.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import normalize

from evals.askers import library_over
from evals.fit import Sample, fit, gather, samples
from evals.lessons import CORPUS, DOCUMENTS, lessons
from ingest.encode import Encoder, make_encoder
from ingest.snapshot import Snapshot
from retrieval.evidence.ranking import COMPARED
from retrieval.features import Features, ranking_weights
from retrieval.projection import SMALL, Projection, projection_path

CANDIDATES = 20
FOLDS = 4
EPOCHS, RATE, DECAY, BATCH = 3, 1e-3, 0.2, 16
LESSON_WEIGHT = 0.5  # of a lesson beside 1 for a case: lessons are many, and shorter
SCALE = 12.0  # of the shipped weights, to be log-odds
LEARNED = Features._fields.index("learned")


@dataclass(frozen=True, slots=True)
class Exercise:
    """One question for learning: its tokens, and those of its best candidates by the other features."""

    question: Tensor  # [n, d]
    shares: Tensor  # [n]
    sentences: tuple[Tensor, ...]  # [m, d] each
    features: Tensor  # [candidates, features]
    gold: Tensor  # [candidates] bool
    weight: float
    fold: int


def exercise(sample: Sample, snapshot: Snapshot, weight: float) -> Exercise | None:
    """None for a question of which the encoder tells no tokens, or without an expected sentence."""
    own = sample.context._soft and sample.context._soft._own
    if not own or not len(own.tokens) or not sample.gold.any():
        return None
    kept = sorted({*range(min(CANDIDATES, len(sample.gold))), *np.flatnonzero(sample.gold).tolist()})
    read = snapshot.tokens([sample.context.ranked[at].unit.text for at in kept]) or ()
    return Exercise(
        torch.from_numpy(own.vectors),
        torch.from_numpy(own.shares),
        tuple(torch.from_numpy(tokens.vectors.astype(np.float32)) for tokens in read),
        torch.from_numpy(sample.features[kept].astype(np.float32)),
        torch.from_numpy(sample.gold[kept]),
        weight,
        fold_of(sample),
    )


def fold_of(sample: Sample) -> int:
    return int(hashlib.blake2b(sample.case.id.encode(), digest_size=4).hexdigest(), 16) % FOLDS


class Learner(nn.Module):  # type: ignore[misc]
    """The projection as parameters, with weights for it and the other features."""

    def __init__(self, dimension: int) -> None:
        super().__init__()
        self.question = nn.Parameter(torch.zeros(dimension, dimension))
        self.sentence = nn.Parameter(torch.zeros(dimension, dimension))
        self.importance = nn.Parameter(torch.zeros(dimension))
        self.learned = nn.Parameter(torch.tensor(6.0))
        shipped = ranking_weights().by_name
        others = [0.0 if name == "learned" else shipped.get(name, 0.0) for name in Features._fields]
        self.others = nn.Parameter(torch.tensor(others) * SCALE)

    def likeness(self, one: Exercise) -> Tensor:
        weight = (one.shares + SMALL) * torch.exp(one.question @ self.importance)
        own = normalize(one.question + one.question @ self.question, dim=-1)
        sizes = [len(sentence) for sentence in one.sentences]
        tokens = torch.cat(one.sentences)
        cosines = own @ normalize(tokens + tokens @ self.sentence, dim=-1).T
        nearest = [part.max(dim=1).values if part.shape[1] else part.sum(dim=1) for part in cosines.split(sizes, dim=1)]
        return torch.stack(nearest) @ (weight / weight.sum())

    def scores(self, one: Exercise) -> Tensor:
        features = one.features.clone()
        features[:, LEARNED] = 0.0
        return self.learned * self.likeness(one) + features @ self.others

    def projection(self, encoder: str, usual: float) -> Projection:
        held = [p.detach().numpy().copy() for p in (self.question, self.sentence, self.importance)]
        return Projection(encoder, held[0], held[1], held[2], usual)


def learn(exercises: Sequence[Exercise], encoder: Encoder) -> Projection:
    """Deterministic for the same exercises on the same machine."""
    torch.manual_seed(0)
    order = np.random.default_rng(0)
    learner = Learner(encoder.dimension)
    maps = [learner.question, learner.sentence, learner.importance]
    optimizer = torch.optim.AdamW(
        [
            {"params": maps, "lr": RATE, "weight_decay": DECAY},
            {"params": [learner.learned], "lr": 0.05, "weight_decay": 0.0},
            {"params": [learner.others], "lr": 0.02, "weight_decay": 0.0},
        ]
    )
    steps = EPOCHS * (len(exercises) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.05, 1 - step / steps))
    for _ in range(EPOCHS):
        shuffled = order.permutation(len(exercises))
        for start in range(0, len(shuffled), BATCH):
            optimizer.zero_grad()
            losses = [_loss(learner, exercises[at]) for at in shuffled[start : start + BATCH]]
            (torch.stack(losses).sum() / BATCH).backward()
            optimizer.step()
            schedule.step()
    with torch.no_grad():
        usual = float(np.mean([learner.likeness(one)[:COMPARED].max() for one in exercises]))
    return learner.projection(encoder.id, usual)


def _loss(learner: Learner, one: Exercise) -> Tensor:
    scores = learner.scores(one)
    return one.weight * (torch.logsumexp(scores, 0) - torch.logsumexp(scores[one.gold], 0))


def judged_by(sample: Sample, projection: Projection, snapshot: Snapshot) -> Sample:
    """The sample with its candidates compared by another projection."""
    own = sample.context._soft and sample.context._soft._own
    if not own or not len(own.tokens):
        return sample
    compared = [at for at, scored in enumerate(sample.context.ranked) if scored.features.soft != _rest(sample)]
    compared = compared[:COMPARED] or list(range(min(COMPARED, len(sample.gold))))
    read = snapshot.tokens([sample.context.ranked[at].unit.text for at in compared]) or ()
    asked = projection.asked(own.vectors, own.shares)
    likeness = [asked.likeness(tokens.vectors.astype(np.float32)) if len(tokens) else -0.5 for tokens in read]
    features: NDArray[np.float64] = sample.features.copy()
    features[:, LEARNED] = min(likeness)
    features[compared, LEARNED] = likeness
    return replace(sample, features=features)


def _rest(sample: Sample) -> float:
    """What the candidates that were not compared have for `soft`: the least of all."""
    return min(scored.features.soft for scored in sample.context.ranked)


def main(corpora: Sequence[Path], encoder: Encoder, data: Path) -> str:
    exercises: list[Exercise] = []
    for number, (corpus, path) in enumerate(((Path("corpus"), CORPUS), (DOCUMENTS, DOCUMENTS.with_suffix(".jsonl")))):
        with library_over(corpus, data / f"lessons-{number}", encoder) as library:
            snapshot = library.snapshot()
            made = (exercise(s, snapshot, LESSON_WEIGHT) for s in samples(lessons(path), snapshot))
            exercises += [one for one in made if one is not None]
    found = gather(corpora, encoder, data)
    held = [(s, exercise(s, s.context.knowledge.snapshot, s.weight)) for s in found]
    cases = [one for _, one in held if one is not None]
    without = [learn([*exercises, *(c for c in cases if c.fold != fold)], encoder) for fold in range(FOLDS)]
    told = fit([judged_by(s, without[fold_of(s)], s.context.knowledge.snapshot) for s in found])
    learn([*exercises, *cases], encoder).save(projection_path())
    return f"{len(exercises)} lessons, {len(cases)} cases\n{told}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m evals.learn", description="Learn the projection, fit the weights.")
    parser.add_argument("corpora", nargs="*", type=Path, default=[Path("corpus")], help="folders of documents")
    parser.add_argument("--data", type=Path, help="where the indexes are kept (default: thrown away)")
    parser.add_argument("--threads", type=int, default=1, help="CPU threads (default 1)")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    with tempfile.TemporaryDirectory(prefix="clausewise-learn-") as folder:
        print(main(options.corpora, make_encoder(), options.data or Path(folder)))

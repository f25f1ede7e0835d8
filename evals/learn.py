"""Learn the adapter from questions with their answers: `python -m evals.learn CORPUS...` (an hour or so).

Learned are low-rank additions to the encoder's layers (LoRA), and which tokens of a question tell, so that a sentence
that answers is likest to its question by late interaction (ColBERT, arXiv:2004.12832): the mean, by what each token
counts, of its cosine with the nearest token of the sentence.  Listwise softmax; AdamW.
Learned from are the lessons and two thirds of the tuning cases over the corpora named; the other third is left for
`python -m evals.fit`, which is to be run after it.  Writes ingest/adapter.npz.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn
from torch.nn.functional import normalize

from evals.askers import library_over
from evals.case import default_paths, load_cases
from evals.fit import Sample, is_kept, samples
from evals.lessons import CORPUS, DOCUMENTS, KEPT, lessons
from evals.run import about
from ingest.adapter import Adapter, adapter_path
from ingest.encode import Encoder, make_encoder
from ingest.weights import packaged_model
from retrieval.evidence.ranking import COMPARED
from retrieval.features import Features, ranking_weights
from retrieval.soft import SMALL

CANDIDATES = 11  # sentences that a question is learned against
EPOCHS, BATCH, RATE = 2, 24, 5e-4
RANK, SCALE, DROPOUT = 16, 2.0, 0.1
LOWEST = 1  # the first layer that is added to; those below see words rather than sense
LONGEST = 96  # tokens of a sentence
SENTENCES = 160  # different sentences of a batch
WARM_UP = 40  # steps
ALONE = 0.3  # weight of the likeness by itself, beside its sum with the other features
OF_LESSON, OF_CASE = 0.35, 2.0  # weights of their exercises: lessons are many, and less like what is asked


@dataclass(frozen=True, slots=True)
class Exercise:
    """One question for learning, with its best candidates by the other features."""

    question: str
    shares: Tensor  # [n] of the question's tokens
    sentences: tuple[str, ...]
    features: Tensor  # [candidates, features], 0 for what is learned
    gold: Tensor  # [candidates] bool
    document: str
    weight: float = 1.0


def exercise(sample: Sample, weight: float) -> Exercise | None:
    """None for a question of which the encoder tells no tokens, or without an expected sentence."""
    soft = sample.context._soft
    if soft is None or soft._own is None or not len(soft._own.tokens) or not sample.gold.any():
        return None
    expected = np.flatnonzero(sample.gold)
    kept = sorted({*range(min(CANDIDATES, len(sample.gold))), *expected[:3].tolist()})
    features = torch.from_numpy(sample.features[kept].astype(np.float32))
    features[:, Features._fields.index("learned")] = 0.0
    ranked = sample.context.ranked
    return Exercise(
        sample.context.question.bare,
        torch.from_numpy(soft._own.shares),
        tuple(ranked[at].unit.in_place for at in kept),
        features,
        torch.from_numpy(sample.gold[kept]),
        ranked[int(expected[0])].unit.document.id,
        weight,
    )


class LowRank(nn.Module):  # type: ignore[misc]
    """A linear layer with what is added to it; nothing at first."""

    def __init__(self, layer: nn.Linear, rank: int) -> None:
        super().__init__()
        self.layer = layer
        self.down = nn.Parameter(torch.randn(rank, layer.in_features) / layer.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(layer.out_features, rank))
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, x: Tensor) -> Tensor:
        return self.layer(x) + (self.dropout(x) @ self.down.T) @ self.up.T * SCALE


class Learner(nn.Module):  # type: ignore[misc]
    """A BERT-like model with low-rank additions, and weights for its likeness and the other features."""

    def __init__(self, model: Any, tokenizer: Any, rank: int = RANK, lowest: int = LOWEST) -> None:
        super().__init__()
        self.tokenizer = tokenizer
        self.model = model.requires_grad_(False)
        self.added: dict[str, LowRank] = {}
        for name, layer in list(model.named_modules()):
            number = name.removeprefix("encoder.layer.").partition(".")[0]
            if isinstance(layer, nn.Linear) and number.isdigit() and int(number) >= lowest:
                self.added[name] = LowRank(layer, rank)
                parent, _, own = name.rpartition(".")
                setattr(model.get_submodule(parent), own, self.added[name])
        self.importance = nn.Parameter(torch.zeros(model.config.hidden_size))
        self.learned = nn.Parameter(torch.tensor(8.0))
        shipped = ranking_weights().by_name
        others = [0.0 if name == "learned" else shipped.get(name, 0.0) for name in Features._fields]
        self.others = nn.Parameter(torch.tensor(others) * 12.0)  # to be log-odds

    def tokens(self, texts: Sequence[str], together: int = 48) -> list[Tensor]:
        """`[tokens, d]` unit rows of each text."""
        found: dict[int, Tensor] = {}
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for start in range(0, len(order), together):
            batch = order[start : start + together]
            read = self.tokenizer(
                [texts[at] for at in batch],
                truncation=True,
                max_length=LONGEST,
                padding=True,
                return_tensors="pt",
                return_special_tokens_mask=True,
            )
            own = (read["attention_mask"] * (1 - read.pop("special_tokens_mask"))).bool()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                states = self.model(**read).last_hidden_state
            found |= {
                at: normalize(rows[kept].float(), dim=-1) for at, rows, kept in zip(batch, states, own, strict=True)
            }
        return [found[at] for at in range(len(texts))]

    def likeness(self, question: Tensor, shares: Tensor, sentences: Sequence[Tensor]) -> Tensor:
        """Of a question's tokens to each sentence's, `[sentences]`; as `retrieval.soft` has it, not over the usual."""
        if len(shares) != len(question):
            shares = torch.full((len(question),), 1 / max(1, len(question)))
        weight = (shares + SMALL) * torch.exp(question @ self.importance)
        cosines = question @ torch.cat(list(sentences)).T
        nearest = [
            part.max(dim=1).values if part.shape[1] else part.sum(dim=1)
            for part in cosines.split([len(sentence) for sentence in sentences], dim=1)
        ]
        return torch.stack(nearest) @ (weight / weight.sum())

    def loss(self, batch: Sequence[Exercise], pick: random.Random) -> Tensor:
        """Of questions of one document, whose sentences are read together."""
        texts = sorted({text for one in batch for text in one.sentences})
        if len(texts) > SENTENCES:
            gold = {t for one in batch for t, g in zip(one.sentences, one.gold, strict=True) if g}
            texts = sorted({*pick.sample(texts, SENTENCES), *gold})
        read = dict(zip(texts, self.tokens(texts), strict=True))
        total = torch.zeros(())
        for one, question in zip(batch, self.tokens([one.question for one in batch]), strict=True):
            here = [at for at, text in enumerate(one.sentences) if text in read]
            alike = self.likeness(question, one.shares, [read[one.sentences[at]] for at in here])
            missed = _missed(self.learned * alike + one.features[here] @ self.others, one.gold[here])
            missed = missed + ALONE * _missed(1.5 * self.learned * alike, one.gold[here])
            total = total + one.weight * missed
        return total / len(batch)

    def adapter(self, encoder: str, usual: float) -> Adapter:
        factors = {
            name: (
                (added.up.detach() * SCALE).numpy().astype(np.float16),
                added.down.detach().numpy().astype(np.float16),
            )
            for name, added in self.added.items()
        }
        return Adapter(encoder, factors, self.importance.detach().numpy().copy(), usual)


def _missed(scores: Tensor, gold: Tensor) -> Tensor:
    return torch.logsumexp(scores, 0) - torch.logsumexp(scores[gold], 0)


def batches(exercises: Sequence[Exercise], shuffle: random.Random) -> Iterator[list[Exercise]]:
    """In random order; a batch has questions of one document, whose sentences are then read once."""
    by_document: dict[str, list[Exercise]] = defaultdict(list)
    for one in exercises:
        by_document[one.document].append(one)
    found = []
    for own in by_document.values():
        shuffle.shuffle(own)
        found += [own[start : start + BATCH] for start in range(0, len(own), BATCH)]
    shuffle.shuffle(found)
    yield from found


def learn(exercises: Sequence[Exercise], learner: Learner, encoder: str, epochs: int = EPOCHS) -> Adapter:
    """Deterministic for the same exercises on the same machine."""
    torch.manual_seed(0)
    chance = random.Random(0)
    low_rank = [p for added in learner.added.values() for p in (added.up, added.down)]
    rates = (RATE, 2e-3, 0.05, 0.02)
    groups = (low_rank, [learner.importance], [learner.learned], [learner.others])
    decays = (0.01, 0.05, 0.0, 0.0)
    optimizer = torch.optim.AdamW(
        [
            {"params": params, "lr": rate, "weight_decay": decay}
            for params, rate, decay in zip(groups, rates, decays, strict=True)
        ]
    )
    steps = epochs * sum(1 for _ in batches(exercises, chance))
    warm = min(WARM_UP, max(1, steps // 4))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / warm) * max(0.05, 1 - step / steps)
    )
    learner.train()
    for _ in range(epochs):
        for batch in batches(exercises, chance):
            optimizer.zero_grad()
            learner.loss(batch, chance).backward()
            nn.utils.clip_grad_norm_(low_rank, 1.0)
            optimizer.step()
            schedule.step()
    return learner.adapter(encoder, usual(exercises, learner))


def usual(exercises: Sequence[Exercise], learner: Learner) -> float:
    """The likeness of the likest candidate, over the exercises (every tenth does)."""
    learner.eval()
    found = []
    with torch.no_grad():
        for one in exercises[:: max(1, len(exercises) // 500)]:
            question, *read = learner.tokens([one.question, *one.sentences[:COMPARED]])
            found.append(float(learner.likeness(question, one.shares, read).max()))
    return float(np.mean(found))


def exercises_of(corpora: Sequence[Path], encoder: Encoder, data: Path) -> list[Exercise]:
    """The lessons and the tuning cases, but for those that are kept for fitting."""
    cases = [case for case in load_cases(default_paths()) if case.part == "tuning" and not is_kept(case)]
    asked = [(corpus, cases, OF_CASE) for corpus in corpora]
    taught = [one for one in lessons(DOCUMENTS.with_suffix(".jsonl")) if not KEPT & {*(one.documents or ())}]
    asked += [(Path("corpus"), list(lessons(CORPUS)), OF_LESSON), (DOCUMENTS, taught, OF_LESSON)]
    found: list[Exercise] = []
    for number, (corpus, own, weight) in enumerate(asked):
        with library_over(corpus, data / str(number), encoder) as library:
            snapshot = library.snapshot()
            here = about(own, frozenset(snapshot.documents))
            found += [one for sample in samples(here, snapshot) if (one := exercise(sample, weight)) is not None]
    return found


def main(corpora: Sequence[Path], data: Path) -> str:
    encoder, model = make_encoder(), SentenceTransformer(str(packaged_model()), device="cpu", local_files_only=True)
    exercises = exercises_of(corpora, encoder, data)
    learner = Learner(model[0].auto_model, model.tokenizer)
    learn(exercises, learner, encoder.id).save(adapter_path())
    return f"learned from {len(exercises)} questions; now fit the weights: python -m evals.fit"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m evals.learn", description="Learn the adapter.")
    parser.add_argument("corpora", nargs="*", type=Path, default=[Path("corpus")], help="folders of documents")
    parser.add_argument("--data", type=Path, help="where the indexes are kept (default: thrown away)")
    parser.add_argument("--threads", type=int, default=1, help="CPU threads (default 1)")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    with tempfile.TemporaryDirectory(prefix="clausewise-learn-") as folder:
        print(main(options.corpora, options.data or Path(folder)))

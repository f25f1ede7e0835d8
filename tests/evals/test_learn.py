"""Lessons are read with clear errors, each finds its sentence, and what is learned from them tells more than before."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from evals.case import CaseError
from evals.learn import Exercise, Learner, learn
from evals.lessons import CORPUS, DOCUMENTS, lessons
from ingest.encode import HashEncoder
from ingest.ids import document_id
from retrieval.features import Features


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_text('{"document": "a", "quote": "words", "questions": ["q?"]}\n{"document": "a"}\n', encoding="utf-8")
    with pytest.raises(CaseError, match=r"some\.jsonl, line 2"):
        lessons(path)


@pytest.mark.parametrize(("path", "folder"), [(CORPUS, Path("corpus")), (DOCUMENTS.with_suffix(".jsonl"), DOCUMENTS)])
def test_every_lesson_quotes_its_document(path: Path, folder: Path) -> None:
    texts = {document_id(file.name): " ".join(file.read_text("utf-8").split()) for file in folder.iterdir()}
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len(lines) > 100
    strange = [line["quote"] for line in lines if " ".join(line["quote"].split()) not in texts[line["document"]]]
    assert strange == []


def _exercise(encoder: HashEncoder, question: str, *sentences: str) -> Exercise:
    """The first sentence is the answer."""

    def vectors(text: str) -> torch.Tensor:
        return torch.from_numpy(encoder.tokens([text])[0].vectors.astype(np.float32))

    own = vectors(question)
    return Exercise(
        own,
        torch.full((len(own),), 1 / len(own)),
        tuple(vectors(sentence) for sentence in sentences),
        torch.zeros(len(sentences), len(Features._fields)),
        torch.tensor([at == 0 for at in range(len(sentences))]),
        1.0,
        0,
    )


def test_what_is_taught_is_learned() -> None:
    encoder = HashEncoder(32)
    taught = [_exercise(encoder, f"boss {n}", f"leader of {n}", f"boiler of {n}", f"bus to {n}") for n in range(40)]
    before = Learner(32)
    with torch.no_grad():
        scores = before.likeness(taught[0])
    assert int(scores.argmax()) != 0
    projection = learn(taught, encoder)
    new = _exercise(encoder, "boss 77", "leader of 77", "boiler of 77", "bus to 77")
    likeness = [projection.likeness(new.question.numpy(), new.shares.numpy(), s.numpy()) for s in new.sentences]
    assert projection.encoder == encoder.id
    assert likeness[0] > likeness[1]

"""Lessons are read with clear errors, each finds its sentence, and what is learned from them tells more than before."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import torch
from transformers import AutoTokenizer, BertConfig, BertModel

from evals.case import CaseError
from evals.learn import Exercise, Learner, batches, learn
from evals.lessons import CORPUS, DOCUMENTS, lessons
from ingest.ids import document_id
from ingest.weights import packaged_model
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


def _exercise(question: str, *sentences: str) -> Exercise:
    """The first sentence is the answer."""
    gold = torch.tensor([at == 0 for at in range(len(sentences))])
    features = torch.zeros(len(sentences), len(Features._fields))
    return Exercise(question, torch.zeros(0), sentences, features, gold, question.split()[-1])


def _learner() -> Learner:
    """A tiny model of random weights, with the tokenizer of the real one."""
    torch.manual_seed(1)
    sizes = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    return Learner(
        BertModel(BertConfig(**sizes)).eval(), AutoTokenizer.from_pretrained(str(packaged_model())), rank=4, lowest=0
    )


def test_what_is_taught_is_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evals.learn.RATE", 0.02)  # so tiny a model needs it
    places = ("north", "south", "east", "west")
    taught = [
        _exercise(f"who is boss {one} {two}", f"leader {one} {two}", f"boiler {one} {two}", f"bus {one} {two}")
        for one in places
        for two in places[:3]
    ]
    new = _exercise("who is boss west west", "leader west west", "boiler west west", "bus west west")
    learner = _learner()
    assert all(not added.up.any() for added in learner.added.values())
    adapter = learn(taught, learner, "tiny", epochs=30)
    question, *read = learner.tokens([new.question, *new.sentences])
    likeness = learner.likeness(question, new.shares, read)
    assert int(likeness.argmax()) == 0
    assert adapter.encoder == "tiny"
    assert set(adapter.factors) == set(learner.added)
    assert 0 < adapter.usual <= 1


def test_the_adapter_does_what_was_learned() -> None:
    taught = [_exercise("who is boss", "leader", "boiler"), _exercise("who drives", "driver", "boss")]
    learner = _learner()
    adapter = learn(taught, learner, "tiny", epochs=3)
    plain = _learner()
    for name, added in plain.added.items():  # the layers as they were
        parent, _, own = name.rpartition(".")
        setattr(plain.model.get_submodule(parent), own, added.layer)
    adapter.add_to(plain.model)
    with torch.no_grad():
        expected, found = learner.tokens(["the leader of it"])[0], plain.tokens(["the leader of it"])[0]
    assert torch.allclose(found, expected, atol=0.02)


def test_a_batch_has_one_document() -> None:
    many = [_exercise(f"question {n} {document}", "answer", "other") for n in range(30) for document in ("a", "b")]
    made = list(batches(many, random.Random(3)))
    assert sorted(len(batch) for batch in made) == [6, 6, 24, 24]
    assert all(len({one.document for one in batch}) == 1 for batch in made)

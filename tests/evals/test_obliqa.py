from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.obliqa import bench, measure, read_passages, read_questions, score
from ingest.encode import HashEncoder
from ingest.errors import InputError
from ingest.library import Library

PASSAGES = [
    {"id": "a", "document": 1, "clause": "1.", "text": "REPORTS"},
    {"id": "b", "document": 1, "clause": "1.1", "text": "A firm must report\neach quarter."},
    {"id": "c", "document": 1, "clause": "1.1", "text": "A fund must keep accounts."},
    {"id": "d", "document": 2, "clause": "(a)", "text": "The board meets monthly."},
]
QUESTIONS = [
    {"id": "1", "question": "When must a firm report?", "gold": ["b"]},
    {"id": "2", "question": "Who keeps accounts and when does the board meet?", "gold": ["c", "d"]},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, rows in (("passages.jsonl", PASSAGES), ("dev.jsonl", QUESTIONS)):
        (tmp_path / name).write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return tmp_path


def test_every_passage_is_a_clause_with_its_own_label(folder: Path) -> None:
    entries, places = read_passages(folder / "passages.jsonl")
    first, second = (entry.document for entry in entries)
    assert [(c.label, c.heading, first.quote(c.span)) for c in first.clauses] == [
        ("1", None, "REPORTS"),
        ("1.1", "REPORTS", "A firm must report\neach quarter."),
        ("1.1 (2)", "REPORTS", "A fund must keep accounts."),
    ]
    assert places == {
        "a": (first.id, "1"), "b": (first.id, "1.1"), "c": (first.id, "1.1 (2)"), "d": (second.id, "(a)"),
    }  # fmt: skip


def test_measured_through_search(folder: Path, tmp_path: Path) -> None:
    entries, places = read_passages(folder / "passages.jsonl")
    wanted = read_questions(folder / "dev.jsonl", places)
    with Library.open(tmp_path / "data", HashEncoder()) as library:
        figures = measure(library.apply(entries), wanted)
    assert figures.questions == 2
    assert figures.recall == 1  # four clauses in all
    assert figures.precision > 0.7
    assert 0 < figures.p50_ms <= figures.p95_ms


def test_bench(folder: Path) -> None:
    found = bench(HashEncoder(), folder)
    assert found is not None
    assert found["n"] == 2
    assert bench(HashEncoder(), folder, "test.jsonl") is None


def test_score() -> None:
    gold = frozenset({("d", "1"), ("d", "2")})
    assert score([("d", "1"), ("e", "1"), ("d", "2")], gold) == pytest.approx((1.0, (1 + 2 / 3) / 2))
    assert score([("e", "1")] * 10 + [("d", "1")], gold) == (0.0, 0.0)
    many = frozenset(("d", str(n)) for n in range(20))
    assert score([("d", str(n)) for n in range(10)], many) == (0.5, 1.0)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"question": "q"}', "gold"),
        ('{"question": "q", "gold": ["zz"]}', "zz"),
        ('{"question": "q", "gold": []}', "names no passage"),
        ("not json", "JSON lines"),
    ],
)
def test_bad_files_are_told(folder: Path, line: str, told: str) -> None:
    _, places = read_passages(folder / "passages.jsonl")
    (folder / "dev.jsonl").write_text(line)
    with pytest.raises(InputError, match=told):
        read_questions(folder / "dev.jsonl", places)

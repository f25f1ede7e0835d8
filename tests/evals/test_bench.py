"""The bench runs end to end on few notices, tells every figure and writes them down."""

from __future__ import annotations

import io
import json
from pathlib import Path

from evals import bench
from ingest.encode import HashEncoder

CORPUS = Path(__file__).parents[2] / "corpus"


def test_generated_part_tells_ingest_times_and_accuracy(tmp_path: Path) -> None:
    out, file = io.StringIO(), tmp_path / "bench.json"
    status = bench.main(
        corpus=CORPUS,
        encoder=HashEncoder(),
        json_file=file,
        parts=["ingest", "generated", "retrieval"],
        notices=4,
        out=out,
    )
    assert status == 0
    told = json.loads(file.read_text(encoding="utf-8"))
    assert told["ingest"]["documents"] == 4
    assert told["ingest"]["clauses"] > 80
    assert told["ingest"]["clauses"] >= told["ingest"]["distinct_texts"] > 0
    assert told["ingest"]["ratio"] > 0
    answers = told["answers"]["generated"]
    assert answers["answer"]["p95_ms"] >= answers["answer"]["p50_ms"] > 0
    figures = told["accuracy"]["4 generated documents"]["whole"]
    assert figures["errors"] == 0
    assert figures["accuracy"]["n"] == figures["cases"] > 20
    assert "ratio" in out.getvalue()


def test_an_unknown_part_is_bad_input() -> None:
    err = io.StringIO()
    assert bench.main(corpus=CORPUS, encoder=HashEncoder(), parts=["speed"], err=err) == 2
    assert "speed" in err.getvalue()


def test_a_part_that_cannot_run_is_told_and_the_status_says_so(tmp_path: Path) -> None:
    err = io.StringIO()
    (tmp_path / "empty").mkdir()
    assert bench.main(corpus=tmp_path / "empty", encoder=HashEncoder(), parts=["answers"], err=err) == 1
    assert "answers" in err.getvalue()

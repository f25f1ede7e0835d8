"""The product itself against its gate: every case over the seed documents, with the real model."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from evals.run import DONE, main
from ingest.encode import SentenceTransformerEncoder

HERE = Path(__file__).resolve().parents[2]


@pytest.mark.timeout(900)
def test_the_answers_pass_the_gate() -> None:
    out, err = io.StringIO(), io.StringIO()
    status = main(
        corpus=HERE / "corpus", encoder=SentenceTransformerEncoder(threads=1), failures=True, out=out, err=err
    )
    assert status == DONE, out.getvalue()[-4000:] + err.getvalue()[-500:]

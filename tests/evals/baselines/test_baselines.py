"""The simpler pipelines: exact quotations, sizes kept, nothing of the text lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.askers import Target, library_over, local_target
from evals.baselines.clause_fusion import clause_fusion
from evals.baselines.textbook import split, textbook
from evals.case import default_paths, load_cases
from evals.metrics import measure
from evals.run import evaluate
from ingest.encode import HashEncoder

CORPUS = Path(__file__).parents[3] / "corpus"


@given(st.text(alphabet="ab \n.", max_size=400), st.integers(5, 60))
def test_pieces_are_small_and_cover_the_text(text: str, size: int) -> None:
    spans = split(text, size, size // 5)
    assert all(len(span) <= size for span in spans)
    covered = {at for span in spans for at in range(span.start, span.end)}
    assert all(at in covered or text[at].isspace() for at in range(len(text)))
    assert list(spans) == sorted(spans)


@pytest.mark.parametrize("name", ["textbook", "clause_fusion"])
def test_a_baseline_is_scored_as_the_product_is(name: str, tmp_path: Path) -> None:
    encoder = HashEncoder()
    cases = [case for case in load_cases(default_paths()) if not case.corpus][:60]
    with library_over(CORPUS, tmp_path, encoder) as library:
        target, snapshot = local_target(library, {}), library.snapshot()
        asker = (textbook if name == "textbook" else clause_fusion)(snapshot, encoder)
        metrics = measure(evaluate(cases, Target(asker, target.sources, {})).results)
    assert metrics.errors == 0
    assert metrics.exact_quotes.value == 1.0
    assert 0 < (metrics.accuracy.value or 0) < 0.6

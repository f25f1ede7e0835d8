"""The product answers as well over notices that nobody has seen, and over its own documents under other names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from evals.askers import in_process
from evals.case import Case, default_paths, load_cases
from evals.generate import generate
from evals.metrics import Result
from evals.run import evaluate, renamed_copy
from ingest.encode import Encoder, HashEncoder

SAMPLE = 120
POINTS = 0.02  # by how much the renamed copy may score otherwise


def share(results: Sequence[Result]) -> float:
    return sum(result.right for result in results) / len(results)


def told(results: Sequence[Result]) -> str:
    wrong = [result for result in results if not result.right]
    return f"{len(wrong)} of {len(results)} wrong:\n" + "\n".join(
        f"{result.case.question!r}: {'; '.join(result.why)}" for result in wrong
    )


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory, tiny_encoder: Encoder) -> tuple[Result, ...]:
    made = generate(30, seed=2203, questions=4)
    folder = tmp_path_factory.mktemp("generated")
    made.write(folder)
    with in_process(folder, None, tiny_encoder) as target:
        return evaluate(made.cases, target).results


@pytest.mark.slow
def test_generated_notices_are_answered(generated: tuple[Result, ...]) -> None:
    assert len(generated) > 100
    assert share(generated) >= 0.95, told(generated)


@pytest.mark.slow
def test_no_answer_comes_from_a_neighbours_notice(generated: tuple[Result, ...]) -> None:
    strayed = [result for result in generated if result.citing is not None and result.citing.wrong_documents]
    assert not strayed, told(strayed)
    refused = [r for r in generated if r.case.status == ("not_found",) and r.reply is not None and r.reply.citations]
    assert not refused, told(refused)


@pytest.fixture(scope="module")
def sample() -> tuple[Case, ...]:
    """Tuning cases about the seed documents, evenly taken."""
    cases = [c for c in load_cases(default_paths()) if c.part == "tuning" and c.suite == "seeds"]
    return tuple(cases[:: max(1, len(cases) // SAMPLE)])


@pytest.mark.slow
def test_a_renamed_copy_scores_the_same(sample: tuple[Case, ...], seeds: Path) -> None:
    encoder = HashEncoder(2048)  # wide, so that no two words share a place: other names would meet by chance
    with in_process(seeds, None, encoder) as target:
        original = evaluate(sample, target).results
    with renamed_copy(seeds, sample, 5) as (corpus, cases), in_process(corpus, None, encoder) as target:
        copy = evaluate(cases, target).results
    assert len(original) == len(copy) > SAMPLE / 2
    ours, theirs = share(original), share(copy)
    differing = [two for one, two in zip(original, copy, strict=True) if one.right and not two.right]
    assert theirs >= ours - POINTS, f"{ours:.3f} and {theirs:.3f} renamed; {told(differing)}"

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ingest.encode import HashEncoder, Vectors
from ingest.errors import ModelError
from ingest.tokens import Tokens
from retrieval import context
from retrieval.answer import Status
from retrieval.context import Context
from retrieval.evidence.ranking import COMPARED
from retrieval.knowledge import Knowledge
from retrieval.question import understand
from retrieval.scope import Scope, choose
from retrieval.soft import USUAL, SoftMatch, SoftMatcher, least
from tests.retrieval.asking import Desk, desk_over, faults

QUESTION = "who chairs the improvement board?"


def _matcher(question: str, encoder: HashEncoder | None = None) -> SoftMatcher:
    return SoftMatcher(question, lambda word: 0.15 if word == "notic" else 1.0, (encoder or HashEncoder()).tokens)


def _context(desk: Desk, text: str) -> Context:
    knowledge = Knowledge.of(desk.snapshot)
    scope = choose(understand(text, knowledge.names, knowledge.kinds), knowledge)
    assert isinstance(scope, Scope)
    return Context(scope.question, knowledge, scope)


def test_a_word_in_another_form_is_near() -> None:
    same, family, other = _matcher("must the plan be delivered?").of(
        ["The plan must be delivered.", "It shall deliver plans.", "Advisers visit each quarter."]
    )
    assert same.soft > family.soft > other.soft
    assert same.words["deliv"] == pytest.approx(1, abs=0.01)
    assert same.distance("deliv") == 0
    assert 0 < other.distance("deliv") <= 1
    both = sorted((other.distance("plan"), other.distance("deliv")))
    assert both[0] <= other.distance("plan deliv") <= both[1]


def test_words_count_by_their_weight() -> None:
    plan, notice = _matcher("the plan in the notice").of(["our plan", "our notice"])
    assert plan.soft > notice.soft


def test_what_has_no_word_matches_nothing() -> None:
    assert _matcher("the plan").of(["…"])[0].soft == 0
    assert _matcher("…").of(["the plan"])[0].soft == 0
    only_small = _matcher("what is it?").of(["it is the plan"])[0]
    assert only_small.soft == only_small.even
    assert _matcher("the plan").of([]) == ()


def test_least_is_the_worst_in_each_respect() -> None:
    assert least([SoftMatch(0.3, 0.8, 0.5), SoftMatch(0.6, 0.2, 0.7)]) == SoftMatch(0.3, 0.2, 0.5)


def test_the_best_are_compared_and_none_overtakes_them_unseen(seed_desk: Desk) -> None:
    here = _context(seed_desk, QUESTION)
    plain = _context(seed_desk, QUESTION)
    plain = Context(plain.question, plain.knowledge, plain.scope, closely=False)
    first = [scored.unit.key for scored in plain.ranked[:COMPARED]]
    ranked = here.ranked
    assert len(ranked) == len(plain.ranked) > COMPARED
    assert {scored.unit.key for scored in ranked[:COMPARED]} == set(first)
    before = {scored.unit.key: scored.score for scored in plain.ranked}
    assert len({round(s.score - before[s.unit.key], 9) for s in ranked[COMPARED:]}) == 1  # all moved alike
    shown = [round(s.score, 2) for s in ranked]
    assert shown == sorted(shown, reverse=True)
    rest = {scored.features.soft for scored in ranked[COMPARED:]}
    assert rest == {min(scored.features.soft for scored in ranked[:COMPARED])}
    assert {scored.features.soft for scored in plain.ranked} == {0.0}


def test_a_unit_scored_alone_scores_as_in_the_list(seed_desk: Desk) -> None:
    here = _context(seed_desk, QUESTION)
    for scored in (here.ranked[0], here.ranked[COMPARED + 2]):
        assert here.ranking.score(scored.unit) == scored


def test_ranking_is_deterministic(seed_desk: Desk) -> None:
    one, other = (_context(seed_desk, QUESTION).ranked for _ in range(2))
    assert [(s.unit.key, s.score) for s in one] == [(s.unit.key, s.score) for s in other]


def test_one_document_of_many_is_not_read_closely(seed_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    here = _context(seed_desk, QUESTION)
    assert len(here.scope.documents) > 1
    assert here.within(here.scope.documents[:1]).closely
    monkeypatch.setattr(context, "READ_CLOSELY", 1)
    assert not here.within(here.scope.documents[:1]).closely


class _Wordless:
    """An encoder without tokens."""

    id = "wordless"
    dimension = 64

    def encode(self, texts: Sequence[str]) -> Vectors:
        return HashEncoder().encode(texts)


class _Broken(HashEncoder):
    """An encoder whose tokens fail."""

    def tokens(self, texts: Sequence[str]) -> tuple[Tokens, ...]:
        raise ModelError(f"no tokens of {len(texts)} texts")


@pytest.mark.parametrize("encoder", [_Wordless(), _Broken()], ids=["without tokens", "failing tokens"])
def test_without_tokens_the_pipeline_still_answers(encoder: HashEncoder, seeds: Path, tmp_path: Path) -> None:
    with desk_over(seeds, tmp_path, encoder) as desk:
        assert desk.snapshot.tokens(["a"]) is None
        assert np.array_equal(desk.snapshot.encode(["a b"]), HashEncoder().encode(["a b"]))
        answer = desk.ask("who should chair the improvement board in Halton?")
        assert not faults(answer, desk.snapshot)
        assert answer.status is Status.ANSWERED
        assert SoftMatcher("x", lambda _: 1.0, desk.snapshot.tokens).of(["a", "b"]) == (USUAL, USUAL)

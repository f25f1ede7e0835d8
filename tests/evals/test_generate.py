"""Generated corpora: the same for a seed, all different facts, every expectation true of its document."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from rapidfuzz.distance import OSA

from evals.askers import library_over, local_target
from evals.citing import meets
from evals.dates import find_dates
from evals.generate import Generated, generate
from evals.invented import Inventor
from evals.metrics import measure
from evals.reply import Cited
from evals.run import run_cases
from evals.values import expected_date, folded
from ingest.encode import Encoder


@pytest.fixture(scope="module")
def generated() -> Generated:
    return generate(30, seed=11)


def test_a_seed_decides_everything(generated: Generated) -> None:
    assert generate(30, seed=11) == generated
    assert generate(30, seed=12).documents != generated.documents


def test_as_many_documents_as_asked_for_each_with_cases(generated: Generated) -> None:
    assert len(generated.documents) == 30
    assert len(generate(300, seed=1).documents) == 300
    assert len({case.id for case in generated.cases}) == len(generated.cases) > 150
    cited = {c.document for case in generated.cases for c in case.citations}
    assert cited == {name.removesuffix(".txt") for name in generated.documents}
    assert sum(not case.answerable for case in generated.cases) >= 5
    assert {case.part for case in generated.cases} == {"tuning", "reserved"}


def test_notices_are_near_copies(generated: Generated) -> None:
    notices = [text for name, text in generated.documents.items() if "notice" in name]
    sentences = Counter(s for text in notices for s in set(re.split(r"(?<=[.;:])\s+", text)) if len(s) > 40)
    assert max(sentences.values()) == len(notices)
    assert len(set(notices)) == len(notices)


def test_every_expectation_is_true_of_its_document(generated: Generated) -> None:
    checked = Counter[str]()
    for case in generated.cases:
        for cited in case.citations:
            text = generated.documents[f"{cited.document}.txt"]
            assert cited.quote is None or cited.quote in text
            if case.expect is None:
                continue
            content = case.expect.model_dump()
            for words in (*content.get("contains", ()), *content.get("items", ())):
                assert folded(words) in folded(text), case.id
                checked["words"] += 1
            if content["type"] in {"date", "month"}:
                said = {(d.year, d.month, d.day) for d in find_dates(text)}
                assert any(expected_date(value) in said for value in content["value"]), case.id
                checked["dates"] += 1
            if content["type"] in {"name", "amount"}:
                assert content["value"][0] in text, case.id
                checked["names"] += 1
    assert all(checked[kind] > 20 for kind in ("words", "dates", "names"))


def test_a_council_without_a_notice_is_no_misspelling_of_one_with(generated: Generated) -> None:
    known = {word for name in generated.documents for word in re.split(r"-(?:improvement|letter)", name)[0].split("-")}
    for case in generated.cases:
        if case.tags == ("refusal",):
            place = case.id.removeprefix("no-notice-")
            assert min(OSA.distance(place, word) for word in known) >= 3


def test_some_councils_are_easily_confused() -> None:
    names = sorted(re.split(r"-(?:improvement|letter)", name)[0] for name in generate(150, seed=3).documents)
    close = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :] if a != b and OSA.distance(a, b) <= 2]
    assert len(close) >= 5


def test_invented_names_come_once() -> None:
    inventor = Inventor(4)
    words = [inventor.word() for _ in range(300)]
    people = [inventor.person().name for _ in range(300)]
    codes = [inventor.postcode() for _ in range(300)]
    assert len(set(words)) == len(set(people)) == len(set(codes)) == 300


def test_the_product_answers_them_from_the_right_document(
    generated: Generated, tmp_path: Path, real_encoder: Encoder
) -> None:
    """Thirty near-copies through the whole product, with its own model: the search must tell them apart."""
    generated.write(tmp_path / "corpus")
    with library_over(tmp_path / "corpus", tmp_path / "data", real_encoder) as library:
        target = local_target(library, {})
        results = run_cases(generated.cases, target.ask, target.sources)
        for result in results:
            for cited in result.reply.citations if result.reply else ():
                source = target.sources.get(cited.document)
                assert source is not None
                assert source.text[cited.start : cited.end] == cited.quote
    metrics = measure(results)
    wrong = [f"{r.case.id}: {r.case.question}: {'; '.join(r.why)}" for r in results if not r.right]
    assert metrics.errors == 0, wrong
    astray = [
        f"{r.case.question}: {r.citing.wrong_documents}" for r in results if r.citing and r.citing.wrong_documents
    ]
    assert not astray
    assert (metrics.accuracy.value or 0) >= 0.95, "\n".join(wrong)


def test_a_quotation_by_words_is_met_by_any_clause_that_holds_them(generated: Generated) -> None:
    by_words = next(c for case in generated.cases for c in case.citations if c.quote)
    text = generated.documents[f"{by_words.document}.txt"]
    start = text.index(str(by_words.quote))
    got = Cited(by_words.document, "anything", text[start:], start, len(text))
    assert meets(got, by_words, _None())


class _None:
    def get(self, _: str, /) -> None:
        return None

    def ids(self) -> frozenset[str]:
        return frozenset()

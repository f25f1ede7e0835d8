"""The facts that people read in real documents are found, with exact spans and the right clause."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.notice import Document, Fact
from ingest.parse import parse
from ingest.read import read

ROOT = Path(__file__).parents[3]
REAL = ROOT.parent / "shared" / "realdocs"


def entries(name: str) -> list[tuple[str, list[Any]]]:
    golden = yaml.load((Path(__file__).parent / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return [(document, entry) for document, found in golden.items() for entry in found]


SEEDS = entries("golden_seeds.yaml")
ICO = entries("golden_ico.yaml")


@lru_cache(maxsize=32)
def document(path: Path) -> Document:
    return parse(read(path), source=path.name, sha256="0" * 64)


def meets(fact: Fact, entry: list[Any]) -> bool:
    kind, value, normalised, clause, topic, qualifier = (None if x == "null" else x for x in entry)
    return (
        fact.kind == kind
        and fact.value == value
        and (normalised is None or fact.normalised == normalised)
        and (clause is None or fact.clause == clause)
        and (topic is None or topic in fact.topic)
        and (qualifier is None or qualifier in fact.qualifier)
    )


def check(doc: Document, entry: list[Any]) -> None:
    found = [f for f in doc.facts if meets(f, entry)]
    near = [f for f in doc.facts if f.kind == entry[0]]
    assert found, f"no such fact in {doc.id}: {entry}; of that kind there are:\n" + "\n".join(map(str, near))


@pytest.mark.parametrize(("name", "entry"), SEEDS, ids=lambda x: x if isinstance(x, str) else "-".join(x[:2]))
def test_seed(name: str, entry: list[Any]) -> None:
    check(document(ROOT / "corpus" / f"{name}.txt"), entry)


@pytest.mark.parametrize(("name", "entry"), ICO, ids=lambda x: x if isinstance(x, str) else "-".join(x[:2]))
def test_reprimand(name: str, entry: list[Any]) -> None:
    path = REAL / f"{name}.txt"
    if not path.exists():
        pytest.skip(f"{REAL} is not here: it holds public documents that the project does not copy")
    check(document(path), entry)


@pytest.mark.parametrize("path", sorted((ROOT / "corpus").glob("*.txt")), ids=lambda p: p.stem)
def test_every_fact_is_exact_and_stands_in_its_clause(path: Path) -> None:
    doc = document(path)
    assert doc.facts
    for fact in doc.facts:
        assert " ".join(fact.value_span.of(doc.text).split()) == fact.value
        assert fact.span.covers(fact.value_span), fact
        clause = doc.clause(fact.clause)
        assert clause is not None
        assert clause.span.covers(fact.span), fact
        inner = [c for c in doc.clauses if c.parent == fact.clause and c.span.covers(fact.span)]
        assert not inner, f"{fact} stands in {inner}"


# What must not be said: [document, kind, value, words of the topic].
FALSE = [
    ("halton-improvement-notice-2022-01-13", "inspection", "17 November 2021", ""),
    ("halton-improvement-notice-2022-01-13", "issued_on", "17 November 2021", ""),
    ("halton-improvement-notice-2022-01-13", "deadline", "within 12 months of the Ofsted Focused Visit", ""),
    ("sefton-improvement-notice-2021-06-07", "report_date", "May 2021", ""),
    ("st-helens-star-news-report-2020", "inspection", "November", ""),
    ("st-helens-star-news-report-2020", "organisation", "People’s Services", ""),
    ("st-helens-covid-letter-2020-06-18", "count", "2", ""),
    ("st-helens-covid-letter-2020-06-18", "count", "19", ""),
    ("st-helens-star-news-report-2020", "count", "18", ""),
    ("st-helens-star-news-report-2020", "person", "Long", ""),
]


@pytest.mark.parametrize(("name", "kind", "value", "topic"), FALSE)
def test_nothing_false_is_found(name: str, kind: str, value: str, topic: str) -> None:
    doc = document(ROOT / "corpus" / f"{name}.txt")
    assert [f for f in doc.facts if f.kind == kind and f.value == value and topic in f.topic] == []


def test_people_are_neither_places_nor_organisations() -> None:
    people = {
        f.normalised
        for p in (ROOT / "corpus").glob("*.txt")
        for f in document(p).facts
        if f.kind in {"person", "person_role"}
    }
    assert len(people) == 12, people

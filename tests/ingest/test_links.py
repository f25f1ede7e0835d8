"""Links: what one document says of another, and which one that is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest.links import find_links, resolve
from ingest.notice import Document
from ingest.parse import parse
from ingest.raw import RawDocument
from ingest.read import read

CORPUS = Path(__file__).parents[2] / "corpus"


def letter(body: str, **fields: object) -> Document:
    head = "Ministry of Fish\n1 Quay Road\nHull HU1 1AA\n\n3 March 2023\n\nDear Sir"
    text = f"{head}\n\n{body}\n\nYours sincerely\n\nAnn Bell\nDirector\n"
    return parse(RawDocument(text), source="letter.txt", sha256="0" * 64, overrides={"kind": "letter", **fields})


@pytest.mark.parametrize(
    ("body", "relation", "target"),
    [
        ("This letter supersedes our notice of 4 May 2021.", "supersedes", "notice of 4 May 2021"),
        (
            "This notice revokes the Prohibition Notice dated 4 May 2021.",
            "revokes",
            "Prohibition Notice dated 4 May 2021",
        ),
        ("The direction of 4 May 2021 is hereby withdrawn.", "revokes", "direction of 4 May 2021"),
        ("This letter varies the improvement plan.", "varies", "improvement plan"),
        (
            "We refer to the inspection report published on 4 May 2021.",
            "refers to",
            "inspection report published on 4 May 2021",
        ),
    ],
)
def test_relations(body: str, relation: str, target: str) -> None:
    assert [(x.relation, x.target) for x in letter(body).links] == [(relation, target)]


def test_a_letter_that_grants_flexibility_varies_the_notice_it_is_about() -> None:
    body = "I write about the Improvement Notice issued to Hull Fish Ltd.\n\nWe confirm the following flexibilities."
    assert [x.relation for x in letter(body).links] == ["varies"]


def test_spans_are_exact() -> None:
    document = letter("This letter supersedes our notice of 4 May 2021.")
    for link in document.links:
        assert " ".join(link.span.of(document.text).split()).endswith(link.target)


def test_the_seed_letter_varies_the_seed_notice_of_its_own_council() -> None:
    documents = [parse(read(p), source=p.name, sha256="0" * 64) for p in sorted(CORPUS.glob("*.txt"))]
    found = [(d.id, x.relation, resolve(x, d, documents)) for d in documents for x in d.links]
    resolved = [f for f in found if f[2] is not None]
    assert len(resolved) == 1
    letter_id, relation, notice_id = resolved[0]
    assert relation == "varies"
    kinds = {d.id: d.kind for d in documents}
    assert (kinds[letter_id], kinds[str(notice_id)]) == ("letter", "notice")
    assert letter_id.split("-")[:2] == str(notice_id).split("-")[:2]


def test_a_date_decides_between_two_notices() -> None:
    document = letter(
        "This letter supersedes our notice of 4 May 2021.", subject="Hull Council", issued_on=date(2023, 3, 3)
    )
    first = replace(document, id="a", kind="notice", title="Notice", issued_on=date(2021, 5, 4), facts=())
    second = replace(first, id="b", issued_on=date(2022, 5, 4))
    (link,) = find_links(document)
    assert resolve(link, document, [document, first, second]) == "a"
    assert resolve(replace(link, target="our notice"), document, [document, first, second]) is None
    assert resolve(replace(link, target="our notice"), document, [document, second]) == "b"

"""Nothing of a document shows to those whom it is not for: not its words, its names, its number or its being there."""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.auth import Asker, Gate
from api.commands.opening import answerer
from ingest.encode import Encoder
from ingest.library import Library
from ingest.sync import sync

TRIES = int(os.environ.get("LEAK_TRIES", "500"))  # in each of two worlds; 5000 makes the 10,000 of a release
GROUPS = ("board", "finance", "legal", "staff", "estates", "audit")
TOWNS = "Ashford Bexhill Cawston Dunmow Elstow Fakenham Girton Harlow Ilford Jarrow Kendal Ludlow Malton Newark Oakham"
PEOPLE = "Quill Rusk Sable Tarn Umber Vane Wick Yarrow Zeal Bract Crewe Drum Ember Frith Gorse"
WORDS = "quince rhubarb saffron tamarind umami vanilla walnut yam zest basil cumin dill endive fennel ginger"


@dataclass(frozen=True)
class Secret:
    """A document, whom it is for, and the words that stand in no other."""

    id: str
    town: str
    person: str
    word: str
    sum: str
    audience: tuple[str, ...]

    def text(self) -> str:
        return f"""Improvement Notice

To: {self.town} Borough Council

This Notice is issued to {self.town} Borough Council on 3 March 2021.

1. The council must publish its {self.word} plan by 9 June 2022.
2. The adviser, Dr {self.person}, will review the {self.word} plan every four months.
3. The council will spend {self.sum} on {self.word} services.

Signed: {self.person}
"""

    def shows_in(self, text: str, question: str) -> list[str]:
        """Its own words in `text` that the question did not bring."""
        own = (self.id, self.town, self.person, self.word, self.sum)
        return [w for w in own if w not in question and re.search(rf"(?<!\w){re.escape(w)}(?!\w)", text, re.IGNORECASE)]


def invent(seed: int) -> list[Secret]:
    random_ = random.Random(seed)
    out = []
    for number, (town, person, word) in enumerate(zip(TOWNS.split(), PEOPLE.split(), WORDS.split(), strict=True)):
        audience = tuple(sorted(random_.sample(GROUPS, random_.choice((0, 1, 1, 2)))))
        out.append(Secret(f"{town.lower()}-notice", town, person, word, f"£{71_113 + number * 1_009:,}", audience))
    return out


def questions(secrets: list[Secret], random_: random.Random) -> str:
    about, other = random_.choice(secrets), random_.choice(secrets)
    return random_.choice(
        (
            f"when must {about.town} publish its plan?",
            f"who is the adviser of {about.town}?",
            f"how much will be spent on {about.word} services?",
            f"what does clause 2 of the {about.town} notice say?",
            f"compare the deadlines of {about.town} and {other.town}",
            "which councils have a notice?",
            "how many notices are there?",
            "who are the advisers?",
            "list all the deadlines",
            f"what did {about.person} sign?",
            f"is there a document about {about.town}?",
            "what must be published by 9 June 2022?",
            f"{about.word} plan",
        )
    )


class Groups(Gate):
    """Lets a test say in a header which groups its asker is of."""

    def admit(self, request: Any) -> Asker:
        groups = request.headers.get("x-groups", "")
        return Asker("tester", frozenset(groups.split(",")) if groups else frozenset())


@pytest.fixture(scope="module", params=[7, 8], ids=["one-world", "another-world"])
def secrets(request: pytest.FixtureRequest) -> list[Secret]:
    return invent(request.param)


@pytest.fixture(scope="module")
def guarded(
    tmp_path_factory: pytest.TempPathFactory, secrets: list[Secret], tiny_encoder: Encoder
) -> Iterator[TestClient]:
    with served(tmp_path_factory.mktemp("guarded"), secrets, tiny_encoder) as client:
        yield client


def served(folder: Path, secrets: list[Secret], encoder: Encoder) -> Any:
    corpus = folder / "corpus"
    corpus.mkdir()
    manifest = []
    for secret in secrets:
        (corpus / f"{secret.id}.txt").write_text(secret.text())
        if secret.audience:
            manifest.append(f'[documents."{secret.id}.txt"]\naudience = {json.dumps(list(secret.audience))}\n')
    (corpus / "manifest.toml").write_text("\n".join(manifest))
    library = Library.open(folder / "data", encoder)
    report = sync(corpus, library)
    assert not report.problems, report.problems
    documents = library.snapshot().documents
    assert {s.id: s.audience for s in secrets} == {d.id: tuple(sorted(d.audience)) for d in documents.values()}
    return TestClient(create_app(library, answerer(), gate=Groups()))


def hidden(secrets: list[Secret], groups: frozenset[str]) -> list[Secret]:
    return [secret for secret in secrets if secret.audience and groups.isdisjoint(secret.audience)]


def check_asking(client: TestClient, secrets: list[Secret], tries: int, seed: int) -> int:
    """Ask `tries` random questions as random askers; how many were answered."""
    random_ = random.Random(seed)
    answered = 0
    groups: frozenset[str] = frozenset()
    conversation = None
    for turn in range(tries):
        if turn % 200 == 0:
            groups = frozenset(random_.sample(GROUPS, random_.randint(0, 3)))
            conversation = None
        question = questions(secrets, random_)
        body = {"question": question, "conversation_id": conversation if random_.random() < 0.2 else None}
        response = client.post("/api/ask", json=body, headers={"x-groups": ",".join(sorted(groups))})
        assert response.status_code == 200
        reply = response.json()
        conversation = reply["conversation_id"]
        asked = question if body["conversation_id"] is None else " ".join(s.town for s in secrets) + question
        for secret in hidden(secrets, groups):
            assert secret.shows_in(response.text, asked) == [], (question, groups, reply)
        answered += reply["status"] == "answered"
    return answered


def test_no_answer_tells_of_a_hidden_document(guarded: TestClient, secrets: list[Secret]) -> None:
    assert check_asking(guarded, secrets, TRIES, seed=1) > TRIES // 4, "the questions must be ones that could tell"


@pytest.mark.model
def test_nor_with_the_real_model(tmp_path: Path, real_encoder: Encoder) -> None:
    secrets = invent(9)
    with served(tmp_path, secrets, real_encoder) as client:
        assert check_asking(client, secrets, 200, seed=2) > 50


@pytest.mark.parametrize(
    "groups", [frozenset(), frozenset({"board"}), frozenset({"legal", "audit"}), frozenset(GROUPS)]
)
def test_no_other_route_tells_of_a_hidden_document(
    guarded: TestClient, secrets: list[Secret], groups: frozenset[str]
) -> None:
    headers = {"x-groups": ",".join(sorted(groups))}
    out = hidden(secrets, groups)
    for path in ("/api/documents", "/api/facts", "/api/starters", "/"):
        text = guarded.get(path, headers=headers).text
        assert [secret.shows_in(text, "") for secret in out] == [[]] * len(out)
    shown = guarded.get("/api/documents", headers=headers).json()["documents"]
    assert len(shown) == len(secrets) - len(out)
    for secret in out:
        for path in (
            "/api/documents/{}",
            "/api/documents/{}/passage?clause=1",
            "/documents/{}",
            "/api/facts?document={}",
        ):
            there = guarded.get(path.format(secret.id), headers=headers)
            nowhere = guarded.get(path.format("nowhere-notice"), headers=headers)
            assert there.status_code == nowhere.status_code == 404
            assert there.text.replace(secret.id, "X") == nowhere.text.replace("nowhere-notice", "X")
        assert guarded.get(f"/api/facts?subject={secret.town}", headers=headers).json() == {"facts": []}
        body = {"question": "when?", "documents": [secret.id]}
        assert guarded.post("/api/ask", json=body, headers=headers).status_code == 404

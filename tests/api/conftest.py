"""The real app over the real corpus, with hashed vectors and a temporary data folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.commands.opening import answerer
from ingest.encode import Encoder
from ingest.library import Library
from ingest.sync import sync
from retrieval.answer import Answer, Ask

if TYPE_CHECKING:
    from ingest.snapshot import Snapshot


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, seeds: Path, tiny_encoder: Encoder) -> Iterator[Library]:
    """The seed documents, ingested.  Not to be changed."""
    with Library.open(tmp_path_factory.mktemp("data"), tiny_encoder) as library:
        sync(seeds, library)
        yield library


@pytest.fixture
def client(library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(library, answerer()), raise_server_exceptions=False) as client:
        yield client


Answerer = Callable[[Ask, "Snapshot"], Answer]


@pytest.fixture
def client_of(library: Library) -> Iterator[Callable[[Answerer], TestClient]]:
    """A client of an app whose questions are answered by a function of the test."""
    opened: list[TestClient] = []

    def make(answer: Answerer) -> TestClient:
        client = TestClient(create_app(library, answer), raise_server_exceptions=False)
        opened.append(client)
        return client.__enter__()

    yield make
    for client in opened:
        client.__exit__(None, None, None)

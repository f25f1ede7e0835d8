"""The seed documents and those of other domains, each indexed once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.encode import Encoder
from tests.retrieval.asking import Desk, desk_over


@pytest.fixture(scope="session")
def seed_desk(seeds: Path, tmp_path_factory: pytest.TempPathFactory, tiny_encoder: Encoder) -> Iterator[Desk]:
    with desk_over(seeds, tmp_path_factory.mktemp("seeds"), tiny_encoder) as desk:
        yield desk


@pytest.fixture(scope="session")
def other_desk(tmp_path_factory: pytest.TempPathFactory, tiny_encoder: Encoder) -> Iterator[Desk]:
    """Five invented documents of other domains."""
    folder = Path(__file__).parent / "other_domains"
    with desk_over(folder, tmp_path_factory.mktemp("other"), tiny_encoder) as desk:
        yield desk


@pytest.fixture(scope="session")
def reports_desk(tmp_path_factory: pytest.TempPathFactory, tiny_encoder: Encoder) -> Iterator[Desk]:
    """Invented papers of inspectors and regulators: a report, a reprimand, a warning letter, a notice of variation."""
    folder = Path(__file__).parent / "reports"
    with desk_over(folder, tmp_path_factory.mktemp("reports"), tiny_encoder) as desk:
        yield desk

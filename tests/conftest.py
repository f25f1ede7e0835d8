"""What every test may use.  Fixtures of one part stand in the conftest.py of its folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from ingest.encode import Encoder

REPOSITORY = Path(__file__).parents[1]

# The real model comes from an installed package; nothing in the tests may ask a model hub for another.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")

# Time limits are pytest-timeout's: a shared machine makes hypothesis's own fail at random.
settings.register_profile("default", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "default")


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of whoever runs the tests change no result."""
    for name in list(os.environ):
        if name.startswith("CLAUSEWISE_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The corpus folder with the five seed documents.  Never write here: copy it."""
    return REPOSITORY / "corpus"


@pytest.fixture(scope="session")
def tiny_encoder() -> Encoder:
    """Hashed words: quick, the same everywhere, no model."""
    from ingest.encode import HashEncoder

    return HashEncoder()


@pytest.fixture(scope="session")
def real_encoder() -> Encoder:
    """The product's own model.  Loading takes seconds, so mark the tests that use it `model`."""
    from ingest.encode import SentenceTransformerEncoder

    return SentenceTransformerEncoder()

"""Settings and the library, as every command opens them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from api.audit import Audit, about
from api.version import product_version
from ingest.encode import Encoder, SentenceTransformerEncoder
from ingest.library import Library
from ingest.settings import Settings, load_settings
from ingest.snapshot import Snapshot
from retrieval.answer import Answer, Ask

FLAGS = ("data", "corpus", "host", "port", "root_path")
LOCK_WAIT = 5.0  # seconds that a short command waits for another one to end


def settings_of(args: argparse.Namespace) -> Settings:
    """The settings in force for these arguments.  Raises SettingsError."""
    return load_settings(args.config, {name: getattr(args, name, None) for name in FLAGS})


def encoder_of(settings: Settings) -> Encoder:
    return SentenceTransformerEncoder(settings.model, threads=settings.threads, bulk_threads=settings.ingest_threads)


def open_library(settings: Settings, wait: float = LOCK_WAIT) -> Library:
    """Raises BusyError, StorageError, ModelError."""
    return Library.open(
        settings.data,
        encoder_of(settings),
        database_url=settings.database_url,
        chroma_url=settings.chroma_url,
        wait=wait,
    )


def answerer(ttl_seconds: int = 3600, most: int = 10_000) -> Callable[[Ask, Snapshot], Answer]:
    """`answer_question` with a memory of conversations of its own."""
    from retrieval.conversation import Conversations
    from retrieval.pipeline import answer_question

    memory = Conversations(ttl_seconds=ttl_seconds, max_conversations=most)

    def answer(ask: Ask, snapshot: Snapshot) -> Answer:
        return answer_question(ask, snapshot, memory)

    return answer


def audit_of(settings: Settings) -> Callable[[Library], Audit] | None:
    """Makes the audit over an open library; None when answers are not kept."""
    if settings.keep_answers_days == 0:
        return None
    return lambda library: Audit(
        library.records, about(product_version(), library.encoder.id, settings), settings.keep_answers_days
    )


def absolute(paths: list[Path]) -> list[str]:
    """As another process with another working folder understands them."""
    return [str(path.absolute()) for path in paths]

"""Lessons: for a sentence of a document, questions that it answers better than others; and some that none does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.case import Case, CaseError, ExpectedCitation

FOLDER = Path(__file__).with_name("lessons")
CORPUS = FOLDER / "corpus.jsonl"  # of the documents in corpus/
DOCUMENTS = FOLDER / "documents"  # invented papers of many kinds, and their questions in documents.jsonl
UNANSWERABLE = FOLDER / "unanswerable.jsonl"  # questions to the same that they do not answer, though they might seem to

# The adapter does not learn from the questions to these, so that the weights can be fitted with them.
KEPT = frozenset({"focused-visit-lythemouth-july-2024", "hexcombe-mercury-send-notice-article"})


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    document: str
    quote: str | None = Field(default=None, min_length=2)
    questions: tuple[str, ...] = Field(min_length=1)


def lessons(path: Path) -> tuple[Case, ...]:
    """Each question of a JSONL file as a case that is asked of its document alone; without a quote, a refusal.

    Raises CaseError, which names the file, the line and what is wrong with it.
    """
    return tuple(_read(path))


def _read(path: Path) -> Iterator[Case]:
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            line = _Line.model_validate(json.loads(text))
        except (ValueError, ValidationError) as error:
            raise CaseError(f"{path}, line {number}: {error}") from error
        for at, question in enumerate(line.questions, 1):
            yield Case(
                id=f"{path.stem}-{number}-{at}",
                question=question,
                part="tuning",
                suite="lessons",
                documents=(line.document,),
                status=("answered",) if line.quote else ("not_found",),
                citations=(ExpectedCitation(document=line.document, quote=line.quote),) if line.quote else (),
            )

"""Where a command gets its answers: the running service on the same data folder, or the folder itself.

Two processes on one embedded vector store give silently incomplete answers, so while a service runs, the
other commands ask it over HTTP.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

import httpx
from pydantic import ValidationError

from api.access import facts_of, listed
from api.commands.opening import answerer, audit_of, open_library, settings_of
from api.local_key import read_local_key
from api.problems import Problem, field_error
from api.schemas import AnswerOut, AskIn, DocumentOut, DocumentsOut, FactOut, FactsOut
from api.service import Service
from api.wire import to_ask
from ingest.errors import ClausewiseError, InputError, NotReadyError
from ingest.lock import find_service
from ingest.settings import Settings


class Backend(Protocol):
    """What `ask`, `chat`, `documents` and `facts` need; all raise ClausewiseError."""

    def ask(self, question: AskIn) -> AnswerOut: ...

    def documents(self) -> list[DocumentOut]: ...

    def facts(self, filters: Mapping[str, str]) -> list[FactOut]: ...


def question_of(
    question: str,
    *,
    conversation_id: str | None = None,
    documents: list[str] | None = None,
    as_at: str | None = None,
) -> AskIn:
    """The checked question.  Raises InputError in the words that the service itself would use."""
    given = {"question": question, "conversation_id": conversation_id, "documents": documents, "as_at": as_at}
    try:
        return AskIn.model_validate(given)
    except ValidationError as error:
        raise InputError(" ".join(field_error(entry, skip=0) for entry in error.errors())) from error


@contextmanager
def connect(args: argparse.Namespace, *, audited: bool = True) -> Iterator[Backend]:
    """The backend for these arguments; what this process answers itself is kept when `audited`."""
    settings = settings_of(args)
    running = find_service(settings.data)
    if running is not None:
        with client_of(settings, running.url) as client:
            yield Remote(client)
        return
    with open_library(settings) as library:
        library.ready()
        yield Local(Service(library, answerer(), audit_of(settings) if audited else None))


def client_of(settings: Settings, url: str) -> httpx.Client:
    """A client of the service that has this data folder, with the key that lies in the folder."""
    key = read_local_key(settings.data)
    return httpx.Client(
        base_url=url, timeout=60.0, trust_env=False, headers={"Authorization": f"Bearer {key}"} if key else {}
    )


class Local:
    """Over a library that this process has open; its owner may read everything."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def ask(self, question: AskIn) -> AnswerOut:
        try:
            return self._service.reply(to_ask(question, None), "owner")
        except Problem as problem:
            raise InputError(problem.detail) from problem

    def documents(self) -> list[DocumentOut]:
        return listed(self._service.snapshot().documents, None)

    def facts(self, filters: Mapping[str, str]) -> list[FactOut]:
        try:
            return facts_of(self._service.snapshot().documents, None, **filters)
        except Problem as problem:
            raise InputError(problem.detail) from problem


class Remote:
    """Over the service that has the data folder open."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def ask(self, question: AskIn) -> AnswerOut:
        return AnswerOut.model_validate_json(
            request(self._client, "POST", "/api/ask", json=question.model_dump(mode="json"))
        )

    def documents(self) -> list[DocumentOut]:
        return DocumentsOut.model_validate_json(request(self._client, "GET", "/api/documents")).documents

    def facts(self, filters: Mapping[str, str]) -> list[FactOut]:
        return FactsOut.model_validate_json(request(self._client, "GET", "/api/facts", params=dict(filters))).facts


def request(client: httpx.Client, method: str, path: str, **options: Any) -> bytes:
    """The body of a good response.  Raises InputError, NotReadyError or ClausewiseError with the problem's words."""
    try:
        response = client.request(method, path, **options)
    except httpx.HTTPError as error:
        raise ClausewiseError(
            f"the service at {client.base_url} does not answer ({type(error).__name__}): is it still running?"
        ) from error
    if response.is_success:
        return response.content
    try:
        detail = str(response.json()["detail"])
    except (ValueError, KeyError, TypeError):
        detail = f"the service at {client.base_url} answered with status {response.status_code}"
    if response.status_code == 503:
        raise NotReadyError(detail)
    raise InputError(detail) if response.status_code < 500 else ClausewiseError(detail)

"""The two ways to ask: the product in this process, or a service at a URL."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.reply import Asker, ClauseSpan, Reply, Source, Sources, from_answer, from_wire, source_of
from ingest.errors import EmptyCorpusError, InputError
from ingest.notice import Document

if TYPE_CHECKING:
    import httpx

    from ingest.encode import Encoder
    from ingest.library import Library
    from retrieval.answer import Ask

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Target:
    """What is under test: how to ask it, its documents, and how to tell of it in the results."""

    ask: Asker
    sources: Sources
    about: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DocumentSources:
    """Sources over documents in memory."""

    documents: Mapping[str, Document]
    cache: dict[str, Source] = field(default_factory=dict)

    def get(self, document_id: str, /) -> Source | None:
        if document_id not in self.cache and document_id in self.documents:
            self.cache[document_id] = source_of(self.documents[document_id])
        return self.cache.get(document_id)

    def ids(self) -> frozenset[str]:
        return frozenset(self.documents)


@contextlib.contextmanager
def in_process(corpus: Path, data: Path | None, encoder: Encoder) -> Iterator[Target]:
    """The product over `corpus`, indexed afresh in a temporary folder, or over the index in `data` as it stands.

    An empty `data` is filled from the corpus first.  Raises what ingest raises (EmptyCorpusError, BusyError …).
    """
    with contextlib.ExitStack() as stack:
        if data is None:
            data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="clausewise-eval-")))
        library = stack.enter_context(library_over(corpus, data, encoder))
        yield local_target(library, {"corpus": str(corpus), "data": str(data)})


@contextlib.contextmanager
def library_over(corpus: Path, data: Path, encoder: Encoder) -> Iterator[Library]:
    """The library in `data`, filled from `corpus` when it is empty; closed at the end."""
    from ingest.library import Library
    from ingest.sync import sync

    library = Library.open(data, encoder)
    try:
        if not library.snapshot().documents:
            report = sync(corpus, library, only=None, dry_run=False)
            if not library.snapshot().documents:
                problems = "; ".join(str(problem) for problem in report.problems)
                raise (
                    InputError(f"nothing of {corpus} could be indexed: {problems}")
                    if problems
                    else EmptyCorpusError(corpus)
                )
        yield library
    finally:
        library.close()


def local_target(library: Library, about: Mapping[str, Any]) -> Target:
    """The product over an open library."""
    from retrieval.conversation import Conversations
    from retrieval.pipeline import answer_question

    snapshot = library.snapshot()
    memory = Conversations()

    def ask(question: Ask) -> Reply:
        return from_answer(answer_question(question, snapshot, memory))

    told = {**about, "encoder": library.encoder.id, "generation": snapshot.generation}
    return Target(ask, DocumentSources(snapshot.documents), {**told, "documents": sorted(snapshot.documents)})


@contextlib.contextmanager
def over_http(url: str, token: str | None = None) -> Iterator[Target]:
    """The service at `url`; InputError when it is not there or not ready."""
    import httpx

    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        client = httpx.Client(base_url=url.rstrip("/"), timeout=60, headers=headers, follow_redirects=True)
    except (httpx.InvalidURL, ValueError) as error:
        raise InputError(f"{url!r} is not a URL ({error}); give one such as http://127.0.0.1:8000") from error
    with client:
        service = _Service(client, url)
        ids = service.document_ids()
        yield Target(service.ask, _RemoteSources(service, ids), {"url": url, "documents": sorted(ids)})


@dataclass(frozen=True, slots=True)
class _Service:
    client: httpx.Client
    url: str

    def document_ids(self) -> frozenset[str]:
        import httpx

        try:
            return frozenset(str(d["id"]) for d in self._get("/api/documents")["documents"])
        except httpx.HTTPError as error:
            raise InputError(f"{self.url} cannot be reached ({error}); is `clausewise serve` running there?") from error
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(f"{self.url} is no Clausewise service: /api/documents lists no documents") from error

    def document(self, document_id: str) -> Source:
        from urllib.parse import quote

        body = self._get(f"/api/documents/{quote(document_id, safe='')}")
        spans = {
            str(c["clause"]): ClauseSpan(str(c["clause"]), int(c["start"]), int(c["end"])) for c in body["clause_list"]
        }
        return Source(document_id, str(body["text"]), spans)

    def ask(self, question: Ask) -> Reply:
        body = {
            "question": question.question,
            "conversation_id": question.conversation_id,
            "documents": list(question.documents) if question.documents is not None else None,
            "as_at": question.as_at.isoformat() if question.as_at else None,
        }
        for attempt in range(_TRIES):
            response = self.client.post("/api/ask", json=body)
            if response.status_code != 429 or attempt == _TRIES - 1:
                break
            time.sleep(min(60.0, float(response.headers.get("Retry-After", "1"))))
        return from_wire(self._body(response))

    def _get(self, path: str) -> dict[str, Any]:
        return self._body(self.client.get(path))

    def _body(self, response: httpx.Response) -> dict[str, Any]:
        try:
            body = response.json()
        except ValueError:
            body = None
        if response.status_code != 200 or not isinstance(body, dict):
            detail = (body.get("detail") or body.get("title")) if isinstance(body, dict) else response.text[:200]
            raise InputError(f"{response.request.url}: HTTP {response.status_code}: {detail}")
        return body


@dataclass(frozen=True, slots=True)
class _RemoteSources:
    service: _Service
    known: frozenset[str]
    cache: dict[str, Source] = field(default_factory=dict)

    def get(self, document_id: str, /) -> Source | None:
        if document_id not in self.known:
            return None
        if document_id not in self.cache:
            self.cache[document_id] = self.service.document(document_id)
        return self.cache[document_id]

    def ids(self) -> frozenset[str]:
        return self.known

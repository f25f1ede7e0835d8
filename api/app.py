"""The ASGI application, put together from its parts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from api import openapi, problems
from api.metrics import Metrics
from api.middleware import BodyLimit, Failures, RequestLog, SecurityHeaders
from api.parts import Options, Parts, Turnstile
from api.routes import ask, documents, feedback, health, ingest, pages, static
from api.service import Answerer, Service
from ingest.library import Library

_DESCRIPTION = "Answers questions about the documents in their own words, and cites the clause."


def create_app(
    library: Library | Callable[[], Library],
    answerer: Answerer,
    *,
    options: Options | None = None,
    on_ready: Callable[[], None] = lambda: None,
) -> FastAPI:
    """The application over one library.

    library    an open one, or a function that opens it (and may ingest first): it runs in the background
               once the app starts, and `/readyz` says 503 until it is done
    answerer   answers one question over one snapshot; called in worker threads
    on_ready   called once when questions can be answered
    """
    options = options or Options()
    service = Service(library, answerer)
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        service.start(on_ready)
        yield

    app = FastAPI(
        title="Clausewise",
        version=_version(),
        description=_DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,  # the interactive pages load scripts from elsewhere
        redoc_url=None,
    )
    app.state.parts = Parts(
        service=service, options=options, metrics=metrics, turnstile=Turnstile(options.workers, options.queue)
    )
    for module in (ask, feedback, documents, ingest, health, pages, static):
        app.include_router(module.router)
    problems.install(app)
    openapi.install(app)
    if options.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=options.origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type"],
            expose_headers=["Retry-After", "X-Request-Id"],
            max_age=600,
        )
    app.add_middleware(BodyLimit, limit=options.body_limit)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(Failures)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RequestLog, metrics=metrics)
    return app


def _version() -> str:
    try:
        return version("clausewise")
    except PackageNotFoundError:
        return "0"

"""The ASGI application, put together from its parts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import anyio
import anyio.to_thread
from fastapi import FastAPI, Request
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import RedirectResponse, Response

from api import openapi, problems
from api.audit import Audit
from api.auth import Gate, SignIn
from api.metrics import Metrics
from api.middleware import BodyLimit, Failures, KnownHosts, RequestLog, SecurityHeaders, SubPath
from api.parts import Options, Parts
from api.rate import RateLimit
from api.routes import ask, documents, feedback, health, ingest, pages, provider, replay, session, static, upload
from api.service import Answerer, Service, State
from api.traces import Traces
from api.turnstile import Turnstile
from api.version import product_version
from ingest.library import Library

HOUR = 3600
_DESCRIPTION = "Answers questions about the documents in their own words, and cites the clause."


def create_app(
    library: Library | Callable[[], Library],
    answerer: Answerer,
    *,
    options: Options | None = None,
    gate: Gate | None = None,
    audited: Callable[[Library], Audit] | None = None,
    traces: Traces | None = None,
    on_ready: Callable[[], None] = lambda: None,
) -> FastAPI:
    """The application over one library.

    library    an open one, or a function that opens it (and may ingest first): it runs in the background
               once the app starts, and `/readyz` says 503 until it is done
    answerer   answers one question over one snapshot; called in worker threads
    gate       tells askers apart; None lets everyone ask
    audited    makes the audit over the open library; None keeps no answer
    traces     where traces are sent; None sends none
    on_ready   called once when questions can be answered
    """
    options = options or Options()
    service = Service(library, answerer, audited)
    metrics = Metrics()
    traces = traces or Traces()
    turnstile = Turnstile(options.workers, options.queue)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        service.start(on_ready)
        async with anyio.create_task_group() as tasks:
            if audited is not None:
                tasks.start_soon(_forget, service)
            yield
            tasks.cancel_scope.cancel()
        turnstile.close()
        await anyio.to_thread.run_sync(traces.close)

    app = FastAPI(
        title="Clausewise",
        version=product_version(),
        description=_DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,  # the interactive pages load scripts from elsewhere
        redoc_url=None,
    )
    app.state.gate = gate or Gate()
    app.state.parts = Parts(
        service=service,
        options=options,
        metrics=metrics,
        rate=RateLimit(options.rate_limit),
        site_rate=RateLimit(options.rate_limit_origin),
        turnstile=turnstile,
        traces=traces,
    )
    for module in (ask, feedback, documents, upload, ingest, replay, health, session, provider, pages, static):
        app.include_router(module.router)
    app.add_exception_handler(SignIn, _to_sign_in)
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
    app.add_middleware(BodyLimit, limit=options.body_limit, seconds=options.body_seconds, streamed=upload.PATH)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(Failures)
    if options.hosts is not None:
        app.add_middleware(KnownHosts, hosts=options.hosts)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RequestLog, metrics=metrics)
    app.add_middleware(SubPath)
    return app


async def _to_sign_in(_: Request, error: Exception) -> Response:
    return RedirectResponse(error.location if isinstance(error, SignIn) else "/", status_code=303)


async def _forget(service: Service) -> None:
    """Erase answers that are too old, each hour."""
    while True:
        if service.state is State.READY and service.audit is not None:
            await anyio.to_thread.run_sync(service.audit.forget)
            await anyio.sleep(HOUR)
        else:
            await anyio.sleep(1)

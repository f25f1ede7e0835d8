"""`POST /api/ask`: one question, answered as JSON or, for `Accept: text/event-stream`, as events."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import AsyncGenerator
from typing import Any

import anyio.to_thread
from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import JSONResponse, Response

from api.access import check_scope
from api.auth import AskerOf
from api.openapi import problems
from api.parts import Parts, PartsOf
from api.problems import of
from api.progress import KEEPING, followed
from api.schemas import AnswerOut, AskIn
from api.turnstile import Work
from api.wire import to_ask
from retrieval.answer import Ask
from retrieval.stages import Stopped, Watch

router = APIRouter(tags=["questions"])
log = logging.getLogger("clausewise.api")
GONE = 499  # for the log and the count alone: nobody is there to read it
STUCK_SECONDS = 30  # a reader who takes nothing for so long is taken for gone
LAST_SECONDS = 8  # what a stream has to end in when the service ends, within the server's own ten
_SENTENCES = re.compile(r".+?\[\d+\](?:\s*\[\d+\])*\s*|.+", re.DOTALL)

_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The reply; with `Accept: text/event-stream`, the events stage, citation, delta and answer.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


@router.post(
    "/api/ask",
    response_model=AnswerOut,
    responses={**_STREAM, **problems(400, 401, 403, 404, 408, 413, 422, 429, 500, 503)},
    summary="Ask a question about the documents",
)
async def ask(body: AskIn, request: Request, parts: PartsOf, asker: AskerOf) -> Response:
    question = to_ask(body, asker.groups)
    await anyio.to_thread.run_sync(check_documents, parts, question)
    work = begin(parts, question, asker.name, request)
    if accepts_events(request):
        return EventSourceResponse(
            events(work),
            ping=parts.options.heartbeat_seconds,
            send_timeout=STUCK_SECONDS,
            shutdown_grace_period=LAST_SECONDS,
        )
    watch = asyncio.create_task(abandon_when_gone(request, work))
    try:
        return JSONResponse((await work.result()).model_dump(mode="json"))
    except Stopped:
        return Response(status_code=GONE)
    finally:
        watch.cancel()
        work.abandon()


def begin(parts: Parts, question: Ask, asker: str, request: Request) -> Work[AnswerOut]:
    """Have the question answered in a thread.  Raises the 503 problem when too many wait."""
    began = time.time_ns()
    request_id, headers = str(getattr(request.state, "request_id", "")), request.headers

    def answer(step: Watch) -> AnswerOut:
        tracer = parts.traces.tracer
        with followed(parts.metrics, tracer, step, began=began, request_id=request_id, headers=headers) as stages:
            with parts.metrics.answer_seconds.time():
                reply = parts.service.reply(question, asker, lambda: stages.enter(KEEPING))
            stages.tell(status=reply.status, citations=len(reply.citations))
        parts.metrics.questions.labels(reply.status).inc()
        if reply.status == "not_found":
            parts.metrics.abstentions.inc()
        return reply

    return parts.turnstile.submit(answer, parts.options.answer_seconds)


async def abandon_when_gone(request: Request, work: Work[AnswerOut]) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    work.abandon()


def accepts_events(request: Request) -> bool:
    return "text/event-stream" in request.headers.get("accept", "").lower()


async def events(work: Work[AnswerOut]) -> AsyncGenerator[ServerSentEvent, None]:
    """The stages as they are reached, then the reply.  Errors that come once the stream has begun are an event.

    Closed before its end, because the reader has gone, it ends the work.
    """
    try:
        async for stage in work.stages():
            yield _event("stage", {"stage": stage.value})
        reply = await work.result()
        wire = reply.model_dump(mode="json")
        for citation in wire["citations"]:
            yield _event("citation", citation)
        for sentence in _SENTENCES.findall(reply.answer):
            yield _event("delta", {"text": sentence})
        yield _event("answer", wire)
    except Exception as error:
        problem = of(error)
        if problem.status == 500:
            log.exception("a streamed question failed")
        yield _event("error", problem.body())
    finally:
        work.abandon()


def _event(name: str, data: object) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data, ensure_ascii=False), event=name)


def check_documents(parts: Parts, ask: Ask) -> None:
    """Raises the 503 problem before the library is open, the 404 problem for a document that is none."""
    check_scope(ask, parts.service.snapshot())

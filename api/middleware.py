"""ASGI layers around every response: request ids, security headers, a limit on bodies, a count of requests."""

from __future__ import annotations

import ipaddress
import logging
import re
import time
import uuid
from collections.abc import Collection

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.logs import REQUEST_ID
from api.metrics import Metrics
from api.problems import Problem

log = logging.getLogger("clausewise.request")

_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


class SecurityHeaders:
    """Strict headers on every response; a route that set one of them keeps its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
                headers.setdefault("x-content-type-options", "nosniff")
                headers.setdefault("referrer-policy", "same-origin")
                headers.setdefault("cross-origin-opener-policy", "same-origin")
                headers.setdefault("cross-origin-resource-policy", "same-origin")
                headers.setdefault("permissions-policy", "camera=(), geolocation=(), microphone=()")
                if "frame-ancestors 'none'" in headers["content-security-policy"]:
                    headers.setdefault("x-frame-options", "DENY")
                headers.setdefault("cache-control", "no-store")
            await send(message)

        await self.app(scope, receive, with_headers)


class SubPath:
    """Takes away a root path that the proxy has left on, so that either kind of proxy is served."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        root = scope.get("root_path", "")
        if scope["type"] == "http" and root and (scope["path"] + "/").startswith(f"{root}{root}/"):
            raw = scope.get("raw_path") or b""
            scope = {**scope, "path": scope["path"][len(root) :], "raw_path": raw.removeprefix(root.encode())}
        await self.app(scope, receive, send)


class KnownHosts:
    """421 for a request under a name that is none of ours: a page of a stranger whose name leads to this machine.

    Without authentication that is how a web page could read a service that only its own machine can reach.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self.app = app
        self.hosts = frozenset(host.casefold() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            name = Headers(scope=scope).get("host", "").casefold()
            name = name.rpartition(":")[0] if re.search(r"[^:]:\d*$|\]:\d*$", name) else name
            if name not in self.hosts and not _is_loopback(name):
                detail = "The service is not known under this name. Its administrator can add it to the setting hosts."
                await Problem(421, detail).response()(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _is_loopback(name: str) -> bool:
    try:
        return name == "localhost" or ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


class BodyLimit:
    """413 for a request body over `limit` bytes, whether its length is declared or not; 408 for one too slow.

    Requests for the path `streamed` are left alone: that route lets its asker in before it reads the body.
    """

    def __init__(self, app: ASGIApp, limit: int, seconds: float, streamed: str) -> None:
        self.app = app
        self.limit = limit
        self.seconds = seconds
        self.streamed = streamed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or (scope["method"] == "POST" and _route_path(scope) == self.streamed):
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "0")
        try:
            if declared.isdigit() and int(declared) > self.limit:
                raise self._too_large()
            with anyio.fail_after(self.seconds):
                content = await self._read(receive)
        except Problem as problem:
            await problem.response()(scope, receive, send)
            return
        except TimeoutError:
            await Problem(408, "The request came too slowly. Send it again.").response()(scope, receive, send)
            return
        if content is None:
            return  # the client went away
        body: Message | None = {"type": "http.request", "body": content, "more_body": False}

        async def replay() -> Message:
            nonlocal body
            message, body = body, None
            return message if message is not None else await receive()

        await self.app(scope, replay, send)

    async def _read(self, receive: Receive) -> bytes | None:
        content = bytearray()
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return None
            content += message.get("body", b"")
            if len(content) > self.limit:
                raise self._too_large()
            if not message.get("more_body", False):
                return bytes(content)

    def _too_large(self) -> Problem:
        return Problem(413, f"The request is larger than {self.limit:,} bytes. Send a shorter one.", title="Too large")


def _route_path(scope: Scope) -> str:
    return str(scope["path"]).removeprefix(scope.get("root_path", ""))


class Failures:
    """The last resort: an error that nothing else caught is logged, and becomes a problem with its headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except Exception as error:
            if scope["type"] != "http" or started:
                raise
            log.exception("unexpected error")
            await problems.of(error).response()(scope, receive, send)


class RequestLog:
    """A request id on every response, one log line and one count for each request.

    The line holds no question, no header and no query, so that a log never carries what someone asked.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        token = REQUEST_ID.set(request_id)
        began = time.perf_counter()
        status = 500

        async def counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = request_id
            await send(message)

        try:
            await self.app(scope, receive, counted)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            method = scope["method"] if scope["method"] in _METHODS else "OTHER"
            self.metrics.requests.labels(method, route, str(status)).inc()
            took = round((time.perf_counter() - began) * 1000, 1)
            fields = {"method": method, "route": route, "status": status, "ms": took, "id": request_id}
            log.info("%s %s %s", method, route, status, extra=fields)
            REQUEST_ID.reset(token)


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

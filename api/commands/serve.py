"""Serve the chat page, the widget and the HTTP interface.

With an empty index the corpus is ingested first, in the background: /readyz says when questions can be
answered. Any address other than this machine's own needs authentication configured.
"""

from __future__ import annotations

import argparse
import ipaddress
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from api.auth import Gate
from api.commands.opening import answerer, audit_of, open_library, settings_of
from api.commands.watching import SECONDS, in_step, tell, watching
from api.keys import KeyStore
from api.local_key import drop_local_key, make_local_key
from api.logs import configure
from api.oidc import Provider
from api.tokens import Signer
from ingest.corpus import scan
from ingest.errors import ClausewiseError, EmptyCorpusError, SettingsError
from ingest.library import Library
from ingest.lock import announce, withdraw
from ingest.settings import Settings

GRACE = 10  # seconds that running answers have when the service ends
DEFAULT_RATE = 60
DEFAULT_SITE_RATE = 600
log = logging.getLogger("clausewise")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", help="port to listen on (default: 8000; 0 takes a free one)")
    parser.add_argument("--root-path", metavar="PATH", help="path under which a reverse proxy serves it")
    parser.add_argument("--watch", action="store_true", help="follow changes of the corpus folder while it runs")
    parser.add_argument(
        "--insecure", action="store_true", help="listen on another address than loopback without authentication"
    )


def run(args: argparse.Namespace) -> int:
    settings = settings_of(args)
    configure()
    check_address(settings.host, authenticated=settings.auth != "none", insecure=args.insecure)
    with (
        ended_in_order(),
        bound(settings.host, settings.port) as listener,
        open_library(settings, wait=0.0) as library,
    ):
        check_documents(settings, library)
        url = address(listener)
        key = make_local_key(settings.data)
        announce(settings.data, url)
        try:
            return serve(settings, library, listener, url, key, watch=args.watch)
        finally:
            withdraw(settings.data)
            drop_local_key(settings.data)


def serve(
    settings: Settings, library: Library, listener: socket.socket, url: str, key: str, *, watch: bool = False
) -> int:
    import uvicorn

    from api.app import create_app
    from api.parts import Options
    from api.protocol import Guarded
    from api.traces import Traces

    def opening() -> Library:
        if watch or not library.snapshot().documents:
            print("Reading the documents first …", file=sys.stderr)
            try:
                report = in_step(settings, library)
            except ClausewiseError as error:
                if not library.snapshot().documents:
                    raise
                log.warning("not in step with the documents, serving what was indexed before: %s", error)
            else:
                tell(report)
                print(report.summary(), file=sys.stderr)
        library.snapshot().encode(["ready?"])  # loads the model now, not at the first question
        return library

    def ready() -> None:
        print(f"Clausewise is ready at {url} (Ctrl-C stops it)", file=sys.stderr)

    options = Options(
        origins=settings.origins,
        hosts=hosts_of(settings),
        starters=settings.starters,
        workers=settings.workers,
        rate_limit=rate_of(settings, settings.rate_limit, DEFAULT_RATE),
        rate_limit_origin=rate_of(settings, settings.rate_limit_origin, DEFAULT_SITE_RATE),
        limits=settings.limits.of_one_file(),
        corpus=settings.corpus.absolute(),
        upload_bytes=settings.limits.bytes + 65_536,
    )
    app = create_app(
        opening,
        answerer(),
        options=options,
        gate=gate_of(settings, key),
        audited=audit_of(settings),
        traces=Traces(settings.telemetry.endpoint, settings.telemetry.service),
        on_ready=ready,
    )
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            root_path=settings.root_path,
            forwarded_allow_ips=settings.trusted_proxies,
            http=Guarded,
            ws="none",
            timeout_graceful_shutdown=GRACE,
            lifespan="on",
        )
    )
    with watching(settings, library, SECONDS if watch else None):
        server.run(sockets=[listener])
    return 0


def gate_of(settings: Settings, local_key: str) -> Gate:
    """Who may ask, by the settings.  Raises SettingsError when the identity provider is not named in full."""
    if settings.auth == "none":
        return Gate(local_key)
    keys, signer = KeyStore(settings.data), Signer.of(settings.data)
    if settings.auth == "keys":
        if not keys.all():
            log.warning("no key can ask yet: make one with `clausewise keys create NAME`")
        return Gate(local_key, keys, signer)
    for name in ("issuer", "audience"):
        if not getattr(settings.oidc, name):
            raise SettingsError(f"oidc.{name}", 'is needed for auth = "oidc"')
    return Gate(local_key, None, signer, Provider(settings.oidc))


def hosts_of(settings: Settings) -> tuple[str, ...] | None:
    """The names under which it may be asked; None: any, which is for others only where they must sign in."""
    return settings.hosts if settings.hosts or (settings.auth == "none" and is_loopback(settings.host)) else None


def rate_of(settings: Settings, chosen: int | None, default: int) -> int:
    """Questions a minute; 0 for no limit."""
    if chosen is not None:
        return chosen
    return 0 if is_loopback(settings.host) and settings.auth == "none" else default


def check_address(host: str, *, authenticated: bool, insecure: bool) -> None:
    """Raises SettingsError for an address that others can reach while anyone may ask."""
    if authenticated or insecure or is_loopback(host):
        return
    raise SettingsError(
        "--host",
        f"{host} can be reached from other machines, and no authentication is configured: set `auth` to keys or "
        "oidc in clausewise.toml, or pass --insecure to let everyone who reaches it ask",
    )


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_documents(settings: Settings, library: Library) -> None:
    """Raises EmptyCorpusError when there is nothing to serve and nothing to ingest."""
    if not library.snapshot().documents:
        if not settings.corpus.is_dir():
            raise SettingsError("--corpus", f"there is no folder {settings.corpus}: name the folder of the documents")
        if not scan(settings.corpus, settings.limits.bytes, settings.limits.files).files:
            raise EmptyCorpusError(settings.corpus)


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Have SIGTERM end the block like any other end of it, with exit status 0: what it opened is given back."""

    def end(*_: object) -> None:
        sys.exit(0)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def bound(host: str, port: int) -> Iterator[socket.socket]:
    """A listening socket.  Raises SettingsError when the address is taken or none of this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise SettingsError(
                "--port" if error.errno in {98, 48, 13} else "--host",
                f"cannot listen on {host} port {port} ({os.strerror(error.errno or 0).lower()}): choose another one",
            ) from error
        listener.listen(128)
        yield listener
    finally:
        listener.close()


def address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    host = "127.0.0.1" if host == "0.0.0.0" else "[::1]" if host == "::" else f"[{host}]" if ":" in host else host  # noqa: S104
    return f"http://{host}:{port}"

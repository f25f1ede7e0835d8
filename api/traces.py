"""OpenTelemetry traces, sent to a collector over HTTP when one is configured and nowhere otherwise."""

from __future__ import annotations

from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import NoOpTracer, Tracer

from api.version import product_version

SECONDS = 3.0  # that a collector may take; what it does not take then is lost


class Traces:
    """A tracer of our own: the process-wide one is left to others, and what they trace is not sent by us."""

    def __init__(self, endpoint: str | None = None, service: str = "clausewise") -> None:
        """`endpoint` is the collector's address for traces, such as http://collector:4318/v1/traces."""
        self._provider: TracerProvider | None = None
        self.tracer: Tracer = NoOpTracer()
        if endpoint is not None:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

            about = Resource.create({SERVICE_NAME: service, SERVICE_VERSION: product_version()})
            self._provider = TracerProvider(resource=about, shutdown_on_exit=False)
            self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint, timeout=SECONDS)))
            self.tracer = self._provider.get_tracer("clausewise", product_version())

    def close(self) -> None:
        """Send what is left, and no more."""
        if self._provider is not None:
            self._provider.shutdown()

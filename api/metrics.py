"""Prometheus metrics, in a registry of their own so that two apps in one process do not meet."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


class Metrics:
    """Counters of one app."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.questions = Counter(
            "clausewise_questions", "Questions by the status of their reply.", ["status"], registry=self.registry
        )
        self.answer_seconds = Histogram(
            "clausewise_answer_seconds",
            "Time to answer one question.",
            registry=self.registry,
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
        )
        self.stage_seconds = Histogram(
            "clausewise_stage_seconds",
            "Time that one answer spent in each stage.",
            ["stage"],
            registry=self.registry,
            buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
        )
        self.abstentions = Counter(
            "clausewise_abstentions", "Questions that the documents do not answer.", registry=self.registry
        )
        self.stopped = Counter(
            "clausewise_stopped", "Questions whose asker left before the answer.", registry=self.registry
        )
        self.waiting = Gauge(
            "clausewise_questions_inside", "Questions that wait or are being answered.", registry=self.registry
        )
        self.requests = Counter(
            "clausewise_http_requests",
            "HTTP requests by route and status.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self.feedback = Counter("clausewise_feedback", "Feedback received.", ["helpful"], registry=self.registry)
        self.ready = Gauge("clausewise_ready", "1 when questions can be answered.", registry=self.registry)
        self.documents = Gauge("clausewise_documents", "Documents in the index.", registry=self.registry)
        self.clauses = Gauge("clausewise_clauses", "Clauses in the index.", registry=self.registry)
        self.generation = Gauge(
            "clausewise_index_generation", "Generation of the index; grows with each sync.", registry=self.registry
        )

        self.index_age = Gauge(
            "clausewise_index_age_seconds",
            "Since the index was last brought in step with the documents; NaN when that is not known.",
            registry=self.registry,
        )

    def render(self) -> bytes:
        """The exposition text, UTF-8."""
        return generate_latest(self.registry)

"""Many askers at once against a running service: `clausewise bench --url URL`."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

WAIT_SECONDS = 90.0
STREAMED = 4  # each so many'th question is streamed


@dataclass(slots=True)
class Load:
    """What came back.  `outcomes` counts by HTTP status, `no last event` or the name of the failure."""

    seconds: float = 0.0
    outcomes: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)  # seconds, of those answered

    @property
    def errors(self) -> int:
        return sum(self.outcomes.values()) - self.outcomes["200"]

    def told(self) -> dict[str, Any]:
        """The figures, as JSON."""
        ordered = sorted(self.times)
        at = {
            n: round(ordered[min(len(ordered) - 1, len(ordered) * n // 100)] * 1000, 1) for n in (50, 95, 99) if ordered
        }
        return {
            "seconds": round(self.seconds, 1),
            "questions": sum(self.outcomes.values()),
            "errors": self.errors,
            "a_second": round(len(self.times) / self.seconds, 1) if self.seconds else 0.0,
            "outcomes": dict(self.outcomes),
            **{f"p{n}_ms": value for n, value in at.items()},
        }


def ask_at_once(
    url: str, questions: Sequence[str], *, askers: int, seconds: float, headers: Mapping[str, str] | None = None
) -> Load:
    """So many askers, each asking the next question as soon as it has its answer, for so long."""
    return asyncio.run(_all(url, questions, askers, seconds, headers or {}))


async def _all(url: str, questions: Sequence[str], askers: int, seconds: float, headers: Mapping[str, str]) -> Load:
    load = Load()
    turns = itertools.count()
    limits = httpx.Limits(max_connections=askers)
    async with httpx.AsyncClient(
        base_url=url, timeout=WAIT_SECONDS, limits=limits, headers=headers, trust_env=False
    ) as client:
        began = time.perf_counter()

        async def asker() -> None:
            while time.perf_counter() - began < seconds:
                turn = next(turns)
                await _ask(client, questions[turn % len(questions)], turn % STREAMED == 0, load)

        await asyncio.gather(*(asker() for _ in range(askers)))
    load.seconds = time.perf_counter() - began
    return load


async def _ask(client: httpx.AsyncClient, question: str, streamed: bool, load: Load) -> None:
    accept = {"Accept": "text/event-stream" if streamed else "application/json"}
    began = time.perf_counter()
    try:
        response = await client.post("/api/ask", json={"question": question}, headers=accept)
    except httpx.HTTPError as error:
        load.outcomes[type(error).__name__] += 1
        return
    whole = not streamed or "event: answer" in response.text
    outcome = str(response.status_code) if whole or response.status_code != 200 else "no last event"
    load.outcomes[outcome] += 1
    if outcome == "200":
        load.times.append(time.perf_counter() - began)
